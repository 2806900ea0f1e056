import type { ToolContext } from './context';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_US = 86_400_000_000;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** print_timestamp(), lib/utils.c: -t as asctime(3), -ts as ISO 8601; UTC. */
export function timestamp(ctx: ToolContext): string {
  const us = ctx.proc.host.clockUs;
  const days = Math.floor(us / DAY_US);
  const second = Math.floor((us % DAY_US) / 1_000_000);
  const { year, month, day } = civil(days);
  const hour = pad(Math.floor(second / 3600));
  const time = `${hour}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`;
  const fraction = us % 1_000_000;
  if (ctx.options.timestampShort) {
    return `[${year}-${pad(month)}-${pad(day)}T${time}.${pad(fraction, 6)}] `;
  }
  const name = `${DAYS[(days + 4) % 7] ?? ''} ${MONTHS[month - 1] ?? ''}`;
  return `Timestamp: ${name} ${String(day).padStart(2)} ${time} ${year} ${fraction} usec\n`;
}

/**
 * Days since 1970 to the Gregorian calendar (H. Hinnant, chrono-compatible low-level date
 * algorithms).
 */
function civil(days: number): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
