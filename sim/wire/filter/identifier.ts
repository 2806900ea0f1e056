import type { Ip } from '../frame';
import { maskV4, parseIpv6 } from '../ip';
import { parseMac } from '../mac';
import { serviceByName } from '../services';
import type { FilterLink } from './packet-view';
import {
  type Address4,
  any,
  arpHost,
  type Direction,
  etherHost,
  etherType,
  ip4Host,
  ip4Protocol,
  ip6Host,
  ip6Protocol,
  ipProtocol,
  type Matcher,
  port,
  rarpHost,
} from './primitive';
import { type FilterError, type Keyword, SYNTAX_ERROR, type Token } from './token';

/** Where a filter is used. */
export interface Environment {
  readonly link: FilterLink;
  /** On a device, not on a capture file. */
  readonly live: boolean;
  /** The device's IPv4 netmask, if it has one: for `ip broadcast`. */
  readonly netmask?: number | undefined;
  /** The addresses of a host's name. */
  readonly resolve?: ((name: string) => readonly Ip[]) | undefined;
}

/**
 * struct qual, gencode.h. `type` undefined is Q_DEFAULT; `undefinedType` is Q_UNDEF (nothing to
 * inherit).
 */
export interface Qualifiers {
  readonly protocol: Keyword | undefined;
  readonly direction: Direction | undefined;
  readonly type: Keyword | undefined;
  readonly undefinedType?: boolean | undefined;
}

/** qerr, grammar.y: after a test that is no name. */
export const UNDEFINED: Qualifiers = {
  protocol: undefined,
  direction: undefined,
  type: undefined,
  undefinedType: true,
};

interface Use {
  readonly q: Qualifiers;
  readonly shift: number;
}
type Built = Matcher | FilterError;

const PROTOCOL_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['ip', 0],
  ['icmp', 1],
  ['igmp', 2],
  ['ipencap', 4],
  ['tcp', 6],
  ['udp', 17],
  ['ipv6', 41],
  ['gre', 47],
  ['esp', 50],
  ['ah', 51],
  ['ipv6-icmp', 58],
  ['ospf', 89],
  ['pim', 103],
  ['vrrp', 112],
  ['sctp', 132],
]);
/** eproto_db, nametoaddr.c. */
const ETHER_TYPES: ReadonlyMap<string, number> = new Map([
  ['arp', 0x0806],
  ['ip', 0x0800],
  ['ip6', 0x86dd],
  ['rarp', 0x8035],
  ['loopback', 0x9000],
]);
const PORT_PROTOCOLS: ReadonlyMap<Keyword, number> = new Map([
  ['tcp', 6],
  ['udp', 17],
  ['sctp', 132],
]);
const ANY_PORT_PROTOCOL = [6, 17, 132];

const failed = (message: string): FilterError => ({ message });

/**
 * gen_scode(), gen_ncode(), gen_mcode(), gen_mcode6(), gen_ecode() of gencode.c: a name under its
 * qualifiers.
 */
export class IdBuilder {
  readonly #env: Environment;

  constructor(env: Environment) {
    this.#env = env;
  }

  build(token: Token, mask: string | number | undefined, use: Use): Built {
    if (token.kind === 'number') return this.#number(token.value, use);
    if (token.kind === 'ipv4') return this.#ipv4(token.text, mask, use);
    if (token.kind === 'ipv6') return this.#ipv6(token.text, mask, use);
    if (token.kind === 'mac') return this.#mac(token.text, use);
    return token.kind === 'word' ? this.#name(token.text, use) : SYNTAX_ERROR;
  }

