import { strerror } from '../../linux/errno';
import { lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Process } from '../../linux/wait-queue';
import { netnsOfInode } from '../iproute2/netns-name';
import { execProgram } from './namespace-shell';

interface Options {
  target: number | undefined;
  /** Letter of the namespace -> its file, '' for the target's. */
  readonly enter: Map<string, string>;
  cwd: string | undefined;
  program: readonly string[];
}

const LONG: Readonly<Record<string, string>> = {
  '--all': 'a',
  '--target': 't',
  '--mount': 'm',
  '--uts': 'u',
  '--ipc': 'i',
  '--net': 'n',
  '--pid': 'p',
  '--cgroup': 'C',
  '--user': 'U',
  '--time': 'T',
  '--wd': 'w',
  '--no-fork': 'F',
  '--preserve-credentials': 'F',
  '--help': 'h',
  '--root': 'r',
  '--setuid': 'S',
  '--setgid': 'G',
  '--wdns': 'W',
  '--follow-context': 'Z',
  '--version': 'V',
};

const NAMES: Readonly<Record<string, string>> = { n: 'net', m: 'mnt', u: 'uts' };
const TRY = "Try 'nsenter --help' for more information.\n";

/**
 * nsenter(1) of util-linux 2.38. Network, mount and UTS namespaces are entered; all processes of
 * a host share the other kinds, so that entering those changes nothing.
 */
export function* nsenter(proc: Proc, argv: readonly string[]): Process {
  const options = parse(argv.slice(1));
  if ('text' in options) {
    yield* (options.code === 0 ? print : printError)(proc, options.text);
    return options.code;
  }
  const failure = enter(proc, options);
  if (failure !== undefined) {
    yield* printError(proc, failure);
    return 1;
  }
  if (options.cwd !== undefined) proc.cwd = options.cwd;
  return yield* execProgram(proc, 'nsenter', options.program);
}

function parse(
  words: readonly string[],
): Options | { readonly text: string; readonly code: number } {
  const options: Options = { target: undefined, enter: new Map(), cwd: undefined, program: [] };
  let i = 0;
  for (; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('-') || word === '--') break;
    const long = word.startsWith('--');
    const equals = word.indexOf('=');
    const letters = long ? (LONG[equals < 0 ? word : word.slice(0, equals)] ?? '?') : word.slice(1);
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at] ?? '';
      const attached = long
        ? equals < 0
          ? undefined
          : word.slice(equals + 1)
        : letters.slice(at + 1) || undefined;
      if (letter === 't' || (letter === 'w' && long)) {
        const value = attached ?? words[++i];
        if (value === undefined)
          return { text: `nsenter: option requires an argument -- '${letter}'\n${TRY}`, code: 1 };
        if (letter === 't') {
          if (!/^\d+$/.test(value)) {
            return { text: `nsenter: failed to parse pid: '${value}'\n`, code: 1 };
          }
          options.target = Number(value);
        } else options.cwd = value;
        break;
      }
      const done = takeLetter(options, letter, attached);
      if (typeof done === 'object') return done;
      if (done === 'rest') break;
    }
  }
  options.program = words.slice(words[i] === '--' ? i + 1 : i);
  return options;
}

type Taken = 'next' | 'rest' | { readonly text: string; readonly code: number };

function takeLetter(options: Options, letter: string, attached: string | undefined): Taken {
  if (letter === 'a') {
    for (const one of 'num') if (!options.enter.has(one)) options.enter.set(one, '');
    return 'next';
  }
  if (letter === 'V') return { text: 'nsenter from util-linux 2.38.1\n', code: 0 };
  if (letter === 'F' || letter === 'Z') return 'next';
  if ('ipCT'.includes(letter)) return attached?.startsWith('/') ? 'rest' : 'next';
  if (letter in NAMES) {
    const file = attached?.replace(/^=/, '');
    const path = file?.startsWith('/') || file?.startsWith('.') ? file : '';
    options.enter.set(letter, path);
    return path === '' ? 'next' : 'rest';
  }
  if ('USGrwWh'.includes(letter)) {
    return { text: `hopwise: nsenter: -${letter} is not simulated\n`, code: 2 };
  }
  return { text: `nsenter: invalid option -- '${letter}'\n${TRY}`, code: 1 };
}

/** setns(2) for each; the complaint if one cannot be entered. */
function enter(proc: Proc, options: Options): string | undefined {
  for (const [letter, path] of options.enter) {
    const name = NAMES[letter] ?? '';
    if (path === '' && options.target === undefined) {
      return `nsenter: neither filename nor target pid supplied for ns/${name}\n`;
    }
    const target = options.target === undefined ? undefined : proc.host.procs.get(options.target);
    const file = path === '' ? `/proc/${options.target ?? 0}/ns/${name}` : path;
    const inode = lookupPath(proc, file);
    if (typeof inode === 'string') return `nsenter: cannot open ${file}: ${strerror(inode)}\n`;
    if (letter === 'n') {
      const net = netnsOfInode(inode);
      if (!net) return `nsenter: reassociate to namespace 'ns/net' failed: ${strerror('EINVAL')}\n`;
      proc.host.enterNetns(proc, net);
    } else if (!target || path !== '') {
      return `hopwise: nsenter: --${letter === 'm' ? 'mount' : 'uts'}=FILE is not simulated\n`;
    } else if (letter === 'm') proc.mounts = target.mounts;
    else proc.uts = target.uts;
  }
  return undefined;
}
