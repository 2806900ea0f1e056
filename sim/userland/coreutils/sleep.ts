import type { Program } from '../../linux/inode';
import { sleep as nanosleep, printError } from '../../linux/process-io';
import { parseArgs, quote, tryHelp, usageError } from '../args';

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** A duration as sleep and timeout take it, in seconds. */
export function parseDuration(text: string): number | undefined {
  const found = /^(?:(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|(inf(?:inity)?))([smhd]?)$/i.exec(text);
  if (!found) return undefined;
  const [, number, infinite, unit = ''] = found;
  const factor = unit === 'm' || unit === 'h' || unit === 'd' ? UNITS[unit] : 1;
  return infinite ? Number.POSITIVE_INFINITY : Number(number) * factor;
}

/** sleep of coreutils 9.1, src/sleep.c. */
export const sleep: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: '' });
  if (typeof args === 'number') return args;
  if (args.operands.length === 0) return yield* usageError(proc, args.program, 'missing operand');
  let seconds = 0;
  let bad = false;
  for (const text of args.operands) {
    const value = parseDuration(text);
    if (value === undefined) {
      yield* printError(proc, `${args.program}: invalid time interval ${quote(text)}\n`);
      bad = true;
    }
    seconds += value ?? 0;
  }
  if (bad) {
    yield* printError(proc, tryHelp(args.program));
    return 1;
  }
  if (Number.isFinite(seconds)) yield* nanosleep(proc, Math.round(seconds * 1e6));
  else while (proc.alive) yield { kind: 'wait', on: [] };
  return 0;
};
