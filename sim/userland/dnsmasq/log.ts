import { utf8Encode } from '../../base/bytes';
import type { Errno } from '../../linux/errno';
import { open } from '../../linux/files';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { strftime } from '../glibc/strftime';

/** Where lines go: syslog (which nobody reads here), standard error, or a file (log-facility). */
export type LogTarget = 'syslog' | 'debug' | 'stderr' | { readonly path: string };

/** my_syslog(), log.c of dnsmasq. */
export class Log {
  #file: OpenFile | undefined;

  constructor(
    readonly proc: Proc,
    readonly target: LogTarget,
  ) {}

  /** log_start(): opens the file. */
  start(): Errno | undefined {
    if (typeof this.target === 'string') return undefined;
    const options = { write: true, append: true, create: true, mode: 0o640 };
    const file = open(this.proc, this.target.path, options);
    if (typeof file === 'string') return file;
    this.#file = file.get();
    return undefined;
  }

  readonly dns = (text: string): void => this.#write('dnsmasq', text);
  /** MS_DHCP. */
  readonly dhcp = (text: string): void => this.#write('dnsmasq-dhcp', text);

  #write(tag: string, text: string): void {
    const { proc, target } = this;
    if (target === 'syslog') return;
    const file = this.#file ?? proc.fds.get(2);
    const seconds = Math.floor(proc.host.clockUs / 1_000_000);
    const time = typeof target === 'string' ? '' : `${strftime('%b %e %H:%M:%S', seconds)} `;
    const who = target === 'debug' ? tag : `${tag}[${proc.pid}]`;
    file?.ops.write(file, utf8Encode(`${time}${who}: ${text}\n`));
  }
}
