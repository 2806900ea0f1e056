import { type Args, matches } from './args';
import type { Step } from './command';

/**
 * One branch of the long `else if` chains in iproute2's parsers. `names` are words separated by
 * blanks; one that ends in `*` may be abbreviated (matches()), the others are compared whole
 * (strcmp()). Order matters as there.
 */
export interface Option<S> {
  readonly names: string;
  /** Without a value (no NEXT_ARG). */
  readonly flag?: boolean;
  /** What it does: `set` cannot fail, `run` may end the tool. */
  set?(state: S, value: string): void;
  run?(state: S, value: string, args: Args): Step<void>;
}

/**
 * Takes the current word if an option of the table knows it; false leaves the cursor where it
 * was.
 */
export function* parseOption<S>(args: Args, state: S, table: readonly Option<S>[]): Step<boolean> {
  const word = args.current;
  for (const option of table) {
    if (!knows(option.names, word)) continue;
    args.take();
    const value = option.flag ? word : yield* args.value();
    option.set?.(state, value);
    if (option.run) yield* option.run(state, value, args);
    return true;
  }
  return false;
}

interface Name {
  readonly word: string;
  /** May be abbreviated. */
  readonly prefix: boolean;
}

/** The names of an option, split once: tables are constant. */
const NAMES = new Map<string, readonly Name[]>();

function namesOf(names: string): readonly Name[] {
  const known = NAMES.get(names);
  if (known) return known;
  const split = names.split(' ').map((name) => ({
    word: name.replace(/\*$/, ''),
    prefix: name.endsWith('*'),
  }));
  NAMES.set(names, split);
  return split;
}

function knows(names: string, word: string): boolean {
  for (const name of namesOf(names)) {
    if (name.prefix ? matches(word, name.word) : word === name.word) return true;
  }
  return false;
}
