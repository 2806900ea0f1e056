import { strerror } from '../../linux/errno';
import { writeFileAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import type { Blocking } from '../../linux/wait-queue';
import {
  type Args,
  failWith,
  notSimulated,
  parseArgs,
  quote,
  quoteName,
  usageError,
} from '../args';
import { Lines, Out, openOrSay, sayErrno } from '../stream';

const LONG = [
  'count:c',
  'repeated:d',
  'all-repeated=?:D',
  'ignore-case:i',
  'unique:u',
  'skip-fields=:f',
  'skip-chars=:s',
  'check-chars=:w',
  'zero-terminated:z',
  'group=?',
];

/** uniq of coreutils 9.1, src/uniq.c. */
export const uniq: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: 'cdDif:s:uw:z', long: LONG });
  if (typeof args === 'number') return args;
  if (args.has('group')) return yield* notSimulated(proc, args.program, '--group');
  const [input = '-', output, extra] = args.operands;
  if (extra !== undefined) {
    return yield* usageError(proc, args.program, `extra operand ${quote(extra)}`);
  }
  for (const [name, what] of [
    ['f', 'fields to skip'],
    ['s', 'bytes to skip'],
    ['w', 'bytes to compare'],
  ] as const) {
    const value = args.value(name);
    if (value !== undefined && !/^\d+$/.test(value)) {
      return yield* failWith(proc, args.program, `${value}: invalid number of ${what}`);
    }
  }
  const file = yield* openOrSay(proc, args.program, input);
  if (!file) return 1;
  const end = args.has('z') ? '\0' : '\n';
  const keyOf = keyMaker(args);
  const out = new Out(proc);
  let written = '';
  const emit = function* (text: string): Blocking<void> {
    if (output === undefined || output === '-') yield* out.text(text);
    else written += text;
  };
  const lines = new Lines(proc, file, args.has('z') ? 0 : 10);
  let group: string[] = [];
  let count = 0;
  let key = '';
  for (;;) {
    const line = yield* lines.next();
    if (typeof line === 'string') {
      yield* sayErrno(proc, args.program, input, line);
      return 1;
    }
    const next = line && keyOf(line.text);
    if (line && count > 0 && next === key) {
      count++;
      if (args.has('D')) group.push(line.text);
      continue;
    }
    if (count > 0) for (const text of shown(args, group, count)) yield* emit(text + end);
    if (!line) break;
    group = [line.text];
    count = 1;
    key = next ?? '';
  }
  file.put();
  if (output === undefined || output === '-') return yield* out.close(args.program, 0);
  const failed = writeFileAt(proc, output, written);
  if (!failed) return 0;
  return yield* failWith(proc, args.program, `${quoteName(output)}: ${strerror(failed)}`);
};

function keyMaker(args: Args): (line: string) => string {
  const fields = Number(args.value('f') ?? 0);
  const chars = Number(args.value('s') ?? 0);
  const width = args.value('w');
  const fold = args.has('i');
  return (line) => {
    let at = 0;
    for (let i = 0; i < fields; i++) {
      while (line[at] === ' ' || line[at] === '\t') at++;
      while (at < line.length && line[at] !== ' ' && line[at] !== '\t') at++;
    }
    let key = line.slice(at + chars);
    if (width !== undefined) key = key.slice(0, Number(width));
    return fold ? key.toUpperCase() : key;
  };
}

function shown(args: Args, group: readonly string[], count: number): readonly string[] {
  const [first = ''] = group;
  if (args.has('D')) return count > 1 ? group : [];
  if (count === 1 && args.has('d')) return [];
  if (count > 1 && args.has('u')) return [];
  return [args.has('c') ? `${String(count).padStart(7)} ${first}` : first];
}
