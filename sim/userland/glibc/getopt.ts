/** One option as getopt_long(3) hands it over. */
export interface Option {
  /** The letter, or the long name. */
  readonly name: string;
  readonly value: string | undefined;
}

export type Getopt =
  | { readonly ok: true; readonly options: readonly Option[]; readonly operands: readonly string[] }
  /**
   * As glibc prints it to standard error; the program then shows its usage. `before`: options
   * already taken. `unknown`: the option that the program does not have, if that is the error.
   */
  | {
      readonly ok: false;
      readonly error: string;
      readonly before: readonly Option[];
      readonly unknown?: string | undefined;
    };

export interface LongOption {
  readonly name: string;
  readonly argument?: 'required' | 'optional' | undefined;
  /** The short option that it stands for. */
  readonly short?: string | undefined;
}

/**
 * glibc's getopt, posix/getopt.c: options and operands in any order unless the string begins with
 * `+`.
 */
export function getopt(
  argv: readonly string[],
  optstring: string,
  long: readonly LongOption[] = [],
): Getopt {
  const [program = '', ...args] = argv;
  const state: State = { program, optstring, long, options: [], operands: [], args, at: 0 };
  while (state.at < args.length) {
    const arg = args[state.at++] ?? '';
    if (arg === '--') {
      state.operands.push(...args.slice(state.at));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      state.operands.push(arg);
      if (optstring.startsWith('+')) {
        state.operands.push(...args.slice(state.at));
        break;
      }
      continue;
    }
    const isLong = arg.startsWith('--') && long.length > 0;
    const error = isLong ? takeLong(state, arg.slice(2)) : takeShort(state, arg.slice(1));
    if (error !== undefined) {
      return { ok: false, error, before: state.options, unknown: state.unknown };
    }
  }
  return { ok: true, options: state.options, operands: state.operands };
}

interface State {
  readonly program: string;
  readonly optstring: string;
  readonly long: readonly LongOption[];
  readonly options: Option[];
  readonly operands: string[];
  readonly args: readonly string[];
  at: number;
  unknown?: string;
}

function takeShort(state: State, cluster: string): string | undefined {
  for (let i = 0; i < cluster.length; i++) {
    const letter = cluster[i] ?? '';
    const at = letter === ':' ? -1 : state.optstring.indexOf(letter);
    if (at < 0) {
      state.unknown = `-${letter}`;
      return `${state.program}: invalid option -- '${letter}'\n`;
    }
    if (state.optstring[at + 1] !== ':') {
      state.options.push({ name: letter, value: undefined });
      continue;
    }
    const rest = cluster.slice(i + 1);
    const optional = state.optstring[at + 2] === ':';
    const value = rest !== '' || optional ? rest : state.args[state.at++];
    if (value === undefined)
      return `${state.program}: option requires an argument -- '${letter}'\n`;
    state.options.push({ name: letter, value: optional && rest === '' ? undefined : value });
    return undefined;
  }
  return undefined;
}

function takeLong(state: State, text: string): string | undefined {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const given = at < 0 ? undefined : text.slice(at + 1);
  const exact = state.long.find((o) => o.name === name);
  const candidates = exact ? [exact] : state.long.filter((o) => o.name.startsWith(name));
  const [option, other] = candidates;
  if (!option) {
    state.unknown = `--${name}`;
    return `${state.program}: unrecognized option '--${name}'\n`;
  }
  if (other) {
    const list = candidates.map((o) => ` '--${o.name}'`).join('');
    return `${state.program}: option '--${name}' is ambiguous; possibilities:${list}\n`;
  }
  if (!option.argument && given !== undefined) {
    return `${state.program}: option '--${option.name}' doesn't allow an argument\n`;
  }
  const value = option.argument === 'required' ? (given ?? state.args[state.at++]) : given;
  if (option.argument === 'required' && value === undefined) {
    return `${state.program}: option '--${option.name}' requires an argument\n`;
  }
  state.options.push({ name: option.short ?? option.name, value });
  return undefined;
}
