import type { Errno } from '../../linux/errno';
import { mkdir } from '../../linux/files';
import type { Proc } from '../../linux/process';

/** os.MkdirAll(). */
export function mkdirAll(proc: Proc, path: string, mode: number): Errno | undefined {
  let at = '';
  for (const part of path.split('/').filter((one) => one !== '')) {
    at += `/${part}`;
    const made = mkdir(proc, at, mode);
    if (made !== undefined && made !== 'EEXIST') return made;
  }
  return undefined;
}
