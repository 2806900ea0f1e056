import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { failWith, parseArgs, quote, usageError } from '../args';
import { regcomp } from '../glibc/regex';
import { eachLine, Lines, Out, openOrSay } from '../stream';
import { compareText } from './sort-key';

/** tac, src/tac.c. */
export const tac: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'brs:',
    long: ['before:b', 'regex:r', 'separator=:s'],
  });
  if (typeof args === 'number') return args;
  const out = new Out(proc);
  let code = 0;
  for (const name of args.operands.length === 0 ? ['-'] : args.operands) {
    const parts: string[] = [];
    const failed = yield* eachLine(proc, args.program, [name], function* ({ text, ended }) {
      parts.push(text + (ended ? '\n' : ''));
      yield* [];
    });
    code = Math.max(code, failed);
    const separator = args.value('s');
    const pieces = separator ? splitAfter(parts.join(''), separator) : parts;
    for (const part of pieces.reverse()) yield* out.text(part);
  }
  return yield* out.close(args.program, code);
};

/** Splits a text after each separator, keeping it. */
function splitAfter(text: string, separator: string): string[] {
  const parts = text.split(separator);
  const last = parts.length - 1;
  return parts.map((part, i) => (i < last ? part + separator : part)).filter((part) => part !== '');
}

/** nl, src/nl.c. */
export const nl: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'b:h:f:d:i:l:n:ps:v:w:',
    long: [
      'body-numbering=:b',
      'header-numbering=:h',
      'footer-numbering=:f',
      'line-increment=:i',
      'number-format=:n',
      'number-separator=:s',
      'starting-line-number=:v',
      'number-width=:w',
      'section-delimiter=:d',
      'join-blank-lines=:l',
      'no-renumber:p',
    ],
  });
  if (typeof args === 'number') return args;
  const style = args.value('b') ?? 't';
  const pattern = style.startsWith('p') ? regcomp(style.slice(1), { syntax: 'basic' }) : undefined;
  if (pattern && !pattern.ok) return yield* failWith(proc, args.program, pattern.error);
  if (!/^[atn]$/.test(style) && !pattern) {
    return yield* usageError(proc, args.program, `invalid body numbering style: ${quote(style)}`);
  }
  const width = Number(args.value('w') ?? 6);
  const separator = args.value('s') ?? '\t';
  const format = args.value('n') ?? 'rn';
  const step = Number(args.value('i') ?? 1);
  let number = Number(args.value('v') ?? 1);
  const out = new Out(proc);
  const code = yield* eachLine(proc, args.program, args.operands, function* ({ text }) {
    const counted = pattern?.ok
      ? pattern.value.test(text)
      : style === 'a' || (style === 't' && text !== '');
    if (!counted) {
      yield* out.text(`${' '.repeat(width + separator.length)}${text}\n`);
      return;
    }
    const digits = String(number);
    const shown =
      format === 'ln' ? digits.padEnd(width) : digits.padStart(width, format === 'rz' ? '0' : ' ');
    yield* out.text(`${shown}${separator}${text}\n`);
    number += step;
  });
  return yield* out.close(args.program, code);
};

/** Opens several operands for reading line by line. */
function* openAll(
  proc: Proc,
  program: string,
  names: readonly string[],
  delimiter = 10,
): Blocking<readonly Lines[] | undefined> {
  const all: Lines[] = [];
  for (const name of names) {
    const file = yield* openOrSay(proc, program, name);
    if (!file) return undefined;
    all.push(new Lines(proc, file, delimiter));
  }
  return all;
}

/** paste, src/paste.c. */
export const paste: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'd:sz',
    long: ['delimiters=:d', 'serial:s', 'zero-terminated:z'],
  });
  if (typeof args === 'number') return args;
  const marks = delimiters(args.value('d') ?? '\t');
  const end = args.has('z') ? '\0' : '\n';
  const names = args.operands.length === 0 ? ['-'] : args.operands;
  const files = yield* openAll(proc, args.program, names, args.has('z') ? 0 : 10);
  if (!files) return 1;
  const out = new Out(proc);
  if (args.has('s')) {
    for (const file of files) {
      let i = 0;
      for (;;) {
        const line = yield* file.next();
        if (!line || typeof line === 'string') break;
        yield* out.text((i > 0 ? (marks[(i - 1) % marks.length] ?? '') : '') + line.text);
        i++;
      }
      yield* out.text(end);
    }
    return yield* out.close(args.program, 0);
  }
  // Several `-` take their lines in turn from one reader.
  const shared = files.find((file) => file.file === proc.fds.get(0));
  const readers = files.map((file) => (file.file === proc.fds.get(0) ? (shared ?? file) : file));
  for (;;) {
    const row: (string | undefined)[] = [];
    for (const reader of readers) {
      const line = yield* reader.next();
      row.push(line && typeof line !== 'string' ? line.text : undefined);
    }
    if (row.every((cell) => cell === undefined)) break;
    const text = row.map(
      (cell, i) => (cell ?? '') + (i < row.length - 1 ? (marks[i % marks.length] ?? '') : ''),
    );
    yield* out.text(text.join('') + end);
  }
  return yield* out.close(args.program, 0);
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', '0': '' };

const delimiters = (text: string): readonly string[] =>
  text === ''
    ? ['']
    : [...text.matchAll(/\\(.)|(.)/gsu)].map(
        ([, escaped, plain]) => plain ?? ESCAPES[escaped ?? ''] ?? escaped ?? '',
      );

