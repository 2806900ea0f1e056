import { strerror } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import { openUnix, unixConnect } from '../../linux/socket/unix';
import { type Blocking, WaitQueue } from '../../linux/wait-queue';
import type { ApiError } from '../daemon/api-error';
import { engineOf } from '../daemon/dockerd';
import type { Engine } from '../daemon/engine';

/** What one request costs on the way, µs. */
const REQUEST_US = 12_000;

/** The docker client: where it speaks to, and how it prints. */
export class Client {
  #engine: Engine | undefined;

  constructor(
    readonly proc: Proc,
    /** `-H`, DOCKER_HOST, or the socket of the default context. */
    readonly address: string,
  ) {}

  *out(text: string): Blocking<void> {
    if (text !== '') yield* print(this.proc, text);
  }

  *error(text: string): Blocking<void> {
    if (text !== '') yield* printError(this.proc, text);
  }

  /** The engine behind the socket; the complaint is printed when there is none. */
  *connect(): Blocking<Engine | undefined> {
    if (this.#engine?.proc.alive) return this.#engine;
    const path = this.address.replace(/^unix:\/\//, '');
    const opened = openUnix(this.proc);
    const connected = yield* unixConnect(this.proc, opened.sock, path);
    const engine = connected.ok ? yield* engineOf(this.proc, opened.sock) : undefined;
    this.#engine = engine;
    if (engine) return engine;
    this.proc.close(opened.fd);
    if (!connected.ok && connected.error === 'EACCES') {
      yield* this.error(
        `Got permission denied while trying to connect to the Docker daemon socket at ${this.address}: ${strerror('EACCES').toLowerCase()}\n`,
      );
      return undefined;
    }
    yield* this.error(`${this.unreachable}\n`);
    return undefined;
  }

  get unreachable(): string {
    return `Cannot connect to the Docker daemon at ${this.address}. Is the docker daemon running?`;
  }

  /** One request: the work is the daemon's, this process waits for its answer. Undefined: no daemon. */
  *call<T>(work: (engine: Engine) => Blocking<T>): Blocking<T | undefined> {
    const engine = yield* this.connect();
    if (!engine) return undefined;
    yield { kind: 'wait', on: [], timeoutUs: REQUEST_US };
    const done = new WaitQueue();
    let answer: { readonly value: T } | undefined;
    engine.routines.go(
      (function* () {
        answer = { value: yield* work(engine) };
        done.wake();
      })(),
    );
    while (!answer) {
      if (!engine.proc.alive) {
        yield* this.error('error during connect: EOF\n');
        return undefined;
      }
      yield { kind: 'wait', on: [done], timeoutUs: 60_000_000 };
    }
    return answer.value;
  }

  /** The same for what the daemon answers at once. */
  *ask<T>(work: (engine: Engine) => T): Blocking<T | undefined> {
    return yield* this.call(function* (engine) {
      return work(engine);
    });
  }
}

/** How the client words a failure of the engine. */
export const daemonError = (error: ApiError): string =>
  `Error response from daemon: ${error.message}`;

/** wrapResponseError(): where the client knows what was not found, it says so itself. */
export const objectError = (error: ApiError, object: string, name: string): string =>
  error.status === 404 ? `Error: No such ${object}: ${name}` : daemonError(error);
