import { utf8Encode } from '../../base/bytes';
import type { Host } from '../../linux/host';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { Tty } from '../../linux/tty';
import { type Blocking, WaitQueue } from '../../linux/wait-queue';

/** What a new pseudo terminal measures until a client says its own size. */
const COLUMNS = 80;
const ROWS = 24;

/** A pseudo terminal of a container (`-t`): its process has the slave, the engine the master. */
export class Console {
  readonly tty: Tty;
  readonly changed = new WaitQueue();
  closed = false;

  constructor(
    host: Host,
    index: number,
    readonly released: () => void,
  ) {
    this.tty = new Tty(host, `pts/${index}`, COLUMNS, ROWS);
  }

  /** Standard input and both outputs of the process. */
  files(): ReadonlyMap<number, OpenFile> {
    const file = this.tty.open().get();
    return new Map([0, 1, 2].map((fd) => [fd, file]));
  }

  /** setsid(2) and TIOCSCTTY: the process leads a session on this terminal. */
  take(proc: Proc): void {
    proc.sid = proc.pid;
    proc.tty = this.tty;
    this.tty.session = proc;
    this.tty.foreground = proc.pgid;
  }

  /** What the process wrote; empty when it is gone. */
  *read(): Blocking<Uint8Array> {
    for (;;) {
      const text = this.tty.takeOutput();
      if (text !== '' || this.closed) return utf8Encode(text);
      yield { kind: 'wait', on: [this.tty.written, this.changed] };
    }
  }

  /** The process is gone: what it left behind is hung up. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.tty.hangUp();
    this.released();
    this.changed.wake();
  }
}
