import { utf8Encode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import { open } from '../../linux/files';
import type { Proc } from '../../linux/process';
import { printError, write } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { Lines, Out, openOperand } from '../stream';
import type { Command } from './script';

/** The files a script names: those of R read line by line, those of w, W and s///w written. */
export class ScriptFiles {
  readonly #files = new Map<string, Out>();
  readonly #reading = new Map<string, Lines>();

  constructor(readonly proc: Proc) {}

  reader(name: string): Lines | undefined {
    const known = this.#reading.get(name);
    if (known) return known;
    const file = openOperand(this.proc, name);
    if (typeof file === 'string') return undefined;
    const lines = new Lines(this.proc, file);
    this.#reading.set(name, lines);
    return lines;
  }

  *write(name: string, text: string): Blocking<void> {
    if (name === '/dev/stderr') yield* write(this.proc, 2, utf8Encode(text));
    else yield* this.#files.get(name)?.text(text) ?? [];
  }

  *flush(): Blocking<void> {
    for (const out of this.#files.values()) yield* out.flush();
  }

  /** w files are made when the script is read, whether or not they are written. */
  *open(commands: readonly Command[]): Blocking<boolean> {
    for (const { action } of commands) {
      const name =
        action.name === 's'
          ? action.substitution.file
          : action.name === 'w' || action.name === 'W'
            ? action.file
            : undefined;
      if (name === undefined || name.startsWith('/dev/std') || this.#files.has(name)) continue;
      const file = open(this.proc, name, { write: true, create: true, truncate: true });
      if (typeof file === 'string') {
        yield* printError(this.proc, `sed: couldn't open file ${name}: ${strerror(file)}\n`);
        return false;
      }
      this.#files.set(name, new Out(this.proc, this.proc.install(file, 3), 'line'));
    }
    return true;
  }
}