  #number(value: number, use: Use): Built {
    const { type, protocol, undefinedType } = use.q;
    if (undefinedType) return failed('syntax error in filter expression');
    if (type === 'proto') return this.#protocol(value, use);
    if (type === 'port' || type === 'portrange') {
      const protocols = portProtocols(type, protocol);
      if ('message' in protocols) return protocols;
      if (value > 65_535) return failed(`illegal port number ${value} > 65535`);
      return port({ low: value, high: value, protocols }, where(use));
    }
    if (type !== 'net') return this.#host({ address: value, mask: 0xffff_ffff }, use);
    return this.#host(promote(value), use);
  }

  #ipv4(text: string, mask: string | number | undefined, use: Use): Built {
    const { type, undefinedType } = use.q;
    const address = dotted(text);
    if (!address) return failed(`invalid IPv4 address '${text}'`);
    if (mask !== undefined) return this.#network(text, mask, use);
    if (type === 'port' || type === 'portrange' || type === 'proto') {
      return failed(`'${type}' modifier applied to ip host`);
    }
    if (undefinedType) return failed('syntax error in filter expression');
    return this.#host(address, use);
  }

  /** gen_mcode(). */
  #network(text: string, mask: string | number, use: Use): Built {
    const address = dotted(text)?.address ?? 0;
    if (typeof mask === 'number' && mask > 32) return failed('mask length must be <= 32');
    const bits = typeof mask === 'number' ? maskV4(mask) : dotted(mask)?.address;
    if (bits === undefined) return failed(`invalid IPv4 address '${mask}'`);
    if ((address & ~bits) !== 0) {
      const written = typeof mask === 'number' ? `${text}/${mask}` : `${text} mask ${mask}`;
      return failed(`non-network bits set in "${written}"`);
    }
    if (use.q.type !== 'net') return failed('Mask syntax for networks only');
    if (use.q.protocol === 'link') return failed('link-layer modifier applied to net');
    return this.#host({ address, mask: bits }, use);
  }

  /** gen_host(): without a protocol ARP's addresses count too. */
  #host(host: Address4, use: Use): Built {
    const { protocol, type } = use.q;
    const at = where(use);
    if (protocol === undefined)
      return any(ip4Host(host, at), arpHost(host, at), rarpHost(host, at));
    if (protocol === 'ip') return ip4Host(host, at);
    if (protocol === 'arp') return arpHost(host, at);
    if (protocol === 'rarp') return rarpHost(host, at);
    const what = type === 'net' ? 'net' : 'host';
    if (protocol === 'link') return failed('illegal link layer address');
    if (protocol === 'ip6') return failed("'ip6' modifier applied to ip host");
    return failed(`'${protocol}' modifier applied to ${what}`);
  }

  /** gen_mcode6(). */
  #ipv6(text: string, mask: string | number | undefined, use: Use): Built {
    const address = parseIpv6(text);
    if (address === undefined) return failed(`invalid ip6 address ${text}`);
    if (typeof mask === 'string') return failed(`no mask ${mask} supported`);
    const prefixLen = mask ?? 128;
    if (prefixLen > 128) return failed('mask length must be <= 128');
    const hostBits = BigInt(128 - prefixLen);
    if ((address >> hostBits) << hostBits !== address) {
      return failed(`non-network bits set in "${text}/${prefixLen}"`);
    }
    const { type, protocol, undefinedType } = use.q;
    const isHost = type === undefined || type === 'host';
    if (undefinedType || !(isHost || type === 'net')) {
      return failed('invalid qualifier against IPv6 address');
    }
    if (isHost && prefixLen !== 128) return failed('Mask syntax for networks only');
    if (protocol === undefined || protocol === 'ip6')
      return ip6Host(address, prefixLen, where(use));
    const what = type === 'net' ? 'net' : 'host';
    if (protocol === 'link') return failed(`link-layer modifier applied to ip6 ${what}`);
    return failed(`'${protocol}' modifier applied to ip6 ${what}`);
  }

  /** gen_ecode(). */
  #mac(text: string, use: Use): Built {
    const { protocol, type, direction, undefinedType } = use.q;
    const isHost = !undefinedType && (type === undefined || type === 'host');
    if (!isHost || protocol !== 'link') {
      return failed('ethernet address used in non-ether expression');
    }
    if (this.#env.link !== 'EN10MB') {
      return failed(
        'ethernet addresses supported only on ' +
          'ethernet/FDDI/token ring/802.11/ATM LANE/Fibre Channel',
      );
    }
    const digits = /[:.-]/.test(text) && !/[0-9A-Fa-f]{4}/.test(text) ? text : grouped(text);
    const mac = parseMac(digits.replace(/[.-]/g, ':'));
    return mac === undefined ? SYNTAX_ERROR : etherHost(mac, direction ?? 'or');
  }

  /** gen_scode(). */
  #name(name: string, use: Use): Built {
    const { type, protocol, undefinedType } = use.q;
    if (undefinedType) return failed('syntax error in filter expression');
    if (type === 'net') return failed(`unknown network '${name}'`);
    if (type === 'port') return this.#portName(name, use);
    if (type === 'portrange') return this.#portRange(name, use);
    if (type === 'proto') {
      const table = protocol === 'link' ? ETHER_TYPES : PROTOCOL_NUMBERS;
      const number = table.get(name);
      return number === undefined
        ? failed(`unknown ${protocol === 'link' ? 'ether' : 'ip'} proto '${name}'`)
        : this.#protocol(number, use);
    }
    if (protocol === 'link') return failed(`unknown ether host '${name}'`);
    const addresses = this.#env.resolve?.(name) ?? [];
    if (addresses.length === 0) return failed(`unknown host '${name}'`);
    const tests: Matcher[] = [];
    for (const ip of addresses) {
      const skip = typeof ip === 'number' ? protocol === 'ip6' : protocol === 'ip';
      if (skip) continue;
      const test =
        typeof ip === 'number'
          ? this.#host({ address: ip, mask: 0xffff_ffff }, use)
          : ip6Host(ip, 128, where(use));
      if ('message' in test) return test;
      tests.push(test);
    }
    if (tests.length > 0) return any(...tests);
    return failed(`unknown host '${name}' for specified address family`);
  }

  #portName(name: string, use: Use): Built {
    const { protocol } = use.q;
    const allowed = portProtocols('port', protocol);
    if ('message' in allowed) return allowed;
    const service = serviceByName(name);
    if (!service) return failed(`unknown port '${name}'`);
    const [only] = service.protocols.length === 1 ? service.protocols : [];
    if (protocol && only && protocol !== only) return failed(`port '${name}' is ${only}`);
    const narrowed = only ? [only === 'tcp' ? 6 : 17] : allowed;
    return port({ low: service.port, high: service.port, protocols: narrowed }, where(use));
  }

  #portRange(name: string, use: Use): Built {
    const protocols = portProtocols('portrange', use.q.protocol);
    if ('message' in protocols) return protocols;
    const [, first = '', second = ''] = /^([^-]+)-(.+)$/.exec(name) ?? [];
    const number = (text: string): number | undefined =>
      /^\d+$/.test(text) ? Number(text) : serviceByName(text)?.port;
    const low = number(first);
    const high = number(second);
    if (low === undefined || high === undefined) return failed(`unknown port in range '${name}'`);
    const tooBig = [low, high].find((value) => value > 65_535);
    if (tooBig !== undefined) return failed(`illegal port number ${tooBig} > 65535`);
    const range = { low: Math.min(low, high), high: Math.max(low, high), protocols };
    return port(range, where(use));
  }

  /** gen_proto(). */
  #protocol(number: number, { q, shift }: Use): Built {
    if (q.protocol === undefined) return ipProtocol(number, shift);
    if (q.protocol === 'link') return etherType(number, shift);
    if (q.protocol === 'ip') return ip4Protocol(number, shift);
    if (q.protocol === 'ip6') return ip6Protocol(number, shift);
    if (q.protocol === 'arp' || q.protocol === 'rarp') {
      return failed(`${q.protocol} does not encapsulate another protocol`);
    }
    return failed(`'${q.protocol} proto' is bogus`);
  }
}

