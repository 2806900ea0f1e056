import type { Program } from '../../linux/inode';
import { printError } from '../../linux/process-io';
import { iptables } from './iptables';
import { iptablesRestore } from './iptables-restore';
import { iptablesSave } from './iptables-save';

/** Legacy tables are other tables than nf_tables': the kernel here has none. */
const absent = (name: string): readonly [path: string, program: Program] => [
  `/usr/sbin/${name}`,
  function* (proc) {
    yield* printError(proc, `hopwise: ${name}: the command is not simulated\n`);
    return 2;
  },
];

/** What the package iptables installs. */
export const programs: readonly (readonly [path: string, program: Program])[] = [
  ['/usr/sbin/iptables', iptables(4)],
  ['/usr/sbin/iptables-nft', iptables(4)],
  ['/usr/sbin/iptables-save', iptablesSave(4)],
  ['/usr/sbin/iptables-nft-save', iptablesSave(4)],
  ['/usr/sbin/iptables-restore', iptablesRestore(4)],
  ['/usr/sbin/iptables-nft-restore', iptablesRestore(4)],
  ['/usr/sbin/ip6tables', iptables(6)],
  ['/usr/sbin/ip6tables-nft', iptables(6)],
  ['/usr/sbin/ip6tables-save', iptablesSave(6)],
  ['/usr/sbin/ip6tables-nft-save', iptablesSave(6)],
  ['/usr/sbin/ip6tables-restore', iptablesRestore(6)],
  ['/usr/sbin/ip6tables-nft-restore', iptablesRestore(6)],
  absent('iptables-legacy'),
  absent('iptables-legacy-save'),
  absent('iptables-legacy-restore'),
  absent('ip6tables-legacy'),
  absent('ip6tables-legacy-save'),
  absent('ip6tables-legacy-restore'),
  absent('iptables-translate'),
  absent('ip6tables-translate'),
  absent('iptables-restore-translate'),
  absent('ip6tables-restore-translate'),
  absent('iptables-xml'),
  absent('xtables-monitor'),
];
