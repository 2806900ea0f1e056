import { utf8Encode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import { open, readdir, readTextAt } from '../../linux/files';
import { isDirectory, lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Process } from '../../linux/wait-queue';
import { compileGlob } from '../glibc/fnmatch';

const PROC_SYS = '/proc/sys/';
const DEFAULT_CONF = '/etc/sysctl.conf';
const TRY_HELP = "Try `sysctl --help' for more information.\n";

interface Options {
  all: boolean;
  write: boolean;
  noValues: boolean;
  noNames: boolean;
  ignore: boolean;
  quiet: boolean;
  binary: boolean;
  dryRun: boolean;
  pattern: RegExp | undefined;
  load: boolean;
  readonly words: string[];
}

interface Output {
  out: string;
  error: string;
  code: number;
}

const HELP = `
Usage:
 sysctl [options] [variable[=value] ...]

Options:
  -a, --all            display all variables
  -A                   alias of -a
  -X                   alias of -a
      --deprecated     include deprecated parameters to listing
      --dry-run        Print the key and values but do not write
  -b, --binary         print value without new line
  -e, --ignore         ignore unknown variables errors
  -N, --names          print variable names without values
  -n, --values         print only values of the given variable(s)
  -p, --load[=<file>]  read values from file
  -f                   alias of -p
      --system         read values from all system directories
  -r, --pattern <expression>
                       select setting that match expression
  -q, --quiet          do not echo variable set
  -w, --write          enable writing a value to variable
  -o                   does nothing
  -x                   does nothing
  -d                   alias of -h

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see sysctl(8).
`;

/** sysctl.c of procps 4.0.2: /proc/sys under dotted names. */
export function* sysctl(proc: Proc, argv: readonly string[]): Process {
  const result: Output = { out: '', error: '', code: 0 };
  const options = parse(argv.slice(1), result);
  if (options) execute(proc, options, result);
  yield* print(proc, result.out);
  yield* printError(proc, result.error);
  return result.code;
}

function execute(proc: Proc, options: Options, result: Output): void {
  if (options.all) displayTree(proc, options, result, '');
  else if (options.load) {
    const files = options.words.length > 0 ? options.words : [DEFAULT_CONF];
    for (const file of files) load(proc, options, result, file);
  } else if (options.words.length === 0) {
    result.error += `sysctl: no variables specified\n${TRY_HELP}`;
    result.code = 1;
  } else {
    for (const word of options.words) {
      if (options.write || word.includes('=')) assign(proc, options, result, word);
      else read(proc, options, result, word);
    }
  }
}

function parse(words: readonly string[], result: Output): Options | undefined {
  const options: Options = {
    all: false,
    write: false,
    noValues: false,
    noNames: false,
    ignore: false,
    quiet: false,
    binary: false,
    dryRun: false,
    pattern: undefined,
    load: false,
    words: [],
  };
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const long = LONG[word.replace(/=.*/, '')];
    const letters = word.startsWith('--') ? long : word.startsWith('-') ? word.slice(1) : undefined;
    if (!word.startsWith('-') || word === '-') options.words.push(word);
    else if (letters === undefined) {
      result.error += `sysctl: unrecognized option '${word}'\n${HELP}`;
      result.code = 1;
      return undefined;
    } else {
      const value = /=(.*)/.exec(word)?.[1];
      for (const letter of letters) {
        if (letter === 'r') options.pattern = new RegExp(value ?? words[++i] ?? '');
        else if (!takeLetter(options, result, letter, value)) return undefined;
      }
    }
  }
  return options;
}

const LONG: Readonly<Record<string, string>> = {
  '--all': 'a',
  '--binary': 'b',
  '--ignore': 'e',
  '--names': 'N',
  '--values': 'n',
  '--load': 'p',
  '--pattern': 'r',
  '--quiet': 'q',
  '--write': 'w',
  '--dry-run': 'D',
  '--deprecated': 'o',
  '--help': 'h',
  '--version': 'V',
  '--system': 'S',
};

function takeLetter(
  options: Options,
  result: Output,
  letter: string,
  value: string | undefined,
): boolean {
  if ('aAX'.includes(letter)) options.all = true;
  else if (letter === 'b') options.binary = true;
  else if (letter === 'e') options.ignore = true;
  else if (letter === 'N') options.noValues = true;
  else if (letter === 'n') options.noNames = true;
  else if (letter === 'q') options.quiet = true;
  else if (letter === 'w') options.write = true;
  else if (letter === 'D') options.dryRun = true;
  else if (letter === 'p' || letter === 'f') {
    options.load = true;
    if (value !== undefined) options.words.push(value);
  } else if (letter === 'V') result.out += 'sysctl from procps-ng 4.0.2\n';
  else if (letter === 'h' || letter === 'd') result.out += HELP;
  else if (letter === 'S') {
    result.error += 'hopwise: sysctl: --system is not simulated\n';
    result.code = 2;
  } else if (!'ox'.includes(letter)) {
    result.error += `sysctl: invalid option -- '${letter}'\n${HELP}`;
    result.code = 1;
  }
  return !'VhdS'.includes(letter) && result.code === 0;
}

/** slashdot(): the first separator decides; with a dot, dots become slashes and slashes dots. */
export function pathOfKey(key: string): string {
  const first = /[./]/.exec(key)?.[0];
  if (first !== '.') return key;
  return key.replace(/[./]/g, (c) => (c === '.' ? '/' : '.'));
}

