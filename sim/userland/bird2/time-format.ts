import { strftime } from '../glibc/strftime';

/** struct timeformat, lib/timer.h: `older` is for what is longer ago than `limitSeconds`. */
export interface TimeFormat {
  readonly format: string;
  readonly limitSeconds: number;
  readonly older: string;
}

/** What times are shown for. */
export interface TimeFormats {
  route: TimeFormat;
  protocol: TimeFormat;
  base: TimeFormat;
  log: TimeFormat;
}

const ISO_SHORT_LIMIT = 20 * 3600;

export const isoShort = (fraction = ''): TimeFormat => ({
  format: `%T${fraction}`,
  limitSeconds: ISO_SHORT_LIMIT,
  older: '%F',
});
export const plainFormat = (format: string): TimeFormat => ({
  format,
  limitSeconds: 0,
  older: format,
});
export const isoLong = (fraction = ''): TimeFormat => plainFormat(`%F %T${fraction}`);

export const newTimeFormats = (): TimeFormats => ({
  route: isoShort('.%3f'),
  protocol: isoShort('.%3f'),
  base: isoLong('.%3f'),
  log: isoLong('.%3f'),
});

/** tm_format_real_time(), lib/timer.c; strfusec() adds `%f` with the number of its digits. */
export function formatTime(time: TimeFormat, clockUs: number, nowUs: number): string {
  const recent = time.limitSeconds === 0 || nowUs - clockUs <= time.limitSeconds * 1_000_000;
  const micros = String(clockUs % 1_000_000).padStart(6, '0');
  const format = (recent ? time.format : time.older).replace(
    /%([1-6]?)f/g,
    (_all, digits: string) => micros.slice(0, digits === '' ? 6 : Number(digits)),
  );
  return strftime(format, Math.floor(clockUs / 1_000_000));
}
