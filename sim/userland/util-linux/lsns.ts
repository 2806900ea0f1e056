import type { Netns } from '../../linux/netns';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Process } from '../../linux/wait-queue';
import { netnsByName, netnsNames } from '../iproute2/netns-name';

interface Row {
  readonly ns: number;
  readonly type: string;
  readonly procs: readonly Proc[];
  readonly net: Netns | undefined;
}

/**
 * The kinds that all processes share have the kernel's fixed inode numbers
 * (include/linux/proc_ns.h).
 */
const SHARED: readonly (readonly [string, number])[] = [
  ['time', 4_026_531_834],
  ['cgroup', 4_026_531_835],
  ['pid', 4_026_531_836],
  ['user', 4_026_531_837],
  ['ipc', 4_026_531_839],
];

/** PROC_UTS_INIT_INO. */
const UTS_INIT = 4_026_531_838;

/** lsns(8) of util-linux 2.38: all kinds, or `-t TYPE`. */
export function* lsns(proc: Proc, argv: readonly string[]): Process {
  let type: string | undefined;
  let columns: readonly string[] | undefined;
  let headings = true;
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? '';
    const value = /^(?:--type=|-t)(.+)$/.exec(word)?.[1];
    if (value !== undefined) type = value;
    else if (word === '-t' || word === '--type') type = argv[++i];
    else if (word === '-n' || word === '--noheadings') headings = false;
    else if (word === '-o' || word === '--output') {
      columns = (argv[++i] ?? '').split(',').map((name) => name.toUpperCase());
      const unknown = columns.find((name) => !COLUMNS.includes(name));
      if (unknown !== undefined) {
        yield* printError(proc, `lsns: unknown column: ${unknown}\n`);
        return 1;
      }
    } else {
      yield* printError(proc, `hopwise: lsns: ${word} is not simulated\n`);
      return 2;
    }
  }
  const rows = namespaces(proc)
    .filter((row) => type === undefined || row.type === type)
    .sort((a, b) => a.ns - b.ns);
  yield* print(proc, table(proc, rows, { columns: columns ?? usual(type), headings }));
  return 0;
}

function namespaces(proc: Proc): readonly Row[] {
  const procs = [...proc.host.procs.values()].filter((p) => p.alive).sort((a, b) => a.pid - b.pid);
  const groups = new Map<object, Row>();
  const add = (key: object, row: Omit<Row, 'procs'>, member: Proc): void => {
    const known = groups.get(key);
    groups.set(key, { ...row, procs: [...(known?.procs ?? []), member] });
  };
  for (const p of procs) {
    add(p.netns, { ns: p.netns.inode, type: 'net', net: p.netns }, p);
    add(p.mounts, { ns: p.mounts.id, type: 'mnt', net: undefined }, p);
    if (p.uts === proc.host.uts) add(p.uts, { ns: UTS_INIT, type: 'uts', net: undefined }, p);
  }
  const shared = SHARED.map(([type, ns]) => ({ ns, type, procs, net: undefined }));
  return [...groups.values(), ...shared];
}

const COLUMNS = ['NS', 'TYPE', 'NPROCS', 'PID', 'USER', 'NETNSID', 'NSFS', 'COMMAND'];
const usual = (type: string | undefined): readonly string[] =>
  type === 'net' ? COLUMNS : COLUMNS.filter((name) => name !== 'NETNSID' && name !== 'NSFS');

interface Shape {
  readonly columns: readonly string[];
  readonly headings: boolean;
}

/** libsmartcols: numbers to the right, words to the left, the last column unpadded. */
function table(proc: Proc, rows: readonly Row[], { columns, headings }: Shape): string {
  const right = new Set(['NS', 'NPROCS', 'PID', 'NETNSID']);
  const cells = rows.map((row) => {
    const of = cellsOf(proc, row);
    return columns.map((name) => of[name] ?? '');
  });
  const all = headings ? [columns, ...cells] : cells;
  const widths = columns.map((_, i) => Math.max(0, ...all.map((c) => c[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => {
        const width = widths[i] ?? 0;
        if (right.has(columns[i] ?? '')) return text.padStart(width);
        return i === row.length - 1 ? text : text.padEnd(width);
      })
      .join(' ');
  return all.map((row) => `${line(row)}\n`).join('');
}

function cellsOf(proc: Proc, row: Row): Readonly<Record<string, string>> {
  const first = row.procs[0];
  const id = row.net ? proc.netns.nsidOf(row.net) : undefined;
  return {
    NS: String(row.ns),
    TYPE: row.type,
    NPROCS: String(row.procs.length),
    PID: String(first?.pid ?? ''),
    USER: 'root',
    NETNSID: String(id ?? 'unassigned'),
    NSFS: nsfs(proc, row.net),
    COMMAND: first?.argv.join(' ') ?? '',
  };
}

/** Where the namespace is bound. */
function nsfs(proc: Proc, net: Netns | undefined): string {
  const name = netnsNames(proc)?.find((one) => netnsByName(proc, one) === net);
  return name === undefined ? '' : `/run/netns/${name}`;
}
