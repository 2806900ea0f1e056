import { ETH_P_ARP, ETH_P_IP, ETH_P_IPV6 } from '../frame';
import { constant, type Expression, isRelation, relate } from './arithmetic';
import { PRECEDENCE, PROTOCOLS, parseRelation, startsArithmetic } from './arithmetic-parser';
import { MAX_DEPTH, TokenCursor } from './cursor';
import { type Environment, IdBuilder, type Qualifiers, UNDEFINED } from './identifier';
import {
  all,
  any,
  etherBroadcast,
  etherMulticast,
  etherType,
  inlineVlan,
  ip4Broadcast,
  ip4Multicast,
  ip4Protocol,
  ip6Multicast,
  ip6Protocol,
  ipProtocol,
  keptVlan,
  type Matcher,
  no,
} from './primitive';
import { type FilterError, type Keyword, notSimulated, type Token } from './token';

/** A test, and the qualifiers that a bare name after it inherits (`$$.q` of grammar.y). */
interface Term {
  readonly match: Matcher;
  readonly q: Qualifiers;
}

const ADDRESS_TYPES: readonly Keyword[] = ['host', 'net', 'port', 'portrange', 'proto'];
/**
 * grammar.y of libpcap 1.10 by recursive descent. Each method gives undefined once `error` is set.
 */
export class FilterParser {
  readonly #cursor: TokenCursor;
  readonly #ids: IdBuilder;
  readonly #env: Environment;

  constructor(tokens: readonly Token[], env: Environment) {
    this.#cursor = new TokenCursor(tokens, env);
    this.#ids = new IdBuilder(env);
    this.#env = env;
  }

  get error(): FilterError | undefined {
    return this.#cursor.error;
  }

