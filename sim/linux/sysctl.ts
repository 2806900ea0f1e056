import { err, OK, type Result } from '../base/result';
import type { Errno } from './errno';

/** One file under /proc/sys. */
export interface SysctlEntry {
  /** As `ls -l` shows: 0o644, 0o444, 0o200. */
  readonly mode: number;
  /** Without the final newline. */
  read(): string;
  write(text: string): Result<undefined, Errno>;
}

/** The tree under /proc/sys that belongs to a namespace. Paths as in /proc/sys: `net/ipv4/conf/eth0.1/forwarding`. */
export class SysctlTree {
  readonly #entries = new Map<string, SysctlEntry>();
  readonly #directories = new Map<string, Set<string>>();
  /** Directories whose files nobody has looked at yet. */
  readonly #pending = new Map<string, () => void>();

  get(path: string): SysctlEntry | undefined {
    this.#fill(parentOf(path));
    return this.#entries.get(path);
  }

  isDirectory(path: string): boolean {
    return path === '' || this.#directories.has(path);
  }

  /** Names in a directory, sorted as sysctl's red-black tree keeps them (namecmp). */
  list(path: string): readonly string[] {
    this.#fill(path);
    return [...(this.#directories.get(path) ?? [])].sort(byBytes);
  }

  /** All files, in the order of a walk through sorted directories. */
  paths(): readonly string[] {
    const found: string[] = [];
    const walk = (directory: string): void => {
      for (const name of this.list(directory)) {
        const path = directory === '' ? name : `${directory}/${name}`;
        if (this.#entries.has(path)) found.push(path);
        else walk(path);
      }
    };
    walk('');
    return found;
  }

  register(path: string, entry: SysctlEntry): void {
    this.#entries.set(path, entry);
    this.#link(path);
  }

  /** A directory whose files `fill` registers when somebody looks: thousands of devices have dozens each. */
  registerDirectory(path: string, fill: () => void): void {
    if (!this.#directories.has(path)) this.#directories.set(path, new Set());
    this.#link(path);
    this.#pending.set(path, fill);
  }

  #link(path: string): void {
    let child = path;
    while (child !== '') {
      const parent = parentOf(child);
      const names = this.#directories.get(parent) ?? new Set<string>();
      const known = names.size > 0;
      names.add(child.slice(parent === '' ? 0 : parent.length + 1));
      this.#directories.set(parent, names);
      if (known) return;
      child = parent;
    }
  }

  #fill(directory: string): void {
    const fill = this.#pending.get(directory);
    if (!fill) return;
    this.#pending.delete(directory);
    fill();
  }

  /** Removes a file or a whole directory (`net/ipv4/conf/eth0`). */
  unregister(path: string): void {
    this.#pending.delete(path);
    for (const name of this.list(path)) this.unregister(`${path}/${name}`);
    this.#entries.delete(path);
    this.#directories.delete(path);
    const cut = path.lastIndexOf('/');
    this.#directories.get(path.slice(0, Math.max(cut, 0)))?.delete(path.slice(cut + 1));
  }
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface IntRange {
  readonly min: number;
  readonly max: number;
}

const INT: IntRange = { min: -2_147_483_648, max: 2_147_483_647 };

/** proc_dointvec_minmax(): one integer; other text or a value outside is EINVAL. */
export function intEntry(
  read: () => number,
  write: (value: number) => void,
  range: IntRange = INT,
): SysctlEntry {
  return {
    mode: 0o644,
    read: () => String(read()),
    write: (text) => {
      const value = parseSysctlInt(text);
      if (value === undefined || value < range.min || value > range.max) return err('EINVAL');
      write(value);
      return OK;
    },
  };
}

export function parseSysctlInt(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^-?(0x[0-9a-f]+|\d+)$/i.test(trimmed)) return undefined;
  return trimmed.startsWith('-') ? -Number(trimmed.slice(1)) : Number(trimmed);
}

/** proc_dointvec over several values, printed with tabs: `ip_local_port_range`, `tcp_rmem`. */
export function vectorEntry(values: number[]): SysctlEntry {
  return {
    mode: 0o644,
    read: () => values.join('\t'),
    write: (text) => {
      const words = text.trim().split(/\s+/);
      if (words.length > values.length) return err('EINVAL');
      const parsed = words.map(parseSysctlInt);
      for (const [i, value] of parsed.entries()) {
        if (value === undefined) return err('EINVAL');
        values[i] = value;
      }
      return OK;
    },
  };
}

/** Numbers that only have names here; whoever models one reads the record directly. */
export function registerInts(tree: SysctlTree, directory: string, record: object): void {
  for (const [key, value] of Object.entries(record)) {
    if (typeof value !== 'number') continue;
    tree.register(
      `${directory}/${key}`,
      intEntry(
        () => Number(Reflect.get(record, key)),
        (next) => Reflect.set(record, key, next),
      ),
    );
  }
}
