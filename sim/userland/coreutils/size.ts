const POWERS = 'KMGTPEZY';

/** xstrtoumax with the suffixes of coreutils: b 512, kB 1000, K KiB 1024, and so on; undefined if it is none. */
export function parseSize(text: string): number | undefined {
  const found = /^(\d+)(?:([bkKMGTPEZY])(iB|B)?|([cw]))?$/.exec(text);
  if (!found) return undefined;
  const [, digits = '', unit, tail, small] = found;
  const count = Number(digits);
  if (small !== undefined) return small === 'w' ? count * 2 : count;
  if (unit === undefined) return count;
  if (unit === 'b') return tail === undefined ? count * 512 : undefined;
  const power = POWERS.indexOf(unit.toUpperCase()) + 1;
  return count * (tail === 'B' ? 1000 : 1024) ** power;
}

/** human_readable() of gnulib with `ceil` rounding: 1.5K, 12M. */
export function humanSize(bytes: number, base: 1000 | 1024 = 1024): string {
  if (bytes < base) return String(bytes);
  let value = bytes;
  let power = 0;
  while (value >= base && power < POWERS.length) {
    value /= base;
    power++;
  }
  if (value < 10) {
    const tenths = Math.ceil(value * 10) / 10;
    if (tenths < 10) return `${tenths.toFixed(1)}${unitOf(power, base)}`;
  }
  const whole = Math.ceil(value);
  if (whole >= base) return `1.0${unitOf(power + 1, base)}`;
  return `${whole}${unitOf(power, base)}`;
}

const unitOf = (power: number, base: 1000 | 1024): string => {
  const unit = POWERS[power - 1] ?? '';
  return base === 1000 && unit === 'K' ? 'k' : unit;
};
