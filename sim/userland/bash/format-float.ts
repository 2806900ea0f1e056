/**
 * C's %e %f %g %a as bash prints them: the argument is read into a long double (64 bits of
 * mantissa) and its exact
 * value is rounded, half to even (vfprintf of glibc).
 */
export interface FloatFormat {
  readonly flags: string;
  readonly precision: number | undefined;
  readonly letter: string;
}

/** A number as an exact fraction, or not a number to compute with. */
export type LongDouble =
  | {
      readonly kind: 'finite';
      readonly negative: boolean;
      readonly top: bigint;
      readonly bottom: bigint;
    }
  | { readonly kind: 'inf' | 'nan'; readonly negative: boolean };

const MANTISSA_BITS = 64;
/** Larger exponents would make astronomically long numbers. */
const MAX_EXPONENT = 4932;

/** strtold(): `12.5e3`, `0x1f`, `inf`. */
export function parseLongDouble(text: string): LongDouble {
  const negative = text.startsWith('-');
  const body = text.replace(/^[-+]/, '').toLowerCase();
  if (body.startsWith('inf')) return { kind: 'inf', negative };
  if (body.startsWith('nan')) return { kind: 'nan', negative };
  if (body.startsWith('0x')) return rounded(BigInt(body === '0x' ? '0' : body), 1n, negative);
  const found = /^(\d*)\.?(\d*)(?:e([-+]?\d+))?/.exec(body);
  const digits = `${found?.[1] ?? ''}${found?.[2] ?? ''}`;
  const power = Number(found?.[3] ?? 0) - (found?.[2] ?? '').length;
  if (power > MAX_EXPONENT) return { kind: 'inf', negative };
  const value = BigInt(digits === '' ? '0' : digits);
  if (power < -MAX_EXPONENT || value === 0n)
    return { kind: 'finite', negative, top: 0n, bottom: 1n };
  return power >= 0
    ? rounded(value * 10n ** BigInt(power), 1n, negative)
    : rounded(value, 10n ** BigInt(-power), negative);
}

const bitLength = (value: bigint): number => value.toString(2).length;

/** The nearest number with 64 bits of mantissa. */
function rounded(top: bigint, bottom: bigint, negative: boolean): LongDouble {
  if (top === 0n) return { kind: 'finite', negative, top, bottom: 1n };
  const shift = MANTISSA_BITS - (bitLength(top) - bitLength(bottom));
  const scaledTop = shift > 0 ? top << BigInt(shift) : top;
  const scaledBottom = shift > 0 ? bottom : bottom << BigInt(-shift);
  const extra = bitLength(scaledTop / scaledBottom) - MANTISSA_BITS;
  const unit = extra > 0 ? 1n << BigInt(extra) : 1n;
  const mantissa = divideRounded(scaledTop, scaledBottom * unit) * unit;
  return shift > 0
    ? { kind: 'finite', negative, top: mantissa, bottom: 1n << BigInt(shift) }
    : { kind: 'finite', negative, top: mantissa << BigInt(-shift), bottom: 1n };
}

/** Division rounded half to even. */
function divideRounded(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom;
  const twice = (top % bottom) * 2n;
  if (twice < bottom || (twice === bottom && quotient % 2n === 0n)) return quotient;
  return quotient + 1n;
}

export function formatFloat(value: LongDouble, format: FloatFormat): string {
  const { flags } = format;
  const sign = value.negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const body = value.kind === 'finite' ? magnitude(value.top, value.bottom, format) : value.kind;
  return sign + (/[EFGA]/.test(format.letter) ? body.toUpperCase() : body);
}

function magnitude(top: bigint, bottom: bigint, format: FloatFormat): string {
  const precision = format.precision ?? 6;
  switch (format.letter.toLowerCase()) {
    case 'f':
      return fixed(top, bottom, precision);
    case 'e':
      return scientific(top, bottom, precision).text;
    case 'a':
      return hexFloat(top, bottom);
    default:
      return general(top, bottom, precision === 0 ? 1 : precision, format.flags.includes('#'));
  }
}

function fixed(top: bigint, bottom: bigint, precision: number): string {
  const scaled = divideRounded(top * 10n ** BigInt(precision), bottom);
  const digits = scaled.toString().padStart(precision + 1, '0');
  if (precision === 0) return digits;
  return `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

function scientific(
  top: bigint,
  bottom: bigint,
  precision: number,
): { readonly text: string; readonly power: number } {
  let power = top === 0n ? 0 : top.toString().length - bottom.toString().length;
  if (top !== 0n && compareScaled(top, bottom, power) < 0) power--;
  let digits = roundTo(top, bottom, precision - power);
  if (digits.length > precision + 1) {
    power++;
    digits = roundTo(top, bottom, precision - power);
  }
  const padded = digits.padStart(precision + 1, '0');
  const mantissa = precision > 0 ? `${padded[0]}.${padded.slice(1)}` : padded;
  const exponent = String(Math.abs(power)).padStart(2, '0');
  return { text: `${mantissa}e${power < 0 ? '-' : '+'}${exponent}`, power };
}

/** top/bottom against 10^power. */
function compareScaled(top: bigint, bottom: bigint, power: number): number {
  const left = power < 0 ? top * 10n ** BigInt(-power) : top;
  const right = power > 0 ? bottom * 10n ** BigInt(power) : bottom;
  return left < right ? -1 : left > right ? 1 : 0;
}

const roundTo = (top: bigint, bottom: bigint, places: number): string =>
  (places >= 0
    ? divideRounded(top * 10n ** BigInt(places), bottom)
    : divideRounded(top, bottom * 10n ** BigInt(-places))
  ).toString();

function general(top: bigint, bottom: bigint, precision: number, alternate: boolean): string {
  const { text: exponential, power } = scientific(top, bottom, precision - 1);
  const text =
    power < -4 || power >= precision ? exponential : fixed(top, bottom, precision - 1 - power);
  if (alternate || !text.includes('.')) return text;
  return text.replace(/\.?0+(?=e|$)/, '');
}

/** Four bits stand before the point of an x87 long double. */
function hexFloat(top: bigint, bottom: bigint): string {
  if (top === 0n) return '0x0p+0';
  let power = bitLength(top) - bitLength(bottom);
  const below = power >= 0 ? top < bottom << BigInt(power) : top << BigInt(-power) < bottom;
  if (below) power--;
  const shift = MANTISSA_BITS - 1 - power;
  const mantissa = shift >= 0 ? (top << BigInt(shift)) / bottom : top / (bottom << BigInt(-shift));
  const hex = mantissa.toString(16);
  const rest = hex.slice(1).replace(/0+$/, '');
  const exponent = power - 3;
  return `0x${hex[0]}${rest === '' ? '' : `.${rest}`}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}
