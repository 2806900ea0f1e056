import { utf8Encode } from '../../base/bytes';
import { open } from '../../linux/files';
import type { Proc } from '../../linux/process';
import type { Config, LogTarget } from './config';
import { formatTime } from './time-format';

/** Classes of messages, conf/conf.h; a target takes those it names. */
export const LOG_CLASSES = {
  debug: 'DBG',
  trace: 'TRACE',
  info: 'INFO',
  remote: 'RMT',
  warning: 'WARN',
  error: 'ERR',
  auth: 'AUTH',
  fatal: 'FATAL',
  bug: 'BUG',
} as const;
export type LogClass = keyof typeof LOG_CLASSES;
export const ALL_CLASSES: ReadonlySet<string> = new Set(Object.keys(LOG_CLASSES));

/** log_commit(), sysdep/unix/log.c. */
export function writeLog(proc: Proc, config: Config, kind: LogClass, text: string): void {
  for (const target of config.logs)
    if (target.classes.has(kind)) writeTo(proc, config, target, kind, text);
}

function writeTo(
  proc: Proc,
  config: Config,
  { to }: LogTarget,
  kind: LogClass,
  text: string,
): void {
  if (to === 'syslog') return;
  if (to === 'stderr') {
    const stderr = proc.fds.get(2);
    stderr?.ops.write(stderr, utf8Encode(`bird: ${text}\n`));
    return;
  }
  const how = { write: true, append: true, create: true, mode: 0o640 };
  const file = open(proc, to.file, how);
  if (typeof file === 'string') return;
  const time = formatTime(config.timeFormats.log, proc.host.clockUs, proc.host.clockUs);
  file.get().ops.write(file, utf8Encode(`${time} <${LOG_CLASSES[kind]}> ${text}\n`));
  file.put();
}
