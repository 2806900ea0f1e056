/** C's %e %f %g %a on a double (vfprintf of glibc). */
export interface FloatFormat {
  readonly flags: string;
  readonly precision: number | undefined;
  readonly letter: string;
}

export function formatFloat(value: number, format: FloatFormat): string {
  const upper = /[EFGA]/.test(format.letter);
  const negative = value < 0 || Object.is(value, -0);
  const sign = negative
    ? '-'
    : format.flags.includes('+')
      ? '+'
      : format.flags.includes(' ')
        ? ' '
        : '';
  const body = magnitude(Math.abs(value), format);
  return sign + (upper ? body.toUpperCase() : body);
}

function magnitude(value: number, format: FloatFormat): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : 'inf';
  const precision = format.precision ?? 6;
  switch (format.letter.toLowerCase()) {
    case 'f':
      return fixed(value, precision);
    case 'e':
      return exponent(value, precision);
    case 'a':
      return hexFloat(value);
    default:
      return general(value, precision === 0 ? 1 : precision, format.flags.includes('#'));
  }
}

/** toFixed gives up above 1e21; the exact digits of a double come from BigInt. */
function fixed(value: number, precision: number): string {
  if (value < 1e21) return value.toFixed(Math.min(100, precision));
  const whole = String(BigInt(value));
  return precision > 0 ? `${whole}.${'0'.repeat(precision)}` : whole;
}

const exponent = (value: number, precision: number): string =>
  value.toExponential(Math.min(100, precision)).replace(/e([-+])(\d)$/, 'e$10$2');

function general(value: number, precision: number, alternate: boolean): string {
  const power =
    value === 0 ? 0 : Number(/e(.+)$/.exec(value.toExponential(precision - 1))?.[1] ?? 0);
  const text =
    power < -4 || power >= precision
      ? exponent(value, precision - 1)
      : value.toFixed(Math.max(0, precision - 1 - power));
  if (alternate || !text.includes('.')) return text;
  return text.replace(/\.?0+(?=e|$)/, '');
}

function hexFloat(value: number): string {
  if (value === 0) return '0x0p+0';
  let power = Math.floor(Math.log2(value));
  let mantissa = value / 2 ** power;
  // glibc prints x87 long doubles: four bits before the point
  mantissa *= 8;
  power -= 3;
  const whole = Math.floor(mantissa);
  let rest = mantissa - whole;
  let digits = '';
  while (rest > 0 && digits.length < 16) {
    rest *= 16;
    const digit = Math.floor(rest);
    digits += digit.toString(16);
    rest -= digit;
  }
  return `0x${whole.toString(16)}${digits === '' ? '' : `.${digits}`}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}
