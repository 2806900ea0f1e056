import type { Range } from '../../../linux/netfilter/xt-match';

const U32_MAX = 0xffff_ffff;
/** UINT64_MAX as a double holds it. */
export const U64_MAX = 2 ** 64;

/** %x with its prefix. */
export const hex = (value: number): string => `0x${value.toString(16)}`;

/** 0x%02x. */
export const hex2 = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;

/** ~value of a 32-bit number. */
export const not32 = (value: number): number => ~value >>> 0;

/** xtables_print_mark_mask(): a mask of all ones is not shown. */
export const markMask = (mark: number, mask: number): string =>
  ` ${hex(mark)}${mask === U32_MAX ? '' : `/${hex(mask)}`}`;

/** `5`, or both ends with what stands between. */
export const rangeText = ({ min, max }: Range, between: string): string =>
  min === max ? String(min) : `${min}${between}${max}`;

/** %llu: 64 bits in full, which a double would round. */
export const u64Text = (value: number): string =>
  value === U64_MAX ? '18446744073709551615' : String(value);
