import { checksum } from '../../wire/checksum';
import type { Ipv4 } from '../../wire/frame';
import { devMcAdd, devMcDel } from '../device/dev';
import { IFF_LOOPBACK, IFF_MULTICAST, type NetDevice } from '../device/net-device';
import { multicastMac4 } from './arp';
import { ipOutput } from './output';
import { routeOutput4 } from './route';

/** IGMPV3_ALL_MCR: 224.0.0.22. */
const ALL_MCR: Ipv4 = 0xe000_0016;
const ALL_HOSTS: Ipv4 = 0xe000_0001;
const IPPROTO_IGMP = 2;
const IGMPV3_HOST_MEMBERSHIP_REPORT = 0x22;
/** RFC 3376 §4.2.12. */
const CHANGE_TO_INCLUDE = 3;
const CHANGE_TO_EXCLUDE = 4;
/** The Router Alert option, RFC 2113. */
const ROUTER_ALERT = Uint8Array.of(0x94, 4, 0, 0);
/** The robustness variable, and how far apart the reports of a change are at most. */
const ROBUSTNESS = 2;
const REPORT_INTERVAL_US = 1_000_000;

/** ip_mc_inc_group(), net/ipv4/igmp.c. */
export function joinGroup4(dev: NetDevice, group: Ipv4): void {
  const { groups } = dev.inDev;
  const users = groups.get(group) ?? 0;
  groups.set(group, users + 1);
  if (users > 0) return;
  devMcAdd(dev, multicastMac4(group));
  if (reports(dev, group)) report(dev, group, CHANGE_TO_EXCLUDE, ROBUSTNESS);
}

/** ip_mc_dec_group(). */
export function leaveGroup4(dev: NetDevice, group: Ipv4): void {
  const { groups } = dev.inDev;
  const users = (groups.get(group) ?? 0) - 1;
  if (users > 0) {
    groups.set(group, users);
    return;
  }
  if (!groups.delete(group)) return;
  devMcDel(dev, multicastMac4(group));
  if (reports(dev, group)) report(dev, group, CHANGE_TO_INCLUDE, ROBUSTNESS);
}

const reports = (dev: NetDevice, group: Ipv4): boolean =>
  group !== ALL_HOSTS &&
  dev.up &&
  (dev.flags & IFF_MULTICAST) !== 0 &&
  (dev.flags & IFF_LOOPBACK) === 0;

/** igmpv3_send_cr(): at once, and again within a second. */
function report(dev: NetDevice, group: Ipv4, type: number, times: number): void {
  if (!dev.up || dev.dead) return;
  sendReport(dev, group, type);
  if (times <= 1) return;
  const { random, scheduler } = dev.netns.kernel;
  const delayUs = random.stream('igmp').below(REPORT_INTERVAL_US);
  scheduler.after(delayUs, () => report(dev, group, type, times - 1));
}

/** igmpv3_newpack(), igmpv3_sendpack(). */
function sendReport(dev: NetDevice, group: Ipv4, type: number): void {
  const net = dev.netns;
  const route = routeOutput4(net, { dst: ALL_MCR, oif: dev.ifindex, protocol: IPPROTO_IGMP });
  if (!route.ok || typeof route.value.src !== 'number' || route.value.src === 0) return;
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, IGMPV3_HOST_MEMBERSHIP_REPORT);
  view.setUint16(6, 1);
  view.setUint8(8, type);
  view.setUint32(12, group);
  view.setUint16(2, checksum(bytes));
  ipOutput(net, {
    packet: {
      kind: 'ipv4',
      src: route.value.src,
      dst: ALL_MCR,
      tos: 0xc0,
      id: 0,
      df: true,
      mf: false,
      fragOffset: 0,
      ttl: 1,
      protocol: IPPROTO_IGMP,
      options: ROUTER_ALERT,
      payload: { kind: 'bytes', bytes },
    },
    dst: route.value,
  });
}
