import { ok, type Result } from '../base/result';
import type { RunState, World } from '../linux/world';
import type { TerminalInput } from '../userland/terminal/session';
import { type Driven, driveAlone } from './drive';
import type { Lab } from './lab-schema';
import { type Log, type LogEntry, MAX_ENTRIES } from './log';
import { type ReplayFailure, type ReplayOptions, replay } from './replay';
import type { Sandbox } from './sandbox';
import { stateHash } from './state-hash';
import { engineVersion, labFormatVersion } from './version';

/** An entry before the moment is stamped on it. */
type Unstamped = LogEntry extends infer E
  ? E extends LogEntry
    ? Omit<E, 'atUs' | 'events'>
    : never
  : never;

/** Text that a terminal has to show. */
export interface TerminalOutput {
  readonly terminal: number;
  readonly data: string;
}

/** What a learner's page or a test drives: a sandbox whose inputs are logged as they enter the world. */
export class LiveSandbox {
  readonly #entries: LogEntry[];
  readonly #queued: Unstamped[] = [];
  #waitsForHost = false;
  /** Why the last input was not taken. */
  #refusal: string | undefined;

  private constructor(
    readonly sandbox: Sandbox,
    entries: readonly LogEntry[],
  ) {
    this.#entries = [...entries];
  }

  /** A fresh sandbox, or the one that a log tells of. */
  static *start(
    lab: Lab,
    from: { readonly seed: string; readonly log?: Log | undefined },
    options: ReplayOptions = {},
  ): Driven<Result<LiveSandbox, ReplayFailure>> {
    const { seed, log } = from;
    const work = log
      ? ({ kind: 'log', log } as const)
      : ({ kind: 'script', text: '', seed } as const);
    const made = yield* replay(lab, work, options);
    return made.ok ? ok(new LiveSandbox(made.value, log?.entries ?? [])) : made;
  }

  get world(): World {
    return this.sandbox.world;
  }

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Opens a terminal on a host and gives its number. */
  open(host: string): number {
    const queued = this.#queued.filter((entry) => entry.kind === 'open').length;
    const terminal = this.sandbox.terminals.size + queued;
    this.#enter({ kind: 'open', terminal, host });
    return terminal;
  }

  /** Keys or pasted text of one terminal. */
  key(terminal: number, data: string): void {
    const session = this.sandbox.terminals.get(terminal);
    if (session) this.#enterAll(terminal, session.key(data));
  }

  /** Several lines at once, as a terminal's bracketed paste. */
  paste(terminal: number, text: string): void {
    this.key(terminal, `\x1b[200~${text}\x1b[201~`);
  }

  resize(terminal: number, columns: number, rows: number): void {
    const tty = this.sandbox.terminals.get(terminal)?.tty;
    if (tty && (tty.columns !== columns || tty.rows !== rows)) {
      this.#enter({ kind: 'size', terminal, columns, rows });
    }
  }

  /** Saves a file of the editor pane; in words why not. */
  writeFile(host: string, path: string, text: string): string | undefined {
    this.#refusal = undefined;
    this.#enter({ kind: 'file', host, path, text });
    return this.#refusal;
  }

  answer(check: string, value: string): void {
    this.#enter({ kind: 'answer', check, value });
  }

  /**
   * Lets virtual time pass, at most `maxEvents` of it. After 'host' settle the world's requests, call `settled`, and
   * run again; input that comes meanwhile enters after that.
   */
  run(untilUs: number, maxEvents?: number): RunState {
    if (this.#waitsForHost) return { kind: 'host' };
    const state = this.world.runUntil(untilUs, maxEvents);
    if (state.kind === 'host') this.#waitsForHost = true;
    else this.#flush();
    return state;
  }

  settled(): void {
    this.#waitsForHost = false;
  }

  takeOutput(): readonly TerminalOutput[] {
    return [...this.sandbox.terminals]
      .map(([terminal, session]) => ({ terminal, data: session.takeOutput() }))
      .filter(({ data }) => data !== '');
  }

  /** The story so far, ending now. */
  log(): Log {
    const { attempt, world } = this.sandbox;
    return {
      format: labFormatVersion,
      engine: engineVersion,
      lab: { slug: attempt.lab.slug, version: attempt.lab.yaml.version },
      seed: attempt.seed,
      entries: [...this.#entries],
      endUs: world.nowUs,
      endEvents: world.scheduler.events,
      stateHash: stateHash(world),
    };
  }

  #flush(): void {
    for (const entry of this.#queued.splice(0)) this.#enter(entry);
    for (const [terminal, session] of this.sandbox.terminals) {
      this.#enterAll(terminal, session.keysAhead());
    }
  }

  #enterAll(terminal: number, inputs: readonly TerminalInput[]): void {
    for (const input of inputs) this.#enter({ ...input, terminal });
  }

  #enter(entry: Unstamped): void {
    if (this.world.stopText !== undefined) {
      this.#refusal = this.world.stopText;
      return;
    }
    if (this.#waitsForHost) {
      this.#queued.push(entry);
      return;
    }
    if (this.#entries.length >= MAX_ENTRIES) {
      this.#refusal = `a sandbox takes at most ${MAX_ENTRIES} inputs: reset it to go on`;
      return;
    }
    const { world } = this;
    const stamped: LogEntry = { ...entry, atUs: world.nowUs, events: world.scheduler.events };
    this.#refusal = driveAlone(this.sandbox.apply(stamped));
    if (this.#refusal === undefined) this.#entries.push(stamped);
  }
}

/** The log without its last command (or saved file, or script) and what came after it; undefined if there is none. */
export function undone(log: Log): Log | undefined {
  const last = log.entries.findLastIndex(
    ({ kind }) => kind === 'line' || kind === 'file' || kind === 'script',
  );
  const entry = log.entries[last];
  if (!entry) return undefined;
  const { stateHash: _gone, ...rest } = log;
  return {
    ...rest,
    entries: log.entries.slice(0, last),
    endUs: entry.atUs,
    endEvents: entry.events,
  };
}
