import { strerror } from '../../linux/errno';
import { readdir } from '../../linux/files';
import type { Program } from '../../linux/inode';
import type { OpenFile } from '../../linux/open-file';
import { isDirectory, lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, notSimulated, parseArgs } from '../args';
import { globMatch } from '../glibc/fnmatch';
import { Lines, Out, openOperand, readOperand, splitLines } from '../stream';
import { type Matcher, matcherOf } from './matcher';

const LONG = [
  'after-context=:A',
  'basic-regexp:G',
  'before-context=:B',
  'byte-offset:b',
  'color=?',
  'colour=?:color',
  'context=:C',
  'count:c',
  'dereference-recursive:R',
  'exclude=',
  'exclude-dir=',
  'exclude-from=',
  'extended-regexp:E',
  'file=:f',
  'files-with-matches:l',
  'files-without-match:L',
  'fixed-strings:F',
  'ignore-case:i',
  'no-ignore-case',
  'include=',
  'initial-tab:T',
  'invert-match:v',
  'label=',
  'line-buffered',
  'line-number:n',
  'line-regexp:x',
  'max-count=:m',
  'no-filename:h',
  'no-messages:s',
  'null:Z',
  'null-data:z',
  'only-matching:o',
  'perl-regexp:P',
  'quiet:q',
  'silent:q',
  'recursive:r',
  'regexp=:e',
  'text:a',
  'binary-files=',
  'with-filename:H',
  'word-regexp:w',
];

const USAGE = (name: string): string =>
  `Usage: ${name} [OPTION]... PATTERNS [FILE]...\nTry '${name} --help' for more information.\n`;

interface Style {
  readonly invert: boolean;
  readonly count: boolean;
  readonly list: 'with' | 'without' | undefined;
  readonly only: boolean;
  readonly quiet: boolean;
  readonly silent: boolean;
  readonly numbers: boolean;
  readonly offsets: boolean;
  readonly max: number;
  readonly after: number;
  readonly before: number;
  readonly end: string;
  readonly nameEnd: string;
  readonly text: boolean;
  readonly context: boolean;
}

interface Run {
  readonly proc: Proc;
  readonly args: Args;
  readonly matcher: Matcher;
  readonly style: Style;
  readonly out: Out;
  readonly withName: boolean;
  code: number;
  found: boolean;
  /** A group of context was printed before: `--` goes between. */
  separated: boolean;
}

/** grep of GNU grep 3.8, src/grep.c; egrep and fgrep are it with -E and -F. */
export const grep = (mode?: 'E' | 'F'): Program =>
  function* (proc, argv) {
    const program = argv[0] ?? 'grep';
    const named = mode ? ['grep', `-${mode}`, ...argv.slice(1)] : argv;
    const given = named.map((arg) =>
      arg.replace(/^-([a-zA-Z]*?)(\d+)$/, (all, letters: string, count: string) =>
        /[ABCmef]/.test(letters) ? all : `-${letters}C${count}`,
      ),
    );
    const args = yield* parseArgs(proc, given, {
      short: 'A:B:C:EFGHILPTUVZabce:f:hilm:noqRrsvwxyz',
      long: LONG,
      status: 2,
      version: 'grep (GNU grep) 3.8',
      hint: USAGE(program),
    });
    if (typeof args === 'number') return args;
    if (/^(always|yes|force)$/.test(args.value('color') ?? '')) {
      return yield* notSimulated(proc, 'grep', '--color=always');
    }
    return yield* run(proc, args);
  };

function* run(proc: Proc, args: Args): Blocking<number> {
  const bad = badNumber(args);
  if (bad !== undefined) {
    yield* printError(proc, `grep: ${bad}\n`);
    return 2;
  }
  let operands = args.operands;
  const patterns: string[] = args.values('e').flatMap((text) => text.split('\n'));
  for (const name of args.values('f')) {
    const file = yield* readOperand(proc, name);
    if (typeof file === 'string') {
      yield* printError(proc, `grep: ${name}: ${strerror(file)}\n`);
      return 2;
    }
    patterns.push(...splitLines(file.text));
  }
  if (!args.has('e', 'f')) {
    const [first] = operands;
    if (first === undefined) {
      yield* printError(proc, USAGE(args.program));
      return 2;
    }
    patterns.push(...first.split('\n'));
    operands = operands.slice(1);
  }
  const made = matcherOf(patterns, args);
  if (!made.matcher) {
    yield* printError(proc, `grep: ${made.error}\n`);
    return 2;
  }
  return yield* search(proc, args, operands, made.matcher);
}

