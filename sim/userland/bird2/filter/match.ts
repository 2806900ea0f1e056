import type { AsSegment } from '../../../wire/bgp-attribute';
import { type Cidr, contains, familyOf } from '../../../wire/ip';
import {
  enumNumber,
  type FilterValue,
  type PathMaskItem,
  type PrefixPattern,
  type SetItem,
} from './value';

/** val_in_range(), filter/data.c: `a ~ b`; undefined where the types do not go together. */
export function matches(a: FilterValue, b: FilterValue): boolean | undefined {
  if (a.type === 'path' && b.type === 'mask') return matchesMask(a.value, b.value);
  if (a.type === 'int' && b.type === 'path') {
    return b.value.some((segment) => segment.as.includes(a.value));
  }
  if ((a.type === 'pair' || a.type === 'quad') && b.type === 'clist')
    return b.value.includes(a.value);
  if (a.type === 'lc' && b.type === 'lclist') {
    return b.value.some((lc) => lc.join() === a.value.join());
  }
  if (a.type === 'string' && b.type === 'string') return patmatch(b.value, a.value);
  if (b.type === 'prefix') return inPrefix(a, b.value);
  if (a.type === 'prefix' && b.type === 'prefix set') {
    return b.value.some((pattern) => fits(pattern, a.value));
  }
  if (b.type !== 'set') return undefined;
  if (a.type === 'clist')
    return a.value.some((pair) => setContains(b.value, { type: 'pair', value: pair }));
  if (a.type === 'lclist')
    return a.value.some((lc) => setContains(b.value, { type: 'lc', value: lc }));
  if (a.type === 'path') {
    return a.value.some((s) => s.as.some((as) => setContains(b.value, { type: 'int', value: as })));
  }
  return setContains(b.value, a);
}

function inPrefix(a: FilterValue, net: Cidr): boolean | undefined {
  if (a.type === 'ip') return familyOf(a.value) === familyOf(net.address) && contains(net, a.value);
  if (a.type !== 'prefix') return undefined;
  return (
    familyOf(a.value.address) === familyOf(net.address) &&
    a.value.prefixLen >= net.prefixLen &&
    contains(net, a.value.address)
  );
}

/** trie_match_net(): a pattern shorter than its own prefix also takes the prefixes above it. */
function fits({ net, low, high }: PrefixPattern, tested: Cidr): boolean {
  if (familyOf(net.address) !== familyOf(tested.address)) return false;
  if (tested.prefixLen < low || tested.prefixLen > high) return false;
  const shorter = net.prefixLen < tested.prefixLen ? net : tested;
  const longer = shorter === net ? tested : net;
  return contains(shorter, longer.address);
}

/** find_tree(). */
export function setContains(items: readonly SetItem[], value: FilterValue): boolean {
  const tuple = tupleOf(value);
  if (!tuple) return false;
  return items.some(
    ({ from, to }) =>
      from.length === tuple.length &&
      tuple.every((n, i) => n >= (from[i] ?? 0n) && n <= (to[i] ?? 0n)),
  );
}

function tupleOf(value: FilterValue): readonly bigint[] | undefined {
  switch (value.type) {
    case 'int':
    case 'quad':
    case 'ip':
      return [BigInt(value.value)];
    case 'pair':
      return [BigInt(value.value >>> 16), BigInt(value.value & 0xffff)];
    case 'lc':
      return value.value.map(BigInt);
    case 'enum':
      return [enumNumber(value.value)];
    default:
      return undefined;
  }
}

/** as_path_match(): a set of the path stands for any one of its numbers. */
export function matchesMask(path: readonly AsSegment[], mask: readonly PathMaskItem[]): boolean {
  const hops = path.flatMap((s) => (s.kind === 'set' ? [s.as] : s.as.map((as) => [as])));
  // `at[i]`: the mask so far can have taken the first i hops.
  let at = hops.map((_, i) => i === 0);
  at.push(hops.length === 0);
  for (const item of mask) at = step(item, hops, at);
  return at[hops.length] ?? false;
}

function step(
  item: PathMaskItem,
  hops: readonly (readonly number[])[],
  at: readonly boolean[],
): boolean[] {
  const next = at.map(() => false);
  for (let i = 0; i <= hops.length; i++) {
    if (item.kind === 'any') {
      next[i] = at.slice(0, i + 1).includes(true);
      continue;
    }
    const hop = hops[i - 1];
    if (!hop) continue;
    if (at[i - 1] && takes(item, hop)) next[i] = true;
    if (item.kind === 'loop' && next[i - 1] && hop.join() === hops[i - 2]?.join()) next[i] = true;
  }
  return next;
}

function takes(item: PathMaskItem, hop: readonly number[]): boolean {
  if (item.kind === 'asn') return hop.some((as) => as >= item.low && as <= item.high);
  if (item.kind === 'set') {
    return hop.some((as) => setContains(item.items, { type: 'int', value: as }));
  }
  return true;
}

/** patmatch(), lib/patmatch.c: `*` and `?`. */
export function patmatch(pattern: string, text: string): boolean {
  let at = [0];
  for (const char of pattern) {
    const next = new Set<number>();
    for (const i of at) {
      if (char === '*') for (let j = i; j <= text.length; j++) next.add(j);
      else if (i < text.length && (char === '?' || char === text[i])) next.add(i + 1);
    }
    at = [...next];
  }
  return at.includes(text.length);
}
