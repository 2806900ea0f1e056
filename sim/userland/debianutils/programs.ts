import { findInPath } from '../../linux/exec';
import type { Program } from '../../linux/inode';
import { isDirectory, lookupPath } from '../../linux/path';
import { print } from '../../linux/process-io';

/** which(1) of debianutils 5.7. */
const which: Program = function* (proc, argv) {
  const all = argv[1] === '-a';
  const dirs = proc.env.get('PATH') ?? '';
  let code = argv.length > 1 ? 0 : 1;
  for (const name of argv.slice(all ? 2 : 1)) {
    let found = 0;
    for (const dir of name.includes('/') ? [''] : dirs.split(':')) {
      const at = findInPath(proc, name, dir);
      if (typeof at === 'string') continue;
      const inode = lookupPath(proc, at.path);
      if (typeof inode === 'string' || isDirectory(inode) || (inode.mode & 0o111) === 0) continue;
      if (found++ === 0 || all) yield* print(proc, `${at.path}\n`);
    }
    if (found === 0) code = 1;
  }
  return code;
};

/** What Debian's debianutils installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/bin/which', which],
];
