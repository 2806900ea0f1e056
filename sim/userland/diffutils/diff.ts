import { concat, utf8Decode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import { readdir } from '../../linux/files';
import type { Program } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, notSimulated, parseArgs, quoteAlways, tryHelp } from '../args';
import { compareText } from '../coreutils/sort-key';
import { strftime } from '../glibc/strftime';
import { eachChunk, Out, openOperand } from '../stream';
import { type Change, changesOf } from './edit-script';

const LONG = [
  'brief:q',
  'recursive:r',
  'unified=?:U',
  'context=?:C',
  'report-identical-files:s',
  'ignore-case:i',
  'ignore-all-space:w',
  'ignore-space-change:b',
  'ignore-blank-lines:B',
  'new-file:N',
  'text:a',
  'label=:L',
  'color=?',
  'exclude=:x',
  'side-by-side:y',
  'strip-trailing-cr',
  'ignore-trailing-space:Z',
];

interface Side {
  readonly name: string;
  readonly text: string;
  readonly mtimeUs: number;
}

/** diff of GNU diffutils 3.8. */
export const diff: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'qrsuU:c:C:iwbBNaL:x:yZdt',
    long: LONG,
    status: 2,
    version: 'diff (GNU diffutils) 3.8',
  });
  if (typeof args === 'number') return args;
  if (args.has('y', 'c', 'C'))
    return yield* notSimulated(proc, 'diff', `-${args.last('y', 'c', 'C')}`);
  const [a, b, extra] = args.operands;
  if (a === undefined || b === undefined) {
    return yield* usage(proc, `missing operand after ${quoteAlways(a ?? args.program)}`);
  }
  if (extra !== undefined) return yield* usage(proc, `extra operand ${quoteAlways(extra)}`);
  const out = new Out(proc);
  const code = yield* compare({ proc, args, out }, a, b, false);
  return yield* out.close(args.program, code);
};

function* usage(proc: Proc, text: string): Blocking<number> {
  yield* printError(proc, `diff: ${text}\ndiff: ${tryHelp('diff')}`);
  return 2;
}

interface Run {
  readonly proc: Proc;
  readonly args: Args;
  readonly out: Out;
}

const directory = (proc: Proc, path: string): boolean => {
  const inode = path === '-' ? 'ENOENT' : lookupPath(proc, path);
  return typeof inode !== 'string' && isDirectory(inode);
};

