/**
 * The part of printf(3) that iproute2's print functions use: %s %d %u %x %c %f %g with flags,
 * width, `*`.
 */
export type FormatValue = string | number | bigint;

const SPEC = /%([-0#+ ]*)(\d+|\*)?(?:\.(\d+))?(?:hh|h|ll|l)?([sduxXcfgi%])/g;

export function cFormat(format: string, ...values: readonly FormatValue[]): string {
  let at = 0;
  const next = (): FormatValue => values[at++] ?? '';
  return format.replace(SPEC, (_all, flags: string, width, precision, kind: string) => {
    if (kind === '%') return '%';
    const columns = width === '*' ? Number(next()) : Number(width ?? 0);
    const body = convert(kind, next(), flags, precision);
    if (flags.includes('-') || columns < 0) return body.padEnd(Math.abs(columns));
    return body.padStart(columns, flags.includes('0') && kind !== 's' ? '0' : ' ');
  });
}

function convert(
  kind: string,
  value: FormatValue,
  flags: string,
  precision: string | undefined,
): string {
  switch (kind) {
    case 's':
      return precision === undefined ? String(value) : String(value).slice(0, Number(precision));
    case 'x':
    case 'X': {
      const hex = BigInt(value).toString(16);
      const text = kind === 'X' ? hex.toUpperCase() : hex;
      return flags.includes('#') && text !== '0' ? `0x${text}` : text;
    }
    case 'f':
      return Number(value).toFixed(precision === undefined ? 6 : Number(precision));
    case 'g':
      return String(Number(Number(value).toPrecision(6)));
    default:
      return String(value);
  }
}
