import type { Blocking } from '../../../linux/wait-queue';
import { type Builtin, fail, optionProblem, out, parseOptions, usage } from '../builtin';
import { completions } from '../completion';
import { locate } from '../external';
import { singleQuote } from '../quote';
import type { Shell } from '../shell';
import { typeBuiltin } from './type';

/** hash.def. */
function* hash(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'dlp:rt');
  const problem = optionProblem(options);
  if (problem)
    return yield* usage(sh, 'hash', problem, 'hash [-lr] [-p pathname] [-dt] [name ...]');
  const { flags, values, rest } = options;
  if (flags.has('r')) sh.hash.clear();
  if (rest.length === 0) {
    if (flags.has('r')) return 0;
    if (sh.hash.size === 0) return yield* out(sh, 'hash', 'hash: hash table empty\n');
    const lines = [...sh.hash].map(([name, one]) =>
      flags.has('l')
        ? `builtin hash -p ${one.path} ${name}\n`
        : `${String(one.hits).padStart(4)}\t${one.path}\n`,
    );
    return yield* out(sh, 'hash', (flags.has('l') ? '' : 'hits\tcommand\n') + lines.join(''));
  }
  let status = 0;
  for (const name of rest) {
    const path = values.get('p');
    const known = sh.hash.get(name);
    if (path !== undefined) sh.hash.set(name, { path, hits: 0 });
    else if (flags.has('t')) {
      if (known)
        yield* out(sh, 'hash', rest.length > 1 ? `${name}\t${known.path}\n` : `${known.path}\n`);
      else status = yield* fail(sh, 'hash', `${name}: not found`);
    } else if (flags.has('d')) {
      if (!sh.hash.delete(name)) status = yield* fail(sh, 'hash', `${name}: not found`);
    } else if (!sh.interpreter.builtins.has(name) && !sh.functions.has(name)) {
      sh.hash.delete(name);
      const located = locate(sh, name);
      if (located.kind === 'failed') status = yield* fail(sh, 'hash', `${name}: not found`);
      else sh.hash.set(name, { path: located.path, hits: 0 });
    }
  }
  return status;
}

/** alias.def. */
function* alias(sh: Shell, words: readonly string[]): Blocking<number> {
  const args = words.slice(1).filter((word) => word !== '-p' && word !== '--');
  const show = (name: string, value: string): string => `alias ${name}=${singleQuote(value)}\n`;
  if (args.length === 0) {
    const names = [...sh.aliases.keys()].sort();
    return yield* out(
      sh,
      'alias',
      names.map((name) => show(name, sh.aliases.get(name) ?? '')).join(''),
    );
  }
  let status = 0;
  for (const arg of args) {
    const equals = arg.indexOf('=');
    if (equals > 0) {
      sh.aliases.set(arg.slice(0, equals), arg.slice(equals + 1));
      continue;
    }
    const value = sh.aliases.get(arg);
    if (value === undefined) status = yield* fail(sh, 'alias', `${arg}: not found`);
    else yield* out(sh, 'alias', show(arg, value));
  }
  return status;
}

function* unalias(sh: Shell, words: readonly string[]): Blocking<number> {
  if (words[1] === '-a') {
    sh.aliases.clear();
    return 0;
  }
  if (words.length < 2) {
    yield* sh.raw(2, 'unalias: usage: unalias [-a] name [name ...]\n');
    return 2;
  }
  let status = 0;
  for (const name of words.slice(1)) {
    if (!sh.aliases.delete(name)) status = yield* fail(sh, 'unalias', `${name}: not found`);
  }
  return status;
}

/** caller.def. */
function* caller(sh: Shell, words: readonly string[]): Blocking<number> {
  const calls = [...sh.frames].reverse();
  const at = words[1] === undefined ? 0 : Number(words[1]);
  const frame = calls[at];
  if (frame?.kind === 'main' && at === 0) return yield* out(sh, 'caller', '0 NULL\n');
  if (!frame || frame.kind === 'main') return 1;
  const outer = calls[at + 1];
  const file = outer?.file ?? 'NULL';
  if (words[1] === undefined) return yield* out(sh, 'caller', `${frame.callLine} ${file}\n`);
  return yield* out(sh, 'caller', `${frame.callLine} ${outer?.name ?? 'main'} ${file}\n`);
}