function* compare(run: Run, a: string, b: string, inside: boolean): Blocking<number> {
  const { proc, args } = run;
  const [dirA, dirB] = [directory(proc, a), directory(proc, b)];
  if (dirA && dirB) {
    if (!inside || args.has('r')) return yield* compareDirectories(run, a, b);
    yield* run.out.text(`Common subdirectories: ${a} and ${b}\n`);
    return 0;
  }
  const base = (path: string): string => path.replace(/^.*\//, '');
  if (!inside && dirA && b !== '-')
    return yield* compareFiles(run, `${a.replace(/\/$/, '')}/${base(b)}`, b, false);
  if (!inside && dirB && a !== '-')
    return yield* compareFiles(run, a, `${b.replace(/\/$/, '')}/${base(a)}`, false);
  if (dirA !== dirB) {
    const kind = (dir: boolean): string => (dir ? 'directory' : 'regular file');
    yield* run.out.text(`File ${a} is a ${kind(dirA)} while file ${b} is a ${kind(dirB)}\n`);
    return 1;
  }
  return yield* compareFiles(run, a, b, inside);
}

function* compareDirectories(run: Run, a: string, b: string): Blocking<number> {
  const { proc, args } = run;
  const [left, right] = [readdir(proc, a), readdir(proc, b)];
  const listA = typeof left === 'string' ? [] : left;
  const listB = typeof right === 'string' ? [] : right;
  const names = [...new Set([...listA, ...listB])].sort(compareText);
  let code = 0;
  for (const name of names) {
    if (args.values('x').includes(name)) continue;
    const [inA, inB] = [listA.includes(name), listB.includes(name)];
    const [pathA, pathB] = [`${a.replace(/\/$/, '')}/${name}`, `${b.replace(/\/$/, '')}/${name}`];
    if ((!inA || !inB) && !args.has('N')) {
      yield* run.out.text(`Only in ${inA ? a : b}: ${name}\n`);
      code = Math.max(code, 1);
    } else code = Math.max(code, yield* compare(run, pathA, pathB, true));
  }
  return code;
}

function* readSide(run: Run, name: string): Blocking<Side | undefined> {
  const { proc, args } = run;
  const file = openOperand(proc, name);
  if (typeof file === 'string') {
    if (file === 'ENOENT' && args.has('N')) return { name, text: '', mtimeUs: 0 };
    yield* run.out.flush();
    yield* printError(proc, `${args.program}: ${name}: ${strerror(file)}\n`);
    return undefined;
  }
  const parts: Uint8Array[] = [];
  yield* eachChunk(proc, file, keep(parts));
  const mtimeUs = file.inode?.mtimeUs ?? proc.host.clockUs;
  file.put();
  return { name, text: utf8Decode(concat(parts)), mtimeUs };
}

const keep = (parts: Uint8Array[]) =>
  function* (bytes: Uint8Array): Blocking<boolean> {
    parts.push(bytes.slice());
    yield* [];
    return true;
  };

function* compareFiles(run: Run, a: string, b: string, inside: boolean): Blocking<number> {
  const { args, out } = run;
  const left = yield* readSide(run, a);
  const right = yield* readSide(run, b);
  if (!left || !right) return 2;
  const keyOf = keyMaker(args);
  const [x, y] = [linesOf(left.text), linesOf(right.text)];
  const changes =
    left.text === right.text
      ? []
      : changesOf(x.map(keyOf), y.map(keyOf)).filter(
          (change) => !args.has('B') || !blank(change, x, y),
        );
  if (changes.length === 0) {
    if (args.has('s')) yield* out.text(`Files ${a} and ${b} are identical\n`);
    return 0;
  }
  const binary = /\0/.test(left.text.slice(0, 4096)) || /\0/.test(right.text.slice(0, 4096));
  if (args.has('q')) yield* out.text(`Files ${a} and ${b} differ\n`);
  else if (binary && !args.has('a')) yield* out.text(`Binary files ${a} and ${b} differ\n`);
  else {
    if (inside) yield* out.text(`diff${optionsText(args)} ${a} ${b}\n`);
    const unified = args.has('u', 'U');
    if (unified) {
      const context = args.has('U') ? Number(args.value('U') ?? 3) : 3;
      const labels = args.values('L');
      yield* out.text(fileLine('---', left, labels[0]) + fileLine('+++', right, labels[1]));
      for (const hunk of hunks(changes, context))
        yield* out.text(unifiedHunk(hunk, { x, y, context }));
    } else for (const change of changes) yield* out.text(normalHunk(change, x, y));
  }
  return 1;
}

/** Lines with their newline; a last one without is marked so that it differs. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function keyMaker(args: Args): (line: string) => string {
  return (line) => {
    let key = line;
    if (args.has('w')) key = key.replace(/[ \t\r\f\v]+/g, '');
    else if (args.has('b')) key = key.replace(/[ \t]+/g, ' ').replace(/ ?(\n?)$/, '$1');
    if (args.has('Z')) key = key.replace(/[ \t]+(\n?)$/, '$1');
    if (args.has('strip-trailing-cr')) key = key.replace(/\r\n$/, '\n');
    return args.has('i') ? key.toLowerCase() : key;
  };
}

const blank = (change: Change, x: readonly string[], y: readonly string[]): boolean =>
  [...x.slice(change.aStart, change.aEnd), ...y.slice(change.bStart, change.bEnd)].every(
    (line) => line === '\n',
  );

const optionsText = (args: Args): string =>
  args.options
    .map((option) =>
      option.name.length === 1 ? ` -${option.name}${option.value ?? ''}` : ` --${option.name}`,
    )
    .join('');

const fileLine = (mark: string, side: Side, label: string | undefined): string => {
  if (label !== undefined) return `${mark} ${label}\n`;
  const time = strftime(
    '%Y-%m-%d %H:%M:%S.%N %z',
    Math.floor(side.mtimeUs / 1e6),
    (side.mtimeUs % 1e6) * 1000,
  );
  return `${mark} ${side.name}\t${time}\n`;
};

const marked = (mark: string, lines: readonly string[]): string =>
  lines
    .map((line) => mark + (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`))
    .join('');

/** A range of 1-based lines; of an empty one the line before. */
const rangeText = (start: number, end: number): string =>
  end <= start + 1 ? String(end === start ? start : start + 1) : `${start + 1},${end}`;

function normalHunk(change: Change, x: readonly string[], y: readonly string[]): string {
  const { aStart, aEnd, bStart, bEnd } = change;
  const letter = aStart === aEnd ? 'a' : bStart === bEnd ? 'd' : 'c';
  const head = `${rangeText(aStart, aEnd)}${letter}${rangeText(bStart, bEnd)}\n`;
  const middle = letter === 'c' ? '---\n' : '';
  return head + marked('< ', x.slice(aStart, aEnd)) + middle + marked('> ', y.slice(bStart, bEnd));
}

/** Changes that are at most twice the context apart share a hunk. */
function hunks(changes: readonly Change[], context: number): readonly (readonly Change[])[] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1);
    if (last && change.aStart - last.aEnd <= context * 2) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  return groups;
}

function unifiedHunk(
  group: readonly Change[],
  {
    x,
    y,
    context,
  }: { readonly x: readonly string[]; readonly y: readonly string[]; readonly context: number },
): string {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) return '';
  const before = Math.min(context, first.aStart);
  const after = Math.min(context, x.length - last.aEnd);
  const count = (start: number, end: number): string =>
    end - start === 1 ? String(start + 1) : `${end === start ? start : start + 1},${end - start}`;
  const head = `@@ -${count(first.aStart - before, last.aEnd + after)} +${count(first.bStart - before, last.bEnd + after)} @@\n`;
  let text = head;
  let at = first.aStart - before;
  for (const change of group) {
    text += marked(' ', x.slice(at, change.aStart));
    text +=
      marked('-', x.slice(change.aStart, change.aEnd)) +
      marked('+', y.slice(change.bStart, change.bEnd));
    at = change.aEnd;
  }
  return text + marked(' ', x.slice(at, last.aEnd + after));
}
