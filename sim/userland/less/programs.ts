import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import { printError, sleep } from '../../linux/process-io';
import { parseArgs } from '../args';
import { runCommand } from '../findutils/run-command';
import { strftime } from '../glibc/strftime';
import { eachLine, Out } from '../stream';

/** less(1) and more(1): where output is no terminal they copy as the real ones do; paging is not simulated. */
const pager: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'eEFgiIKmMNnqrRsSuwWXz:p:',
    version: 'less 590',
  });
  if (typeof args === 'number') return args;
  if (proc.fds.get(1)?.ops.kind === 'tty') {
    yield* printError(proc, `hopwise: ${args.program}: paging is not simulated, all is shown\n`);
  }
  const out = new Out(proc);
  const code = yield* eachLine(proc, args.program, args.operands, function* (line) {
    yield* out.text(line.text + (line.ended ? '\n' : ''));
  });
  return yield* out.close(args.program, code);
};

/** clear(1) of ncurses-bin. */
const clear: Program = function* (proc) {
  const out = new Out(proc);
  yield* out.text('\u001b[H\u001b[2J\u001b[3J');
  return yield* out.close('clear', 0);
};

/** watch(1) of procps 4.0: -n SECONDS, -t; the whole screen is drawn again each time. */
const watch: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: '+n:tx',
    long: ['interval=:n', 'no-title:t', 'exec:x'],
    version: 'watch from procps-ng 4.0.2',
  });
  if (typeof args === 'number') return args;
  if (args.operands.length === 0) {
    yield* printError(proc, '\nUsage:\n watch [options] command\n');
    return 1;
  }
  const seconds = Math.max(0.1, Number(args.value('n') ?? 2) || 2);
  const command = args.has('x') ? args.operands : ['sh', '-c', args.operands.join(' ')];
  const out = new Out(proc);
  while (!out.error) {
    yield* out.text('\u001b[H\u001b[2J\u001b[3J');
    if (!args.has('t')) {
      const title = `Every ${seconds.toFixed(1)}s: ${args.operands.join(' ')}`;
      const right = `${proc.uts.hostname}: ${strftime('%a %b %e %H:%M:%S %Y', Math.floor(proc.host.clockUs / 1e6))}`;
      const width = proc.tty?.columns ?? 80;
      yield* out.text(
        `${title.padEnd(Math.max(title.length + 1, width - right.length))}${right}\n\n`,
      );
    }
    yield* out.flush();
    const ran = yield* runCommand(proc, command, {});
    if (typeof ran === 'string') {
      yield* printError(proc, `watch: ${command[0]}: ${strerror(ran)}\n`);
      return 1;
    }
    yield* sleep(proc, Math.round(seconds * 1e6));
  }
  return 1;
};

/** The pagers, clear and watch. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/clear', clear],
  ['/usr/bin/less', pager],
  ['/usr/bin/more', pager],
  ['/usr/bin/watch', watch],
];
