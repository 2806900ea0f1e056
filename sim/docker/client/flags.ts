import { err, ok, type Result } from '../../base/result';

/** One option of a command, as pflag knows it. */
export interface Flag {
  readonly name: string;
  readonly short?: string | undefined;
  readonly kind: 'bool' | 'string' | 'int' | 'list';
  /** What is wrong with a value, in the words of the flag's type. */
  readonly check?: ((value: string) => string | undefined) | undefined;
  /** The value when the flag stands without `=`: NoOptDefVal. */
  readonly optional?: string | undefined;
}

/** Options of a command line, and what follows them. */
export class Flags {
  constructor(
    readonly given: ReadonlyMap<string, readonly string[]>,
    readonly args: readonly string[],
  ) {}

  has(name: string): boolean {
    return this.given.has(name);
  }

  on(name: string): boolean {
    return this.given.get(name)?.at(-1) === 'true';
  }

  value(name: string, otherwise = ''): string {
    return this.given.get(name)?.at(-1) ?? otherwise;
  }

  list(name: string): readonly string[] {
    return this.given.get(name) ?? [];
  }

  number(name: string, otherwise: number): number {
    const text = this.given.get(name)?.at(-1);
    return text === undefined ? otherwise : Number(text);
  }
}

const BOOLEANS: ReadonlyMap<string, string> = new Map([
  ['true', 'true'],
  ['1', 'true'],
  ['t', 'true'],
  ['T', 'true'],
  ['TRUE', 'true'],
  ['True', 'true'],
  ['false', 'false'],
  ['0', 'false'],
  ['f', 'false'],
  ['F', 'false'],
  ['FALSE', 'false'],
  ['False', 'false'],
]);

/** FlagSet.Parse() of pflag; `interspersed`: options may stand behind arguments. */
export function parseFlags(
  words: readonly string[],
  flags: readonly Flag[],
  interspersed = true,
): Result<Flags, string> {
  const reader = new Reader(flags);
  const args: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') {
      args.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      if (interspersed) {
        args.push(word);
        continue;
      }
      args.push(...words.slice(i));
      break;
    }
    const next = words[i + 1];
    const taken = word.startsWith('--') ? reader.long(word, next) : reader.short(word, next);
    if (typeof taken === 'string') return err(taken);
    i += taken;
  }
  return ok(new Flags(reader.given, args));
}

class Reader {
  readonly given = new Map<string, string[]>();

  constructor(readonly flags: readonly Flag[]) {}

  /** How many words of the value were taken, or what is wrong. */
  long(word: string, next: string | undefined): 0 | 1 | string {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
    if (name === '' || name.startsWith('-')) return `bad flag syntax: ${word}`;
    const flag = this.flags.find((one) => one.name === name);
    if (!flag) return `unknown flag: --${name}`;
    const attached = equals < 0 ? implied(flag) : word.slice(equals + 1);
    if (attached !== undefined) return this.#set(flag, attached, `--${name}`);
    if (next === undefined) return `flag needs an argument: --${name}`;
    const wrong = this.#set(flag, next, `--${name}`);
    return wrong === 0 ? 1 : wrong;
  }

  short(word: string, next: string | undefined): 0 | 1 | string {
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] ?? '';
      const flag = this.flags.find((one) => one.short === letter);
      if (!flag) return `unknown shorthand flag: '${letter}' in -${word.slice(at)}`;
      const label = `-${letter}, --${flag.name}`;
      const rest = word.slice(at + 1);
      if (rest.startsWith('=')) return this.#set(flag, rest.slice(1), label);
      const value = implied(flag);
      if (value !== undefined) {
        const wrong = this.#set(flag, value, label);
        if (wrong !== 0) return wrong;
        continue;
      }
      if (rest !== '') return this.#set(flag, rest, label);
      if (next === undefined) return `flag needs an argument: '${letter}' in -${word.slice(at)}`;
      const wrong = this.#set(flag, next, label);
      return wrong === 0 ? 1 : wrong;
    }
    return 0;
  }

  #set(flag: Flag, value: string, label: string): 0 | string {
    const wrong =
      flag.kind === 'bool'
        ? boolError(value)
        : flag.kind === 'int'
          ? intError(value)
          : flag.check?.(value);
    if (wrong !== undefined)
      return `invalid argument ${JSON.stringify(value)} for "${label}" flag: ${wrong}`;
    const stored = flag.kind === 'bool' ? (BOOLEANS.get(value) ?? 'false') : value;
    const known = this.given.get(flag.name);
    if (known && flag.kind === 'list') known.push(stored);
    else this.given.set(flag.name, [stored]);
    return 0;
  }
}

const implied = (flag: Flag): string | undefined => (flag.kind === 'bool' ? 'true' : flag.optional);

const boolError = (value: string): string | undefined =>
  BOOLEANS.has(value)
    ? undefined
    : `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;

const intError = (value: string): string | undefined =>
  /^[+-]?\d+$/.test(value)
    ? undefined
    : `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`;

export const bool = (name: string, short?: string): Flag => ({ name, short, kind: 'bool' });
export const text = (name: string, short?: string): Flag => ({ name, short, kind: 'string' });
export const int = (name: string, short?: string): Flag => ({ name, short, kind: 'int' });
export const list = (name: string, short?: string): Flag => ({ name, short, kind: 'list' });
