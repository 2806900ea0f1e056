import { spawnProgram } from '../../linux/exec';
import { open } from '../../linux/files';
import type { Netns } from '../../linux/netns';
import type { OpenFile } from '../../linux/open-file';
import type { Proc } from '../../linux/process';
import { pollChild } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';

const PATH = '/usr/sbin/iptables';

/** Waits for one child of the daemon; others may wait for theirs at the same time. */
export function* waitFor(proc: Proc, pid: number): Blocking<number> {
  for (;;) {
    const found = pollChild(proc, pid);
    if (found === 'ECHILD') return -1;
    if (found !== 'none') {
      const { status } = found;
      return typeof status === 'object' && status.kind === 'exited' ? status.code : -1;
    }
    yield { kind: 'wait', on: [proc.childChanged] };
  }
}

/** iptables.raw() of libnetwork: runs the program; true if it ended with 0. */
export function* iptables(proc: Proc, net: Netns, args: readonly string[]): Blocking<boolean> {
  const nothing = open(proc, '/dev/null', { read: true, write: true });
  const fds = new Map<number, OpenFile>();
  if (typeof nothing !== 'string') for (const fd of [0, 1, 2]) fds.set(fd, nothing);
  const child = spawnProgram(proc, {
    path: PATH,
    argv: [PATH, '--wait', ...args],
    netns: net,
    fds,
  });
  if (typeof child === 'string') return false;
  return (yield* waitFor(proc, child.pid)) === 0;
}

/** Where rules go: the daemon's process, and the namespace that its iptables works on. */
export class Iptables {
  constructor(
    readonly proc: Proc,
    readonly net: Netns,
  ) {}

  *run(...args: readonly string[]): Blocking<boolean> {
    return yield* iptables(this.proc, this.net, args);
  }

  *exists(table: string, chain: string, rule: readonly string[]): Blocking<boolean> {
    return yield* this.run('-t', table, '-C', chain, ...rule);
  }

  /** programChainRule(): inserts or deletes a rule, unless it is so already. */
  *program(
    how: 'insert' | 'append' | 'delete',
    table: string,
    chain: string,
    rule: readonly string[],
  ): Blocking<void> {
    const there = yield* this.exists(table, chain, rule);
    if (there === (how !== 'delete')) return;
    const flag = how === 'insert' ? '-I' : how === 'append' ? '-A' : '-D';
    yield* this.run('-t', table, flag, chain, ...rule);
  }

  /** EnsureJumpRule(): the jump stands first. */
  *ensureJump(from: string, to: string): Blocking<void> {
    const rule = ['-j', to];
    if (yield* this.exists('filter', from, rule)) yield* this.run('-D', from, ...rule);
    yield* this.run('-I', from, ...rule);
  }
}