const keyOfPath = (path: string): string => path.replace(/[./]/g, (c) => (c === '/' ? '.' : '/'));

/** ReadSetting(). */
function read(proc: Proc, options: Options, result: Output, key: string): void {
  const path = pathOfKey(key);
  if (/[*?[]/.test(path)) {
    const all = walk(proc, '').filter(compileGlob(path));
    for (const name of all) display(proc, options, result, name);
    if (all.length > 0) return;
  }
  const inode = lookupPath(proc, PROC_SYS + path);
  if (typeof inode === 'string') {
    if (options.ignore) return;
    result.error += `sysctl: cannot stat ${PROC_SYS}${path}: ${strerror(inode)}\n`;
    result.code = 1;
    return;
  }
  if (isDirectory(inode)) displayTree(proc, options, result, path);
  else display(proc, options, result, path);
}

function display(proc: Proc, options: Options, result: Output, path: string): void {
  const key = keyOfPath(path);
  if (options.pattern && !options.pattern.test(key)) return;
  const text = readTextAt(proc, PROC_SYS + path);
  if (typeof text === 'string') {
    if (text === 'EACCES' && options.all) return;
    result.error += `sysctl: permission denied on key '${key}'\n`;
    result.code = 1;
    return;
  }
  if (options.noValues) {
    result.out += `${key}\n`;
    return;
  }
  for (const line of text.text.replace(/\n$/, '').split('\n')) {
    const end = options.binary ? '' : '\n';
    result.out += options.noNames || options.binary ? `${line}${end}` : `${key} = ${line}${end}`;
  }
}

/** DisplayAll(). */
function displayTree(proc: Proc, options: Options, result: Output, under: string): void {
  for (const path of walk(proc, under)) display(proc, options, result, path);
}

/** The files below a directory of /proc/sys that can be read. */
function walk(proc: Proc, under: string): readonly string[] {
  const names = readdir(proc, PROC_SYS + under);
  if (typeof names === 'string') return [];
  return [...names].sort().flatMap((name) => {
    const path = under === '' ? name : `${under}/${name}`;
    const inode = lookupPath(proc, PROC_SYS + path);
    if (typeof inode === 'string') return [];
    if (isDirectory(inode)) return walk(proc, path);
    return (inode.mode & 0o444) === 0 ? [] : [path];
  });
}

/** WriteSetting() of one `name=value`; a leading `-` means that failures do not matter. */
function assign(proc: Proc, options: Options, result: Output, word: string): void {
  const at = word.indexOf('=');
  if (at < 0) {
    result.error += `sysctl: "${word}" must be of the form name=value\n`;
    result.code = 1;
    return;
  }
  const forgiven = word.startsWith('-');
  const name = word.slice(forgiven ? 1 : 0, at).trim();
  const value = word.slice(at + 1).trim();
  for (const path of targets(proc, pathOfKey(name))) {
    writeOne(proc, options, result, { path, value, forgiven });
  }
}

function targets(proc: Proc, path: string): readonly string[] {
  if (!/[*?[]/.test(path)) return [path];
  return walk(proc, '').filter(compileGlob(path));
}

function writeOne(
  proc: Proc,
  options: Options,
  result: Output,
  what: { readonly path: string; readonly value: string; readonly forgiven: boolean },
): void {
  const full = PROC_SYS + what.path;
  const key = keyOfPath(what.path);
  const fail = (text: string): void => {
    result.error += text;
    if (!what.forgiven) result.code = 1;
  };
  const inode = lookupPath(proc, full);
  if (typeof inode === 'string') {
    if (!options.ignore) fail(`sysctl: cannot stat ${full}: ${strerror(inode)}\n`);
    return;
  }
  const ignoring = what.forgiven ? ', ignoring' : '';
  if ((inode.mode & 0o200) === 0) {
    // Said, but no failure: S_IWUSR is looked at before anything is written.
    result.error += `sysctl: setting key "${key}"${ignoring}: ${strerror('EINVAL')}\n`;
    return;
  }
  if (!options.dryRun) {
    const errno = put(proc, full, `${what.value}\n`);
    if (errno) {
      fail(`sysctl: setting key "${key}"${ignoring}: ${strerror(errno)}\n`);
      return;
    }
  }
  if (options.quiet) return;
  if (options.noValues) result.out += `${key}\n`;
  else result.out += options.noNames ? `${what.value}\n` : `${key} = ${what.value}\n`;
}

function put(proc: Proc, path: string, text: string): Parameters<typeof strerror>[0] | undefined {
  const file = open(proc, path, { write: true });
  if (typeof file === 'string') return file;
  const done = file.get().ops.write(file, utf8Encode(text));
  file.put();
  return typeof done === 'string' ? done : undefined;
}

/** Preload(): `name = value` lines; comments start with # or ;. */
function load(proc: Proc, options: Options, result: Output, file: string): void {
  const text = readTextAt(proc, file);
  if (typeof text === 'string') {
    if (options.ignore) return;
    result.error += `sysctl: cannot open "${file}": ${strerror(text)}\n`;
    result.code = 1;
    return;
  }
  text.text.split('\n').forEach((raw, i) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return;
    if (!line.includes('=')) {
      if (!line.startsWith('-')) {
        result.error += `sysctl: ${file}(${i + 1}): invalid syntax, continuing...\n`;
      }
      return;
    }
    assign(proc, options, result, line);
  });
}
