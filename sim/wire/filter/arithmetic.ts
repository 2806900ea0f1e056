import { ETH_P_ARP, ETH_P_IP, ETH_P_IPV6, IPPROTO_ICMPV6 } from '../frame';
import type { PacketView } from './packet-view';
import {
  all,
  etherType,
  ip4PayloadAt,
  ipProtocol,
  isFirstFragment4,
  type Matcher,
} from './primitive';
import type { FilterError, Keyword } from './token';

/** A number computed from the packet, and the test that the packet has what it is computed from. */
export interface Expression {
  readonly value: (view: PacketView) => number;
  readonly guard?: Matcher | undefined;
  /** Known before any packet. */
  readonly constant?: number | undefined;
}

export const constant = (value: number): Expression => ({ value: () => value, constant: value });
export const packetLength: Expression = { value: (v) => v.length };

const NETWORK: ReadonlyMap<Keyword, number> = new Map([
  ['ip', ETH_P_IP],
  ['ip6', ETH_P_IPV6],
  ['arp', ETH_P_ARP],
  ['rarp', 0x8035],
]);
const TRANSPORT: ReadonlyMap<Keyword, number> = new Map([
  ['icmp', 1],
  ['igmp', 2],
  ['tcp', 6],
  ['udp', 17],
  ['pim', 103],
  ['vrrp', 112],
  ['sctp', 132],
]);

export interface Index {
  readonly protocol: Keyword;
  readonly at: Expression;
  readonly size: number;
  readonly shift: number;
}

/** gen_load(): `proto[at:size]`. Transport offsets count in IPv4 only, as libpcap has it. */
export function load({ protocol, at, size, shift }: Index): Expression | FilterError {
  if (size !== 1 && size !== 2 && size !== 4) return { message: 'data size must be 1, 2, or 4' };
  const from = (base: (v: PacketView) => number, guard: Matcher | undefined): Expression => ({
    value: (v) => v.load(base(v) + at.value(v), size),
    guard: both(at.guard, guard),
  });
  if (protocol === 'link') return from(() => 0, undefined);
  const type = NETWORK.get(protocol);
  if (type !== undefined) return from((v) => v.payload(shift), etherType(type, shift));
  const transport = TRANSPORT.get(protocol);
  if (transport !== undefined) {
    const guard = all(isFirstFragment4(shift), ipProtocol(transport, shift));
    return from((v) => ip4PayloadAt(v, shift), guard);
  }
  if (protocol === 'icmp6') {
    const guard = all(
      etherType(ETH_P_IPV6, shift),
      (v) => v.load(v.payload(shift) + 6, 1) === IPPROTO_ICMPV6,
    );
    return from((v) => v.payload(shift) + 40, guard);
  }
  return { message: 'unsupported index operation' };
}

const OPERATIONS: ReadonlyMap<string, (a: number, b: number) => number> = new Map([
  ['+', (a, b) => (a + b) >>> 0],
  ['-', (a, b) => (a - b) >>> 0],
  ['*', (a, b) => Math.imul(a, b) >>> 0],
  ['/', (a, b) => Math.floor(a / b) >>> 0],
  ['%', (a, b) => a % b],
  ['&', (a, b) => (a & b) >>> 0],
  ['|', (a, b) => (a | b) >>> 0],
  ['^', (a, b) => (a ^ b) >>> 0],
  ['<<', (a, b) => (b > 31 ? 0 : (a << b) >>> 0)],
  ['>>', (a, b) => (b > 31 ? 0 : a >>> b)],
]);

/**
 * gen_arth(). A divisor that is 0 only in the packet rejects the packet, as bpf_filter() does. As
 * in libpcap only the left side's protocol is tested for.
 */
export function operate(op: string, a: Expression, b: Expression): Expression | FilterError {
  const compute = OPERATIONS.get(op);
  if (!compute) return { message: 'unsupported operation' };
  if (b.constant === 0 && op === '/') return { message: 'division by zero' };
  if (b.constant === 0 && op === '%') return { message: 'modulus by zero' };
  if ((b.constant ?? 0) > 31 && (op === '<<' || op === '>>')) {
    return { message: 'shift by more than 31 bits' };
  }
  const divides = op === '/' || op === '%';
  const value = (v: PacketView): number => {
    const right = b.value(v);
    if (divides && right === 0) v.outside = true;
    return divides && right === 0 ? 0 : compute(a.value(v), right);
  };
  if (a.constant !== undefined && b.constant !== undefined) {
    return constant(compute(a.constant, b.constant));
  }
  return { value, guard: a.guard };
}

export const negate = (a: Expression): Expression =>
  a.constant === undefined
    ? { value: (v) => -a.value(v) >>> 0, guard: a.guard }
    : constant(-a.constant >>> 0);

const RELATIONS: ReadonlyMap<string, (a: number, b: number) => boolean> = new Map([
  ['>', (a, b) => a > b],
  ['<', (a, b) => a < b],
  ['>=', (a, b) => a >= b],
  ['<=', (a, b) => a <= b],
  ['=', (a, b) => a === b],
  ['!=', (a, b) => a !== b],
]);
export const isRelation = (op: string): boolean => RELATIONS.has(op);

/** gen_relation(): false for a packet without the protocol, whatever the relation. */
export function relate(op: string, a: Expression, b: Expression): Matcher {
  const compare = RELATIONS.get(op) ?? (() => false);
  const test: Matcher = (v) => compare(a.value(v), b.value(v));
  const guard = both(a.guard, b.guard);
  return guard ? all(guard, test) : test;
}

const both = (a: Matcher | undefined, b: Matcher | undefined): Matcher | undefined =>
  a && b ? all(a, b) : (a ?? b);