function* umask(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'Sp');
  const problem = optionProblem(options);
  if (problem) return yield* usage(sh, 'umask', problem, 'umask [-p] [-S] [mode]');
  const mode = options.rest[0];
  if (mode !== undefined) {
    if (/^[0-7]+$/.test(mode)) sh.proc.umask = Number.parseInt(mode, 8) & 0o777;
    else if (/^\d/.test(mode))
      return yield* fail(sh, 'umask', `${mode}: octal number out of range`);
    else {
      const made = symbolicMask(sh.proc.umask, mode);
      if (typeof made === 'string') return yield* fail(sh, 'umask', made);
      sh.proc.umask = made;
    }
    if (!options.flags.has('S')) return 0;
  }
  const octal = sh.proc.umask.toString(8).padStart(4, '0');
  const text = options.flags.has('S') ? symbolicText(sh.proc.umask) : octal;
  const lead = options.flags.has('p') ? `umask ${options.flags.has('S') ? '-S ' : ''}` : '';
  return yield* out(sh, 'umask', `${lead}${text}\n`);
}

function symbolicText(mask: number): string {
  const part = (shift: number): string =>
    ['r', 'w', 'x'].filter((_letter, i) => (((~mask & 0o777) >> shift) & (4 >> i)) !== 0).join('');
  return `u=${part(6)},g=${part(3)},o=${part(0)}`;
}

function symbolicMask(mask: number, text: string): number | string {
  let allowed = ~mask & 0o777;
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (!found) return `\`${clause[0] ?? ''}': invalid symbolic mode operator`;
    const who = found[1] === '' || found[1] === 'a' ? 'ugo' : (found[1] ?? '');
    let bits = 0;
    for (const letter of found[3] ?? '') bits |= letter === 'r' ? 4 : letter === 'w' ? 2 : 1;
    for (const one of who) {
      const shift = one === 'u' ? 6 : one === 'g' ? 3 : 0;
      if (found[2] === '=') allowed &= ~(7 << shift);
      if (found[2] === '-') allowed &= ~(bits << shift);
      else allowed |= bits << shift;
    }
  }
  return ~allowed & 0o777;
}

/** ulimit.def: the limits of a Debian container; they can be read, not set. */
function* ulimit(sh: Shell, words: readonly string[]): Blocking<number> {
  const flags = words
    .slice(1)
    .filter((word) => word.startsWith('-'))
    .join('')
    .replace(/-/g, '');
  const value = words.slice(1).find((word) => !word.startsWith('-'));
  const letter = flags.replace(/[HS]/g, '') || 'f';
  if (letter === 'a')
    return yield* out(
      sh,
      'ulimit',
      LIMITS.map(
        ([key, label, text]) =>
          `${label.padEnd(20)} ${`(${UNITS[key] ?? ''}-${key})`.padStart(18)} ${text}\n`,
      ).join(''),
    );
  const known = LIMITS.find(([key]) => key === letter);
  if (!known)
    return yield* usage(
      sh,
      'ulimit',
      `-${letter[0]}: invalid option`,
      'ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]',
    );
  if (value === undefined) return yield* out(sh, 'ulimit', `${known[2]}\n`);
  if (value === known[2] || value === 'unlimited') return 0;
  yield* sh.raw(2, `hopwise: ulimit: setting -${letter} is not simulated\n`);
  return 2;
}

const UNITS: Readonly<Record<string, string>> = {
  c: 'blocks, ', d: 'kbytes, ', f: 'blocks, ', l: 'kbytes, ', m: 'kbytes, ', p: '512 bytes, ', q: 'bytes, ',
  s: 'kbytes, ', t: 'seconds, ', v: 'kbytes, ', R: 'microseconds, ',
}; // biome-ignore format: a table
const LIMITS = [
  ['R', 'real-time non-blocking time', 'unlimited'], ['c', 'core file size', '0'], ['d', 'data seg size', 'unlimited'],
  ['e', 'scheduling priority', '0'], ['f', 'file size', 'unlimited'], ['i', 'pending signals', '31399'],
  ['l', 'max locked memory', '8192'], ['m', 'max memory size', 'unlimited'], ['n', 'open files', '1024'],
  ['p', 'pipe size', '8'], ['q', 'POSIX message queues', '819200'], ['r', 'real-time priority', '0'],
  ['s', 'stack size', '8192'], ['t', 'cpu time', 'unlimited'], ['u', 'max user processes', '31399'],
  ['v', 'virtual memory', 'unlimited'], ['x', 'file locks', 'unlimited'],
] as const; // biome-ignore format: a table

function* times(sh: Shell): Blocking<number> {
  const text = (us: number): string =>
    `${Math.floor(us / 60_000_000)}m${((us % 60_000_000) / 1_000_000).toFixed(3)}s`;
  return yield* out(sh, 'times', `${text(sh.proc.cpuUs)} ${text(0)}\n${text(0)} ${text(0)}\n`);
}

