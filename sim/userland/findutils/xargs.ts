import { strerror } from '../../linux/errno';
import { open } from '../../linux/files';
import type { Program } from '../../linux/inode';
import { exitCode, type Proc } from '../../linux/process';
import { printError, waitChild } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, parseArgs } from '../args';
import { readOperand } from '../stream';
import { startCommand } from './run-command';

const LONG = [
  'null:0',
  'arg-file=:a',
  'delimiter=:d',
  'eof=?:E',
  'replace=?:i',
  'max-lines=?:l',
  'max-args=:n',
  'open-tty:o',
  'max-procs=:P',
  'interactive:p',
  'no-run-if-empty:r',
  'max-chars=:s',
  'verbose:t',
  'exit:x',
];

/** ARG_MAX as xargs takes it by default. */
const MAX_CHARS = 131_072;

/** xargs of findutils 4.9. */
export const xargs: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: '+0a:d:E:e::i::I:l::L:n:oP:prs:tx',
    long: LONG,
    version: 'xargs (GNU findutils) 4.9.0',
  });
  if (typeof args === 'number') return args;
  if (args.has('p', 'o')) {
    yield* printError(proc, 'hopwise: xargs: -p is not simulated\n');
    return 2;
  }
  for (const name of ['n', 'P', 'L', 's']) {
    const value = args.value(name);
    if (value === undefined || (/^\d+$/.test(value) && (Number(value) > 0 || name === 'P')))
      continue;
    const why = /^\d+$/.test(value)
      ? `value ${value} for -${name} option should be >= 1`
      : `invalid number "${value}" for -${name} option`;
    yield* printError(
      proc,
      `${args.program}: ${why}\nTry '${args.program} --help' for more information.\n`,
    );
    return 1;
  }
  const text = yield* readOperand(proc, args.value('a') ?? '-');
  if (typeof text === 'string') {
    yield* printError(proc, `${args.program}: ${args.value('a') ?? '-'}: ${strerror(text)}\n`);
    return 1;
  }
  const replace = args.has('I')
    ? args.value('I')
    : args.has('i')
      ? (args.value('i') ?? '{}')
      : undefined;
  const words = wordsOf(args, text.text, replace !== undefined);
  if ('error' in words) {
    yield* printError(proc, `${args.program}: ${words.error}\n`);
    return 1;
  }
  const command = args.operands.length === 0 ? ['echo'] : args.operands;
  const batches =
    replace === undefined
      ? group(args, command, words.items)
      : words.items.map(({ text: word }) => command.map((part) => part.replaceAll(replace, word)));
  return yield* runAll(proc, args, batches);
};

interface Word {
  readonly text: string;
  /** The input line on which it ended; -L counts them. */
  readonly line: number;
}

type Words = { readonly items: readonly Word[] } | { readonly error: string };

function wordsOf(args: Args, text: string, lines: boolean): Words {
  const last = args.last('0', 'd');
  const mark = last === '0' ? '\0' : last === 'd' ? delimiter(args.value('d') ?? '') : undefined;
  if (mark !== undefined) {
    const parts = text.split(mark);
    if (parts.at(-1) === '') parts.pop();
    return { items: parts.map((part, i) => ({ text: part, line: i })) };
  }
  const items: Word[] = [];
  let line = 0;
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (quote !== '') {
      if (c === quote) quote = '';
      else if (c === '\n') return { error: unmatched(quote) };
      else word = (word ?? '') + c;
    } else if (c === "'" || c === '"') {
      quote = c;
      word ??= '';
    } else if (c === '\\') word = (word ?? '') + (text[++i] ?? '');
    else if (c === '\n' || (!lines && (c === ' ' || c === '\t'))) {
      if (word !== undefined) items.push({ text: word, line });
      word = undefined;
      if (c === '\n') line++;
    } else if (!(lines && word === undefined && (c === ' ' || c === '\t'))) word = (word ?? '') + c;
    const end = args.value('E', 'e');
    if (end && items.at(-1)?.text === end) return { items: items.slice(0, -1) };
  }
  if (quote !== '') return { error: unmatched(quote) };
  if (word !== undefined) items.push({ text: word, line });
  return { items };
}

const unmatched = (quote: string): string =>
  `unmatched ${quote === '"' ? 'double' : 'single'} quote; by default quotes are special to xargs unless you use the -0 option`;

const delimiter = (text: string): string =>
  ({ '\\n': '\n', '\\t': '\t', '\\0': '\0', '\\\\': '\\' })[text] ?? text.slice(0, 1);

function group(
  args: Args,
  command: readonly string[],
  words: readonly Word[],
): readonly (readonly string[])[] {
  const lines = Number(args.value('L') ?? (args.has('l') ? (args.value('l') ?? 1) : 0));
  const most =
    args.last('n', 'L', 'l') === 'n' ? Number(args.value('n')) : Number.POSITIVE_INFINITY;
  const chars = Number(args.value('s') ?? MAX_CHARS);
  const base = command.reduce((sum, word) => sum + word.length + 1, 0);
  const batches: string[][] = [];
  let current: string[] = [];
  let size = base;
  let first = 0;
  for (const { text, line } of words) {
    const full =
      current.length >= most ||
      size + text.length + 1 > chars ||
      (lines > 0 && line - first >= lines);
    if (current.length > 0 && full) {
      batches.push([...command, ...current]);
      current = [];
      size = base;
    }
    if (current.length === 0) first = line;
    current.push(text);
    size += text.length + 1;
  }
  if (current.length > 0 || (batches.length === 0 && !args.has('r')))
    batches.push([...command, ...current]);
  return batches;
}

function* runAll(
  proc: Proc,
  args: Args,
  batches: readonly (readonly string[])[],
): Blocking<number> {
  const parallel = Number(args.value('P') ?? 1) || batches.length || 1;
  const nothing = open(proc, '/dev/null', { read: true });
  const fds = new Map(proc.fds);
  if (typeof nothing !== 'string') fds.set(0, nothing);
  let running = 0;
  let code = 0;
  let stop = false;
  const reap = function* (): Blocking<void> {
    const ended = yield* waitChild(proc, 'any');
    running--;
    if (typeof ended === 'string' || typeof ended.status !== 'object') return;
    const status = exitCode(ended.status);
    if (ended.status.kind === 'signaled') {
      yield* printError(
        proc,
        `${args.program}: ${ended.proc.argv[0]}: terminated by signal ${status - 128}\n`,
      );
      code = 125;
      stop = true;
    } else if (status === 255) {
      yield* printError(
        proc,
        `${args.program}: ${ended.proc.argv[0]}: exited with status 255; aborting\n`,
      );
      code = 124;
      stop = true;
    } else if (status !== 0) code = 123;
  };
  for (const argv of batches) {
    if (stop) break;
    if (args.has('t')) yield* printError(proc, `${argv.join(' ')}\n`);
    const child = startCommand(proc, argv, { fds });
    if (typeof child === 'string') {
      yield* printError(proc, `${args.program}: ${argv[0]}: ${strerror(child)}\n`);
      code = child === 'ENOENT' ? 127 : 126;
      break;
    }
    running++;
    while (running >= parallel) yield* reap();
  }
  while (running > 0) yield* reap();
  return code;
}
