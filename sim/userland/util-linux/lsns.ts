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
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? '';
    const value = /^(?:--type=|-t)(.+)$/.exec(word)?.[1];
    if (value !== undefined) type = value;
    else if (word === '-t' || word === '--type') type = argv[++i];
    else {
      yield* printError(proc, `hopwise: lsns: ${word} is not simulated\n`);
      return 2;
    }
  }
  const rows = namespaces(proc)
    .filter((row) => type === undefined || row.type === type)
    .sort((a, b) => a.ns - b.ns);
  yield* print(proc, table(proc, rows, type === 'net'));
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

/** libsmartcols: numbers to the right, words to the left, the last column unpadded. */
function table(proc: Proc, rows: readonly Row[], net: boolean): string {
  const header = [
    'NS',
    'TYPE',
    'NPROCS',
    'PID',
    'USER',
    ...(net ? ['NETNSID', 'NSFS'] : []),
    'COMMAND',
  ];
  const right = new Set(['NS', 'NPROCS', 'PID', 'NETNSID']);
  const cells = rows.map((row) => {
    const first = row.procs[0];
    const command = first?.argv.join(' ') ?? '';
    const id = row.net ? proc.netns.nsidOf(row.net) : undefined;
    const start = [
      String(row.ns),
      row.type,
      String(row.procs.length),
      String(first?.pid ?? ''),
      'root',
    ];
    return [...start, ...(net ? [String(id ?? 'unassigned'), nsfs(proc, row.net)] : []), command];
  });
  const widths = header.map((name, i) =>
    Math.max(name.length, ...cells.map((c) => c[i]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => {
        if (i === row.length - 1) return text;
        return right.has(header[i] ?? '')
          ? text.padStart(widths[i] ?? 0)
          : text.padEnd(widths[i] ?? 0);
      })
      .join(' ');
  return [header, ...cells].map((row) => `${line(row)}\n`).join('');
}

/** Where the namespace is bound. */
function nsfs(proc: Proc, net: Netns | undefined): string {
  const name = netnsNames(proc)?.find((one) => netnsByName(proc, one) === net);
  return name === undefined ? '' : `/run/netns/${name}`;
}
