import type { Inode, Program } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { printError, write } from '../../linux/process-io';
import { quote } from '../args';

type Outcome = { readonly value: boolean; readonly at: number } | { readonly error: string };

/** test(1) and [ of coreutils 9.1, src/test.c. */
export const test: Program = function* (proc, argv) {
  const [program = '', ...rest] = argv;
  let args = rest;
  if (/(^|\/)\[$/.test(program)) {
    if (args.at(-1) !== ']') {
      yield* printError(proc, `${program}: missing ‘]’\n`);
      return 2;
    }
    args = args.slice(0, -1);
  }
  const found = evaluate(proc, args);
  if (!('error' in found)) {
    yield* write(proc, 1, new Uint8Array(0));
    return found.value ? 0 : 1;
  }
  yield* printError(proc, `${program}: ${found.error}\n`);
  return 2;
};

/** posixtest(): what the number of arguments decides. */
function evaluate(proc: Proc, args: readonly string[]): Outcome {
  const [a = '', b = '', c = ''] = args;
  const at = args.length;
  if (at === 0) return { value: false, at };
  if (at === 1) return { value: a !== '', at };
  if (at === 2) {
    if (a === '!') return { value: b === '', at };
    if (UNARY.has(a)) return { value: unary(proc, a, b), at };
    return { error: `${quote(a)}: unary operator expected`.replace(/^'(-.*)'/, "'$1'") };
  }
  if (at === 3) {
    if (BINARY.has(b)) return binary(proc, a, b, c, 3);
    if (a === '!') return not(evaluate(proc, args.slice(1)));
    if (a === '(' && c === ')') return { value: b !== '', at };
    if (b === '-a') return { value: a !== '' && c !== '', at };
    if (b === '-o') return { value: a !== '' || c !== '', at };
    return { error: `${quote(b)}: binary operator expected` };
  }
  if (at === 4 && a === '!') return not(evaluate(proc, args.slice(1)));
  const parsed = or(proc, args, 0);
  if ('error' in parsed || parsed.at === at) return parsed;
  return { error: `extra argument ${quote(args[parsed.at] ?? '')}` };
}

const not = (outcome: Outcome): Outcome =>
  'error' in outcome ? outcome : { ...outcome, value: !outcome.value };

function or(proc: Proc, args: readonly string[], start: number): Outcome {
  let left = and(proc, args, start);
  while (!('error' in left) && args[left.at] === '-o') {
    const right = and(proc, args, left.at + 1);
    if ('error' in right) return right;
    left = { value: left.value || right.value, at: right.at };
  }
  return left;
}

function and(proc: Proc, args: readonly string[], start: number): Outcome {
  let left = term(proc, args, start);
  while (!('error' in left) && args[left.at] === '-a') {
    const right = term(proc, args, left.at + 1);
    if ('error' in right) return right;
    left = { value: left.value && right.value, at: right.at };
  }
  return left;
}

function term(proc: Proc, args: readonly string[], start: number): Outcome {
  const [a, b, c] = args.slice(start, start + 3);
  if (a === undefined) return { error: `missing argument after ${quote(args.at(-1) ?? '')}` };
  if (a === '!') return not(term(proc, args, start + 1));
  if (b !== undefined && c !== undefined && BINARY.has(b)) return binary(proc, a, b, c, start + 3);
  if (a === '(') {
    const inner = or(proc, args, start + 1);
    if ('error' in inner) return inner;
    return args[inner.at] === ')' ? { ...inner, at: inner.at + 1 } : { error: "')' expected" };
  }
  if (UNARY.has(a) && b !== undefined) return { value: unary(proc, a, b), at: start + 2 };
  return { value: a !== '', at: start + 1 };
}

const UNARY = new Set(
  '-b -c -d -e -f -g -G -h -k -L -N -O -p -r -s -S -t -u -w -x -n -z'.split(' '),
);
const BINARY = new Set('= == != -eq -ne -lt -le -gt -ge -nt -ot -ef'.split(' '));

function unary(proc: Proc, op: string, arg: string): boolean {
  if (op === '-n') return arg !== '';
  if (op === '-z') return arg === '';
  if (op === '-t') return proc.fds.get(Number(arg))?.ops.kind === 'tty';
  const inode = lookupPath(proc, arg, op !== '-h' && op !== '-L');
  return typeof inode !== 'string' && fileTest(op, inode);
}

function fileTest(op: string, inode: Inode): boolean {
  const kind = inode.body.kind;
  switch (op) {
    case '-d':
      return isDirectory(inode);
    case '-f':
      return kind === 'file' || kind === 'handler' || kind === 'ns';
    case '-h':
    case '-L':
      return kind === 'symlink' || kind === 'handler-link';
    case '-p':
      return kind === 'fifo';
    case '-c':
      return kind === 'char';
    case '-S':
      return kind === 'socket';
    case '-b':
      return false;
    case '-s':
      return kind === 'file'
        ? inode.body.kind === 'file' && inode.body.size > 0
        : isDirectory(inode);
    case '-x':
      return isDirectory(inode) || (inode.mode & 0o111) !== 0;
    case '-g':
      return (inode.mode & 0o2000) !== 0;
    case '-u':
      return (inode.mode & 0o4000) !== 0;
    case '-k':
      return (inode.mode & 0o1000) !== 0;
    case '-N':
      return inode.mtimeUs > inode.atimeUs;
    default:
      return true;
  }
}

function binary(proc: Proc, a: string, op: string, b: string, at: number): Outcome {
  if (op === '=' || op === '==') return { value: a === b, at };
  if (op === '!=') return { value: a !== b, at };
  if (op === '-nt' || op === '-ot' || op === '-ef')
    return { value: compareFiles(proc, a, op, b), at };
  const [x, y] = [integerOf(a), integerOf(b)];
  if (x === undefined || y === undefined) {
    return { error: `invalid integer ${quote(x === undefined ? a : b)}` };
  }
  const results: Readonly<Record<string, boolean>> = {
    '-eq': x === y,
    '-ne': x !== y,
    '-lt': x < y,
    '-le': x <= y,
    '-gt': x > y,
    '-ge': x >= y,
  };
  return { value: results[op] ?? false, at };
}

const integerOf = (text: string): bigint | undefined => {
  const found = /^\s*([-+]?)(\d+)\s*$/.exec(text);
  if (!found) return undefined;
  return found[1] === '-' ? -BigInt(found[2] ?? '0') : BigInt(found[2] ?? '0');
};

function compareFiles(proc: Proc, a: string, op: string, b: string): boolean {
  const [x, y] = [lookupPath(proc, a), lookupPath(proc, b)];
  if (op === '-ef') return typeof x !== 'string' && x === y;
  const time = (inode: typeof x): number => (typeof inode === 'string' ? -1 : inode.mtimeUs);
  return op === '-nt' ? time(x) > time(y) : time(x) < time(y);
}
