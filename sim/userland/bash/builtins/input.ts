import type { Blocking } from '../../../linux/wait-queue';
import { assign, evaluateText, parseTarget } from '../assign';
import { type Builtin, fail, optionProblem, parseOptions, usage } from '../builtin';
import { singleQuote } from '../quote';
import { readLine } from '../read-line';
import { isName } from '../scanner';
import type { Shell } from '../shell';

const READ_USAGE =
  'read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]';

/** read.def. */
function* read(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'ersa:d:i:n:N:p:t:u:');
  const problem = optionProblem(options);
  if (problem) return yield* usage(sh, 'read', problem, READ_USAGE);
  const { flags, values } = options;
  for (const name of options.rest) {
    if (!parseTarget(name)) return yield* fail(sh, 'read', `\`${name}': not a valid identifier`);
  }
  const timeout = values.get('t');
  if (timeout !== undefined && !/^\d*\.?\d*$/.test(timeout)) {
    return yield* fail(sh, 'read', `${timeout}: invalid timeout specification`);
  }
  const fd = Number(values.get('u') ?? 0);
  if (!sh.proc.fds.has(fd))
    return yield* fail(
      sh,
      'read',
      `${values.get('u') ?? '0'}: invalid file descriptor: Bad file descriptor`,
    );
  if (timeout !== undefined && Number(timeout) === 0) {
    const file = sh.proc.fds.get(fd);
    return file?.ops.poll(file).in ? 0 : 1;
  }
  const prompt = values.get('p');
  if (prompt !== undefined && sh.proc.fds.get(fd)?.ops.kind === 'tty') yield* sh.raw(2, prompt);
  const count = values.get('N') ?? values.get('n');
  if (count !== undefined && !/^\d+$/.test(count))
    return yield* fail(sh, 'read', `${count}: invalid number`);
  const line = yield* readLine(sh, {
    fd,
    raw: flags.has('r'),
    delimiter: values.has('d') ? (values.get('d')?.[0] ?? '\0') : '\n',
    count: count === undefined ? undefined : Number(count),
    exact: values.has('N'),
    timeoutUs: timeout === undefined ? undefined : Math.round(Number(timeout) * 1_000_000),
  });
  if (line.failed === 'EBADF' || line.failed === 'error') {
    return yield* fail(sh, 'read', 'read error: 0: Bad file descriptor');
  }
  const fields = new LineFields(
    line.text,
    line.escaped,
    values.has('N') ? '' : (sh.get('IFS') ?? ' \t\n'),
  );
  const ok = yield* store(sh, options.rest, values.get('a'), fields);
  if (line.failed === 'timeout') return 142;
  if (line.failed === 'interrupted') return 130;
  return ok && line.delimited ? 0 : 1;
}

function* store(
  sh: Shell,
  names: readonly string[],
  array: string | undefined,
  fields: LineFields,
): Blocking<boolean> {
  if (array !== undefined) {
    sh.vars.obtain(sh.vars.target(array)).assoc = undefined;
    sh.setArray(array, fields.all());
    return true;
  }
  if (names.length === 0) {
    sh.setPlain('REPLY', fields.whole);
    return true;
  }
  let ok = true;
  for (const [i, name] of names.entries()) {
    const target = parseTarget(name);
    const value = i === names.length - 1 ? fields.rest() : fields.next();
    if (target && !(yield* assign(sh, target, value))) ok = false;
  }
  return ok;
}

/** Cuts a line by IFS, character by character (get_word_from_string, read.def). */
class LineFields {
  #at = 0;

  constructor(
    readonly whole: string,
    readonly escaped: ReadonlySet<number>,
    readonly ifs: string,
  ) {
    this.#skipSpace();
  }

