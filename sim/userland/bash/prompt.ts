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
  const seconds = Math.floor(us / 1_000_000);
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const two = (n: number): string => String(n).padStart(2, '0');
  const hms = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 2 : mp - 10;
  const year = yoe + era * 400 + (month <= 1 ? 1 : 0);
  return { hms, day, month, year, weekday: (((days + 4) % 7) + 7) % 7 };
}
