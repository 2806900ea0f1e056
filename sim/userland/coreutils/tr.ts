import type { Program } from '../../linux/inode';
import { failWith, parseArgs, quote, usageError } from '../args';
import { eachChunk, Out, sayErrno } from '../stream';
import { parseSet } from './tr-set';

/** tr of coreutils 9.1, src/tr.c: it works on bytes. */
export const tr: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: '+cCdst',
    long: ['complement:c', 'delete:d', 'squeeze-repeats:s', 'truncate-set1:t'],
  });
  if (typeof args === 'number') return args;
  const remove = args.has('d');
  const squeeze = args.has('s');
  const [text1, text2, extra] = args.operands;
  const wrong = mistake(args.operands, remove, squeeze);
  if (wrong !== undefined) return yield* usageError(proc, args.program, wrong);
  if (extra !== undefined) return 1;
  const complemented = args.has('c', 'C');
  const set1 = parseSet(text1 ?? '', { complement: complemented, length: undefined });
  if (typeof set1 === 'string') return yield* failWith(proc, args.program, set1);
  const set2 =
    text2 === undefined ? undefined : parseSet(text2, { complement: false, length: set1.length });
  if (typeof set2 === 'string') return yield* failWith(proc, args.program, set2);
  const translating = set2 !== undefined && !remove;
  if (translating && set2.length === 0 && !args.has('t')) {
    return yield* failWith(
      proc,
      args.program,
      'when not truncating set1, string2 must be non-empty',
    );
  }
  const map = translating ? mapping(set1, set2, args.has('t')) : undefined;
  const doomed = remove ? new Set(set1) : undefined;
  const squeezed = squeeze ? new Set(set2 ?? set1) : undefined;
  const out = new Out(proc);
  const stdin = proc.fds.get(0);
  if (!stdin) return yield* failWith(proc, args.program, 'read error: Bad file descriptor');
  let last = -1;
  const failed = yield* eachChunk(proc, stdin, function* (bytes) {
    const result = new Uint8Array(bytes.length);
    let n = 0;
    for (const byte of bytes) {
      if (doomed?.has(byte)) continue;
      const to = map ? (map[byte] ?? byte) : byte;
      if (to === last && squeezed?.has(to)) continue;
      last = to;
      result[n++] = to;
    }
    yield* out.bytes(result.subarray(0, n));
    return true;
  });
  if (failed) yield* sayErrno(proc, args.program, 'read error', failed);
  return yield* out.close(args.program, failed ? 1 : 0);
};

function mistake(
  operands: readonly string[],
  remove: boolean,
  squeeze: boolean,
): string | undefined {
  const [first, second] = operands;
  if (first === undefined) return 'missing operand';
  const least = remove === squeeze ? 2 : 1;
  const most = remove && !squeeze ? 1 : 2;
  if (operands.length < least) {
    const why = remove
      ? 'Two strings must be given when both deleting and squeezing repeats.'
      : 'Two strings must be given when translating.';
    return `missing operand after ${quote(first)}\n${why}`;
  }
  if (operands.length > most) {
    const extra = `extra operand ${quote(operands[most] ?? '')}`;
    if (second !== undefined && operands.length === 2) {
      return `${extra}\nOnly one string may be given when deleting without squeezing repeats.`;
    }
    return extra;
  }
  return undefined;
}

/** The last character of a shorter second set is repeated, unless set 1 is cut to it (-t). */
function mapping(from: readonly number[], to: readonly number[], truncate: boolean): Uint8Array {
  const map = Uint8Array.from({ length: 256 }, (_, i) => i);
  const count = truncate ? Math.min(from.length, to.length) : from.length;
  for (let i = 0; i < count; i++) {
    const byte = from[i];
    if (byte !== undefined) map[byte] = to[Math.min(i, to.length - 1)] ?? byte;
  }
  return map;
}
