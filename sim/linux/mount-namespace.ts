import type { Inode } from './inode';

/** One line of /proc/mounts. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: string;
  readonly root: Inode;
}

/**
 * A mount namespace: canonical path -> the mounts stacked there, the last on top. A clone is a slave of what it
 * was cloned from (mount --make-rslave): mounts made in the master appear in it, not the other way.
 */
export class MountNamespace {
  readonly #mounts: Mount[] = [];
  readonly #byTarget = new Map<string, Mount>();
  /** Last names of the targets, counted: a path that ends in no such name is no mount point (DCACHE_MOUNTED). */
  readonly #names = new Map<string, number>();
  /** The namespaces that bind mounts keep alive, with how many do. */
  readonly #pinned = new Map<unknown, number>();
  readonly #slaves = new Set<MountNamespace>();
  #master: MountNamespace | undefined;
  #readOnly = 0;

  constructor(
    readonly id: number,
    readonly root: Inode,
  ) {}

  get list(): readonly Mount[] {
    return this.#mounts;
  }

  /** A mount of its /proc/PID/ns file keeps a namespace alive. */
  pins(ns: unknown): boolean {
    return this.#pinned.has(ns);
  }

  /** May something be mounted on an entry of this name? */
  mayCover(name: string): boolean {
    return this.#names.has(name);
  }

  at(path: string): Mount | undefined {
    return this.#byTarget.get(path);
  }

  /** The mount that a canonical path lies in. */
  covering(path: string): Mount | undefined {
    for (let at = path; ; at = at.slice(0, at.lastIndexOf('/')) || '/') {
      const mount = this.#byTarget.get(at);
      if (mount || at === '/') return mount;
    }
  }

  /** __mnt_is_readonly() of the mount that a canonical path lies in. */
  isReadOnly(path: string): boolean {
    return this.#readOnly > 0 && isReadOnly(this.covering(path));
  }

  mount(mount: Mount): void {
    this.#mounts.push(mount);
    this.#byTarget.set(mount.target, mount);
    this.#count(mount, 1);
    for (const slave of this.#slaves) slave.mount(mount);
  }

  umount(path: string): Mount | undefined {
    const top = this.#byTarget.get(path);
    if (!top) return undefined;
    this.#remove(top);
    for (const slave of this.#slaves) slave.#propagated(top);
    return top;
  }

  /** unshare(CLONE_NEWNS): the same tree and mounts; later ones of the master arrive too. */
  clone(id: number): MountNamespace {
    const copy = new MountNamespace(id, this.root);
    for (const mount of this.#mounts) copy.mount(mount);
    copy.#master = this;
    this.#slaves.add(copy);
    return copy;
  }

  /** Nobody uses it any more. */
  release(): void {
    const master = this.#master;
    if (master) master.#slaves.delete(this);
  }

  #propagated(mount: Mount): void {
    this.#remove(mount);
    for (const slave of this.#slaves) slave.#propagated(mount);
  }

  #remove(mount: Mount): void {
    const at = this.#mounts.lastIndexOf(mount);
    if (at < 0) return;
    this.#mounts.splice(at, 1);
    this.#count(mount, -1);
    const below = this.#mounts.findLast((m) => m.target === mount.target);
    if (below) this.#byTarget.set(mount.target, below);
    else this.#byTarget.delete(mount.target);
  }

  #count(mount: Mount, change: 1 | -1): void {
    const { body } = mount.root;
    if (body.kind === 'ns') countIn(this.#pinned, body.ns, change);
    if (isReadOnly(mount)) this.#readOnly += change;
    countIn(this.#names, mount.target.slice(mount.target.lastIndexOf('/') + 1), change);
  }
}

const isReadOnly = (mount: Mount | undefined): boolean =>
  mount !== undefined && /^ro(,|$)/.test(mount.options);

function countIn<K>(counts: Map<K, number>, key: K, change: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
