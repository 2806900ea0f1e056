import { OK, ok } from '../../base/result';
import type { NetDevice } from '../device/net-device';
import {
  changeDefaultRemote,
  newVxlan,
  type Vxlan,
  type VxlanConfig,
  vxlanInUse,
} from '../device/vxlan';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from './netlink-error';
import type { VxlanAttributes } from './set-link';

/** VXLAN_N_VID. */
const VXLAN_N_VID = 2 ** 24;

/** vxlan_validate() without IFLA_INFO_DATA. */
const isEmpty = (options: VxlanAttributes): boolean =>
  Object.values(options).every((value) => value === undefined);

const MISSING = 'Required attributes not provided to perform the operation';

/** vxlan_newlink(), vxlan_nl2conf(). */
export function constructVxlan(
  net: Netns,
  target: Netns,
  name: string,
  options: VxlanAttributes,
): Rtnl<NetDevice> {
  if (isEmpty(options)) return nlErr('EINVAL', MISSING);
  const vni = options.id;
  if (vni === undefined) return nlErr('EINVAL', 'VXLAN identifier is required');
  if (vni >= VXLAN_N_VID) return nlErr('ERANGE', 'VXLAN ID must be lower than 16777216');
  const { srcPort } = options;
  if (srcPort && srcPort.high < srcPort.low) return nlErr('EINVAL', 'Invalid source port range');
  const link = options.link ? net.deviceByIndex(options.link) : undefined;
  if (options.link && !link) return nlErr('ENODEV', 'Specified interface does not exist');
  const dstPort = options.dstPort || 8472;
  if (vxlanInUse(net, vni, dstPort)) {
    return nlErr('EEXIST', 'A VXLAN device with the specified VNI already exists');
  }
  const config: VxlanConfig = {
    vni,
    remote: options.remote ?? options.group,
    local: options.local,
    link,
    dstPort,
    srcPortLow: srcPort?.low ?? 0,
    srcPortHigh: srcPort?.high ?? 0,
    ttl: options.ttl ?? 0,
    tos: options.tos ?? 0,
    learning: options.learning ?? true,
    proxy: options.proxy ?? false,
    rsc: options.rsc ?? false,
    l2miss: options.l2miss ?? false,
    l3miss: options.l3miss ?? false,
    ageingSec: options.ageingSec ?? 300,
    limit: options.limit ?? 0,
    udpCsum: options.udpCsum ?? true,
  };
  const dev = newVxlan(net, name, config);
  dev.netns = target;
  return ok(dev);
}

/** Flags that stay as they were made, in the order of vxlan_nl2conf(). */
const FIXED_FLAGS = [
  ['proxy', 'PROXY'],
  ['rsc', 'RSC'],
  ['l2miss', 'L2MISS'],
  ['l3miss', 'L3MISS'],
] as const;

/** vxlan_changelink(). */
export function changeVxlan(vxlan: Vxlan, o: VxlanAttributes): Rtnl {
  if (isEmpty(o)) return nlErr('EINVAL', MISSING);
  const fixed = checkFixed(vxlan, o);
  if (!fixed.ok) return fixed;
  const link = o.link ? vxlan.net.deviceByIndex(o.link) : vxlan.link;
  if (o.link && !link) return nlErr('ENODEV', 'Specified interface does not exist');
  if (o.local !== undefined) vxlan.local = o.local;
  if (o.ttl !== undefined) vxlan.ttl = o.ttl;
  if (o.tos !== undefined) vxlan.tos = o.tos;
  if (o.learning !== undefined) vxlan.learning = o.learning;
  if (o.ageingSec !== undefined) vxlan.ageingSec = o.ageingSec;
  const remote = o.remote ?? o.group ?? vxlan.remote;
  if (remote !== vxlan.remote || link !== vxlan.link) changeDefaultRemote(vxlan, remote, link);
  return OK;
}

function checkFixed(vxlan: Vxlan, o: VxlanAttributes): Rtnl {
  const refuse = (text: string): Rtnl => nlErr('EOPNOTSUPP', text);
  if (o.id !== undefined && o.id !== vxlan.vni) return refuse('Cannot change VNI');
  for (const [key, name] of FIXED_FLAGS) {
    if (o[key] !== undefined && o[key] !== vxlan[key]) {
      return refuse(`vxlan: cannot change ${name} flag`);
    }
  }
  if (o.limit !== undefined) return refuse('Cannot change limit');
  if (o.external) return refuse('vxlan: cannot change COLLECT_METADATA flag');
  if (o.srcPort) return refuse('Cannot change port range');
  if (o.dstPort !== undefined) return refuse('Cannot change port');
  return o.udpCsum === undefined ? OK : refuse('Cannot change UDP_CSUM flag');
}
