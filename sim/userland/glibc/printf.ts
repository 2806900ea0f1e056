/** One conversion of printf(3), its `*` already filled in. */
export interface Conversion {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly kind: string;
}

/** A parsed format: literal text or a conversion; `*` is asked for by 'star'. */
export type Directive =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'conversion';
      readonly flags: string;
      readonly width: number | 'star' | undefined;
      readonly precision: number | 'star' | undefined;
      readonly letter: string;
      readonly source: string;
    };

const DIRECTIVE = /^%([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d*))?(?:hh|h|ll|l|L|j|z|t)?(.)?/su;

/** Widths and precisions above this are cut: INT_MAX columns would be a bomb. */
const MAX_WIDTH = 100_000;

const amount = (text: string | undefined): number | 'star' | undefined =>
  text === undefined ? undefined : text === '*' ? 'star' : Math.min(Number(text), MAX_WIDTH);

/** Splits a format string into its directives. A conversion without letter has `letter` ''. */
export function parseFormat(format: string): readonly Directive[] {
  const parts: Directive[] = [];
  let at = 0;
  while (at < format.length) {
    const next = format.indexOf('%', at);
    const end = next < 0 ? format.length : next;
    if (end > at) parts.push({ kind: 'text', text: format.slice(at, end) });
    if (next < 0) break;
    const found = DIRECTIVE.exec(format.slice(next));
    const [source = '%', flags = '', width, precision, letter = ''] = found ?? [];
    if (letter === '%' && source === '%%') parts.push({ kind: 'text', text: '%' });
    else {
      const digits = precision === '' ? 0 : amount(precision);
      const columns = amount(width);
      parts.push({ kind: 'conversion', flags, width: columns, precision: digits, letter, source });
    }
    at = next + source.length;
  }
  return parts;
}

function pad(conversion: Conversion, prefix: string, body: string, zeros: boolean): string {
  const room = Math.min(Math.abs(conversion.width), MAX_WIDTH) - prefix.length - [...body].length;
  if (room <= 0) return prefix + body;
  if (conversion.flags.includes('-') || conversion.width < 0) {
    return prefix + body + ' '.repeat(room);
  }
  if (zeros && conversion.flags.includes('0')) return prefix + '0'.repeat(room) + body;
  return ' '.repeat(room) + prefix + body;
}

/** %s. */
export function formatString(conversion: Conversion, text: string): string {
  const { precision } = conversion;
  const cut =
    precision === undefined || precision < 0 ? text : [...text].slice(0, precision).join('');
  return pad(conversion, '', cut, false);
}

const sign = (conversion: Conversion, negative: boolean): string =>
  negative ? '-' : conversion.flags.includes('+') ? '+' : conversion.flags.includes(' ') ? ' ' : '';

/** %d %i %u %o %x %X of a 64-bit integer. */
export function formatInteger(conversion: Conversion, value: bigint): string {
  const { kind, precision, flags } = conversion;
  const signed = kind === 'd' || kind === 'i';
  const magnitude = signed ? (value < 0n ? -value : value) : BigInt.asUintN(64, value);
  let digits = magnitude.toString(kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 10);
  if (precision === 0 && magnitude === 0n) digits = '';
  digits = digits.padStart(precision ?? 0, '0');
  if (flags.includes("'") && (signed || kind === 'u')) digits = digits.toString();
  if (flags.includes('#') && kind === 'o' && !digits.startsWith('0')) digits = `0${digits}`;
  const hex = flags.includes('#') && magnitude !== 0n && (kind === 'x' || kind === 'X') ? '0x' : '';
  const prefix = signed ? sign(conversion, value < 0n) : hex;
  const text = pad(conversion, prefix, digits, precision === undefined);
  return kind === 'X' ? text.toUpperCase() : text;
}

/** %f %F %e %E %g %G %a %A of a double. */
export function formatFloat(conversion: Conversion, value: number): string {
  const kind = conversion.kind.toLowerCase();
  const upper = kind !== conversion.kind;
  const negative = value < 0 || Object.is(value, -0);
  const prefix = sign(conversion, negative);
  const magnitude = Math.abs(value);
  let body: string;
  let zeros = true;
  if (!Number.isFinite(value)) {
    body = Number.isNaN(value) ? 'nan' : 'inf';
    zeros = false;
  } else if (kind === 'a') body = hexFloat(magnitude, conversion.precision);
  else body = decimal(conversion, kind, magnitude);
  const text = pad(conversion, prefix, body, zeros);
  return upper ? text.toUpperCase() : text;
}

function decimal(conversion: Conversion, kind: string, value: number): string {
  const precision = Math.max(0, conversion.precision ?? 6);
  const keep = conversion.flags.includes('#');
  if (kind === 'f')
    return keep && precision === 0 ? `${fixed(value, 0)}.` : fixed(value, precision);
  if (kind === 'e') return exponential(value, precision);
  const significant = precision === 0 ? 1 : precision;
  const { exponent } = scientific(value, significant - 1);
  const text =
    exponent < -4 || exponent >= significant
      ? exponential(value, significant - 1)
      : fixed(value, significant - 1 - exponent);
  return keep ? text : stripZeros(text);
}

const stripZeros = (text: string): string =>
  text.includes('.') ? text.replace(/\.?0+(e|$)/, '$1') : text;

function exponential(value: number, precision: number): string {
  const { digits, exponent } = scientific(value, precision);
  const mantissa = precision > 0 ? `${digits[0]}.${digits.slice(1)}` : digits;
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** A finite non-negative double as mantissa * 2^exponent. */
function decompose(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  if (biased === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** round(value * 10^scale), halves to even, exactly: glibc prints the exact value so rounded. */
function scaled(value: number, scale: number): bigint {
  const { mantissa, exponent } = decompose(value);
  let over = mantissa;
  let under = 1n;
  if (scale >= 0) over *= 10n ** BigInt(scale);
  else under *= 10n ** BigInt(-scale);
  if (exponent >= 0) over <<= BigInt(exponent);
  else under <<= BigInt(-exponent);
  const whole = over / under;
  const twice = (over % under) * 2n;
  if (twice > under || (twice === under && (whole & 1n) === 1n)) return whole + 1n;
  return whole;
}

function fixed(value: number, precision: number): string {
  if (precision === 0 && Number.isSafeInteger(value)) return String(value);
  const digits = scaled(value, precision)
    .toString()
    .padStart(precision + 1, '0');
  if (precision === 0) return digits;
  return `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

function scientific(
  value: number,
  precision: number,
): { readonly digits: string; readonly exponent: number } {
  if (value === 0) return { digits: '0'.repeat(precision + 1), exponent: 0 };
  const exponent = Number(value.toExponential().split('e')[1]);
  const digits = scaled(value, precision - exponent).toString();
  if (digits.length > precision + 1) return { digits: digits.slice(0, -1), exponent: exponent + 1 };
  return { digits, exponent };
}

function hexFloat(value: number, precision: number | undefined): string {
  if (value === 0) return '0x0p+0';
  const { mantissa, exponent } = decompose(value);
  let hex = mantissa.toString(16).slice(1);
  hex = precision === undefined ? hex.replace(/0+$/, '') : hex.slice(0, precision);
  const power = exponent + 52;
  return `0x1${hex === '' ? '' : `.${hex}`}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}
