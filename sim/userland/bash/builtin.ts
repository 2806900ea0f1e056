import { strerror } from '../../linux/errno';
import type { Blocking } from '../../linux/wait-queue';
import type { Shell } from './shell';

/** A builtin command; `words[0]` is its name. */
export type Builtin = (sh: Shell, words: readonly string[]) => Blocking<number>;

/** EX_USAGE of builtext.h: status of a builtin used wrongly. */
export const EX_USAGE = 2;

/** Writes to stdout; the status tells of a failed write as builtins do (sh_chkwrite). */
export function* out(sh: Shell, name: string, text: string): Blocking<number> {
  const put = yield* sh.raw(1, text);
  if (typeof put === 'number') return 0;
  yield* sh.error(`${name}: write error: ${strerror(put)}`);
  return 1;
}

/** `name: message`, status 1. */
export function* fail(sh: Shell, name: string, message: string, status = 1): Blocking<number> {
  yield* sh.error(`${name}: ${message}`);
  return status;
}

/** builtin_usage() after a message on the option. */
export function* usage(sh: Shell, name: string, message: string, text: string): Blocking<number> {
  yield* sh.error(`${name}: ${message}`);
  yield* sh.raw(2, `${name}: usage: ${text}\n`);
  return EX_USAGE;
}

export interface Options {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
  /** The option that is not known, or whose argument is missing. */
  readonly bad?: string;
  readonly missing?: string;
}

/** internal_getopt(): `spec` as getopt's (`ab:c`). */
export function parseOptions(args: readonly string[], spec: string): Options {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      at++;
      break;
    }
    if (!/^-./.test(arg)) break;
    for (let i = 1; i < arg.length; i++) {
      const letter = arg[i] ?? '';
      const place = spec.indexOf(letter);
      if (place < 0 || letter === ':') return { flags, values, rest: [], bad: `-${letter}` };
      flags.add(letter);
      if (spec[place + 1] !== ':') continue;
      const attached = arg.slice(i + 1);
      const value = attached === '' ? args[++at] : attached;
      if (value === undefined) return { flags, values, rest: [], missing: `-${letter}` };
      values.set(letter, value);
      break;
    }
  }
  return { flags, values, rest: args.slice(at) };
}

/** The message for options that do not fit; undefined when they do. */
export const optionProblem = (options: Options): string | undefined => {
  if (options.bad !== undefined) return `${options.bad}: invalid option`;
  if (options.missing !== undefined) return `${options.missing}: option requires an argument`;
  return undefined;
};