function badNumber(args: Args): string | undefined {
  for (const name of ['A', 'B', 'C'] as const) {
    const value = args.value(name);
    if (value !== undefined && !/^\d+$/.test(value))
      return `${value}: invalid context length argument`;
  }
  const max = args.value('m');
  return max !== undefined && !/^-?\d+$/.test(max) ? 'invalid max count' : undefined;
}

function* search(
  proc: Proc,
  args: Args,
  operands: readonly string[],
  matcher: Matcher,
): Blocking<number> {
  const recursive = args.has('r', 'R');
  const names = operands.length > 0 ? operands : [recursive ? '.' : '-'];
  const naming = args.last('h', 'H');
  const style = styleOf(args);
  const buffering = args.has('line-buffered') ? 'line' : 'auto';
  const state: Run = {
    proc,
    args,
    matcher,
    style,
    out: new Out(proc, 1, buffering),
    withName: naming === 'H' || (naming !== 'h' && (names.length > 1 || recursive)),
    code: 0,
    found: false,
    separated: false,
  };
  const onlyDirectory = names.length === 1 && recursive && naming === undefined;
  const single = onlyDirectory ? lookupPath(proc, names[0] ?? '.') : undefined;
  const run =
    typeof single === 'object' && !isDirectory(single) ? { ...state, withName: false } : state;
  for (const name of names) {
    yield* searchPath(run, name, operands.length === 0 && recursive, 0);
    if (style.quiet && run.found) return 0;
  }
  const closed = yield* run.out.close('grep', 0);
  if (closed !== 0) return 2;
  return run.code !== 0 ? run.code : run.found ? 0 : 1;
}

function styleOf(args: Args): Style {
  const context = args.value('C');
  const max = Number(args.value('m') ?? Number.POSITIVE_INFINITY);
  const list = args.last('l', 'L');
  const only = args.has('o');
  return {
    invert: args.has('v'),
    count: args.has('c'),
    list: list === 'l' ? 'with' : list === 'L' ? 'without' : undefined,
    only,
    quiet: args.has('q'),
    silent: args.has('s'),
    numbers: args.has('n'),
    offsets: args.has('b'),
    max: max < 0 ? Number.POSITIVE_INFINITY : max,
    after: only ? 0 : Number(args.value('A') ?? context ?? 0),
    before: only ? 0 : Number(args.value('B') ?? context ?? 0),
    end: args.has('z') ? '\0' : '\n',
    nameEnd: args.has('Z') ? '\0' : '',
    text: args.has('a', 'z') || args.value('binary-files') === 'text',
    context: args.has('A', 'B', 'C'),
  };
}

const MAX_DEPTH = 256;