/** comm, src/comm.c. */
export const comm: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: '123z',
    long: ['check-order', 'nocheck-order', 'output-delimiter=', 'total', 'zero-terminated:z'],
  });
  if (typeof args === 'number') return args;
  if (args.operands.length < 2) {
    const [first] = args.operands;
    return yield* usageError(
      proc,
      args.program,
      first === undefined ? 'missing operand' : `missing operand after ${quote(first)}`,
    );
  }
  if (args.operands.length > 2) {
    return yield* usageError(proc, args.program, `extra operand ${quote(args.operands[2] ?? '')}`);
  }
  const files = yield* openAll(proc, args.program, args.operands);
  const [left, right] = files ?? [];
  if (!left || !right) return 1;
  const glue = args.value('output-delimiter') ?? '\t';
  const show = [!args.has('1'), !args.has('2'), !args.has('3')];
  const out = new Out(proc);
  const emit = (column: number, text: string): Blocking<void> =>
    out.text(
      show[column] ? glue.repeat(show.slice(0, column).filter(Boolean).length) + text + '\n' : '',
    );
  let [a, b] = [yield* textOf(left), yield* textOf(right)];
  while (a !== undefined || b !== undefined) {
    const c = a === undefined ? 1 : b === undefined ? -1 : compareText(a, b);
    yield* emit(c < 0 ? 0 : c > 0 ? 1 : 2, (c <= 0 ? a : b) ?? '');
    const next: readonly [boolean, boolean] = [c <= 0, c >= 0];
    if (next[0]) a = yield* textOf(left);
    if (next[1]) b = yield* textOf(right);
  }
  return yield* out.close(args.program, 0);
};

function* textOf(lines: Lines): Blocking<string | undefined> {
  const line = yield* lines.next();
  return line && typeof line !== 'string' ? line.text : undefined;
}

/** fold, src/fold.c. */
export const fold: Program = function* (proc, argv) {
  const old = argv.map((arg) => arg.replace(/^-(\d+)$/, '-w$1'));
  const args = yield* parseArgs(proc, old, {
    short: 'bsw:',
    long: ['bytes:b', 'spaces:s', 'width=:w'],
  });
  if (typeof args === 'number') return args;
  const text = args.value('w') ?? '80';
  const width = Number(text);
  if (!/^\d+$/.test(text) || width === 0) {
    return yield* failWith(proc, args.program, `invalid number of columns: ${quote(text)}`);
  }
  const out = new Out(proc);
  const code = yield* eachLine(proc, args.program, args.operands, function* (line) {
    let rest = [...line.text];
    while (rest.length > width) {
      const blank = args.has('s')
        ? rest.slice(0, width).findLastIndex((c) => c === ' ' || c === '\t')
        : -1;
      const at = blank >= 0 ? blank + 1 : width;
      yield* out.text(`${rest.slice(0, at).join('')}\n`);
      rest = rest.slice(at);
    }
    yield* out.text(rest.join('') + (line.ended ? '\n' : ''));
  });
  return yield* out.close(args.program, code);
};

/** expand and unexpand -a, src/expand.c. */
export const expand = (back: boolean): Program =>
  function* (proc, argv) {
    const args = yield* parseArgs(proc, argv, {
      short: 'ait:',
      long: ['tabs=:t', 'initial:i', 'all:a', 'first-only'],
    });
    if (typeof args === 'number') return args;
    const size = Number(args.value('t') ?? 8);
    if (!(size > 0)) return yield* failWith(proc, args.program, 'tab size cannot be 0');
    const everywhere = args.has('a', 't');
    const out = new Out(proc);
    const code = yield* eachLine(proc, args.program, args.operands, function* (line) {
      const text = back
        ? unexpandLine(line.text, size, everywhere)
        : expandLine(line.text, size, args.has('i'));
      yield* out.text(text + (line.ended ? '\n' : ''));
    });
    return yield* out.close(args.program, code);
  };

function expandLine(text: string, size: number, initial: boolean): string {
  let out = '';
  let column = 0;
  let leading = true;
  for (const c of text) {
    if (c !== ' ' && c !== '\t') leading = false;
    if (c === '\t' && (leading || !initial)) {
      const width = size - (column % size);
      out += ' '.repeat(width);
      column += width;
    } else {
      out += c;
      column++;
    }
  }
  return out;
}

function unexpandLine(text: string, size: number, everywhere: boolean): string {
  const flat = expandLine(text, size, false);
  let out = '';
  for (let at = 0; at < flat.length; at += size) {
    const cell = flat.slice(at, at + size);
    const blanks = cell.length === size ? / {2,}$/.exec(cell) : null;
    const leading = /^ *$/.test(flat.slice(0, at + size));
    if (blanks && (everywhere || leading)) out += `${cell.slice(0, blanks.index)}\t`;
    else out += cell;
  }
  return out;
}

/** rev(1) of util-linux 2.38. */
export const rev: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: '',
    long: [],
    version: 'rev from util-linux 2.38.1',
  });
  if (typeof args === 'number') return args;
  const out = new Out(proc);
  const code = yield* eachLine(proc, args.program, args.operands, function* (line) {
    yield* out.text([...line.text].reverse().join('') + (line.ended ? '\n' : ''));
  });
  return yield* out.close(args.program, code);
};
