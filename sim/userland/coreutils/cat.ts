import { utf8Encode } from '../../base/bytes';
import { type Errno, strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { printError, write } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, parseArgs, quoteName } from '../args';
import { eachChunk, Lines, Out, openOrSay, sayErrno } from '../stream';

const LONG = [
  'number:n',
  'number-nonblank:b',
  'show-ends:E',
  'show-tabs:T',
  'show-nonprinting:v',
  'squeeze-blank:s',
  'show-all:A',
];

interface Style {
  readonly number: 'all' | 'nonblank' | undefined;
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly nonprinting: boolean;
  readonly squeeze: boolean;
}

/** cat of coreutils 9.1, src/cat.c. */
export const cat: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: 'benstuvAET', long: LONG });
  if (typeof args === 'number') return args;
  const style = styleOf(args);
  const plain = !style.number && !style.ends && !style.tabs && !style.nonprinting && !style.squeeze;
  const state = { line: 0, blanks: 0, midLine: false, out: new Out(proc) };
  let code = 0;
  for (const name of args.operands.length === 0 ? ['-'] : args.operands) {
    const file = yield* openOrSay(proc, args.program, name);
    if (!file) {
      code = 1;
      continue;
    }
    const done = plain
      ? yield* copy(proc, args.program, file, name)
      : yield* decorate(proc, file, style, state);
    if (done === 'stop') return 1;
    if (done !== undefined) {
      if (done !== 'said') yield* sayErrno(proc, args.program, name, done);
      code = 1;
    }
    file.put();
  }
  return yield* state.out.close(args.program, code);
};

function styleOf(args: Args): Style {
  const all = args.has('A');
  return {
    number: args.has('b') ? 'nonblank' : args.has('n') ? 'all' : undefined,
    ends: all || args.has('E', 'e'),
    tabs: all || args.has('T', 't'),
    nonprinting: all || args.has('v', 'e', 't'),
    squeeze: args.has('s'),
  };
}

function* copy(
  proc: Proc,
  program: string,
  file: OpenFile,
  name: string,
): Blocking<Errno | 'said' | 'stop' | undefined> {
  const out = proc.fds.get(1);
  if (file.ops.kind === 'regular' && file.inode && file.inode === out?.inode) {
    if (out.flags.append || file.offset < out.offset) {
      yield* printError(proc, `${program}: ${quoteName(name)}: input file is output file\n`);
      return 'said';
    }
  }
  let failed: string | undefined;
  const error = yield* eachChunk(proc, file, function* (bytes) {
    const put = yield* write(proc, 1, bytes);
    if (typeof put !== 'string') return true;
    failed = strerror(put);
    return false;
  });
  if (failed === undefined) return error;
  yield* printError(proc, `${program}: write error: ${failed}\n`);
  return 'stop';
}

function* decorate(
  proc: Proc,
  file: OpenFile,
  style: Style,
  state: { line: number; blanks: number; midLine: boolean; readonly out: Out },
): Blocking<Errno | undefined> {
  const lines = new Lines(proc, file);
  for (;;) {
    const line = yield* lines.next();
    if (line === undefined || typeof line === 'string') return line;
    const blank = line.text === '' && line.ended && !state.midLine;
    state.blanks = blank ? state.blanks + 1 : 0;
    if (style.squeeze && state.blanks > 1) continue;
    let text = '';
    if (style.number && !state.midLine && !(blank && style.number === 'nonblank')) {
      text = `${String(++state.line).padStart(6)}\t`;
    }
    text += style.nonprinting ? visible(line.text, style.tabs) : line.text;
    if (style.tabs && !style.nonprinting) text = text.replaceAll('\t', '^I');
    state.midLine = !line.ended;
    yield* state.out.text(text + (line.ended ? (style.ends ? '$\n' : '\n') : ''));
  }
}

/** ^ and M- notation, byte by byte. */
function visible(text: string, tabs: boolean): string {
  let shown = '';
  for (const byte of utf8Encode(text)) {
    let low = byte;
    if (byte >= 128) {
      shown += 'M-';
      low -= 128;
    }
    if (low === 9 && byte < 128 && !tabs) shown += '\t';
    else if (low < 32) shown += `^${String.fromCharCode(low + 64)}`;
    else shown += low === 127 ? '^?' : String.fromCharCode(low);
  }
  return shown;
}
