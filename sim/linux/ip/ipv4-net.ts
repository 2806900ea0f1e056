import { err, OK } from '../../base/result';
import { ICMP_EXC_FRAGTIME, ICMP_TIME_EXCEEDED } from '../../wire/icmp';
import type { Netns } from '../netns';
import {
  type IntRange,
  intEntry,
  parseSysctlInt,
  registerInts,
  type SysctlEntry,
  vectorEntry,
} from '../sysctl';
import type { Ipv4DevConf } from './address';
import { newIpv4DevConf, registerConf4, setForwarding4 } from './dev-conf';
import { RouteExceptions } from './exception';
import { FragQueues } from './fragment';
import { icmpSend } from './icmp';
import { InetPeers } from './inet-peer';

/** struct netns_ipv4's numbers that are modelled, with the kernel's defaults. */
export const newIpv4Sysctl = () => ({
  icmp_echo_ignore_all: 0,
  icmp_echo_ignore_broadcasts: 1,
  icmp_errors_use_inbound_ifaddr: 0,
  icmp_ignore_bogus_error_responses: 1,
  icmp_ratelimit: 1000,
  icmp_ratemask: 6168,
  ip_default_ttl: 64,
  ip_no_pmtu_disc: 0,
  ip_forward_use_pmtu: 0,
  ip_nonlocal_bind: 0,
  ip_unprivileged_port_start: 1024,
  ip_early_demux: 1,
  fib_multipath_hash_policy: 0,
  fib_multipath_use_neigh: 0,
  fwmark_reflect: 0,
  tcp_syn_linear_timeouts: 4,
  tcp_syn_retries: 6,
  tcp_synack_retries: 5,
  tcp_retries1: 3,
  tcp_retries2: 15,
  tcp_fin_timeout: 60,
  tcp_keepalive_time: 7200,
  tcp_keepalive_intvl: 75,
  tcp_keepalive_probes: 9,
  tcp_timestamps: 1,
  tcp_sack: 1,
  tcp_window_scaling: 1,
  tcp_max_syn_backlog: 512,
  tcp_syncookies: 1,
  tcp_tw_reuse: 2,
  tcp_mtu_probing: 0,
  tcp_base_mss: 1024,
  tcp_min_snd_mss: 48,
  tcp_ecn: 2,
  tcp_orphan_retries: 0,
  tcp_slow_start_after_idle: 1,
  udp_rmem_min: 4096,
  udp_wmem_min: 4096,
  igmp_max_memberships: 20,
  ipfrag_time: 30,
  ipfrag_high_thresh: 4_194_304,
  ipfrag_low_thresh: 3_145_728,
});

export type Ipv4Sysctl = ReturnType<typeof newIpv4Sysctl>;

/** struct netns_ipv4. */
export class Ipv4Net {
  readonly confAll: Ipv4DevConf = newIpv4DevConf();
  readonly confDefault: Ipv4DevConf = newIpv4DevConf();
  readonly sysctl: Ipv4Sysctl = newIpv4Sysctl();
  /** ip_rt_mtu_expires (seconds), ip_rt_min_pmtu, ip_rt_min_advmss. */
  readonly route = { min_adv_mss: 256, min_pmtu: 552, mtu_expires: 600 };
  readonly localPortRange = [32_768, 60_999];
  readonly pingGroupRange = [1, 0];
  readonly exceptions: RouteExceptions;
  readonly peers: InetPeers;
  readonly frags: FragQueues;
  #ident: number;

  constructor(readonly net: Netns) {
    this.exceptions = new RouteExceptions(net);
    this.peers = new InetPeers(net);
    this.frags = new FragQueues(net, (first) =>
      icmpSend(first, { type: ICMP_TIME_EXCEEDED, code: ICMP_EXC_FRAGTIME, info: 0 }),
    );
    this.#ident = net.kernel.random.stream('ip-id').below(65_536);
  }

  /** ip_idents_reserve(): 1 … 65535 in turn. */
  nextIdent(): number {
    this.#ident = (this.#ident % 65_535) + 1;
    return this.#ident;
  }

  registerSysctls(): void {
    const { net } = this;
    registerConf4(net, 'all', this.confAll);
    registerConf4(net, 'default', this.confDefault);
    net.sysctl.registerDirectory('net/ipv4', () => this.#fillSysctls());
    net.sysctl.register('net/ipv4/route/flush', flushEntry(net));
    registerInts(net.sysctl, 'net/ipv4/route', this.route);
  }

  #fillSysctls(): void {
    const { net } = this;
    const tree = net.sysctl;
    const numbers = this.sysctl;
    for (const key of sysctlKeys(numbers)) {
      tree.register(
        `net/ipv4/${key}`,
        intEntry(
          () => numbers[key],
          (value) => {
            numbers[key] = value;
          },
          RANGES[key],
        ),
      );
    }
    tree.register(
      'net/ipv4/ip_forward',
      intEntry(
        () => this.confAll.forwarding,
        (value) => setForwarding4(net, this.confAll, value === 0 ? 0 : 1),
      ),
    );
    tree.register('net/ipv4/ip_local_port_range', portRange(this.localPortRange));
    tree.register('net/ipv4/ping_group_range', vectorEntry(this.pingGroupRange));
    tree.register('net/ipv4/tcp_rmem', vectorEntry([4096, 131_072, 6_291_456]));
    tree.register('net/ipv4/tcp_wmem', vectorEntry([4096, 16_384, 4_194_304]));
  }
}

/** extra1 and extra2 of ipv4_net_table, where they are narrower than an integer. */
const RANGES: Readonly<Partial<Record<keyof Ipv4Sysctl, IntRange>>> = {
  ip_default_ttl: { min: 1, max: 255 },
  ip_unprivileged_port_start: { min: 0, max: 65_535 },
  tcp_syn_retries: { min: 1, max: 127 },
  tcp_synack_retries: { min: 0, max: 255 },
  tcp_retries1: { min: 0, max: 255 },
  tcp_retries2: { min: 0, max: 255 },
  tcp_keepalive_probes: { min: 0, max: 255 },
};

const sysctlKeys = (numbers: Ipv4Sysctl): readonly (keyof Ipv4Sysctl)[] => {
  const known = newIpv4Sysctl();
  const isKey = (key: string): key is keyof Ipv4Sysctl => key in known;
  return Object.keys(numbers).filter(isKey);
};

/** ipv4_local_port_range(): low not above high. */
function portRange(range: number[]): SysctlEntry {
  return {
    mode: 0o644,
    read: () => range.join('\t'),
    write: (text) => {
      const [low, high] = text.trim().split(/\s+/).map(parseSysctlInt);
      if (low === undefined || high === undefined || low < 1 || high > 65_535 || high < low) {
        return err('EINVAL');
      }
      range.splice(0, 2, low, high);
      return OK;
    },
  };
}

/** /proc/sys/net/ipv4/route/flush: what `ip route flush cache` writes to. */
const flushEntry = (net: Netns): SysctlEntry => ({
  mode: 0o200,
  read: () => '',
  write: () => {
    net.ipv4.exceptions.flush();
    return OK;
  },
});
