import type { Program } from '../linux/inode';
import { absentPlugin } from './absent';
import { bandwidth } from './bandwidth';
import { bridge } from './bridge/bridge';
import { cnitool } from './cnitool';
import { dhcp, dhcpMain } from './dhcp/dhcp';
import { firewall } from './firewall/firewall';
import { hostDevice } from './host-device';
import { hostLocal } from './host-local/host-local';
import { loopback } from './loopback';
import { portmap } from './portmap/portmap';
import { ptp } from './ptp';
import { DEBIAN, type Release, UPSTREAM } from './release';
import { type Plugin, pluginMain } from './skel';
import { ipvlan } from './stacked/ipvlan';
import { macvlan } from './stacked/macvlan';
import { vlan } from './stacked/vlan';
import { staticIpam } from './static';
import { tuning } from './tuning';

const PLUGINS: readonly Plugin[] = [
  bandwidth,
  bridge,
  dhcp,
  firewall,
  hostDevice,
  hostLocal,
  ipvlan,
  loopback,
  macvlan,
  portmap,
  ptp,
  absentPlugin('sbr'),
  staticIpam,
  tuning,
  vlan,
  absentPlugin('vrf', '0.3.1'),
];

const installed = (
  dir: string,
  release: Release,
): readonly (readonly [path: string, program: Program])[] =>
  PLUGINS.map((plugin) => [
    `${dir}/${plugin.name}`,
    plugin === dhcp ? dhcpMain(release) : pluginMain(plugin, release),
  ]);

/** Debian's containernetworking-plugins, and the newer ones where Kubernetes' packages put them. */
export const cniPrograms: readonly (readonly [path: string, program: Program])[] = [
  ...installed('/usr/lib/cni', DEBIAN),
  ...installed('/opt/cni/bin', UPSTREAM),
  ['/usr/local/bin/cnitool', cnitool],
];
