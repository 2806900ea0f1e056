import type { Proc } from '../linux/process';
import { print, printError } from '../linux/process-io';
import type { Blocking } from '../linux/wait-queue';
import { isAbsentOption } from './absent-options';
import { getopt, type LongOption, type Option } from './glibc/getopt';

/** How a tool's command line reads; `short` is getopt's string, `long` as `name[=|=?][:letter]`. */
export interface ArgSpec {
  readonly short: string;
  readonly long?: readonly string[] | undefined;
  /** Exit status of a usage error (EXIT_FAILURE is 1; grep, diff, sort, ls use 2; env and timeout 125). */
  readonly status?: number | undefined;
  /** Package and version as `--version` prints them. */
  readonly version?: string | undefined;
  /** First lines of `--help`. */
  readonly help?: string | undefined;
  /** What follows getopt's message; coreutils' `Try 'x --help' for more information.` if absent. */
  readonly hint?: string | undefined;
}

/** The options of one command line, in order. */
export class Args {
  constructor(
    readonly program: string,
    readonly options: readonly Option[],
    readonly operands: readonly string[],
  ) {}

  has(...names: readonly string[]): boolean {
    return this.options.some((option) => names.includes(option.name));
  }

  /** The last value given. */
  value(...names: readonly string[]): string | undefined {
    return this.options.findLast((option) => names.includes(option.name))?.value;
  }

  values(...names: readonly string[]): readonly string[] {
    const found = this.options.filter((option) => names.includes(option.name));
    return found.map((option) => option.value ?? '');
  }

  /** Which of several options that override each other came last. */
  last(...names: readonly string[]): string | undefined {
    return this.options.findLast((option) => names.includes(option.name))?.name;
  }
}

/** `name=:n` takes an argument and stands for -n, `name=?` an optional one. */
function longOption(text: string): LongOption {
  const [, name = '', mark, short] = /^([^=:]+)(=\??)?(?::(.))?$/.exec(text) ?? [];
  const argument = mark === '=' ? 'required' : mark === '=?' ? 'optional' : undefined;
  return { name, argument, short };
}

/** getopt_long and coreutils' usage(): the options, or the exit status when all is already said. */
export function* parseArgs(
  proc: Proc,
  argv: readonly string[],
  spec: ArgSpec,
): Blocking<Args | number> {
  const program = argv[0] ?? '';
  const long = [...(spec.long ?? []), 'help', 'version'].map(longOption);
  const parsed = getopt(argv, spec.short, long);
  const options = parsed.ok ? parsed.options : parsed.before;
  const early = options.find((option) => option.name === 'help' || option.name === 'version');
  if (early?.name === 'help') {
    yield* print(proc, spec.help ?? `Usage: ${program} [OPTION]... [OPERAND]...\n`);
    return 0;
  }
  if (early?.name === 'version') {
    const name = program.replace(/^.*\//, '');
    yield* print(proc, `${spec.version ?? `${name} (GNU coreutils) 9.1`}\n`);
    return 0;
  }
  if (parsed.ok) return new Args(program, parsed.options, parsed.operands);
  if (parsed.unknown !== undefined && isAbsentOption(program, parsed.unknown)) {
    return yield* notSimulated(proc, program, parsed.unknown);
  }
  yield* printError(proc, parsed.error + (spec.hint ?? tryHelp(program)));
  return spec.status ?? 1;
}

export const tryHelp = (program: string): string =>
  `Try '${program} --help' for more information.\n`;

/** error(3) and then usage(): `x: missing operand` and where help is. */
export function* usageError(
  proc: Proc,
  program: string,
  text: string,
  status = 1,
): Blocking<number> {
  yield* printError(proc, `${program}: ${text}\n${tryHelp(program)}`);
  return status;
}

/** error(3): `x: text`. */
export function* failWith(proc: Proc, program: string, text: string, status = 1): Blocking<number> {
  yield* printError(proc, `${program}: ${text}\n`);
  return status;
}

/** What the engine does not do is said, never passed over. */
export function* notSimulated(proc: Proc, program: string, what: string): Blocking<number> {
  yield* printError(proc, `hopwise: ${program.replace(/^.*\//, '')}: ${what} is not simulated\n`);
  return 2;
}

const SAFE = /^[^\s"'$&()*;<>?[\\`|~#=^{}!\u0000-\u001f\u007f\udc80-\udcff]+$/;

/** quotef(): a file name as coreutils prints it in messages, quoted only where a shell would need it. */
export function quoteName(name: string): string {
  if (name.length > 0 && (SAFE.test(name) || !/[\s"'$&()*;<>?[\\`|:~#=^!\u0000-\u001f]/.test(name)))
    return name;
  return quoteAlways(name);
}

/** quoteaf(): always in shell quotes. */
export function quoteAlways(name: string): string {
  if (/[\u0000-\u001f\u007f\udc80-\udcff]/.test(name)) return quoteEscaped(name);
  if (name.includes("'") && !/["$`\\]/.test(name)) return `"${name}"`;
  return `'${name.replaceAll("'", "'\\''")}'`;
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\v', '\\v'],
]);

/** shell-escape quoting: runs of control characters stand in $'…' (gnulib quotearg.c). */
function quoteEscaped(name: string): string {
  const parts = name.split(/([\u0000-\u001f\u007f\udc80-\udcff]+)/);
  let text = '';
  for (const [i, part] of parts.entries()) {
    if (i % 2 === 1) text += `$'${[...part].map(escapeControl).join('')}'`;
    else if (part !== '' || i === 0) text += `'${part.replaceAll("'", "'\\''")}'`;
  }
  return text;
}

function escapeControl(char: string): string {
  const code = char.charCodeAt(0) & 0xff;
  return NAMED.get(char) ?? `\\${code.toString(8).padStart(3, '0')}`;
}

/** quote() of gnulib in the C.UTF-8 locale: ‘text’, with C escapes inside. */
export const quote = (text: string): string =>
  `‘${text.replace(/[\n\t\r]/g, (c) => NAMED.get(c) ?? c)}’`;
