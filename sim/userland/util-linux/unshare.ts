import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Process } from '../../linux/wait-queue';
import { execProgram } from './namespace-shell';

const LONG: Readonly<Record<string, string>> = {
  '--mount': 'm',
  '--uts': 'u',
  '--net': 'n',
  '--fork': 'f',
  '--version': 'V',
};
const TRY = "Try 'unshare --help' for more information.\n";

/** unshare(1) of util-linux 2.38: network, mount and UTS namespaces. */
export function* unshare(proc: Proc, argv: readonly string[]): Process {
  const kinds = new Set<string>();
  let at = 1;
  for (; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (!word.startsWith('-') || word === '--') break;
    const letters = word.startsWith('--') ? (LONG[word] ?? word) : word.slice(1);
    if (letters.startsWith('--')) return yield* fail(proc, word);
    for (const letter of letters) {
      if (letter === 'V') {
        yield* print(proc, 'unshare from util-linux 2.38.1\n');
        return 0;
      }
      if (!'munf'.includes(letter)) return yield* fail(proc, `-${letter}`);
      kinds.add(letter);
    }
  }
  if (kinds.has('m')) proc.mounts = proc.mounts.clone(proc.host.kernel.nextInode());
  if (kinds.has('u')) proc.uts = { ...proc.uts };
  if (kinds.has('n')) proc.host.enterNetns(proc, proc.host.newNetns());
  return yield* execProgram(proc, 'unshare', argv.slice(argv[at] === '--' ? at + 1 : at));
}

const ABSENT =
  /^-([ipCUTrcRwSfGh]|-(ipc|pid|cgroup|user|time|map-.*|mount-proc.*|kill-child.*|boottime|monotonic|keep-caps|propagation|root|set.*|wd|help|.*=.*))$/;

function* fail(proc: Proc, option: string): Process {
  if (ABSENT.test(option)) {
    yield* printError(proc, `hopwise: unshare: ${option} is not simulated\n`);
    return 2;
  }
  const what = option.startsWith('--')
    ? `unrecognized option '${option}'`
    : `invalid option -- '${option.slice(1)}'`;
  yield* printError(proc, `unshare: ${what}\n${TRY}`);
  return 1;
}
