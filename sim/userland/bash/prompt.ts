import { clockTime } from '../glibc/civil-date';
import { gmtime } from '../glibc/strftime';
import type { Shell } from './shell';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const; // biome-ignore format: a table

/**
 * decode_prompt_string() of parse.y: the backslash escapes of PS1; `$` expansions come after it.
 */
export function promptText(sh: Shell, format: string): string {
  return format.replace(/\\(\d{3}|.)/gs, (all, code: string) => {
    if (/^\d{3}$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return promptEscape(sh, code) ?? all;
  });
}

function promptEscape(sh: Shell, code: string): string | undefined {
  const host = sh.proc.uts.hostname;
  const time = clock(sh.proc.host.clockUs);
  switch (code) {
    case 'a': return '\x07';
    case 'e': return '\x1b';
    case 'n': return '\n';
    case 'r': return '\r';
    case 'd': return `${DAYS[time.weekday]} ${MONTHS[time.month]} ${String(time.day).padStart(2, '0')}`;
    case 't': return time.hms;
    case 'A': return time.hms.slice(0, 5);
    case 'h': return host.split('.')[0];
    case 'H': return host;
    case 'j': return String(sh.jobs.list.length);
    case 'l': return 'pts/0';
    case 's': return sh.arg0.replace(/^-/, '').replace(/^.*\//, '');
    case 'u': return 'root';
    case 'v': return '5.2';
    case 'V': return '5.2.15';
    case 'w': return directory(sh);
    case 'W': return directory(sh).replace(/^.*\/(?=.)/, '');
    case '!': return String(sh.history.length + 1);
    case '#': return String(sh.history.length + 1);
    case '$': return sh.proc.uid === 0 ? '#' : '$';
    case '\\': return '\\';
    case '[': return '\x01';
    case ']': return '\x02';
    default: return undefined;
  } // biome-ignore format: a table
}

function directory(sh: Shell): string {
  const home = sh.get('HOME') ?? '';
  const here = sh.get('PWD') ?? sh.proc.cwd;
  if (home === '' || home === '/') return here;
  if (here === home) return '~';
  return here.startsWith(`${home}/`) ? `~${here.slice(home.length)}` : here;
}

/** The calendar of a time in µs since the epoch, UTC (days from civil, proleptic Gregorian). */
export function clock(us: number): {
  hms: string;
  day: number;
  month: number;
  year: number;
  weekday: number;
} {
  const tm = gmtime(Math.floor(us / 1_000_000));
  return {
    hms: clockTime(tm),
    day: tm.day,
    month: tm.month - 1,
    year: tm.year,
    weekday: tm.weekday,
  };
}