/** history.def: the list, -c, -d, -s, -p; files of history are not kept. */
function* history(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'cd:sp');
  if (options.bad && 'anrw'.includes(options.bad[1] ?? ' ')) {
    yield* sh.raw(2, `hopwise: history: ${options.bad} is not simulated\n`);
    return 2;
  }
  const problem = optionProblem(options);
  if (problem)
    return yield* usage(
      sh,
      'history',
      problem,
      'history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]',
    );
  if (options.flags.has('c')) sh.history.length = 0;
  if (options.flags.has('s')) sh.history.push(options.rest.join(' '));
  if (options.flags.has('p'))
    return yield* out(sh, 'history', options.rest.map((one) => `${one}\n`).join(''));
  const offset = options.values.get('d');
  if (offset !== undefined) {
    const at = Number(offset) < 0 ? sh.history.length + Number(offset) : Number(offset) - 1;
    if (!(at >= 0 && at < sh.history.length))
      return yield* fail(sh, 'history', `${offset}: history position out of range`);
    sh.history.splice(at, 1);
  }
  if (options.flags.size > 0) return 0;
  const count = options.rest[0];
  if (count !== undefined && !/^\d+$/.test(count))
    return yield* fail(sh, 'history', `${count}: numeric argument required`);
  const from = count === undefined ? 0 : Math.max(0, sh.history.length - Number(count));
  const lines = sh.history
    .slice(from)
    .map((line, i) => `${String(from + i + 1).padStart(5)}  ${line}\n`);
  return yield* out(sh, 'history', lines.join(''));
}

function* help(sh: Shell, words: readonly string[]): Blocking<number> {
  const names = [...sh.interpreter.builtins.keys()].sort();
  const wanted = words.slice(1).filter((word) => !word.startsWith('-'));
  if (wanted.length === 0) {
    const lead =
      'GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\nThese shell commands are defined internally.\n\n';
    return yield* out(sh, 'help', `${lead}${names.map((name) => ` ${name}\n`).join('')}`);
  }
  for (const name of wanted) {
    if (sh.interpreter.builtins.has(name)) yield* out(sh, 'help', `${name}: a shell builtin\n`);
    else
      return yield* fail(
        sh,
        'help',
        `no help topics match \`${name}'.  Try \`help help' or \`man -k ${name}' or \`info ${name}'.`,
      );
  }
  return 0;
}

/** enable.def: listing only; disabling a builtin is said not to be simulated. */
function* enable(sh: Shell, words: readonly string[]): Blocking<number> {
  const names = words.slice(1).filter((word) => !word.startsWith('-'));
  if (words.includes('-n') && names.length > 0) {
    yield* sh.raw(2, 'hopwise: enable: -n is not simulated\n');
    return 2;
  }
  for (const name of names) {
    if (!sh.interpreter.builtins.has(name))
      return yield* fail(sh, 'enable', `${name}: not a shell builtin`);
  }
  if (names.length > 0 || words.includes('-n')) return 0;
  return yield* out(
    sh,
    'enable',
    [...sh.interpreter.builtins.keys()]
      .sort()
      .map((name) => `enable ${name}\n`)
      .join(''),
  );
}

/** compgen of complete.def: actions and word lists. */
function* compgen(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'abcdefgjksuvA:W:P:S:X:F:C:G:o:');
  const problem = optionProblem(options);
  if (problem)
    return yield* usage(
      sh,
      'compgen',
      problem,
      'compgen [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]',
    );
  const found = completions(sh, options, options.rest[0] ?? '');
  const { values } = options;
  const lines = found.map((one) => `${values.get('P') ?? ''}${one}${values.get('S') ?? ''}\n`);
  yield* out(sh, 'compgen', lines.join(''));
  return found.length > 0 ? 0 : 1;
}

/** complete, compopt, bind: completion and key bindings here are the terminal's own. */
function* notSimulated(sh: Shell, words: readonly string[]): Blocking<number> {
  yield* sh.raw(2, `hopwise: ${words[0] ?? ''}: ${words[1] ?? 'listing'} is not simulated\n`);
  return 2;
}

export const infoBuiltins: readonly (readonly [string, Builtin])[] = [
  ['type', typeBuiltin],
  ['hash', hash],
  ['alias', alias],
  ['unalias', unalias],
  ['caller', caller],
  ['umask', umask],
  ['ulimit', ulimit],
  ['times', times],
  ['history', history],
  ['help', help],
  ['enable', enable],
  ['compgen', compgen],
  ['complete', notSimulated],
  ['compopt', notSimulated],
  ['bind', notSimulated],
];
