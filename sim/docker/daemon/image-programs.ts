import type { Capability } from '../../linux/capability';
import type { Program } from '../../linux/inode';
import { vpid } from '../../linux/pid-namespace';
import { print, printError } from '../../linux/process-io';
import { serve } from '../../userland/serve/serve';

/** The web server of the images: it ends with 0 when it is asked to, as the first process of a container must. */
export const containerServe: Program = function* (proc, argv) {
  proc.setDisposition('TERM', 'catch');
  const inner = serve(proc, argv);
  let step = inner.next({ kind: 'woken' });
  while (!step.done) {
    const wake = yield step.value;
    if (proc.takeSignal() === 'TERM') {
      inner.return(0);
      return 0;
    }
    step = inner.next(wake);
  }
  return step.value;
};

/** ps of busybox: the processes of the container. */
export const busyboxPs: Program = function* (proc) {
  const members = proc.pidns?.members ?? [...proc.host.procs.values()];
  const lines = [...members]
    .sort((a, b) => vpid(a) - vpid(b))
    .map((one) => `${String(vpid(one)).padStart(5)} root     ${one.argv.join(' ')}\n`);
  yield* print(proc, `PID   USER     COMMAND\n${lines.join('')}`);
  return 0;
};

/** A program that without a capability only says what the kernel refused. */
export const wanting = (
  capability: Capability,
  program: Program,
  refusal: (argv: readonly string[]) => string | undefined,
  code: number,
): Program =>
  function* (proc, argv) {
    const text = proc.capable(capability) ? undefined : refusal(argv);
    if (text === undefined) return yield* program(proc, argv);
    yield* printError(proc, text);
    return code;
  };

/** droproot() of tcpdump: the user that Debian's package makes is not in the images. */
export const tcpdumpAsRoot = (program: Program): Program =>
  function* (proc, argv) {
    const at = argv.indexOf('-Z');
    if (
      argv.includes('-Zroot') ||
      (at >= 0 && argv[at + 1] === 'root') ||
      argv.includes('--version')
    ) {
      return yield* program(proc, argv);
    }
    yield* printError(proc, "tcpdump: Couldn't find user 'tcpdump'\n");
    return 1;
  };

/** timeout of busybox ends as the command that it killed. */
export const busyboxTimeout = (program: Program): Program =>
  function* (proc, argv) {
    const code = yield* program(proc, argv);
    return code === 124 ? 143 : code;
  };

/** nft_init() of iptables-nft. */
export const iptablesRefusal = (argv: readonly string[]): string => {
  const name = (argv[0] ?? 'iptables').replace(/^.*\//, '');
  return `${name} v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)\n`;
};

/** sethostname(2). */
export const hostnameRefusal = (argv: readonly string[]): string | undefined =>
  argv.slice(1).some((word) => !word.startsWith('-'))
    ? 'hostname: sethostname: Operation not permitted\n'
    : undefined;

/** sysctl of busybox on a read-only /proc/sys. */
export const sysctlRefusal = (argv: readonly string[]): string | undefined => {
  const name = argv
    .slice(1)
    .find((word) => word.includes('='))
    ?.split('=')[0];
  if (name === undefined || !argv.includes('-w')) return undefined;
  return `sysctl: error setting key '${name.replaceAll('/', '.')}': Read-only file system\n`;
};
