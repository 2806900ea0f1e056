import type { Ipv6 } from '../../wire/frame';
import { isLinkLocal6 } from '../../wire/ip';
import { MLD2_CHANGE_TO_EXCLUDE, mld2Report, multicastMac6 } from '../../wire/ndp';
import { devMcAdd, devMcDel } from '../device/dev';
import { IFF_LOOPBACK, type NetDevice } from '../device/net-device';
import { icmp6Xmit } from './icmpv6-xmit';

/** ff01::1: inside the machine; no frame is ever for it. */
export const NODE_ALL_NODES: Ipv6 = 0xff01_0000_0000_0000_0000_0000_0000_0001n;
/** ff02::1, ff02::2, ff02::16. */
export const ALL_NODES: Ipv6 = 0xff02_0000_0000_0000_0000_0000_0000_0001n;
export const ALL_ROUTERS: Ipv6 = 0xff02_0000_0000_0000_0000_0000_0000_0002n;
const ALL_MLD2_ROUTERS: Ipv6 = 0xff02_0000_0000_0000_0000_0000_0000_0016n;

/** The robustness variable: reports of a change are sent twice, up to a second apart (RFC 3810 §9.1). */
const ROBUSTNESS = 2;
const REPORT_INTERVAL_US = 1_000_000;

/** ipv6_dev_mc_inc(), net/ipv6/mcast.c. */
export function joinGroup6(dev: NetDevice, group: Ipv6): void {
  const { groups } = dev.in6Dev;
  const users = groups.get(group) ?? 0;
  groups.set(group, users + 1);
  if (users > 0) return;
  if (group === NODE_ALL_NODES) return;
  devMcAdd(dev, multicastMac6(group));
  if (group !== ALL_NODES && !(dev.flags & IFF_LOOPBACK)) reportLater(dev, group, ROBUSTNESS);
}

/** ipv6_dev_mc_dec(). */
export function leaveGroup6(dev: NetDevice, group: Ipv6): void {
  const { groups } = dev.in6Dev;
  const users = (groups.get(group) ?? 0) - 1;
  if (users > 0) {
    groups.set(group, users);
    return;
  }
  groups.delete(group);
  if (group === NODE_ALL_NODES) return;
  devMcDel(dev, multicastMac6(group));
}

/** mld_ifc_event(), mld_ifc_work(). */
function reportLater(dev: NetDevice, group: Ipv6, times: number): void {
  const { kernel } = dev.netns;
  const delayUs = kernel.random.stream('mld').below(REPORT_INTERVAL_US);
  kernel.scheduler.after(delayUs, () => {
    if (!dev.up || dev.dead || !dev.in6Dev.groups.has(group)) return;
    const source = dev.in6Dev.addresses.find((a) => isLinkLocal6(a.address) && !a.tentative);
    icmp6Xmit(dev, {
      src: source?.address ?? 0n,
      dst: ALL_MLD2_ROUTERS,
      hopLimit: 1,
      routerAlert: true,
      message: mld2Report([{ type: MLD2_CHANGE_TO_EXCLUDE, group }]),
    });
    if (times > 1) reportLater(dev, group, times - 1);
  });
}
