import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { failWith, quote, quoteAlways, tryHelp } from '../args';
import {
  type Conversion,
  type Directive,
  formatFloat,
  formatInteger,
  formatString,
  parseFormat,
} from '../glibc/printf';
import { Out } from '../stream';
import { expandEscapes } from './escape';

/** How often a format may be used again for one command line. */
const MAX_ROUNDS = 1_000_000;

interface Run {
  readonly proc: Proc;
  readonly program: string;
  readonly args: readonly string[];
  at: number;
  code: number;
  stop: boolean;
}

/** /usr/bin/printf of coreutils 9.1, src/printf.c. */
export const printf: Program = function* (proc, argv) {
  const [program = '', first, ...others] = argv;
  const [format, ...args] =
    first === '--' ? others : [first, ...others].filter((a) => a !== undefined);
  if (format === undefined) {
    yield* printError(proc, `${program}: missing operand\n${tryHelp(program)}`);
    return 1;
  }
  const directives = parseFormat(format);
  const run: Run = { proc, program, args, at: 0, code: 0, stop: false };
  const out = new Out(proc);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = run.at;
    for (const directive of directives) {
      const text = yield* one(run, directive);
      if (typeof text !== 'string') {
        yield* out.flush();
        return yield* failWith(proc, program, text.error);
      }
      yield* out.text(text);
      if (run.stop) return yield* out.close(program, run.code);
    }
    if (run.at >= args.length) break;
    if (run.at > before) continue;
    const extra = quote(args[run.at] ?? '');
    yield* printError(
      proc,
      `${program}: warning: ignoring excess arguments, starting with ${extra}\n`,
    );
    break;
  }
  return yield* out.close(program, run.code);
};

function* one(run: Run, directive: Directive): Blocking<string | { readonly error: string }> {
  if (directive.kind === 'text') {
    const done = expandEscapes(directive.text, 'format');
    run.stop = done.stop;
    return done.text;
  }
  const width = directive.width === 'star' ? yield* integer(run) : BigInt(directive.width ?? 0);
  const precision = directive.precision === 'star' ? yield* integer(run) : directive.precision;
  const conversion: Conversion = {
    flags: directive.flags,
    width: Number(width),
    precision: precision === undefined || Number(precision) < 0 ? undefined : Number(precision),
    kind: directive.letter,
  };
  switch (directive.letter) {
    case 's':
      return formatString(conversion, next(run) ?? '');
    case 'c':
      return formatString({ ...conversion, precision: undefined }, [...(next(run) ?? '')][0] ?? '');
    case 'b': {
      const done = expandEscapes(next(run) ?? '', 'b');
      run.stop = done.stop;
      return formatString(conversion, done.text);
    }
    case 'q': {
      const text = next(run) ?? '';
      return /^[\w@%+=:,./-]+$/.test(text) ? text : quoteAlways(text);
    }
    case 'd':
    case 'i':
    case 'o':
    case 'u':
    case 'x':
    case 'X':
      return formatInteger(conversion, yield* integer(run));
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return formatFloat(conversion, yield* float(run));
    default:
      return { error: `%${directive.source.slice(1)}: invalid conversion specification` };
  }
}

const next = (run: Run): string | undefined => run.args[run.at++];

function* complain(run: Run, text: string): Blocking<void> {
  run.code = 1;
  yield* printError(run.proc, `${run.program}: ${text}\n`);
}

const quoted = (text: string): number | undefined =>
  /^['"]./su.test(text) ? text.codePointAt(1) : undefined;

const MAX = 0x7fff_ffff_ffff_ffffn;

function* integer(run: Run): Blocking<bigint> {
  const text = next(run);
  if (text === undefined) return 0n;
  const point = quoted(text);
  if (point !== undefined) return BigInt(point);
  const found = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|\d+)(.*)$/s.exec(text);
  if (!found) {
    yield* complain(run, `${quote(text)}: expected a numeric value`);
    return 0n;
  }
  const [, sign, digits = '0', rest = ''] = found;
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const broken = /^0\d*[89]/.test(digits);
  const value = BigInt(
    broken ? digits.replace(/[89].*/s, '').replace(/^0+(?=.)/, '0o') || '0' : octal,
  );
  const signed = sign === '-' ? -value : value;
  if (rest !== '' || broken) {
    yield* complain(run, `${quote(text)}: value not completely converted`);
  }
  if (signed > MAX || signed < -MAX - 1n) {
    yield* complain(run, `${quote(text)}: Numerical result out of range`);
    return signed > 0n ? MAX : -MAX - 1n;
  }
  return signed;
}

function* float(run: Run): Blocking<number> {
  const text = next(run);
  if (text === undefined) return 0;
  const point = quoted(text);
  if (point !== undefined) return point;
  const found =
    /^\s*([-+]?)(inf(?:inity)?|nan|0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/i.exec(
      text,
    );
  if (!found) {
    yield* complain(run, `${quote(text)}: expected a numeric value`);
    return 0;
  }
  const [all, sign, body = ''] = found;
  const value = /^i/i.test(body)
    ? Number.POSITIVE_INFINITY
    : /^n/i.test(body)
      ? Number.NaN
      : Number(body);
  if (all.length < text.length) {
    yield* complain(run, `${quote(text)}: value not completely converted`);
  }
  return sign === '-' ? -value : value;
}
