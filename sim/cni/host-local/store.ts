import type { Errno } from '../../linux/errno';
import { open, readdir, readTextAt, unlink, writeFileAt } from '../../linux/files';
import { lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import type { Ip } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import { mkdirAll } from '../pkg/mkdir-all';
import { parseGoIp } from '../types/ip-net';

const DEFAULT_DATA_DIR = '/var/lib/cni/networks';
const LAST_IP_FILE_PREFIX = 'last_reserved_ip.';
const LINE_BREAK = '\r\n';

/** disk.Store: a file for each address that is taken; its content says by whom. */
export class Store {
  readonly #proc: Proc;
  readonly #dir: string;
  readonly #mode: number;

  private constructor(proc: Proc, dir: string, mode: number) {
    this.#proc = proc;
    this.#dir = dir;
    this.#mode = mode;
  }

  /** disk.New(): makes the network's directory and its lock; calls do not overlap within one plugin's turn. */
  static open(proc: Proc, network: string, dataDir: string, mode: number): Store | Errno {
    const dir = `${dataDir === '' ? DEFAULT_DATA_DIR : dataDir}/${network}`.replace(/\/+/g, '/');
    const failed = mkdirAll(proc, dir, 0o755);
    if (failed !== undefined) return failed;
    const lock = open(proc, `${dir}/lock`, { read: true, create: true, mode: 0o750 });
    if (typeof lock === 'string') return lock;
    lock.get().put();
    return new Store(proc, dir, mode);
  }

  /** Reserve(): false if the address is taken. */
  reserve(id: string, ifName: string, ip: Ip, rangeIndex: number): boolean | Errno {
    const path = `${this.#dir}/${formatIp(ip)}`;
    if (typeof lookupPath(this.#proc, path) !== 'string') return false;
    const failed =
      writeFileAt(this.#proc, path, `${id}${LINE_BREAK}${ifName}`, this.#mode) ??
      writeFileAt(this.#proc, this.#lastPath(rangeIndex), formatIp(ip), this.#mode);
    return failed ?? true;
  }

  /** LastReservedIP(). */
  lastReserved(rangeIndex: number): Ip | undefined {
    const text = readTextAt(this.#proc, this.#lastPath(rangeIndex));
    return typeof text === 'string' ? undefined : parseGoIp(text.text);
  }

  #lastPath(rangeIndex: number): string {
    return `${this.#dir}/${LAST_IP_FILE_PREFIX}${rangeIndex}`;
  }

  /** The files whose content is `match`, in the order of filepath.Walk(). */
  #filesOf(match: string): readonly string[] {
    const names = readdir(this.#proc, this.#dir);
    if (typeof names === 'string') return [];
    return [...names].sort().filter((name) => {
      const text = readTextAt(this.#proc, `${this.#dir}/${name}`);
      return typeof text !== 'string' && text.text.trim() === match;
    });
  }

  /** Files of a container's interface; such of old versions hold the container alone. */
  #filesById(id: string, ifName: string): readonly string[] {
    const own = this.#filesOf(`${id}${LINE_BREAK}${ifName}`);
    return own.length > 0 ? own : this.#filesOf(id);
  }

  /** FindByID(). */
  has(id: string, ifName: string): boolean {
    return this.#filesById(id, ifName).length > 0;
  }

  /** GetByID(). */
  addressesOf(id: string, ifName: string): readonly Ip[] {
    return this.#filesById(id, ifName).flatMap((name) => parseGoIp(name) ?? []);
  }

  /** ReleaseByID(). */
  release(id: string, ifName: string): void {
    for (const name of this.#filesById(id, ifName)) unlink(this.#proc, `${this.#dir}/${name}`);
  }
}