function* searchPath(run: Run, name: string, implied: boolean, depth: number): Blocking<void> {
  const { proc, args } = run;
  const inode = name === '-' ? undefined : lookupPath(proc, name);
  if (typeof inode === 'object' && isDirectory(inode)) {
    if (!args.has('r', 'R')) {
      yield* run.out.flush();
      if (!run.style.silent) yield* printError(proc, `grep: ${name}: Is a directory\n`);
      return;
    }
    const names = readdir(proc, name);
    if (typeof names === 'string' || depth > MAX_DEPTH) return;
    for (const child of names) yield* searchChild(run, { name, child, implied, depth });
    return;
  }
  const base = name.replace(/^.*\//, '');
  if (depth === 0 && name !== '-' && skipped(args, base, false)) return;
  const file = openOperand(proc, name);
  if (typeof file === 'string') {
    yield* complain(run, name, strerror(file));
    return;
  }
  yield* searchFile(run, file, name);
  file.put();
}

function* complain(run: Run, name: string, text: string): Blocking<void> {
  run.code = 2;
  if (run.style.silent) return;
  yield* run.out.flush();
  yield* printError(run.proc, `grep: ${name}: ${text}\n`);
}

interface Child {
  readonly name: string;
  readonly child: string;
  readonly implied: boolean;
  readonly depth: number;
}

function* searchChild(run: Run, at: Child): Blocking<void> {
  const { proc, args } = run;
  const path =
    at.implied && at.depth === 0 ? at.child : `${at.name.replace(/\/$/, '')}/${at.child}`;
  const inode = lookupPath(proc, path, args.has('R'));
  if (typeof inode === 'string') return;
  const directory = isDirectory(inode);
  if (!directory && inode.body.kind !== 'file' && inode.body.kind !== 'handler') return;
  if (skipped(args, at.child, directory)) return;
  yield* searchPath(run, path, false, at.depth + 1);
}

/** --include, --exclude, --exclude-dir. */
function skipped(args: Args, base: string, directory: boolean): boolean {
  if (directory) return args.values('exclude-dir').some((glob) => globMatch(glob, base));
  if (args.values('exclude').some((glob) => globMatch(glob, base))) return true;
  const include = args.values('include');
  return include.length > 0 && !include.some((glob) => globMatch(glob, base));
}

function* searchFile(run: Run, file: OpenFile, name: string): Blocking<void> {
  const { style, out, args } = run;
  const shown = name === '-' ? (args.value('label') ?? '(standard input)') : name;
  const lines = new Lines(run.proc, file, style.end === '\0' ? 0 : 10);
  const quietly = style.quiet || style.count || style.list !== undefined;
  const page: Page = { shown, before: [], pending: 0, lastPrinted: 0, offset: 0 };
  let count = 0;
  let binary = false;
  for (let number = 1; ; number++) {
    if (count >= style.max && (page.pending === 0 || quietly)) break;
    const line = yield* lines.next();
    if (typeof line === 'string') {
      yield* complain(run, shown, strerror(line));
      break;
    }
    if (line === undefined) break;
    binary ||= !style.text && /[\0\udc80-\udcff]/.test(line.text);
    const matched = count < style.max && run.matcher.test(line.text) !== style.invert;
    if (matched) count++;
    if (matched && (style.quiet || style.list)) break;
    if (quietly) continue;
    if (matched && binary) {
      yield* out.flush();
      yield* printError(run.proc, `grep: ${shown}: binary file matches\n`);
      break;
    }
    if (matched) yield* printMatch(run, page, line.text, number);
    else yield* printContext(run, page, line.text, number);
    page.offset += utf8Length(line.text) + 1;
  }
  if (file.ops.kind === 'regular' && count >= style.max) file.offset -= lines.unread;
  if (style.list ? count > 0 === (style.list === 'with') : count > 0) run.found = true;
  if (style.quiet) return;
  const label = run.withName ? `${shown}${style.nameEnd || ':'}` : '';
  if (style.count && !style.list) yield* out.text(`${label}${count}\n`);
  if (style.list && count > 0 === (style.list === 'with'))
    yield* out.text(`${shown}${style.nameEnd || '\n'}`);
}

interface Page {
  readonly shown: string;
  readonly before: { readonly text: string; readonly number: number }[];
  pending: number;
  lastPrinted: number;
  offset: number;
}

const utf8Length = (text: string): number => {
  let length = 0;
  for (const c of text) {
    const point = c.codePointAt(0) ?? 0;
    length +=
      point < 0x80 || (point >= 0xdc80 && point <= 0xdcff)
        ? 1
        : point < 0x800
          ? 2
          : point < 0x10000
            ? 3
            : 4;
  }
  return length;
};

function prefix(run: Run, page: Page, number: number, mark: ':' | '-', offset: number): string {
  const { style } = run;
  let text = run.withName ? `${page.shown}${style.nameEnd || mark}` : '';
  if (style.numbers) text += `${number}${mark}`;
  if (style.offsets) text += `${offset}${mark}`;
  return run.args.has('T') && text !== '' ? `${text}\t` : text;
}

function* printMatch(run: Run, page: Page, text: string, number: number): Blocking<void> {
  const { style, out } = run;
  if (style.only) {
    if (style.invert) return;
    for (const match of run.matcher.all(text)) {
      const offset = page.offset + utf8Length(text.slice(0, match.start));
      yield* out.text(
        `${prefix(run, page, number, ':', offset)}${text.slice(match.start, match.end)}${style.end}`,
      );
    }
    return;
  }
  const first = page.before[0]?.number ?? number;
  if (style.context && run.separated && (page.lastPrinted === 0 || first > page.lastPrinted + 1)) {
    yield* out.text('--\n');
  }
  for (const held of page.before) {
    yield* out.text(`${prefix(run, page, held.number, '-', page.offset)}${held.text}${style.end}`);
  }
  page.before.length = 0;
  yield* out.text(`${prefix(run, page, number, ':', page.offset)}${text}${style.end}`);
  page.lastPrinted = number;
  page.pending = style.after;
  run.separated = true;
}

function* printContext(run: Run, page: Page, text: string, number: number): Blocking<void> {
  const { style, out } = run;
  if (page.pending > 0) {
    page.pending--;
    page.lastPrinted = number;
    yield* out.text(`${prefix(run, page, number, '-', page.offset)}${text}${style.end}`);
    return;
  }
  if (style.before === 0) return;
  page.before.push({ text, number });
  if (page.before.length > style.before) page.before.shift();
}
