import type { Proc } from '../../linux/process';
import { strftime } from '../../userland/glibc/strftime';

const SECOND_US = 1_000_000;

/** log.Printf() with its standard flags. */
export const goLogLine = (clockUs: number, text: string): string =>
  `${strftime('%Y/%m/%d %H:%M:%S', Math.floor(clockUs / SECOND_US))} ${text}\n`;

/** time.Time.String() with its monotonic reading; `atUs` is virtual time. */
export function goTime(proc: Proc, atUs: number): string {
  const { host } = proc;
  const clockUs = host.clockUs - host.nowUs + atUs;
  const date = strftime('%Y-%m-%d %H:%M:%S', Math.floor(clockUs / SECOND_US));
  const digits = micros(clockUs).replace(/0+$/, '');
  const since = atUs - proc.startUs;
  const monotonic = `${Math.floor(since / SECOND_US)}.${micros(since)}000`;
  return `${date}${digits === '' ? '' : `.${digits}`} +0000 UTC m=+${monotonic}`;
}

const micros = (us: number): string => String(us % SECOND_US).padStart(6, '0');
