/** The civil date and time of day of an instant, UTC: gmtime(3). */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const DAY_US = 86_400_000_000;

/** A day of the proleptic Gregorian calendar, from days since 1970-01-01, in eras of 400 years. */
export function dateOfDays(daysSinceEpoch: number): Pick<Civil, 'year' | 'month' | 'day'> {
  const days = daysSinceEpoch + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const leaps =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

export function civilOf(epochUs: number): Civil {
  const seconds = Math.floor((epochUs % DAY_US) / 1_000_000);
  return {
    ...dateOfDays(Math.floor(epochUs / DAY_US)),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
  };
}

const two = (n: number): string => String(n).padStart(2, '0');
/** `2026-01-31`. */
export const isoDate = (c: Civil): string => `${c.year}-${two(c.month)}-${two(c.day)}`;
/** `13:05:09`. */
export const clockTime = (c: Civil): string => `${two(c.hour)}:${two(c.minute)}:${two(c.second)}`;
