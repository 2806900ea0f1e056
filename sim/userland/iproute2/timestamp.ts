import { dateOfDays } from '../glibc/civil-date';
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
  const { year, month, day } = dateOfDays(days);
  const hour = pad(Math.floor(second / 3600));
  const time = `${hour}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`;
  const fraction = us % 1_000_000;
  if (ctx.options.timestampShort) {
    return `[${year}-${pad(month)}-${pad(day)}T${time}.${pad(fraction, 6)}] `;
  }
  const name = `${DAYS[(days + 4) % 7] ?? ''} ${MONTHS[month - 1] ?? ''}`;
  return `Timestamp: ${name} ${String(day).padStart(2)} ${time} ${year} ${fraction} usec\n`;
}
