import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import { lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Args, failWith, parseArgs, quote, quoteName, tryHelp } from '../args';
import { strftime } from '../glibc/strftime';
import { readOperand, splitLines } from '../stream';
import { type Moment, parseDate } from './date-parse';

const LONG = [
  'date=:d',
  'file=:f',
  'iso-8601=?:I',
  'reference=:r',
  'rfc-email:R',
  'rfc-822:R',
  'rfc-2822:R',
  'rfc-3339=',
  'set=:s',
  'utc:u',
  'universal:u',
  'uct:u',
  'debug',
];

const ISO: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
};
const RFC3339: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  seconds: '%Y-%m-%d %H:%M:%S%:z',
  ns: '%Y-%m-%d %H:%M:%S.%N%:z',
};

/** date of coreutils 9.1, src/date.c; the world's clock is UTC and cannot be set. */
export const date: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: 'd:f:I::r:Rs:u', long: LONG });
  if (typeof args === 'number') return args;
  const format = formatOf(args);
  if (typeof format !== 'string') return yield* failWith(proc, args.program, format.error);
  const extra = args.operands.find((text) => !text.startsWith('+'));
  if (extra !== undefined) {
    if (/^\d{8}(\d{2}|\d{4})?(\.\d\d)?$/.test(extra)) return yield* refuseToSet(proc, args.program);
    return yield* failWith(proc, args.program, `invalid date ${quote(extra)}`);
  }
  if (args.operands.length > 1) {
    yield* printError(
      proc,
      `${args.program}: extra operand ${quote(args.operands[1] ?? '')}\n${tryHelp(args.program)}`,
    );
    return 1;
  }
  if (args.has('s')) return yield* refuseToSet(proc, args.program);
  const file = args.value('f');
  if (file !== undefined) return yield* eachDate(proc, args, file, format);
  const moment = momentOf(proc, args);
  if ('error' in moment) return yield* failWith(proc, args.program, moment.error);
  yield* print(proc, `${strftime(format, moment.seconds, moment.nanosecond)}\n`);
  return 0;
};

function* refuseToSet(proc: Proc, program: string): Blocking<number> {
  return yield* failWith(proc, program, `cannot set date: ${strerror('EPERM')}`);
}

function formatOf(args: Args): string | { readonly error: string } {
  const custom = args.operands.find((text) => text.startsWith('+'));
  if (args.has('I')) {
    const how = args.value('I') ?? 'date';
    const name = Object.keys(ISO).find((key) => key.startsWith(how));
    const format = name === undefined ? undefined : ISO[name];
    return format ?? { error: `invalid argument ${quote(how)} for '--iso-8601'` };
  }
  if (args.has('R')) return '%a, %d %b %Y %H:%M:%S %z';
  const rfc = args.value('rfc-3339');
  if (rfc !== undefined)
    return RFC3339[rfc] ?? { error: `invalid argument ${quote(rfc)} for '--rfc-3339'` };
  return custom === undefined ? '%a %b %e %H:%M:%S %Z %Y' : custom.slice(1);
}

function momentOf(proc: Proc, args: Args): Moment | { readonly error: string } {
  const nowUs = proc.host.clockUs;
  const reference = args.value('r');
  if (reference !== undefined) {
    const inode = lookupPath(proc, reference);
    if (typeof inode === 'string') return { error: `${quoteName(reference)}: ${strerror(inode)}` };
    return fromUs(inode.mtimeUs);
  }
  const text = args.value('d');
  if (text === undefined) return fromUs(nowUs);
  return parseDate(text, nowUs * 1000) ?? { error: `invalid date ${quote(text)}` };
}

const fromUs = (us: number): Moment => ({
  seconds: Math.floor(us / 1e6),
  nanosecond: (us % 1e6) * 1000,
});

function* eachDate(proc: Proc, args: Args, name: string, format: string): Blocking<number> {
  const text = yield* readOperand(proc, name);
  if (typeof text === 'string') {
    return yield* failWith(proc, args.program, `${quoteName(name)}: ${strerror(text)}`);
  }
  let code = 0;
  for (const line of splitLines(text.text)) {
    const moment = parseDate(line, proc.host.clockUs * 1000);
    if (moment) yield* print(proc, `${strftime(format, moment.seconds, moment.nanosecond)}\n`);
    else code = yield* failWith(proc, args.program, `invalid date ${quote(line)}`);
  }
  return code;
}
