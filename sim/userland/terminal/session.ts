import { spawnProgram } from '../../linux/exec';
import type { Host } from '../../linux/host';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { type SignalKey, Tty } from '../../linux/tty';
import { complete } from './completion';
import { keysOf } from './keys';
import { type EditorContext, LineEditor } from './line-editor';
import { withoutEscapes } from './width';

/** What enters the world from a terminal; this, and nothing else, is logged and replayed. */
export type TerminalInput =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'signal'; readonly key: SignalKey }
  | { readonly kind: 'eof' }
  | { readonly kind: 'keys'; readonly data: string }
  | { readonly kind: 'size'; readonly columns: number; readonly rows: number };

/** Lines that Up and Ctrl-R look at. */
const HISTORY_MAX = 1000;
/** How much of the screen's last line is kept to know the prompt. */
const PROMPT_MAX = 2000;

/**
 * A terminal window on a host: a tty with a login shell on it, and the line editor in front of both. Only `apply`
 * touches the world, so that a replay needs no keys; `key` edits and says what is to be applied.
 */
export class TerminalSession {
  readonly tty: Tty;
  readonly #editor = new LineEditor();
  readonly #history: string[] = [];
  #lastLine = '';
  #out = '';
  #shell: Proc | undefined;
  /** What was typed while nobody read, kept until the shell does. */
  #ahead = '';
  /** The beginning of the keys that a reader takes for itself. */
  #held = '';

  constructor(
    readonly host: Host,
    readonly id: number,
    columns = 80,
    rows = 24,
  ) {
    this.tty = new Tty(host, `pts/${id}`, columns, rows);
    this.#login();
  }

  get shell(): Proc | undefined {
    return this.#shell?.alive ? this.#shell : undefined;
  }

  /** Keys or pasted text from the screen. What comes back has to be logged and applied, in order. */
  key(data: string): readonly TerminalInput[] {
    this.#collect();
    if (this.tty.raw) return [{ kind: 'keys', data }];
    const leave = this.tty.escape;
    if (leave !== '' && this.#held + data === leave) {
      this.#held = '';
      return [{ kind: 'keys', data: leave }];
    }
    if (leave !== '' && data === leave[0]) {
      this.#held = data;
      return [];
    }
    const inputs: TerminalInput[] = [];
    const typed = this.#held + data;
    this.#held = '';
    for (const key of keysOf(typed)) {
      const isSignal = key.kind === 'control' && key.name in SIGNAL_NAMES;
      if (!this.tty.isRead && !isSignal && this.shell) {
        this.#ahead += key.kind === 'control' ? (AHEAD_BYTES[key.name] ?? '') : key.text;
        continue;
      }
      inputs.push(...this.#editor.key(key, this.#context()));
      this.#out += this.#editor.takeOutput();
    }
    return inputs;
  }

  /** Typed-ahead keys, once somebody reads: call it after the world ran. */
  keysAhead(): readonly TerminalInput[] {
    if (this.#ahead === '' || !this.tty.isRead) return [];
    const line = this.#ahead.indexOf('\r');
    const now = line < 0 ? this.#ahead : this.#ahead.slice(0, line + 1);
    this.#ahead = this.#ahead.slice(now.length);
    return this.key(now);
  }

  /** The world's side: a line, a signal, end of file, raw keys, or another size. */
  apply(input: TerminalInput): void {
    this.#collect();
    this.#out += this.#editor.erase(this.#context());
    switch (input.kind) {
      case 'line':
        if (!this.shell) {
          this.#login();
          return;
        }
        this.#remember(input.text);
        this.tty.input(`${input.text}\n`);
        return;
      case 'keys':
        this.tty.input(input.data);
        return;
      case 'eof':
        this.tty.endOfFile();
        return;
      case 'signal':
        this.#ahead = '';
        this.tty.signal(input.key);
        return;
      case 'size':
        this.tty.resize(input.columns, input.rows);
        return;
    }
  }

  /** What the screen has to show since the last take. */
  takeOutput(): string {
    this.#collect();
    const out = this.#out;
    this.#out = '';
    return out;
  }

  /** What the world printed goes in front of the line under edit. */
  #collect(): void {
    if (!this.tty.hasOutput) return;
    const context = this.#context();
    const erased = this.#editor.erase(context);
    const printed = this.tty.takeOutput();
    this.#lastLine = (this.#lastLine + printed).split('\n').at(-1)?.slice(-PROMPT_MAX) ?? '';
    this.#out += erased + printed + this.#editor.draw(this.#context());
  }

  #context(): EditorContext {
    const shell = this.shell;
    return {
      history: this.#history,
      complete: (before) => (shell && !this.tty.escape ? complete(shell, before) : undefined),
      prompt: withoutEscapes(this.#lastLine.split('\r').at(-1) ?? ''),
      columns: this.tty.columns,
    };
  }

  #remember(text: string): void {
    if (text.trim() === '' || text === this.#history.at(-1)) return;
    this.#history.push(text);
    if (this.#history.length > HISTORY_MAX) this.#history.shift();
  }

  /** login(1): a shell as leader of a session of its own, on this terminal. */
  #login(): void {
    const { init } = this.host;
    const file = (): OpenFile => this.tty.open();
    const proc = spawnProgram(init, {
      path: '/bin/bash',
      argv: ['-bash'],
      env: LOGIN_ENV,
      cwd: '/root',
      pgid: 'own',
      fds: new Map([
        [0, file()],
        [1, file()],
        [2, file()],
      ]),
    });
    if (typeof proc === 'string') {
      this.#out += `login: ${proc}\r\n`;
      return;
    }
    proc.sid = proc.pid;
    proc.tty = this.tty;
    this.tty.session = proc;
    this.tty.foreground = proc.pgid;
    this.#shell = proc;
  }
}

const SIGNAL_NAMES = { '^C': true, '^Z': true, '^\\': true } as const;

/** What keys mean when they are played back from the type-ahead. */
const AHEAD_BYTES: Readonly<Record<string, string>> = {
  enter: '\r',
  backspace: '\x7f',
  tab: '\t',
  '^D': '\x04',
  left: '\x1b[D',
  right: '\x1b[C',
  up: '\x1b[A',
  down: '\x1b[B',
};

const LOGIN_ENV: ReadonlyMap<string, string> = new Map([
  ['HOME', '/root'],
  ['LANG', 'C.UTF-8'],
  ['LOGNAME', 'root'],
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['SHELL', '/bin/bash'],
  ['TERM', 'xterm-256color'],
  ['USER', 'root'],
]);
