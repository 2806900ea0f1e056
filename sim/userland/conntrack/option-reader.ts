import { type LongOption, SHORT_OPTIONS } from './options';

/** What getopt_long(3) returned. */
export type Taken =
  | { readonly kind: 'option'; readonly letter: string; readonly value: string | undefined }
  /** `:` and `?`: the word at optind - 1. */
  | { readonly kind: 'missing'; readonly word: string }
  | { readonly kind: 'unknown'; readonly word: string };

/**
 * getopt_long(3) as do_parse() calls it: one option at a time, since the options of a protocol join after
 * `-p`, and an operand can be taken right after an option.
 */
export class OptionReader {
  readonly #args: string[];
  readonly #long: LongOption[];
  #at = 0;
  #cluster = '';

  constructor(args: readonly string[], long: readonly LongOption[]) {
    this.#args = [...args];
    this.#long = [...long];
  }

  /** merge_options(). */
  merge(more: readonly LongOption[]): void {
    this.#long.push(...more);
  }

  /** get_optional_arg(): the next word, if it does not look like an option. */
  optionalArg(): string | undefined {
    const word = this.#args[this.#at];
    if (word === undefined || this.#cluster !== '' || /^[-!]/.test(word)) return undefined;
    this.#at++;
    return word;
  }

  next(): Taken | undefined {
    if (this.#cluster !== '') return this.#short();
    while (this.#at < this.#args.length) {
      const word = this.#args[this.#at++] ?? '';
      if (word === '--') return undefined;
      if (!word.startsWith('-') || word === '-') continue;
      if (word.startsWith('--')) return this.#longOption(word);
      this.#cluster = word.slice(1);
      return this.#short();
    }
    return undefined;
  }

  get #lastWord(): string {
    return this.#args[this.#at - 1] ?? '';
  }

  #short(): Taken {
    const letter = this.#cluster[0] ?? '';
    this.#cluster = this.#cluster.slice(1);
    const at = letter === ':' ? -1 : SHORT_OPTIONS.indexOf(letter);
    // The word counts as read only when its last letter is.
    const word = this.#cluster === '' ? this.#lastWord : (this.#args[this.#at - 2] ?? 'conntrack');
    if (at < 0) return { kind: 'unknown', word };
    const spec = SHORT_OPTIONS.slice(at + 1, at + 3);
    if (!spec.startsWith(':')) return { kind: 'option', letter, value: undefined };
    const attached = this.#cluster;
    this.#cluster = '';
    if (attached !== '') return { kind: 'option', letter, value: attached };
    if (spec === '::') return { kind: 'option', letter, value: undefined };
    return this.#argument(letter);
  }

  #longOption(word: string): Taken {
    const equals = word.indexOf('=');
    const name = word.slice(2, equals < 0 ? undefined : equals);
    const value = equals < 0 ? undefined : word.slice(equals + 1);
    const exact = this.#long.find((option) => option.name === name);
    const close = this.#long.filter((option) => option.name.startsWith(name));
    const [first] = close;
    const same = close.every(
      (option) => option.letter === first?.letter && option.argument === first.argument,
    );
    const option = exact ?? (same ? first : undefined);
    if (!option) return { kind: 'unknown', word };
    const { letter, argument } = option;
    if (argument === 'none' && value !== undefined) return { kind: 'unknown', word };
    if (argument !== 'required' || value !== undefined) return { kind: 'option', letter, value };
    return this.#argument(letter);
  }

  #argument(letter: string): Taken {
    const value = this.#args[this.#at];
    if (value === undefined) return { kind: 'missing', word: this.#lastWord };
    this.#at++;
    return { kind: 'option', letter, value };
  }
}
