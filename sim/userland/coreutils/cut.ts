import { utf8Decode, utf8Encode } from '../../base/bytes';
import type { Program } from '../../linux/inode';
import { type Args, parseArgs, quote, usageError } from '../args';
import { eachLine, Out } from '../stream';

type Span = readonly [low: number, high: number];

const LONG = [
  'bytes=:b',
  'characters=:c',
  'delimiter=:d',
  'fields=:f',
  'only-delimited:s',
  'output-delimiter=',
  'complement',
  'zero-terminated:z',
];

/** cut of coreutils 9.1, src/cut.c; -c counts bytes, as there. */
export const cut: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: 'b:c:d:f:nsz', long: LONG });
  if (typeof args === 'number') return args;
  const modes = args.options.filter((option) => 'bcf'.includes(option.name));
  const [mode] = modes;
  const wrong = mistake(args, modes.length);
  if (wrong !== undefined) return yield* usageError(proc, args.program, wrong);
  const fields = mode?.name === 'f';
  const spans = parseList(mode?.value ?? '', fields);
  if (typeof spans === 'string') return yield* usageError(proc, args.program, spans);
  const chosen = args.has('complement') ? complement(spans) : spans;
  const end = args.has('z') ? '\0' : '\n';
  const out = new Out(proc);
  const delimiter = args.value('d') ?? '\t';
  const glue = args.value('output-delimiter');
  const code = yield* eachLine(
    proc,
    args.program,
    args.operands,
    function* ({ text }) {
      if (!fields) {
        yield* out.text(cutBytes(text, chosen, glue ?? '') + end);
        return;
      }
      const parts = text.split(delimiter === '' ? '\0' : delimiter);
      if (parts.length === 1) {
        if (!args.has('s')) yield* out.text(text + end);
        return;
      }
      const kept = parts.filter((_, i) =>
        chosen.some(([low, high]) => i + 1 >= low && i + 1 <= high),
      );
      yield* out.text(kept.join(glue ?? delimiter) + end);
    },
    args.has('z') ? 0 : 10,
  );
  return yield* out.close(args.program, code);
};

function mistake(args: Args, modes: number): string | undefined {
  if (modes === 0) return 'you must specify a list of bytes, characters, or fields';
  if (modes > 1) return 'only one list may be specified';
  const delimiter = args.value('d');
  if (delimiter !== undefined && [...delimiter].length > 1)
    return 'the delimiter must be a single character';
  if (args.has('f')) return undefined;
  if (delimiter !== undefined) {
    return 'an input delimiter may be specified only when operating on fields';
  }
  if (args.has('s')) {
    return 'suppressing non-delimited lines makes sense\n\tonly when operating on fields';
  }
  return undefined;
}

/** set_fields(): 1,3-5,7- merged and in order. */
function parseList(text: string, fields: boolean): readonly Span[] | string {
  const what = fields ? 'field' : 'byte/character';
  const spans: Span[] = [];
  for (const part of text.split(/[,\s]/)) {
    const found = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!found) {
      const shown = quote(part.replace(/^[\d-]*/, ''));
      return fields
        ? `invalid field value ${shown}`
        : `invalid byte or character position ${shown}`.replace(
            'byte or character',
            'byte/character',
          );
    }
    const [, low = '', dash = '', high = ''] = found;
    if (dash && low === '' && high === '') return 'invalid range with no endpoint: -';
    const first = low === '' ? 1 : Number(low);
    const last = high !== '' ? Number(high) : dash ? Number.POSITIVE_INFINITY : first;
    if ((low === '' && !dash) || first === 0 || last === 0) {
      return fields
        ? 'fields are numbered from 1'
        : `${what}s are numbered from 1`.replace('byte/characters', 'byte/character positions');
    }
    if (last < first) return 'invalid decreasing range';
    spans.push([first, last]);
  }
  return mergeSpans(spans);
}

function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const sorted = [...spans].sort((a, b) => a[0] - b[0]);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last && span[0] <= last[1])
      merged[merged.length - 1] = [last[0], Math.max(last[1], span[1])];
    else merged.push(span);
  }
  return merged;
}

function complement(spans: readonly Span[]): readonly Span[] {
  const gaps: Span[] = [];
  let at = 1;
  for (const [low, high] of spans) {
    if (low > at) gaps.push([at, low - 1]);
    at = high + 1;
  }
  if (Number.isFinite(at)) gaps.push([at, Number.POSITIVE_INFINITY]);
  return gaps;
}

function cutBytes(text: string, spans: readonly Span[], glue: string): string {
  const bytes = utf8Encode(text);
  const parts: string[] = [];
  for (const [low, high] of spans) {
    if (low > bytes.length) break;
    parts.push(utf8Decode(bytes.subarray(low - 1, Math.min(high, bytes.length))));
  }
  return parts.join(glue);
}
