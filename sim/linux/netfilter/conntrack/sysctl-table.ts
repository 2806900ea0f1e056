import { err } from '../../../base/result';
import type { Netns } from '../../netns';
import { intEntry, registerInts, type SysctlEntry, type SysctlTree } from '../../sysctl';
import { conntrackOf } from './table';

const DIRECTORY = 'net/netfilter';

/** nf_conntrack_standalone_init_sysctl(): what concerns the whole machine only its first namespace may set. */
export function registerConntrackSysctls(net: Netns, tree: SysctlTree): void {
  const table = conntrackOf(net);
  registerInts(tree, DIRECTORY, table.sysctl);
  const first = net.kernel.initNetns.get(net.hostName) === net;
  if (first) registerInts(tree, DIRECTORY, table.globals);
  else {
    for (const [name, value] of Object.entries(table.globals)) {
      tree.register(
        `${DIRECTORY}/${name}`,
        readOnly(() => value),
      );
    }
  }
  tree.register(
    `${DIRECTORY}/nf_conntrack_count`,
    readOnly(() => table.count),
  );
  const { globals } = table;
  if (first) {
    tree.register(
      'net/nf_conntrack_max',
      intEntry(
        () => globals.nf_conntrack_max,
        (value) => {
          globals.nf_conntrack_max = value;
        },
      ),
    );
  }
}

const readOnly = (read: () => number): SysctlEntry => ({
  mode: 0o444,
  read: () => String(read()),
  write: () => err('EACCES'),
});
