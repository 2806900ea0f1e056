import type { Prng } from '../base/prng';
import { Inode, type InodeBody } from './inode';
import type { Kernel } from './kernel';
import type { Usage } from './limits';
import { MountNamespace } from './mount-namespace';
import { Netns } from './netns';
import { Proc, type Spawn, type Uts } from './process';
import { waitChild } from './process-io';
import { inetInit } from './socket/inet-init';
import type { Process } from './wait-queue';

/** When the world begins: 2026-01-01T00:00:00Z, in µs since the epoch. */
export const EPOCH_US = 1_767_225_600_000_000;

/** A process asks something of the driver outside (see `Wait` 'host'). */
export interface HostRequest {
  readonly proc: Proc;
  readonly service: string;
  readonly request: unknown;
}

/** What a host needs of its world. */
export interface HostSetting {
  readonly kernel: Kernel;
  readonly usage: Usage;
  /** Who is to hear of `host` waits. */
  readonly request: (request: HostRequest) => void;
}

/** The first pids after init's belong to daemons that have long been started. */
const FIRST_PID = 300;
const PID_MAX = 4_194_304;

/** One machine: its processes, files, and network namespaces. */
export class Host {
  readonly kernel: Kernel;
  readonly usage: Usage;
  readonly procs = new Map<number, Proc>();
  readonly root: Inode;
  readonly mounts: MountNamespace;
  readonly netns: Netns;
  readonly uts: Uts;
  readonly init: Proc;
  /** Every live network namespace of this host, its own first. */
  readonly netnses = new Set<Netns>();
  readonly #setting: HostSetting;
  #pid = FIRST_PID;
  #ino = 1;

  constructor(
    readonly name: string,
    setting: HostSetting,
  ) {
    this.#setting = setting;
    this.kernel = setting.kernel;
    this.usage = setting.usage;
    this.uts = { hostname: name };
    this.root = this.newInode({ kind: 'dir', entries: new Map() }, 0o755);
    this.mounts = new MountNamespace(this.kernel.nextInode(), this.root);
    this.netns = new Netns(this.kernel, { hostName: name, name: '' });
    inetInit(this.netns);
    this.netnses.add(this.netns);
    this.init = new Proc(this, 1, undefined, { main: initMain, argv: ['/sbin/init'] });
    this.procs.set(1, this.init);
  }

  get nowUs(): number {
    return this.kernel.scheduler.nowUs;
  }

  /** Wall-clock time of the world, µs since the epoch. */
  get clockUs(): number {
    return EPOCH_US + this.nowUs;
  }

  random(stream: string): Prng {
    return this.kernel.random.stream(`${this.name}/${stream}`);
  }

  /** fork(2) with everything that posix_spawn can change. */
  spawn(parent: Proc, spawn: Spawn): Proc | 'EAGAIN' {
    if (!this.usage.takeProcess()) return 'EAGAIN';
    const proc = new Proc(this, this.#nextPid(), parent, spawn);
    this.procs.set(proc.pid, proc);
    return proc;
  }

  newInode(body: InodeBody, mode: number): Inode {
    return new Inode(this.nextIno(), body, mode, this.clockUs);
  }

  nextIno(): number {
    return ++this.#ino;
  }

  takeFileBytes(bytes: number): boolean {
    return this.usage.takeFileBytes(bytes);
  }

  takeInode(): boolean {
    return this.usage.takeInode();
  }

  giveInode(): void {
    this.usage.giveInode();
  }

  /** copy_net_ns(): a new, empty network namespace; it lives while something refers to it (`releaseNetns`). */
  newNetns(name = ''): Netns {
    const netns = new Netns(this.kernel, { hostName: this.name, name });
    inetInit(netns);
    this.netnses.add(netns);
    return netns;
  }

  /** put_net(): ends the namespace when no process, mount or open file holds it. */
  releaseNetns(netns: Netns): void {
    if (netns === this.netns || !this.netnses.has(netns)) return;
    if (this.mounts.pins(netns)) return;
    for (const proc of this.procs.values()) {
      if (!proc.alive) continue;
      if (proc.netns === netns) return;
      for (const file of proc.fds.values()) {
        if (file.inode?.body.kind === 'ns' && file.inode.body.ns === netns) return;
      }
    }
    this.netnses.delete(netns);
    netns.destroy();
  }

  /** setns(2) or unshare(2) for the network: moves a process. */
  enterNetns(proc: Proc, netns: Netns): void {
    const before = proc.netns;
    proc.netns = netns;
    if (before !== netns) this.releaseNetns(before);
  }

  requestHost(proc: Proc, service: string, request: unknown): void {
    this.#setting.request({ proc, service, request });
  }

  /** A process ended (do_exit): its parent hears of it, its namespaces may go. */
  exited(proc: Proc): void {
    this.usage.giveProcess();
    if (!this.#mountsInUse(proc.mounts)) proc.mounts.release();
    this.releaseNetns(proc.netns);
    const parent = proc.parent;
    const keeper = parent?.alive && parent.children.has(proc.pid) ? parent : undefined;
    if (!keeper) {
      proc.reap();
      return;
    }
    keeper.kill('CHLD');
    keeper.childChanged.wake();
    if (keeper.disposition('CHLD') === 'ignore') proc.reap();
  }

  /** The parent died: init takes the child over. */
  adopt(child: Proc): void {
    child.ppid = 1;
    if (child.state === 'zombie') {
      child.state = 'dead';
      this.forget(child);
    }
  }

  forget(proc: Proc): void {
    this.procs.delete(proc.pid);
  }

  #mountsInUse(mounts: MountNamespace): boolean {
    if (mounts === this.mounts) return true;
    for (const proc of this.procs.values()) if (proc.alive && proc.mounts === mounts) return true;
    return false;
  }

  #nextPid(): number {
    do {
      this.#pid = this.#pid >= PID_MAX ? FIRST_PID : this.#pid + 1;
    } while (this.procs.has(this.#pid));
    return this.#pid;
  }
}

/** Process 1 only collects the children that others left. */
function* initMain(proc: Proc): Process {
  for (;;) {
    const found = yield* waitChild(proc, 'any');
    if (typeof found === 'string') yield { kind: 'wait', on: [proc.childChanged] };
  }
}
