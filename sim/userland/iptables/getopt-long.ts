/** struct option of getopt_long(3); `value` tells two options apart that mean different things. */
export interface LongOption {
  readonly name: string;
  readonly argument: 'none' | 'required' | 'optional';
  readonly value: string;
}

export type Scanned =
  | { readonly kind: 'end' }
  /** `:` and `?` of getopt. */
  | { readonly kind: 'missing' | 'unknown' }
  /** RETURN_IN_ORDER: a word that is no option. */
  | { readonly kind: 'operand'; readonly arg: string }
  | { readonly kind: 'option'; readonly value: string; readonly arg: string | undefined };

/**
 * getopt_long(3) one option at a time with an option string that begins with `-:`: words stay in their
 * order, and the table of long options may grow between two calls (posix/getopt.c of glibc).
 */
export class GetoptLong {
  optind = 1;
  #cluster = '';

  constructor(
    readonly argv: readonly string[],
    /** Letters and whether they take an argument. */
    private readonly short: ReadonlyMap<string, LongOption['argument']>,
  ) {}

  /** argv[optind - 1]: the word that messages blame. */
  get word(): string {
    return this.argv[this.optind - 1] ?? '';
  }

  /** xs_has_arg(): the next word is no option and no `!`. */
  get hasArg(): boolean {
    const next = this.argv[this.optind];
    return next !== undefined && !next.startsWith('-') && !next.startsWith('!');
  }

  /** argv[optind++]. */
  take(): string {
    return this.argv[this.optind++] ?? '';
  }

  next(long: readonly LongOption[]): Scanned {
    if (this.#cluster !== '') return this.#short();
    const arg = this.argv[this.optind];
    if (arg === undefined) return { kind: 'end' };
    if (arg === '--') {
      this.optind++;
      return { kind: 'end' };
    }
    if (!arg.startsWith('-') || arg === '-') {
      this.optind++;
      return { kind: 'operand', arg };
    }
    if (arg.startsWith('--')) return this.#long(arg.slice(2), long);
    this.#cluster = arg.slice(1);
    return this.#short();
  }

  #short(): Scanned {
    const letter = this.#cluster[0] ?? '';
    this.#cluster = this.#cluster.slice(1);
    const argument = this.short.get(letter);
    if (this.#cluster === '') this.optind++;
    if (argument === undefined) return { kind: 'unknown' };
    if (argument === 'none') return { kind: 'option', value: letter, arg: undefined };
    if (this.#cluster !== '') {
      const arg = this.#cluster;
      this.#cluster = '';
      this.optind++;
      return { kind: 'option', value: letter, arg };
    }
    if (argument === 'optional') return { kind: 'option', value: letter, arg: undefined };
    if (this.optind >= this.argv.length) return { kind: 'missing' };
    return { kind: 'option', value: letter, arg: this.take() };
  }

  #long(text: string, long: readonly LongOption[]): Scanned {
    this.optind++;
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const given = equals < 0 ? undefined : text.slice(equals + 1);
    const option = findLong(name, long);
    if (!option) return { kind: 'unknown' };
    if (option.argument === 'none' && given !== undefined) return { kind: 'unknown' };
    if (option.argument === 'required' && given === undefined) {
      if (this.optind >= this.argv.length) return { kind: 'missing' };
      return { kind: 'option', value: option.value, arg: this.take() };
    }
    return { kind: 'option', value: option.value, arg: given };
  }
}

/** Exact, or the one that begins so; several are as one where they mean the same. */
function findLong(name: string, long: readonly LongOption[]): LongOption | undefined {
  const exact = long.find((option) => option.name === name);
  if (exact) return exact;
  const [first, ...others] = long.filter((option) => option.name.startsWith(name));
  const same = others.every(
    (other) => other.value === first?.value && other.argument === first.argument,
  );
  return same ? first : undefined;
}
