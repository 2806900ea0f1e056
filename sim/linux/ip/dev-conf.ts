import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import { intEntry, registerInts, type SysctlTree } from '../sysctl';
import type { InDevice, Inet6Device, Ipv4DevConf, Ipv6DevConf } from './address';
import type { NeighParms } from './neighbour';

/** ipv4_devconf of net/ipv4/devinet.c. */
export const newIpv4DevConf = (): Ipv4DevConf => ({
  forwarding: 0,
  mc_forwarding: 0,
  accept_redirects: 1,
  secure_redirects: 1,
  shared_media: 1,
  rp_filter: 0,
  send_redirects: 1,
  accept_source_route: 1,
  accept_local: 0,
  src_valid_mark: 0,
  proxy_arp: 0,
  medium_id: 0,
  bootp_relay: 0,
  log_martians: 0,
  tag: 0,
  arp_filter: 0,
  arp_announce: 0,
  arp_ignore: 0,
  arp_accept: 0,
  arp_notify: 0,
  arp_evict_nocarrier: 1,
  proxy_arp_pvlan: 0,
  disable_xfrm: 0,
  disable_policy: 0,
  force_igmp_version: 0,
  igmpv2_unsolicited_report_interval: 10_000,
  igmpv3_unsolicited_report_interval: 1_000,
  ignore_routes_with_linkdown: 0,
  drop_gratuitous_arp: 0,
  drop_unicast_in_l2_multicast: 0,
  promote_secondaries: 0,
  route_localnet: 0,
});

/** ipv6_devconf of net/ipv6/addrconf.c. */
export const newIpv6DevConf = (): Ipv6DevConf => ({
  forwarding: 0,
  hop_limit: 64,
  mtu: 1280,
  accept_ra: 1,
  accept_ra_defrtr: 1,
  accept_ra_pinfo: 1,
  accept_redirects: 1,
  autoconf: 1,
  dad_transmits: 1,
  router_solicitations: -1,
  router_solicitation_delay: 1,
  router_solicitation_interval: 4,
  disable_ipv6: 0,
  accept_dad: 1,
  proxy_ndp: 0,
  keep_addr_on_down: 0,
  addr_gen_mode: 0,
  ignore_routes_with_linkdown: 0,
  use_tempaddr: 0,
});

/** arp_tbl.parms and nd_tbl.parms; they differ in proxy_qlen and locktime only. */
export const newNeighParms = (family: 4 | 6): NeighParms => ({
  mcast_solicit: 3,
  ucast_solicit: 3,
  app_solicit: 0,
  mcast_resolicit: 0,
  retrans_time_ms: 1000,
  base_reachable_time_ms: 30_000,
  delay_first_probe_time_ms: 5000,
  gc_stale_time_ms: 60_000,
  unres_qlen_bytes: 212_992,
  proxy_qlen: 64,
  anycast_delay_ms: 1000,
  proxy_delay_ms: 800,
  locktime_ms: family === 4 ? 1000 : 0,
  reachable_time_us: 30_000_000,
});

/** inetdev_init(): settings start as those of `default`. */
export function newInDevice(dev: NetDevice): InDevice {
  const net = dev.netns;
  const arpParms = { ...net.arpDefaults };
  drawReachableTime(net, arpParms);
  return { dev, addresses: [], conf: { ...net.ipv4.confDefault }, arpParms, groups: new Map() };
}

/** ipv6_add_dev(). */
export function newInet6Device(dev: NetDevice): Inet6Device {
  const net = dev.netns;
  const ndParms = { ...net.ndDefaults };
  drawReachableTime(net, ndParms);
  const conf = { ...net.ipv6.confDefault };
  return {
    dev,
    addresses: [],
    conf,
    ndParms,
    groups: new Map(),
    raReceived: false,
    running: false,
  };
}

/** neigh_rand_reach_time(): uniform in [0.5, 1.5) of the base. */
export function drawReachableTime(net: Netns, parms: NeighParms): void {
  const base = parms.base_reachable_time_ms * 1000;
  parms.reachable_time_us = base / 2 + net.kernel.random.stream('neigh').below(Math.max(base, 1));
}

/** devinet_sysctl_register(): the directory of a device, of `all` or of `default`. */
export function registerConf4(net: Netns, name: string, conf: Ipv4DevConf): void {
  const directory = `net/ipv4/conf/${name}`;
  net.sysctl.registerDirectory(directory, () => fillConf4(net, directory, conf));
}

function fillConf4(net: Netns, directory: string, conf: Ipv4DevConf): void {
  registerInts(net.sysctl, directory, conf);
  net.sysctl.register(
    `${directory}/forwarding`,
    intEntry(
      () => conf.forwarding,
      (value) => setForwarding4(net, conf, value),
    ),
  );
}

