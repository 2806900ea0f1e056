import { dateOfDays } from './civil-date';

/** Broken-down time, struct tm; the world keeps UTC. */
export interface Tm {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1..366 */
  readonly yearDay: number;
}

export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

const DAY = 86_400;

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar (month 1..12, may overflow). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y0 = year + Math.floor((month - 1) / 12);
  const m = ((((month - 1) % 12) + 12) % 12) + 1;
  const y = m <= 2 ? y0 - 1 : y0;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468;
}

/** gmtime(3) of seconds since the epoch. */
export function gmtime(seconds: number, nanosecond = 0): Tm {
  const days = Math.floor(seconds / DAY);
  const rest = seconds - days * DAY;
  const date = dateOfDays(days);
  return {
    ...date,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
    nanosecond,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysFromCivil(date.year, 1, 1) + 1,
  };
}

/** timegm(3). */
export const timegm = (
  tm: Pick<Tm, 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'>,
): number =>
  daysFromCivil(tm.year, tm.month, tm.day) * DAY + tm.hour * 3600 + tm.minute * 60 + tm.second;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** ISO 8601 week and the year that it belongs to. */
function isoWeek(tm: Tm): { readonly week: number; readonly year: number } {
  const weekday = (tm.weekday + 6) % 7;
  const week = Math.floor((tm.yearDay - 1 - weekday + 10) / 7);
  if (week < 1) {
    const days = isLeap(tm.year - 1) ? 366 : 365;
    return {
      week: isoWeek({ ...tm, year: tm.year - 1, yearDay: tm.yearDay + days }).week,
      year: tm.year - 1,
    };
  }
  const last = isLeap(tm.year) ? 366 : 365;
  if (week === 53 && tm.yearDay - weekday + 3 > last) return { week: 1, year: tm.year + 1 };
  return { week, year: tm.year };
}

type Field = readonly [value: number, width: number, padding: '0' | '_'];

function numberField(letter: string, tm: Tm, seconds: number): Field | undefined {
  const hour12 = tm.hour % 12 === 0 ? 12 : tm.hour % 12;
  switch (letter) {
    case 'Y':
      return [tm.year, 4, '0'];
    case 'C':
      return [Math.floor(tm.year / 100), 2, '0'];
    case 'y':
      return [((tm.year % 100) + 100) % 100, 2, '0'];
    case 'm':
      return [tm.month, 2, '0'];
    case 'd':
      return [tm.day, 2, '0'];
    case 'e':
      return [tm.day, 2, '_'];
    case 'H':
      return [tm.hour, 2, '0'];
    case 'k':
      return [tm.hour, 2, '_'];
    case 'I':
      return [hour12, 2, '0'];
    case 'l':
      return [hour12, 2, '_'];
    case 'M':
      return [tm.minute, 2, '0'];
    case 'S':
      return [tm.second, 2, '0'];
    case 'j':
      return [tm.yearDay, 3, '0'];
    case 'u':
      return [tm.weekday === 0 ? 7 : tm.weekday, 1, '0'];
    case 'w':
      return [tm.weekday, 1, '0'];
    case 'U':
      return [Math.floor((tm.yearDay + 6 - tm.weekday) / 7), 2, '0'];
    case 'W':
      return [Math.floor((tm.yearDay + 6 - ((tm.weekday + 6) % 7)) / 7), 2, '0'];
    case 'V':
      return [isoWeek(tm).week, 2, '0'];
    case 'G':
      return [isoWeek(tm).year, 4, '0'];
    case 'g':
      return [isoWeek(tm).year % 100, 2, '0'];
    case 's':
      return [seconds, 1, '0'];
    case 'q':
      return [Math.ceil(tm.month / 3), 1, '0'];
    case 'N':
      return [tm.nanosecond, 9, '0'];
    default:
      return undefined;
  }
}

const COMPOUND: ReadonlyMap<string, string> = new Map([
  ['F', '%Y-%m-%d'],
  ['T', '%H:%M:%S'],
  ['R', '%H:%M'],
  ['D', '%m/%d/%y'],
  ['x', '%m/%d/%y'],
  ['X', '%H:%M:%S'],
  ['r', '%I:%M:%S %p'],
  ['c', '%a %b %e %H:%M:%S %Y'],
  ['h', '%b'],
]);

function textField(letter: string, tm: Tm): string | undefined {
  const day = DAYS[tm.weekday] ?? '';
  const month = MONTHS[tm.month - 1] ?? '';
  switch (letter) {
    case 'a':
      return day.slice(0, 3);
    case 'A':
      return day;
    case 'b':
      return month.slice(0, 3);
    case 'B':
      return month;
    case 'p':
      return tm.hour < 12 ? 'AM' : 'PM';
    case 'P':
      return tm.hour < 12 ? 'am' : 'pm';
    case 'Z':
      return 'UTC';
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case '%':
      return '%';
    default:
      return undefined;
  }
}

const DIRECTIVE = /%([-_0^#]*)(\d*)([EO]?)(:*)([a-zA-Z%])/g;

/** strftime(3) with GNU flags and widths (lib/nstrftime.c), in the C locale and UTC. */
export function strftime(format: string, seconds: number, nanosecond = 0): string {
  const tm = gmtime(seconds, nanosecond);
  return format.replace(
    DIRECTIVE,
    (all, flags: string, width: string, _mod, colons: string, letter: string) => {
      if (letter === 'z') return zone(colons.length);
      if (letter === 'N') return nano(nanosecond, flags, width);
      const compound = COMPOUND.get(letter);
      const text = compound ? strftime(compound, seconds, nanosecond) : textField(letter, tm);
      if (text !== undefined) return cased(text.padStart(Number(width)), flags);
      const field = numberField(letter, tm, seconds);
      return field ? numeric(field, flags, width) : all;
    },
  );
}

const cased = (text: string, flags: string): string =>
  flags.includes('^') || flags.includes('#') ? text.toUpperCase() : text;

function numeric([value, least, padding]: Field, flags: string, width: string): string {
  const flag = [...flags].findLast((c) => c === '-' || c === '_' || c === '0') ?? padding;
  const text = String(Math.abs(value));
  const columns = width === '' ? (flag === '-' ? 1 : least) : Number(width);
  const padded = text.padStart(value < 0 ? columns - 1 : columns, flag === '_' ? ' ' : '0');
  return value < 0 ? `-${padded}` : padded;
}

function nano(nanosecond: number, flags: string, width: string): string {
  const digits = String(nanosecond).padStart(9, '0');
  if (width !== '') return digits.slice(0, Number(width)).padEnd(Number(width), '0');
  return flags.includes('-') ? digits.replace(/0+$/, '') : digits;
}

const zone = (colons: number): string => ['+0000', '+00:00', '+00:00:00', '+00'][colons] ?? '+0000';
