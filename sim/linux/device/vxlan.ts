import type { Ip, Mac } from '../../wire/frame';
import type { NetDevice } from './net-device';

/** struct vxlan_rdst. */
export interface VxlanRemote {
  readonly ip: Ip;
  readonly port: number;
  readonly vni: number;
  readonly link: NetDevice | undefined;
}

/** struct vxlan_fdb. */
export interface VxlanFdbEntry {
  readonly mac: Mac;
  readonly remotes: VxlanRemote[];
  state: 'permanent' | 'static' | 'reachable' | 'stale';
  externLearn: boolean;
  updatedUs: number;
  usedUs: number;
}

/** struct vxlan_dev. */
export interface Vxlan {
  readonly dev: NetDevice;
  vni: number;
  remote: Ip | undefined;
  local: Ip | undefined;
  link: NetDevice | undefined;
  dstPort: number;
  srcPortLow: number;
  srcPortHigh: number;
  ttl: number;
  tos: number;
  learning: boolean;
  proxy: boolean;
  rsc: boolean;
  l2miss: boolean;
  l3miss: boolean;
  ageingSec: number;
  limit: number;
  udpCsum: boolean;
  readonly fdb: Map<Mac, VxlanFdbEntry>;
}
