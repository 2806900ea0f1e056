import { err, OK } from '../../base/result';
import { parseSysctlInt, type SysctlTree } from '../sysctl';

/** struct brnf_net: net.bridge.bridge-nf-*, with the kernel's defaults. */
export interface BrNetfilter {
  callArptables: number;
  callIp6tables: number;
  callIptables: number;
  filterPppoeTagged: number;
  filterVlanTagged: number;
  passVlanInputDev: number;
}

export const newBrNetfilter = (): BrNetfilter => ({
  callArptables: 1,
  callIp6tables: 1,
  callIptables: 1,
  filterPppoeTagged: 0,
  filterVlanTagged: 0,
  passVlanInputDev: 0,
});

const FILES: readonly (readonly [string, keyof BrNetfilter])[] = [
  ['bridge-nf-call-arptables', 'callArptables'],
  ['bridge-nf-call-ip6tables', 'callIp6tables'],
  ['bridge-nf-call-iptables', 'callIptables'],
  ['bridge-nf-filter-pppoe-tagged', 'filterPppoeTagged'],
  ['bridge-nf-filter-vlan-tagged', 'filterVlanTagged'],
  ['bridge-nf-pass-vlan-input-dev', 'passVlanInputDev'],
];

/** brnf_table[]; brnf_sysctl_call_tables(): anything but 0 is 1. */
export function registerBrNetfilter(tree: SysctlTree, settings: BrNetfilter): void {
  for (const [name, key] of FILES) {
    tree.register(`net/bridge/${name}`, {
      mode: 0o644,
      read: () => String(settings[key]),
      write: (text) => {
        const value = parseSysctlInt(text);
        if (value === undefined) return err('EINVAL');
        settings[key] = value === 0 ? 0 : 1;
        return OK;
      },
    });
  }
}