  #separates(at: number): boolean {
    const c = this.whole[at];
    return c !== undefined && !this.escaped.has(at) && this.ifs.includes(c);
  }

  #isSpace(at: number): boolean {
    return this.#separates(at) && /[ \t\n]/.test(this.whole[at] ?? '');
  }

  #skipSpace(): void {
    while (this.#isSpace(this.#at)) this.#at++;
  }

  next(): string {
    const from = this.#at;
    while (this.#at < this.whole.length && !this.#separates(this.#at)) this.#at++;
    const word = this.whole.slice(from, this.#at);
    this.#skipSpace();
    if (this.#separates(this.#at)) {
      this.#at++;
      this.#skipSpace();
    }
    return word;
  }

  /** The last variable takes all that is left, without trailing white space of IFS. */
  rest(): string {
    const from = this.#at;
    let end = this.whole.length;
    while (end > from && this.#isSpace(end - 1)) end--;
    const probe = new LineFields(this.whole.slice(from, end), this.#shifted(from), this.ifs);
    const first = probe.next();
    if (probe.#at >= probe.whole.length) return first;
    return this.whole.slice(from, end);
  }

  #shifted(by: number): ReadonlySet<number> {
    return new Set([...this.escaped].map((at) => at - by));
  }

  all(): string[] {
    const out: string[] = [];
    while (this.#at < this.whole.length) out.push(this.next());
    return out;
  }
}

/** mapfile.def. */
function* mapfile(sh: Shell, words: readonly string[]): Blocking<number> {
  const name = words[0] ?? 'mapfile';
  const options = parseOptions(words.slice(1), 'd:n:O:s:tu:C:c:');
  const problem = optionProblem(options);
  const help = `${name} [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]`;
  if (problem) return yield* usage(sh, name, problem, help);
  const { flags, values } = options;
  const array = options.rest[0] ?? 'MAPFILE';
  if (!isName(array)) return yield* fail(sh, name, `\`${array}': not a valid identifier`);
  const number = (letter: string, standard: number): number =>
    Number(values.get(letter) ?? standard);
  const delimiter = values.has('d') ? (values.get('d')?.[0] ?? '\0') : '\n';
  const variable = sh.vars.obtain(sh.vars.target(array));
  if (variable.readonly) return yield* fail(sh, name, `${array}: readonly variable`);
  const kept = flags.has('O')
    ? (variable.array ?? new Map<number, string>())
    : new Map<number, string>();
  variable.array = kept;
  variable.value = undefined;
  variable.assoc = undefined;
  const limit = number('n', 0);
  const skip = number('s', 0);
  let index = number('O', 0);
  for (let read = 0; ; read++) {
    if (limit > 0 && read - skip >= limit) break;
    const line = yield* readLine(sh, { fd: number('u', 0), raw: true, delimiter });
    if (!line.delimited && line.text === '') break;
    if (read < skip) continue;
    const text = line.delimited && !flags.has('t') ? line.text + delimiter : line.text;
    const callback = values.get('C');
    if (callback !== undefined && (read - skip + 1) % number('c', 5000) === 0) {
      yield* sh.interpreter.runText(sh, `${callback} ${index} ${singleQuote(text)}`, {
        firstLine: sh.line,
      });
    }
    kept.set(index++, text);
    if (!line.delimited) break;
  }
  return 0;
}

/** getopts.def over sh_getopt(). */
function* getopts(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = words[1] === '--' ? words.slice(2) : words.slice(1);
  const [spec, name, ...given] = options;
  if (spec === undefined || name === undefined) {
    yield* sh.raw(2, 'getopts: usage: getopts optstring name [arg ...]\n');
    return 2;
  }
  const args = given.length > 0 ? given : sh.positional;
  const silent = spec.startsWith(':');
  let index = Number(sh.get('OPTIND') ?? '1');
  if (!(index >= 1)) index = 1;
  const set = function* (
    letter: string,
    argument: string | undefined,
    next: number,
  ): Blocking<number> {
    sh.setPlain('OPTIND', String(next));
    if (argument === undefined) sh.vars.remove('OPTARG');
    else sh.setPlain('OPTARG', argument);
    return (yield* assign(sh, { name }, letter)) ? 0 : 1;
  };
  const word = args[index - 1];
  if (sh.getoptsColumn === 0) {
    if (word === undefined || word === '-' || !word.startsWith('-') || word === '--') {
      yield* set('?', undefined, word === '--' ? index + 1 : index);
      return 1;
    }
    sh.getoptsColumn = 1;
  }
  const text = word ?? '';
  const letter = text[sh.getoptsColumn] ?? '';
  sh.getoptsColumn++;
  const last = sh.getoptsColumn >= text.length;
  const at = letter === ':' || letter === '' ? -1 : spec.indexOf(letter, silent ? 1 : 0);
  const column = sh.getoptsColumn;
  if (last) sh.getoptsColumn = 0;
  const after = last ? index + 1 : index;
  if (at < 0) {
    if (!silent && sh.get('OPTERR') !== '0')
      yield* sh.raw(2, `${getoptsName(sh)}: illegal option -- ${letter}\n`);
    return yield* set('?', silent ? letter : undefined, after);
  }
  if (spec[at + 1] !== ':') return yield* set(letter, undefined, after);
  sh.getoptsColumn = 0;
  if (!last) return yield* set(letter, text.slice(column), index + 1);
  const argument = args[index];
  if (argument !== undefined) return yield* set(letter, argument, index + 2);
  if (silent) return yield* set(':', letter, index + 1);
  if (sh.get('OPTERR') !== '0')
    yield* sh.raw(2, `${getoptsName(sh)}: option requires an argument -- ${letter}\n`);
  return yield* set('?', undefined, index + 1);
}

const getoptsName = (sh: Shell): string => sh.arg0;

function* letBuiltin(sh: Shell, words: readonly string[]): Blocking<number> {
  const args = words[1] === '--' ? words.slice(2) : words.slice(1);
  if (args.length === 0) return yield* fail(sh, 'let', 'expression expected');
  let value = 0n;
  for (const text of args) {
    const result = yield* evaluateText(sh, text, 'let: ');
    if (result === undefined) {
      if (sh.unwind?.kind === 'discard') sh.unwind = undefined;
      return 1;
    }
    value = result;
  }
  return value === 0n ? 1 : 0;
}

function* shift(sh: Shell, words: readonly string[]): Blocking<number> {
  const text = (words[1] === '--' ? words[2] : words[1]) ?? '1';
  if (!/^[-+]?\d+$/.test(text))
    return yield* fail(sh, 'shift', `${text}: numeric argument required`);
  const count = Number(text);
  if (count < 0) return yield* fail(sh, 'shift', `${text}: shift count out of range`);
  if (count > sh.positional.length) {
    return sh.shoptOn('shift_verbose')
      ? yield* fail(sh, 'shift', `${text}: shift count out of range`)
      : 1;
  }
  sh.positional = sh.positional.slice(count);
  return 0;
}

export const inputBuiltins: readonly (readonly [string, Builtin])[] = [
  ['read', read],
  ['mapfile', mapfile],
  ['readarray', mapfile],
  ['getopts', getopts],
  ['let', letBuiltin],
  ['shift', shift],
];
