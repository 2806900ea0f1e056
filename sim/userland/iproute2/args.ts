import { exit, type Stdio, type Step } from './command';

/**
 * matches() of lib/utils.c: `word` is an abbreviation of `full`. (As there, an empty word
 * abbreviates everything.)
 */
export const matches = (word: string, full: string): boolean => full.startsWith(word);

/** A tool's argv with the cursor that NEXT_ARG moves, and the error exits of lib/utils.c. */
export class Args {
  #at: number;

  constructor(
    readonly argv: readonly string[],
    readonly stdio: Stdio,
    start = 0,
    /** What a parser's `return -EINVAL` becomes in the end: 22 for ip, 234 for bridge. */
    readonly errorCode = 22,
  ) {
    this.#at = start;
  }

  /** Arguments not yet taken (argc). */
  get left(): number {
    return this.argv.length - this.#at;
  }

  /** The current argument; '' when none is left (test `left`). */
  get current(): string {
    return this.argv[this.#at] ?? '';
  }

  /** The argument after the current one, if any (NEXT_ARG_OK). */
  get following(): string | undefined {
    return this.argv[this.#at + 1];
  }

  /** Takes the current argument. */
  take(): string {
    const word = this.current;
    this.#at++;
    return word;
  }

  /** Puts the last taken argument back (PREV_ARG). */
  back(): void {
    this.#at--;
  }

  rest(): readonly string[] {
    return this.argv.slice(this.#at);
  }

  /** NEXT_ARG: the value of the option just taken; ends the tool when there is none. */
  *value(): Step<string> {
    if (this.left <= 0) return yield* this.incomplete();
    return this.take();
  }

  *incomplete(): Step<never> {
    return yield* this.fail('Command line is not complete. Try option "help"\n');
  }

  *missing(key: string): Step<never> {
    return yield* this.fail(`Error: argument "${key}" is required\n`);
  }

  *invalid(message: string, argument: string): Step<never> {
    return yield* this.fail(`Error: argument "${argument}" is wrong: ${message}\n`);
  }

  *duplicate(key: string, argument: string): Step<never> {
    return yield* this.fail(`Error: duplicate "${key}": "${argument}" is the second value.\n`);
  }

  *garbage(key: string, argument: string): Step<never> {
    return yield* this.fail(
      `Error: either "${key}" is duplicate, or "${argument}" is a garbage.\n`,
    );
  }

  /** Text on stderr and exit; -1 as in C unless told. */
  *fail(text: string, code = 255): Step<never> {
    this.stdio.error(text);
    return yield* exit(code);
  }

  /** What the simulation leaves out says so. */
  *notSimulated(tool: string, what: string): Step<never> {
    return yield* this.fail(`hopwise: ${tool}: ${what} is not simulated\n`, 2);
  }

  /** parse_one_of(): an abbreviation of one of the list. */
  *oneOf<T extends string>(
    message: string,
    word: string,
    list: readonly T[],
    code = this.errorCode,
  ): Step<T> {
    const found = list.find((name) => matches(word, name));
    if (found !== undefined) return found;
    const names = list.map((name) => `"${name}", `).join('');
    return yield* this.fail(
      `Error: argument of "${message}" must be one of ${names}not "${word}"\n`,
      code,
    );
  }

  /** parse_on_off(). */
  *onOff(message: string, word: string, code = this.errorCode): Step<boolean> {
    return (yield* this.oneOf(message, word, ['off', 'on'], code)) === 'on';
  }
}

/** check_ifname(), which mimics dev_valid_name() of the kernel. */
export const isInterfaceName = (name: string): boolean =>
  name.length > 0 && name.length < 16 && !/[/\s]/.test(name);

/** check_altifname(): the same without the length. */
export const isAlternativeName = (name: string): boolean => name.length > 0 && !/[/\s]/.test(name);
