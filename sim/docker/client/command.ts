import type { Blocking } from '../../linux/wait-queue';
import type { Client } from './client';
import type { Flag, Flags } from './flags';

/** How many arguments a command takes: cli.ExactArgs(), RequiresMinArgs(), NoArgs. */
export type ArgCount =
  | { readonly kind: 'none' }
  | { readonly kind: 'exactly' | 'at least' | 'at most'; readonly n: number }
  | { readonly kind: 'between'; readonly min: number; readonly max: number }
  | { readonly kind: 'any' };

export const exactly = (n: number): ArgCount => ({ kind: 'exactly', n });
export const atLeast = (n: number): ArgCount => ({ kind: 'at least', n });
export const atMost = (n: number): ArgCount => ({ kind: 'at most', n });
export const NO_ARGS: ArgCount = { kind: 'none' };

export interface Command {
  /** Behind `docker ` in a usage line. */
  readonly usage: string;
  readonly short: string;
  readonly args: ArgCount;
  readonly flags: readonly Flag[];
  readonly interspersed?: boolean | undefined;
  run(client: Client, flags: Flags): Blocking<number>;
}

/** A command with commands below it. */
export interface Group {
  readonly short: string;
  readonly commands: ReadonlyMap<string, Command>;
}

const plural = (n: number): string => (n === 1 ? 'argument' : 'arguments');

/** What the wrong number of arguments is answered with; undefined when it is right. */
export function argsError(path: string, command: Command, count: number): string | undefined {
  const { args } = command;
  const wanted = wantedText(args, count);
  if (wanted === undefined) return undefined;
  return `"docker ${path}" ${wanted}.\nSee 'docker ${path} --help'.\n\nUsage:  docker ${command.usage}\n\n${command.short}\n`;
}

function wantedText(args: ArgCount, count: number): string | undefined {
  switch (args.kind) {
    case 'any':
      return undefined;
    case 'none':
      return count === 0 ? undefined : 'accepts no arguments';
    case 'exactly':
      return count === args.n ? undefined : `requires exactly ${args.n} ${plural(args.n)}`;
    case 'at least':
      return count >= args.n ? undefined : `requires at least ${args.n} ${plural(args.n)}`;
    case 'at most':
      return count <= args.n ? undefined : `requires at most ${args.n} ${plural(args.n)}`;
    case 'between': {
      const { min, max } = args;
      if (count >= min && count <= max) return undefined;
      return `requires at least ${min} and at most ${max} ${plural(max)}`;
    }
  }
}
