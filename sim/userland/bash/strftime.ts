import type { clock } from './prompt';

const DAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November',
  'December',
] as const; // biome-ignore format: a table
const BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

const two = (n: number, fill = '0'): string => String(n).padStart(2, fill);

/** strftime(3) in the C locale and UTC. */
export function strftime(format: string, seconds: number, at: ReturnType<typeof clock>): string {
  const [hour = '00', minute = '00', second = '00'] = at.hms.split(':');
  const leap = (at.year % 4 === 0 && at.year % 100 !== 0) || at.year % 400 === 0;
  const yearDay = (BEFORE[at.month] ?? 0) + at.day + (leap && at.month > 1 ? 1 : 0);
  const hour12 = Number(hour) % 12 === 0 ? 12 : Number(hour) % 12;
  const date = `${at.year}-${two(at.month + 1)}-${two(at.day)}`;
  const day = DAYS[at.weekday] ?? '';
  const month = MONTHS[at.month] ?? '';
  const values: Readonly<Record<string, string>> = {
    Y: String(at.year), m: two(at.month + 1), d: two(at.day), e: two(at.day, ' '), H: hour, M: minute, S: second,
    I: two(hour12), l: two(hour12, ' '), k: two(Number(hour), ' '), p: Number(hour) < 12 ? 'AM' : 'PM',
    y: two(at.year % 100), C: two(Math.floor(at.year / 100)), j: String(yearDay).padStart(3, '0'),
    a: day.slice(0, 3), A: day, b: month.slice(0, 3), h: month.slice(0, 3), B: month, F: date, T: at.hms, X: at.hms,
    R: `${hour}:${minute}`, D: `${two(at.month + 1)}/${two(at.day)}/${two(at.year % 100)}`,
    x: `${two(at.month + 1)}/${two(at.day)}/${two(at.year % 100)}`, Z: 'UTC', z: '+0000', s: String(seconds),
    u: String(at.weekday === 0 ? 7 : at.weekday), w: String(at.weekday), n: '\n', t: '\t', '%': '%',
    c: `${day.slice(0, 3)} ${month.slice(0, 3)} ${two(at.day, ' ')} ${at.hms} ${at.year}`,
  }; // biome-ignore format: a table
  return format.replace(/%(.)/g, (all, letter: string) => values[letter] ?? all);
}
