import { strerror } from '../../linux/errno';
import { writeFileAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import { type Proc, tick } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, failWith, parseArgs, quote, quoteName } from '../args';
import { Lines, Out, openOperand } from '../stream';
import { compareText, type Key, keyOrder, parseKey, type SortFlags, sortFlags } from './sort-key';

const LONG = [
  'ignore-leading-blanks:b',
  'dictionary-order:d',
  'ignore-case:f',
  'general-numeric-sort:g',
  'ignore-nonprinting:i',
  'month-sort:M',
  'human-numeric-sort:h',
  'numeric-sort:n',
  'random-sort:R',
  'reverse:r',
  'sort=',
  'version-sort:V',
  'check=?:c',
  'key=:k',
  'merge:m',
  'output=:o',
  'stable:s',
  'field-separator=:t',
  'unique:u',
  'zero-terminated:z',
  'buffer-size=:S',
  'temporary-directory=:T',
  'parallel=',
];

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['general-numeric', 'g'],
  ['human-numeric', 'h'],
  ['month', 'M'],
  ['numeric', 'n'],
  ['random', 'R'],
  ['version', 'V'],
]);

interface Plan {
  readonly keys: readonly Key[];
  readonly flags: SortFlags;
  readonly separator: string | undefined;
  readonly stable: boolean;
  readonly unique: boolean;
}

/** sort of coreutils 9.1, src/sort.c, in the C.UTF-8 locale. */
export const sort: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'bcCdfghik:mMno:rRsS:t:T:uVz',
    long: LONG,
    status: 2,
  });
  if (typeof args === 'number') return args;
  if (args.has('R')) {
    yield* printError(proc, 'hopwise: sort: -R is not simulated\n');
    return 2;
  }
  const plan = planOf(args);
  if (typeof plan === 'string') return yield* failWith(proc, args.program, plan, 2);
  const delimiter = args.has('z') ? 0 : 10;
  const check = args.last('c', 'C');
  const operands = args.operands.length === 0 ? ['-'] : args.operands;
  if (check && operands.length > 1) {
    const extra = quote(operands[1] ?? '');
    return yield* failWith(proc, args.program, `extra operand ${extra} not allowed with -c`, 2);
  }
  const lines = yield* gather(proc, args.program, operands, delimiter);
  if (!lines) return 2;
  const quiet = check === 'C' || /quiet|silent/.test(args.value('c') ?? '');
  if (check)
    return yield* checkOrder(proc, args.program, { lines, plan, quiet, name: operands[0] ?? '-' });
  const sorted = yield* mergeSort(proc, lines, orderOf(plan));
  const kept = plan.unique ? dedupe(sorted, plan) : sorted;
  return yield* emit(proc, args, kept, delimiter === 0 ? '\0' : '\n');
};

function planOf(args: Args): Plan | string {
  let letters = '';
  for (const option of args.options) {
    if ('bdfghiMnrV'.includes(option.name)) letters += option.name;
    if (option.name === 'sort') letters += BY_NAME.get(option.value ?? '') ?? '';
  }
  const separator = args.value('t');
  const tab = separator === '\\0' ? '\0' : separator;
  if (tab === '') return 'empty tab';
  if (tab !== undefined && [...tab].length > 1) return `multi-character tab ${quote(tab)}`;
  const flags = sortFlags(letters);
  const keys: Key[] = [];
  for (const text of args.values('k')) {
    const key = parseKey(text, flags);
    if (typeof key === 'string') return key;
    keys.push(key);
  }
  return { keys, flags, separator: tab, stable: args.has('s'), unique: args.has('u') };
}

type Order = (a: string, b: string) => number;

/** Order by keys, then by the whole line unless -s or -u. */
function orderOf(plan: Plan): Order {
  const byKey = keyOrder(plan.keys, plan.flags, plan.separator);
  if (plan.stable || plan.unique) return byKey;
  const sign = plan.flags.reverse ? -1 : 1;
  return (a, b) => byKey(a, b) || sign * compareText(a, b);
}

function dedupe(lines: readonly string[], plan: Plan): readonly string[] {
  const order = keyOrder(plan.keys, plan.flags, plan.separator);
  return lines.filter((line, i) => i === 0 || order(lines[i - 1] ?? '', line) !== 0);
}

function* gather(
  proc: Proc,
  program: string,
  operands: readonly string[],
  delimiter: number,
): Blocking<readonly string[] | undefined> {
  const all: string[] = [];
  for (const name of operands) {
    const file = openOperand(proc, name);
    if (typeof file === 'string') {
      const why = `cannot read: ${quoteName(name)}: ${strerror(file)}`;
      yield* printError(proc, `${program}: ${why}\n`);
      return undefined;
    }
    const lines = new Lines(proc, file, delimiter);
    for (;;) {
      const line = yield* lines.next();
      if (line === undefined) break;
      if (typeof line === 'string') {
        yield* printError(proc, `${program}: read failed: ${quoteName(name)}: ${strerror(line)}\n`);
        return undefined;
      }
      all.push(line.text);
    }
    file.put();
  }
  return all;
}

/** A stable merge sort that lets virtual time pass. */
function* mergeSort(
  proc: Proc,
  lines: readonly string[],
  order: Order,
): Blocking<readonly string[]> {
  let runs: (readonly string[])[] = [];
  for (let i = 0; i < lines.length; i += 256) {
    runs.push(lines.slice(i, i + 256).sort(order));
    yield* tick(proc, 100);
  }
  while (runs.length > 1) {
    const merged: (readonly string[])[] = [];
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(merge(runs[i] ?? [], runs[i + 1] ?? [], order));
      yield* tick(proc, 100);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function merge(a: readonly string[], b: readonly string[], order: Order): readonly string[] {
  const out: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [left = '', right = ''] = [a[i], b[j]];
    if (order(left, right) <= 0) {
      out.push(left);
      i++;
    } else {
      out.push(right);
      j++;
    }
  }
  while (i < a.length) out.push(a[i++] ?? '');
  while (j < b.length) out.push(b[j++] ?? '');
  return out;
}

interface Check {
  readonly lines: readonly string[];
  readonly plan: Plan;
  readonly quiet: boolean;
  readonly name: string;
}

function* checkOrder(proc: Proc, program: string, check: Check): Blocking<number> {
  const order = orderOf(check.plan);
  for (let i = 1; i < check.lines.length; i++) {
    const line = check.lines[i] ?? '';
    const c = order(check.lines[i - 1] ?? '', line);
    if (c < 0 || (c === 0 && !check.plan.unique)) continue;
    if (!check.quiet) {
      yield* printError(proc, `${program}: ${check.name}:${i + 1}: disorder: ${line}\n`);
    }
    return 1;
  }
  return 0;
}

function* emit(proc: Proc, args: Args, lines: readonly string[], end: string): Blocking<number> {
  const output = args.value('o');
  if (output !== undefined) {
    const failed = writeFileAt(proc, output, lines.map((line) => line + end).join(''));
    if (!failed) return 0;
    return yield* failWith(
      proc,
      args.program,
      `open failed: ${quoteName(output)}: ${strerror(failed)}`,
      2,
    );
  }
  const out = new Out(proc);
  for (const line of lines) yield* out.text(line + end);
  return yield* out.close(args.program, 0);
}
