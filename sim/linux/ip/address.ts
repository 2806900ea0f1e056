import type { Ipv4, Ipv6 } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import type { NeighParms } from './neighbour';

/** Infinite lifetime: INFINITY_LIFE_TIME. */
export const FOREVER = 0xffff_ffff;

/** struct in_ifaddr. */
export interface InIfaddr {
  readonly dev: NetDevice;
  /** ifa_local: the address itself. */
  readonly local: Ipv4;
  /** ifa_address: the peer's on a point-to-point address, else the same as `local`. */
  readonly address: Ipv4;
  readonly prefixLen: number;
  readonly broadcast: Ipv4 | undefined;
  readonly scope: number;
  label: string;
  /** IFA_F_SECONDARY. */
  secondary: boolean;
  readonly noPrefixRoute: boolean;
  /** IFA_RT_PRIORITY. */
  readonly metric: number;
  readonly protocol: number;
  /** Seconds, FOREVER = permanent; counted from `sinceUs`. */
  readonly validSec: number;
  readonly preferredSec: number;
  readonly sinceUs: number;
}

/** struct inet6_ifaddr. */
export interface Inet6Ifaddr {
  readonly dev: NetDevice;
  readonly address: Ipv6;
  readonly peer: Ipv6 | undefined;
  readonly prefixLen: number;
  readonly scope: number;
  /** IFA_F_TENTATIVE: duplicate address detection is under way. */
  tentative: boolean;
  dadFailed: boolean;
  readonly noDad: boolean;
  readonly noPrefixRoute: boolean;
  /** Made by stateless autoconfiguration or for the link-local address. */
  readonly dynamic: boolean;
  readonly mngTmpAddr: boolean;
  readonly metric: number;
  /** IFAPROT_*: 0 unspec, 1 lo, 2 ra, 3 kernel link-local. */
  readonly protocol: number;
  validSec: number;
  preferredSec: number;
  sinceUs: number;
}

/** struct ipv4_devconf: the numbers of /proc/sys/net/ipv4/conf/NAME/. */
export interface Ipv4DevConf {
  forwarding: number;
  mc_forwarding: number;
  accept_redirects: number;
  secure_redirects: number;
  shared_media: number;
  rp_filter: number;
  send_redirects: number;
  accept_source_route: number;
  accept_local: number;
  src_valid_mark: number;
  proxy_arp: number;
  medium_id: number;
  bootp_relay: number;
  log_martians: number;
  tag: number;
  arp_filter: number;
  arp_announce: number;
  arp_ignore: number;
  arp_accept: number;
  arp_notify: number;
  arp_evict_nocarrier: number;
  proxy_arp_pvlan: number;
  disable_xfrm: number;
  disable_policy: number;
  force_igmp_version: number;
  igmpv2_unsolicited_report_interval: number;
  igmpv3_unsolicited_report_interval: number;
  ignore_routes_with_linkdown: number;
  drop_gratuitous_arp: number;
  drop_unicast_in_l2_multicast: number;
  promote_secondaries: number;
  route_localnet: number;
}

/** struct ipv6_devconf as far as modelled. */
export interface Ipv6DevConf {
  forwarding: number;
  hop_limit: number;
  mtu: number;
  accept_ra: number;
  accept_ra_defrtr: number;
  accept_ra_pinfo: number;
  accept_redirects: number;
  autoconf: number;
  dad_transmits: number;
  router_solicitations: number;
  router_solicitation_delay: number;
  router_solicitation_interval: number;
  disable_ipv6: number;
  accept_dad: number;
  proxy_ndp: number;
  keep_addr_on_down: number;
  addr_gen_mode: number;
  ignore_routes_with_linkdown: number;
  /** Kept, but no temporary addresses are made. */
  use_tempaddr: number;
}

/** struct in_device. */
export interface InDevice {
  readonly dev: NetDevice;
  /** Primary addresses by scope, each before its secondaries: ifa_list. */
  readonly addresses: InIfaddr[];
  readonly conf: Ipv4DevConf;
  readonly arpParms: NeighParms;
  /** Joined groups with their users. */
  readonly groups: Map<Ipv4, number>;
}

/** struct inet6_dev. */
export interface Inet6Device {
  readonly dev: NetDevice;
  readonly addresses: Inet6Ifaddr[];
  readonly conf: Ipv6DevConf;
  readonly ndParms: NeighParms;
  readonly groups: Map<Ipv6, number>;
  /** IF_RA_RCVD: a router answered. */
  raReceived: boolean;
  /** IF_READY: the device was up with a carrier since IPv6 began on it. */
  running: boolean;
}