/** devinet_sysctl_forward(), inet_forward_change(): a change of `all` sets every device and the default. */
export function setForwarding4(net: Netns, conf: Ipv4DevConf, value: number): void {
  if (conf.forwarding === value) return;
  conf.forwarding = value;
  if (conf !== net.ipv4.confAll) return;
  net.ipv4.confDefault.forwarding = value;
  net.ipv4.confAll.accept_redirects = value ? 0 : 1;
  for (const dev of net.devices()) dev.inDev.conf.forwarding = value;
}

/** neigh_sysctl_register(). */
export function registerNeigh(net: Netns, name: string, parms: NeighParms, family: 4 | 6): void {
  const directory = `net/ipv${family}/neigh/${name}`;
  net.sysctl.registerDirectory(directory, () => fillNeigh(net, directory, parms));
}

function fillNeigh(net: Netns, directory: string, parms: NeighParms): void {
  const entry = (file: string, read: () => number, write: (value: number) => void): void =>
    net.sysctl.register(`${directory}/${file}`, intEntry(read, write));
  const plain = [
    'mcast_solicit',
    'ucast_solicit',
    'app_solicit',
    'mcast_resolicit',
    'retrans_time_ms',
    'unres_qlen_bytes',
    'proxy_qlen',
  ] as const;
  for (const key of plain) {
    entry(
      key,
      () => parms[key],
      (v) => {
        parms[key] = v;
      },
    );
  }
  entry(
    'base_reachable_time_ms',
    () => parms.base_reachable_time_ms,
    (v) => {
      parms.base_reachable_time_ms = v;
      drawReachableTime(net, parms);
    },
  );
  entry(
    'base_reachable_time',
    () => Math.floor(parms.base_reachable_time_ms / 1000),
    (v) => {
      parms.base_reachable_time_ms = v * 1000;
      drawReachableTime(net, parms);
    },
  );
  // proc_unres_qlen(): in packets of a full Ethernet frame.
  entry(
    'unres_qlen',
    () => Math.floor(parms.unres_qlen_bytes / FRAME_TRUESIZE),
    (v) => {
      parms.unres_qlen_bytes = v * FRAME_TRUESIZE;
    },
  );
  for (const [file, key, unitMs] of NEIGH_TIMES) {
    entry(
      file,
      () => Math.floor(parms[key] / unitMs),
      (v) => {
        parms[key] = v * unitMs;
      },
    );
  }
}

/** SKB_TRUESIZE(ETH_FRAME_LEN). */
const FRAME_TRUESIZE = 2090;

/** Files in seconds, and those in USER_HZ (1/100 s). */
const NEIGH_TIMES = [
  ['delay_first_probe_time', 'delay_first_probe_time_ms', 1000],
  ['gc_stale_time', 'gc_stale_time_ms', 1000],
  ['retrans_time', 'retrans_time_ms', 10],
  ['anycast_delay', 'anycast_delay_ms', 10],
  ['proxy_delay', 'proxy_delay_ms', 10],
  ['locktime', 'locktime_ms', 10],
] as const;

/** addrconf_sysctl_register(); `disable_ipv6` acts at once (addrconf_disable_ipv6()). */
export function registerConf6(net: Netns, name: string, conf: Ipv6DevConf): void {
  const directory = `net/ipv6/conf/${name}`;
  net.sysctl.registerDirectory(directory, () => fillConf6(net, directory, conf));
}

function fillConf6(net: Netns, directory: string, conf: Ipv6DevConf): void {
  registerInts(net.sysctl, directory, conf);
  const sysctl: SysctlTree = net.sysctl;
  sysctl.register(
    `${directory}/disable_ipv6`,
    intEntry(
      () => conf.disable_ipv6,
      (value) => net.ipv6.setDisabled(conf, value),
    ),
  );
  sysctl.register(
    `${directory}/forwarding`,
    intEntry(
      () => conf.forwarding,
      (value) => net.ipv6.setForwarding(conf, value),
    ),
  );
}

/** All directories of a device: registration, and again under a new name or in a new namespace. */
export function registerDeviceConf(dev: NetDevice): void {
  const net = dev.netns;
  if (!net.hasSysctlTree) return;
  registerConf4(net, dev.name, dev.inDev.conf);
  registerConf6(net, dev.name, dev.in6Dev.conf);
  registerNeigh(net, dev.name, dev.inDev.arpParms, 4);
  registerNeigh(net, dev.name, dev.in6Dev.ndParms, 6);
}

export function unregisterDeviceConf(net: Netns, name: string): void {
  if (!net.hasSysctlTree) return;
  for (const family of ['ipv4', 'ipv6']) {
    net.sysctl.unregister(`net/${family}/conf/${name}`);
    net.sysctl.unregister(`net/${family}/neigh/${name}`);
  }
}
