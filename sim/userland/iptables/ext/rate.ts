/** Seconds of `/second`, `/minute`, `/hour`, `/day`, cut short as one likes; a second without any. */
export function rateUnit(text: string): number | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return 1;
  const word = text.slice(slash + 1).toLowerCase();
  if (word === '') return undefined;
  return UNITS.find(({ long }) => long.startsWith(word))?.seconds;
}

const UNITS = [
  { short: 'sec', long: 'second', seconds: 1 },
  { short: 'min', long: 'minute', seconds: 60 },
  { short: 'hour', long: 'hour', seconds: 3600 },
  { short: 'day', long: 'day', seconds: 86_400 },
] as const;

/** atoi(3). */
export const atoi = (text: string): number => Number(/^\s*[+-]?\d+/.exec(text)?.[0] ?? 0);

/** print_rate(): the shortest unit that tells `period` well enough. */
export function rateWords(period: number, scale: number, style: 'short' | 'long'): string {
  const unit = unitOf(period, scale);
  return `${Math.floor((unit.seconds * scale) / period)}/${unit[style]}`;
}

/** Milliseconds of the unit that print_rate() chose. */
export const rateQuantum = (period: number, scale: number): number =>
  unitOf(period, scale).seconds * 1000;

function unitOf(period: number, scale: number): (typeof UNITS)[number] {
  let chosen: (typeof UNITS)[number] = UNITS[3];
  for (const unit of [UNITS[2], UNITS[1], UNITS[0]]) {
    const whole = unit.seconds * scale;
    if (period > whole || Math.floor(whole / period) < whole % period) break;
    chosen = unit;
  }
  return chosen;
}
