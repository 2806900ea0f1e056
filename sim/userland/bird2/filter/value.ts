import type { AsSegment } from '../../../wire/bgp-attribute';
import type { Ip } from '../../../wire/frame';
import { type Cidr, formatCidr, formatIp } from '../../../wire/ip';

/** One pattern of a prefix set: struct f_prefix. */
export interface PrefixPattern {
  readonly net: Cidr;
  readonly low: number;
  readonly high: number;
}

/** An item of an int, pair, large community or IP set; each bound is a tuple of numbers. */
export interface SetItem {
  readonly from: readonly bigint[];
  readonly to: readonly bigint[];
}

export type PathMaskItem =
  | { readonly kind: 'asn'; readonly low: number; readonly high: number }
  | { readonly kind: 'set'; readonly items: readonly SetItem[] }
  | { readonly kind: 'any' | 'one' | 'loop' };

/** struct f_val. */
export type FilterValue =
  | { readonly type: 'void' }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'pair'; readonly value: number }
  | { readonly type: 'quad'; readonly value: number }
  | { readonly type: 'lc'; readonly value: readonly [number, number, number] }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'ip'; readonly value: Ip }
  | { readonly type: 'prefix'; readonly value: Cidr }
  | { readonly type: 'enum'; readonly value: string }
  | { readonly type: 'path'; readonly value: readonly AsSegment[] }
  | { readonly type: 'mask'; readonly value: readonly PathMaskItem[] }
  | { readonly type: 'clist'; readonly value: readonly number[] }
  | { readonly type: 'lclist'; readonly value: readonly (readonly [number, number, number])[] }
  | { readonly type: 'set'; readonly value: readonly SetItem[] }
  | { readonly type: 'prefix set'; readonly value: readonly PrefixPattern[] };

export const VOID: FilterValue = { type: 'void' };

export const formatPair = (pair: number): string => `(${pair >>> 16},${pair & 0xffff})`;
export const formatLc = (lc: readonly number[]): string => `(${lc.join(', ')})`;

/** as_path_format(). */
export const formatPath = (path: readonly AsSegment[]): string =>
  path.map((s) => (s.kind === 'set' ? `{${s.as.join(' ')}}` : s.as.join(' '))).join(' ');

/** as_path_getlen(): a set counts as one. */
export const pathLength = (path: readonly AsSegment[]): number =>
  path.reduce((sum, s) => sum + (s.kind === 'set' ? 1 : s.as.length), 0);

/** val_format(), filter/data.c. */
export function formatValue(v: FilterValue): string {
  switch (v.type) {
    case 'void':
      return '(void)';
    case 'int':
    case 'string':
      return String(v.value);
    case 'bool':
      return v.value ? 'TRUE' : 'FALSE';
    case 'pair':
      return formatPair(v.value);
    case 'quad':
      return formatIp(v.value);
    case 'ip':
      return formatIp(v.value);
    case 'lc':
      return formatLc(v.value);
    case 'prefix':
      return formatCidr(v.value);
    case 'enum':
      return v.value;
    case 'path':
      return `(path ${formatPath(v.value)})`;
    case 'clist':
      return `(clist ${v.value.map(formatPair).join(' ')})`;
    case 'lclist':
      return `(lclist ${v.value.map(formatLc).join(' ')})`;
    case 'mask':
      return `[= ${v.value.map(formatMaskItem).join(' ')} =]`;
    case 'set':
      return `[${v.value.map(formatItem).join(', ')}]`;
    case 'prefix set':
      return `[${v.value.map(formatPattern).join(', ')}]`;
  }
}

const JOKERS = { any: '*', one: '?', loop: '+' } as const;

function formatMaskItem(item: PathMaskItem): string {
  switch (item.kind) {
    case 'asn':
      return item.low === item.high ? String(item.low) : `${item.low}..${item.high}`;
    case 'set':
      return `[${item.items.map(formatItem).join(', ')}]`;
    default:
      return JOKERS[item.kind];
  }
}

const formatTuple = (tuple: readonly bigint[]): string =>
  tuple.length === 1 ? String(tuple[0]) : `(${tuple.join(', ')})`;

function formatItem(item: SetItem): string {
  const from = formatTuple(item.from);
  const to = formatTuple(item.to);
  return from === to ? from : `${from}..${to}`;
}

const formatPattern = (p: PrefixPattern): string =>
  `${formatCidr(p.net)}${p.low === p.net.prefixLen && p.high === p.low ? '' : `{${p.low},${p.high}}`}`;

/** Enumerations are compared by name; in sets by a number made of it. */
export const enumNumber = (name: string): bigint =>
  [...name].reduce((n, char) => n * 131n + BigInt(char.charCodeAt(0)), 7n);
