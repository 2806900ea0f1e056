import { utf8Encode } from '../../base/bytes';
import type { Proc } from '../../linux/process';
import { write } from '../../linux/process-io';
import type { Process, Wait, Wake } from '../../linux/wait-queue';

/**
 * exit(3): the driver never resumes who yields it, so a parser can stop from any depth without
 * throwing.
 */
export interface Exit {
  readonly kind: 'exit';
  readonly code: number;
}

/** A part of a tool: waits like a process, or ends it. */
export type Step<T> = Generator<Wait | Exit, T, Wake>;

/** exit(code); a C exit(-1) is 255. */
export function* exit(code: number): Step<never> {
  yield { kind: 'exit', code: code & 255 };
  throw new Error('resumed after exit');
}

interface Chunk {
  readonly fd: 1 | 2;
  text: string;
}

/** stdout and stderr of one tool, kept in order and written when the tool waits or ends. */
export class Stdio {
  #chunks: Chunk[] = [];

  readonly out = (text: string): void => this.#add(1, text);
  readonly error = (text: string): void => this.#add(2, text);

  /** Takes what was printed since the last time. */
  take(): readonly Chunk[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunks;
  }

  #add(fd: 1 | 2, text: string): void {
    if (text === '') return;
    const last = this.#chunks.at(-1);
    if (last?.fd === fd) last.text += text;
    else this.#chunks.push({ fd, text });
  }
}

/** fflush(stdout), until nothing is left: a listener can print while a write waits. */
export function* flush(proc: Proc, stdio: Stdio): Process {
  for (let chunks = stdio.take(); chunks.length > 0; chunks = stdio.take()) {
    for (const chunk of chunks) yield* write(proc, chunk.fd, utf8Encode(chunk.text));
  }
  return 0;
}

/**
 * Runs a tool as a process: flushes before every wait, ends at its return, at `exit`, or when
 * killed.
 */
export function* run(proc: Proc, stdio: Stdio, main: Step<number>): Process {
  try {
    let step = main.next({ kind: 'woken' });
    while (!step.done) {
      yield* flush(proc, stdio);
      if (step.value.kind === 'exit') return step.value.code;
      step = main.next(yield step.value);
    }
    yield* flush(proc, stdio);
    return step.value & 255;
  } finally {
    main.return(0);
  }
}
