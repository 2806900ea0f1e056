/** strtoul(3) of a whole argument, as get_unsigned() and its relatives in lib/utils.c take it. */
export function parseUnsigned(text: string, max = 0xffff_ffff, base = 0): number | undefined {
  const value = parseStrtoul(text, base);
  return value === undefined || value < 0 || value > max ? undefined : value;
}

/** get_s32(), get_integer(). */
export function parseInteger(text: string, base = 0): number | undefined {
  const value = parseStrtoul(text, base);
  return value === undefined || Math.abs(value) > 0x7fff_ffff ? undefined : value;
}

/** get_u64(): kept as a bigint. */
export function parseU64(text: string): bigint | undefined {
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(text)) return undefined;
  const value = BigInt(text);
  return value > 0xffff_ffff_ffff_ffffn ? undefined : value;
}

/** atoi(3): as much of a number as there is. */
export const atoi = (text: string): number => Number(/^\s*[-+]?\d+/.exec(text)?.[0] ?? 0);

function parseStrtoul(text: string, base: number): number | undefined {
  const [, sign = '', digits = ''] = /^\s*([-+]?)(\w+)$/.exec(text) ?? [];
  if (digits === '') return undefined;
  const value = magnitude(digits, base);
  if (value === undefined) return undefined;
  return sign === '-' ? -value : value;
}

function magnitude(digits: string, base: number): number | undefined {
  const hex = /^0x([0-9a-f]+)$/i.exec(digits)?.[1];
  if (hex !== undefined && (base === 0 || base === 16)) return Number.parseInt(hex, 16);
  if (base === 16) return /^[0-9a-f]+$/i.test(digits) ? Number.parseInt(digits, 16) : undefined;
  if (base === 0 && digits.startsWith('0')) {
    return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
  }
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}
