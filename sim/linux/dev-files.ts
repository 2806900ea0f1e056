import { NO_BYTES } from '../base/bytes';
import type { Host } from './host';
import type { Inode } from './inode';
import { type FileOps, OpenFile, type OpenFlags } from './open-file';
import type { Proc } from './process';
import { openTun } from './tun-file';

/** Devices of drivers/char/mem.c and the terminal, as far as shell scripts use them. */
const ready = { in: true, out: true };

const source = (make: (max: number) => Uint8Array, full = false): FileOps => ({
  kind: 'char',
  read: (_file, max) => make(Math.min(max, 65_536)),
  write: (_file, bytes) => (full ? 'ENOSPC' : bytes.length),
  poll: () => ready,
});

function charNode(host: Host, path: string, ops: (proc: Proc) => FileOps): Inode {
  const open = (proc: Proc, flags: OpenFlags): OpenFile => new OpenFile(ops(proc), flags, path);
  return host.newInode({ kind: 'char', open }, 0o666);
}

/** The entries of /dev. */
export function deviceNodes(host: Host): readonly (readonly [string, Inode])[] {
  const nothing = source(() => NO_BYTES);
  const zero = source((max) => new Uint8Array(max));
  const full = source((max) => new Uint8Array(max), true);
  const random = source((max) => {
    const prng = host.random('urandom');
    return Uint8Array.from({ length: Math.min(max, 4096) }, () => prng.below(256));
  });
  const tty: Inode = host.newInode(
    { kind: 'char', open: (proc) => proc.tty?.open() ?? 'ENXIO' },
    0o666,
  );
  const link = (target: string): Inode => host.newInode({ kind: 'symlink', target }, 0o777);
  return [
    ['null', charNode(host, '/dev/null', () => nothing)],
    ['zero', charNode(host, '/dev/zero', () => zero)],
    ['full', charNode(host, '/dev/full', () => full)],
    ['random', charNode(host, '/dev/random', () => random)],
    ['urandom', charNode(host, '/dev/urandom', () => random)],
    ['tty', tty],
    ['net/tun', host.newInode({ kind: 'char', open: openTun, device: [10, 200] }, 0o600)],
    ['fd', link('/proc/self/fd')],
    ['stdin', link('/proc/self/fd/0')],
    ['stdout', link('/proc/self/fd/1')],
    ['stderr', link('/proc/self/fd/2')],
  ];
}
