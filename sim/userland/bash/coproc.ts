import type { Coproc } from 'unbash';
import { Pipe } from '../../linux/pipe';
import type { Blocking } from '../../linux/wait-queue';
import { addJob } from './job';
import { nodeText } from './node-text';
import type { Shell } from './shell';
import { forkShell } from './shell-fork';

/** execute_coproc(): NAME[0] reads from it, NAME[1] writes to it. */
export function* runCoproc(sh: Shell, node: Coproc): Blocking<number> {
  const name = node.name?.text ?? 'COPROC';
  const { body } = node;
  const to = new Pipe(sh.proc.host.nextIno());
  const from = new Pipe(sh.proc.host.nextIno());
  const input = to.open('read', 'pipe').get();
  const output = from.open('write', 'pipe').get();
  const mine = { read: from.open('read', 'pipe').get(), write: to.open('write', 'pipe').get() };
  const fds = new Map(sh.proc.fds).set(0, input).set(1, output);
  const child = forkShell(sh, {
    fds,
    body: (inner) =>
      body.type === 'Command'
        ? inner.interpreter.runCommand(inner, body)
        : inner.interpreter.runBody(inner, body),
  });
  input.put();
  output.put();
  if (!child) {
    yield* sh.error('fork: retry: Resource temporarily unavailable');
    sh.status = 254;
    return 254;
  }
  const readFd = installHigh(sh, mine.read);
  const writeFd = installHigh(sh, mine.write);
  sh.setArray(name, [String(readFd), String(writeFd)]);
  sh.setPlain(`${name}_PID`, String(child.pid));
  sh.lastBackground = child.pid;
  addJob(sh, [child.pid], nodeText(sh, node), false);
  sh.status = 0;
  return 0;
}

/** bash moves coprocess descriptors up to 63 and below. */
function installHigh(sh: Shell, file: Parameters<Shell['proc']['dup2']>[0]): number {
  let fd = 63;
  while (sh.proc.fds.has(fd)) fd--;
  sh.proc.dup2(file, fd);
  file.put();
  return fd;
}
