import { strerror } from '../../linux/errno';
import { open } from '../../linux/files';
import type { Program } from '../../linux/inode';
import { printError, write } from '../../linux/process-io';
import { parseArgs, quoteName } from '../args';
import { eachChunk } from '../stream';

/** tee of coreutils 9.1, src/tee.c. */
export const tee: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'aip',
    long: ['append:a', 'ignore-interrupts:i', 'output-error=?:p'],
  });
  if (typeof args === 'number') return args;
  if (args.has('i')) proc.setDisposition('INT', 'ignore');
  if (args.has('p')) proc.setDisposition('PIPE', 'ignore');
  let code = 0;
  const targets = new Map<number, string>([[1, 'standard output']]);
  for (const name of args.operands) {
    const append = args.has('a');
    const file = open(proc, name, { write: true, create: true, append, truncate: !append });
    if (typeof file === 'string') {
      yield* printError(proc, `${args.program}: ${quoteName(name)}: ${strerror(file)}\n`);
      code = 1;
      continue;
    }
    targets.set(proc.install(file, 3), name);
  }
  const stdin = proc.fds.get(0);
  if (!stdin) return 1;
  const failed = yield* eachChunk(proc, stdin, function* (bytes) {
    const copy = bytes.slice();
    for (const [fd, name] of targets) {
      const put = yield* write(proc, fd, copy);
      if (typeof put !== 'string') continue;
      yield* printError(proc, `${args.program}: ${quoteName(name)}: ${strerror(put)}\n`);
      targets.delete(fd);
      code = 1;
    }
    return targets.size > 0;
  });
  if (failed === undefined) return code;
  yield* printError(proc, `${args.program}: read error: ${strerror(failed)}\n`);
  return 1;
};
