import { readTextAt } from '../../linux/files';
import type { Proc } from '../../linux/process';

function nameIn(proc: Proc, path: string, id: number): string | undefined {
  const file = readTextAt(proc, path);
  if (typeof file === 'string') return undefined;
  for (const line of file.text.split('\n')) {
    const [name, , number] = line.split(':');
    if (name && number === String(id)) return name;
  }
  return undefined;
}

/** getpwuid(3): the name, or the number if nobody has it. */
export const userName = (proc: Proc, uid: number): string =>
  nameIn(proc, '/etc/passwd', uid) ?? String(uid);

/** getgrgid(3). */
export const groupName = (proc: Proc, gid: number): string =>
  nameIn(proc, '/etc/group', gid) ?? String(gid);

/** A name or number as chown takes it. */
export function idOf(
  proc: Proc,
  path: '/etc/passwd' | '/etc/group',
  name: string,
): number | undefined {
  const file = readTextAt(proc, path);
  const lines = typeof file === 'string' ? [] : file.text.split('\n');
  for (const line of lines) {
    const [known, , number] = line.split(':');
    if (known === name) return Number(number);
  }
  return /^\d+$/.test(name) ? Number(name) : undefined;
}