const where = ({ q, shift }: Use): { direction: Direction; shift: number } => ({
  direction: q.direction ?? 'or',
  shift,
});

function portProtocols(
  type: 'port' | 'portrange',
  protocol: Keyword | undefined,
): readonly number[] | FilterError {
  if (protocol === undefined) return ANY_PORT_PROTOCOL;
  const number = PORT_PROTOCOLS.get(protocol);
  return number === undefined ? failed(`illegal qualifier of '${type}'`) : [number];
}

/** __pcap_atoin(): fewer than four numbers are the start of a network. */
function dotted(text: string): Address4 | undefined {
  const parts = text.split('.').map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  const missing = 8 * (4 - parts.length);
  const value = parts.reduce((sum, part) => sum * 256 + part, 0);
  return { address: value * 2 ** missing, mask: maskV4(32 - missing) };
}

/** A network written as one number, `net 10`: shifted until its first byte is set. */
function promote(value: number): Address4 {
  let address = value;
  let mask = 0xffff_ffff;
  while (address !== 0 && address < 0x100_0000) {
    address *= 256;
    mask = (mask << 8) >>> 0;
  }
  return { address, mask };
}

/** `aabb.ccdd.eeff` and `aabbccddeeff` with colons. */
const grouped = (text: string): string => (text.replace(/\./g, '').match(/../g) ?? []).join(':');
