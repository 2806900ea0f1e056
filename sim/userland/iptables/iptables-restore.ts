import { strerror } from '../../linux/errno';
import { open } from '../../linux/files';
import type { Program } from '../../linux/inode';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import type { Family } from '../../wire/ip';
import { getopt, type LongOption } from '../glibc/getopt';
import { Lines } from '../stream';
import { flush } from './iptables';
import { Restore, type RestoreOptions } from './restore';
import { newSession, VERSION } from './session';

const LONG: readonly LongOption[] = [
  { name: 'counters', short: 'c' },
  { name: 'verbose', short: 'v' },
  { name: 'version', short: 'V' },
  { name: 'test', short: 't' },
  { name: 'help', short: 'h' },
  { name: 'noflush', short: 'n' },
  { name: 'modprobe', argument: 'required', short: 'M' },
  { name: 'table', argument: 'required', short: 'T' },
  { name: 'ipv4', short: '4' },
  { name: 'ipv6', short: '6' },
  { name: 'wait', argument: 'optional', short: 'w' },
  { name: 'wait-interval', argument: 'optional', short: 'W' },
];

const usage = (
  program: string,
): string => `Usage: ${program} [-c] [-v] [-V] [-t] [-h] [-n] [-T table] [-M command] [-4] [-6] [file]
	   [ --counters ]
	   [ --verbose ]
	   [ --version]
	   [ --test ]
	   [ --help ]
	   [ --noflush ]
	   [ --table=<TABLE> ]
	   [ --modprobe=<command> ]
	   [ --ipv4 ]
	   [ --ipv6 ]
`;

/** xtables_restore_main(), iptables/xtables-restore.c. */
export const iptablesRestore = (family: Family): Program =>
  function* (proc, argv) {
    const program = (argv[0] ?? '').replace(/^.*\//, '');
    const parsed = getopt(withoutWaits(argv), 'bcvVthnM:T:wW', LONG);
    const options = parsed.ok ? parsed.options : parsed.before;
    const has = (letter: string): boolean => options.some((o) => o.name === letter);
    const early = options.find((o) => o.name === 'V' || o.name === 'h');
    if (early) {
      if (early.name === 'V') yield* print(proc, `${program} v${VERSION}\n`);
      else yield* printError(proc, usage(program));
      return 0;
    }
    if (has('b')) yield* printError(proc, '-b/--binary option is not implemented\n');
    const bad = options.find((o) => o.name === '4' || o.name === '6');
    if (!parsed.ok || bad) {
      const said = parsed.ok ? '' : parsed.error;
      yield* printError(proc, `${said}Try \`${program} -h' for more information.\n`);
      return 1;
    }
    if (parsed.operands.length > 1) {
      yield* printError(proc, 'Unknown arguments found on commandline\n');
      return 1;
    }
    const input = yield* openInput(proc, parsed.operands[0]);
    if (!input) return 1;
    const session = newSession(proc, family, program);
    const restore = new Restore(session, {
      counters: has('c'),
      verbose: options.filter((o) => o.name === 'v').length,
      test: has('t'),
      noflush: has('n'),
      table: options.findLast((o) => o.name === 'T')?.value,
    } satisfies RestoreOptions);
    const code = yield* readLines(proc, input, restore);
    yield* flush(proc, session);
    return code;
  };

/** -w and -W take the word that follows, unless it is an option, and do nothing with it. */
const withoutWaits = (argv: readonly string[]): readonly string[] =>
  argv.filter((word, i) => {
    const before = argv[i - 1] ?? '';
    const waits = /^(-[bcvVthn]*[wW]|--wait|--wait-interval)$/.test(before);
    return !waits || /^[-!]/.test(word);
  });

function* openInput(proc: Proc, name: string | undefined): Blocking<OpenFile | undefined> {
  if (name === undefined) return proc.fds.get(0);
  const file = open(proc, name, { read: true });
  if (typeof file !== 'string') return file;
  yield* printError(proc, `Can't open ${name}: ${strerror(file)}\n`);
  return undefined;
}

function* readLines(proc: Proc, input: OpenFile, restore: Restore): Blocking<number> {
  const lines = new Lines(proc, input);
  for (;;) {
    const line = yield* lines.next();
    if (line === undefined || typeof line === 'string') return restore.end().code;
    const exit = yield* restore.line(line.text);
    if (exit) return exit.code;
  }
}
