import { hexOnly, type Printer, tok } from './printer';

const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'Origin'],
  [2, 'AS Path'],
  [3, 'Next Hop'],
  [4, 'Multi Exit Discriminator'],
  [5, 'Local Preference'],
  [6, 'Atomic Aggregate'],
  [7, 'Aggregator'],
  [8, 'Community'],
  [9, 'Originator ID'],
  [10, 'Cluster List'],
  [14, 'Multi-Protocol Reach NLRI'],
  [15, 'Multi-Protocol Unreach NLRI'],
  [16, 'Extended Community'],
  [17, 'AS4 Path'],
  [18, 'Aggregator4'],
  [32, 'Large Community'],
]);
const ORIGINS = ['IGP', 'EGP', 'Incomplete'];
/** bgp_as_path_segment_open_values and its close: set, sequence, and their confederation forms. */
const SEGMENTS: ReadonlyMap<number, readonly [open: string, close: string]> = new Map([
  [1, ['{', '}']],
  [2, ['', '']],
  [3, ['(', ')']],
  [4, ['({', '})']],
]);
const COMMUNITIES: ReadonlyMap<number, string> = new Map([
  [0xffff_ff01, ' NO_EXPORT'],
  [0xffff_ff02, ' NO_ADVERTISE'],
  [0xffff_ff03, ' NO_EXPORT_SUBCONFED'],
]);

/**
 * One path attribute of bgp_update_print(); gives where the next starts. `bytes` ends with the
 * attributes.
 */
export function printBgpAttribute(p: Printer, bytes: Uint8Array, at: number): number {
  const flags = p.u8(bytes, at);
  const type = p.u8(bytes, at + 1);
  const extended = (flags & 0x10) !== 0;
  const start = at + (extended ? 4 : 3);
  if (start > bytes.length) {
    p.put('\n\t  [path attrs too short]');
    return bytes.length;
  }
  const length = extended ? p.u16(bytes, at + 2) : p.u8(bytes, at + 2);
  p.put(`\n\t  ${tok(NAMES, type, 'Unknown Attribute')} (${type}), length: ${length}`);
  if (flags) {
    const letters = ['O', 'T', 'P', 'E'].filter((_, i) => flags & (0x80 >> i)).join('');
    const rest = flags & 15 ? `+${(flags & 15).toString(16)}` : '';
    p.put(`, Flags [${letters}${rest}]: `);
  }
  if (start + length > bytes.length) {
    p.put(' [path attrs too short]');
    return bytes.length;
  }
  const value = bytes.subarray(start, start + length);
  printValue(p, type, value);
  if (p.verbose > 1 && length > 0) p.put(hexOnly('\n\t    ', value));
  return start + length;
}

/** bgp_attr_print(). Omitted: multi-protocol and extended attributes, which are dumped. */
function printValue(p: Printer, type: number, value: Uint8Array): void {
  const sized = (length: number, text: () => string): void => {
    p.put(value.length === length ? text() : 'invalid len');
  };
  if (type === 1) sized(1, () => ORIGINS[p.u8(value, 0)] ?? 'Unknown Origin Typecode');
  else if (type === 2 || type === 17) printAsPath(p, value);
  else if (type === 3 || type === 9) sized(4, () => p.ip4(value, 0));
  else if (type === 4 || type === 5) sized(4, () => String(p.u32(value, 0)));
  else if (type === 6) sized(0, () => '');
  else if (type === 7 && value.length === 8) {
    p.put(` AS #${p.u32(value, 0)}, origin ${p.ip4(value, 4)}`);
  } else if (type === 7) sized(6, () => ` AS #${p.u16(value, 0)}, origin ${p.ip4(value, 2)}`);
  else if (type === 8) printCommunities(p, value);
  else if (type === 10) {
    for (let at = 0; at + 4 <= value.length; at += 4) {
      p.put(`${p.ip4(value, at)}${at + 4 < value.length ? ', ' : ''}`);
    }
  } else {
    p.put(`\n\t    no Attribute ${type} decoder`);
    if (p.verbose <= 1) p.put(hexOnly('\n\t    ', value));
  }
}

function printCommunities(p: Printer, value: Uint8Array): void {
  for (let at = 0; at + 4 <= value.length; at += 4) {
    const community = p.u32(value, at);
    const more = at + 4 < value.length ? ', ' : '';
    const plain = `${community >>> 16}:${community & 0xffff}${more}`;
    p.put(COMMUNITIES.get(community) ?? plain);
  }
}

function printAsPath(p: Printer, value: Uint8Array): void {
  if (value.length % 2) {
    p.put('invalid len');
    return;
  }
  if (value.length === 0) {
    p.put('empty');
    return;
  }
  const size = asSize(value);
  let at = 0;
  while (at < value.length && !p.ended) {
    const [open, close] = SEGMENTS.get(p.u8(value, at)) ?? ['?', '?'];
    const count = p.u8(value, at + 1);
    p.put(open);
    for (let i = 0; i < count && !p.ended; i++) {
      const where = at + 2 + i * size;
      p.put(`${size === 2 ? p.u16(value, where) : p.u32(value, where)} `);
    }
    p.put(close);
    at += 2 + count * size;
  }
}

/** bgp_attr_get_as_size(): two bytes if the segments then fill the attribute exactly, else four. */
function asSize(value: Uint8Array): 2 | 4 {
  let at = 0;
  while (at < value.length) {
    const type = value[at] ?? 0;
    const count = value[at + 1] ?? 0;
    if (type < 1 || type > 4 || count === 0) return 4;
    at += 2 + count * 2;
  }
  return at === value.length ? 2 : 4;
}