  /** `prog`: the whole text; an empty one matches all. */
  parse(): Matcher | undefined {
    if (this.#cursor.isAtEnd) return () => true;
    const term = this.#expr(UNDEFINED);
    if (!term) return undefined;
    return this.#cursor.isAtEnd ? term.match : this.#cursor.syntax();
  }

  /**
   * `expr`: and, or bind equally, from the left; a bare name takes the qualifiers of what stood
   * before.
   */
  #expr(inherited: Qualifiers): Term | undefined {
    let left = this.#term(inherited);
    while (left && (this.#cursor.keyword() === 'and' || this.#cursor.keyword() === 'or')) {
      const join = this.#cursor.keyword() === 'and' ? all : any;
      this.#cursor.at += 1;
      const right = this.#startsId() ? this.#id(left.q) : this.#term(left.q);
      if (!right) return undefined;
      left = { match: join(left.match, right.match), q: right.q };
    }
    return left;
  }

  /** Does a bare name (or number, or a list of them in brackets) come, and no test of its own? */
  #startsId(): boolean {
    let ahead = 0;
    while (this.#cursor.isOp('(', ahead) || this.#cursor.isOp('!', ahead)) ahead += 1;
    const token = this.#cursor.peek(ahead);
    if (!token || token.kind === 'keyword' || token.kind === 'op') return false;
    if (token.kind !== 'number') return true;
    do ahead += 1;
    while (this.#cursor.isOp(')', ahead));
    const after = this.#cursor.peek(ahead);
    return !(after?.kind === 'op' && (isRelation(after.text) || PRECEDENCE.has(after.text)));
  }

  /** `id`: a name with the qualifiers `q`. */
  #id(q: Qualifiers): Term | undefined {
    if (this.#cursor.takeOp('!')) {
      if (++this.#cursor.depth > MAX_DEPTH) return this.#cursor.syntax();
      const negated = this.#id(q);
      this.#cursor.depth -= 1;
      return negated && { match: no(negated.match), q: negated.q };
    }
    if (this.#cursor.takeOp('(')) {
      if (
        ++this.#cursor.depth > MAX_DEPTH ||
        (this.#cursor.isOp('(') && !this.#isNumberInBrackets())
      ) {
        return this.#cursor.syntax();
      }
      const list = this.#idList(q);
      this.#cursor.depth -= 1;
      return list && this.#cursor.takeOp(')') ? list : this.#cursor.syntax();
    }
    const token = this.#cursor.peek();
    if (!token || token.kind === 'op' || token.kind === 'keyword') return this.#cursor.syntax();
    this.#cursor.at += 1;
    const mask = token.kind === 'ipv4' || token.kind === 'ipv6' ? this.#mask() : undefined;
    if (this.error) return undefined;
    const match = this.#ids.build(token, mask, { q, shift: this.#cursor.shift });
    return 'message' in match ? this.#cursor.fail(match) : { match, q };
  }

  /** `pnum`: the only thing that may stand in brackets of its own at the start of a list. */
  #isNumberInBrackets(): boolean {
    let ahead = 0;
    while (this.#cursor.isOp('(', ahead)) ahead += 1;
    const depth = ahead;
    if (this.#cursor.peek(ahead)?.kind !== 'number') return false;
    while (this.#cursor.isOp(')', ahead + 1)) ahead += 1;
    return ahead >= 2 * depth;
  }

  #mask(): string | number | undefined {
    if (this.#cursor.takeOp('/')) return this.#cursor.takeNumber();
    if (this.#cursor.keyword() !== 'mask') return undefined;
    this.#cursor.at += 1;
    const token = this.#cursor.peek();
    if (token?.kind !== 'ipv4') return this.#cursor.syntax();
    this.#cursor.at += 1;
    return token.text;
  }

  /** `pid`: names in brackets. */
  #idList(q: Qualifiers): Term | undefined {
    let left = this.#id(q);
    while (left && (this.#cursor.keyword() === 'and' || this.#cursor.keyword() === 'or')) {
      const join = this.#cursor.keyword() === 'and' ? all : any;
      this.#cursor.at += 1;
      const right = this.#id(left.q);
      if (!right) return undefined;
      left = { match: join(left.match, right.match), q: right.q };
    }
    return left;
  }

  #term(inherited: Qualifiers): Term | undefined {
    if (this.#cursor.takeOp('!')) {
      if (++this.#cursor.depth > MAX_DEPTH) return this.#cursor.syntax();
      const negated = this.#term(inherited);
      this.#cursor.depth -= 1;
      return negated && { match: no(negated.match), q: negated.q };
    }
    if (startsArithmetic(this.#cursor)) {
      const relation = parseRelation(this.#cursor);
      return relation && { match: relation, q: UNDEFINED };
    }
    if (this.#cursor.takeOp('(')) {
      if (++this.#cursor.depth > MAX_DEPTH) return this.#cursor.syntax();
      const inner = this.#expr(inherited);
      this.#cursor.depth -= 1;
      if (!inner) return undefined;
      return this.#cursor.takeOp(')')
        ? { match: inner.match, q: inherited }
        : this.#cursor.syntax();
    }
    return this.#primitive();
  }

  #primitive(): Term | undefined {
    const first = this.#cursor.keyword();
    if (!first) return this.#cursor.syntax();
    if (PROTOCOLS.includes(first)) {
      this.#cursor.at += 1;
      return this.#qualified(first) ?? (this.error ? undefined : this.#abbreviation(first));
    }
    const qualified = this.#qualified(undefined);
    if (qualified || this.error) return qualified;
    const match = this.#other(first);
    return match && { match, q: UNDEFINED };
  }

  /** What may follow a protocol (or nothing): direction, type of address, and the name. */
  #qualified(protocol: Keyword | undefined): Term | undefined {
    const direction = this.#direction();
    const type = this.#cursor.keyword();
    if (type && ADDRESS_TYPES.includes(type)) {
      if (type === 'proto' && direction) return this.#cursor.syntax();
      this.#cursor.at += 1;
      return this.#id({ protocol, direction, type });
    }
    if (type === 'protochain' || type === 'gateway') {
      return this.#cursor.fail(notSimulated(type));
    }
    if (direction) return this.#id({ protocol, direction, type: undefined });
    if (type === 'broadcast' || type === 'multicast') {
      this.#cursor.at += 1;
      const match = type === 'broadcast' ? this.#broadcast(protocol) : this.#multicast(protocol);
      return match && { match, q: UNDEFINED };
    }
    return undefined;
  }

  #direction(): Qualifiers['direction'] {
    const first = this.#cursor.keyword();
    if (first !== 'src' && first !== 'dst') return undefined;
    this.#cursor.at += 1;
    const join = this.#cursor.keyword();
    const second = this.#cursor.keyword(1);
    const other = first === 'src' ? 'dst' : 'src';
    if ((join !== 'and' && join !== 'or') || second !== other) return first;
    this.#cursor.at += 2;
    return join;
  }

  /** gen_proto_abbrev(): a protocol alone. */
  #abbreviation(protocol: Keyword): Term | undefined {
    const shift = this.#cursor.shift;
    const table: Partial<Record<Keyword, Matcher>> = {
      ip: etherType(ETH_P_IP, shift),
      ip6: etherType(ETH_P_IPV6, shift),
      arp: etherType(ETH_P_ARP, shift),
      rarp: etherType(0x8035, shift),
      icmp: ip4Protocol(1, shift),
      igmp: ip4Protocol(2, shift),
      vrrp: ip4Protocol(112, shift),
      icmp6: ip6Protocol(58, shift),
      tcp: ipProtocol(6, shift),
      udp: ipProtocol(17, shift),
      sctp: ipProtocol(132, shift),
      pim: ipProtocol(103, shift),
      ah: ipProtocol(51, shift),
      esp: ipProtocol(50, shift),
      stp: (v) => v.load(12 + shift, 2) <= 1500 && v.load(14 + shift, 1) === 0x42,
    };
    const match = table[protocol];
    if (!match) return this.#cursor.fail({ message: 'link layer applied in wrong context' });
    return { match, q: UNDEFINED };
  }

  #broadcast(protocol: Keyword | undefined): Matcher | undefined {
    if (protocol === undefined || protocol === 'link') {
      if (this.#env.link === 'EN10MB') return etherBroadcast;
      return this.#cursor.fail({ message: 'not a broadcast link' });
    }
    if (protocol !== 'ip') {
      return this.#cursor.fail({ message: 'only link-layer/IP broadcast filters supported' });
    }
    if (this.#env.netmask !== undefined) return ip4Broadcast(this.#env.netmask, this.#cursor.shift);
    return this.#cursor.fail({ message: "netmask not known, so 'ip broadcast' not supported" });
  }

  #multicast(protocol: Keyword | undefined): Matcher | undefined {
    if (protocol === 'ip') return ip4Multicast(this.#cursor.shift);
    if (protocol === 'ip6') return ip6Multicast(this.#cursor.shift);
    const onLink = protocol === undefined || protocol === 'link';
    if (onLink && this.#env.link === 'EN10MB') return etherMulticast;
    return this.#cursor.fail({
      message:
        'link-layer multicast filters supported only on ' +
        'ethernet/FDDI/token ring/ARCNET/802.11/ATM LANE/Fibre Channel',
    });
  }

  /** `other` of grammar.y. */
  #other(first: Keyword): Matcher | undefined {
    this.#cursor.at += 1;
    if (first === 'less' || first === 'greater') {
      const length = this.#cursor.takeNumber();
      if (length === undefined) return undefined;
      return first === 'less' ? (v) => v.length <= length : (v) => v.length >= length;
    }
    if (first === 'byte') return this.#byte();
    if (first === 'vlan') return this.#vlan();
    if (first === 'inbound' || first === 'outbound') return this.#bound(first === 'outbound');
    if (first !== 'ifindex') return this.#cursor.syntax();
    const index = this.#cursor.takeNumber();
    if (index === undefined) return undefined;
    if (this.#env.link === 'LINUX_SLL2') return (v) => v.load(4, 4) === index;
    if (!this.#env.live) return this.#savefile('ifindex');
    return (v) => v.packet.ifindex === index;
  }

  #bound(outgoing: boolean): Matcher | undefined {
    if (this.#env.link === 'LINUX_SLL2') return (v) => (v.load(10, 1) === 4) === outgoing;
    if (!this.#env.live) return this.#savefile('inbound/outbound');
    return (v) => (v.packet.outgoing === true) === outgoing;
  }

  #savefile(what: string): undefined {
    const link = this.#env.link === 'RAW' ? 'Raw IP' : 'Ethernet';
    return this.#cursor.fail({
      message: `${what} not supported on ${link} when reading savefiles`,
    });
  }

  /** gen_byteop(): `byte 0 = 0xff`. */
  #byte(): Matcher | undefined {
    const at = this.#cursor.takeNumber();
    const op = this.#cursor.peek();
    if (at === undefined || op?.kind !== 'op' || !'&|<>='.includes(op.text))
      return this.#cursor.syntax();
    this.#cursor.at += 1;
    const value = this.#cursor.takeNumber();
    if (value === undefined) return undefined;
    const loaded: Expression = { value: (v) => v.load(at, 1) };
    // gen_byteop() never loads the byte for these two: it computes with 0.
    if (op.text === '&' || op.text === '|') return () => op.text === '|' && value !== 0;
    return relate(op.text, loaded, constant(value));
  }

  /** gen_vlan(): what follows is matched behind the tag. */
  #vlan(): Matcher | undefined {
    const token = this.#cursor.peek();
    const id = token?.kind === 'number' ? this.#cursor.takeNumber() : undefined;
    if (id !== undefined && id > 0xfff) {
      return this.#cursor.fail({ message: `VLAN tag ${id} greater than maximum 4095` });
    }
    if (this.#env.link !== 'EN10MB') {
      const link = this.#env.link === 'RAW' ? 'Raw IP' : 'Linux cooked v2';
      return this.#cursor.fail({ message: `no VLAN support for ${link}` });
    }
    const match =
      this.#env.live && this.#cursor.vlans === 0
        ? keptVlan(id)
        : inlineVlan(id, this.#cursor.shift);
    this.#cursor.vlans += 1;
    return match;
  }
}
