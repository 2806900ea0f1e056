import type { Bridge } from '../../../linux/device/bridge';
import { gcTimerValue } from '../../../linux/device/bridge-fdb';
import type { BridgeId } from '../../../wire/bpdu';
import { formatMac } from '../../../wire/mac';
import { cFormat } from '../c-format';
import type { Printer } from '../print';

/** br_dump_bridge_id(): priority and ether_ntoa's bytes. */
export function formatBridgeId({ priority, mac }: BridgeId): string {
  const bytes = formatMac(mac)
    .split(':')
    .map((byte) => Number.parseInt(byte, 16).toString(16));
  return `${priority.toString(16).padStart(4, '0')}.${bytes.join(':')}`;
}

/** A timer of the bridge, from USER_HZ: seconds with two decimals, also in JSON. */
export function printTimer(p: Printer, name: string, userHz: number): void {
  if (p.json) p.rawField(name, (userHz / 100).toFixed(2));
  else p.fp(`${name} %s `, cFormat('%4d.%02d', Math.floor(userHz / 100), userHz % 100));
}

/**
 * bridge_print_opt(), ip/iplink_bridge.c. Multicast numbers are the kernel's defaults: MLD and
 * IGMP snooping keep no state here.
 */
export function printBridgeInfo(p: Printer, br: Bridge): void {
  p.any('forward_delay', 'forward_delay %u ', br.forwardDelay);
  p.any('hello_time', 'hello_time %u ', br.helloTime);
  p.any('max_age', 'max_age %u ', br.maxAge);
  p.any('ageing_time', 'ageing_time %u ', br.ageingTime);
  p.any('stp_state', 'stp_state %u ', Number(br.stpEnabled));
  p.any('priority', 'priority %u ', br.priority);
  p.any('vlan_filtering', 'vlan_filtering %u ', Number(br.vlanFiltering));
  p.any('vlan_protocol', 'vlan_protocol %s ', br.vlanProtocol === 0x88a8 ? '802.1ad' : '802.1Q');
  p.any('bridge_id', 'bridge_id %s ', formatBridgeId(br.id));
  // Version 6.1 reads the bridge's own id here, too.
  p.any('root_id', 'designated_root %s ', formatBridgeId(br.id));
  p.any('root_port', 'root_port %u ', br.rootPort);
  p.any('root_path_cost', 'root_path_cost %u ', br.rootPathCost);
  p.any('topology_change', 'topology_change %u ', Number(br.topologyChange));
  const detected = Number(br.topologyChangeDetected);
  p.any('topology_change_detected', 'topology_change_detected %u ', detected);
  printTimer(p, 'hello_timer', br.helloTimer.value);
  printTimer(p, 'tcn_timer', br.tcnTimer.value);
  printTimer(p, 'topology_change_timer', br.topologyChangeTimer.value);
  printTimer(p, 'gc_timer', gcTimerValue(br));
  p.any('vlan_default_pvid', 'vlan_default_pvid %u ', br.vlanDefaultPvid);
  p.any('vlan_stats_enabled', 'vlan_stats_enabled %u ', 0);
  p.any('vlan_stats_per_port', 'vlan_stats_per_port %u ', 0);
  p.hex0x('group_fwd_mask', 'group_fwd_mask %#llx ', br.groupFwdMask);
  p.any('group_addr', 'group_address %s ', formatMac(br.groupAddress));
  printMulticast(p, br);
  p.any('nf_call_iptables', 'nf_call_iptables %u ', Number(br.nfCallIptables));
  p.any('nf_call_ip6tables', 'nf_call_ip6tables %u ', Number(br.nfCallIp6tables));
  p.any('nf_call_arptables', 'nf_call_arptables %u ', Number(br.nfCallArptables));
}

/**
 * JSON key, text and default of the kernel (br_multicast_init, net/bridge/br_multicast.c),
 * USER_HZ.
 */
const MULTICAST_DEFAULTS: readonly (readonly [string, string, number])[] = [
  ['mcast_hash_elasticity', 'mcast_hash_elasticity', 16],
  ['mcast_hash_max', 'mcast_hash_max', 4096],
  ['mcast_last_member_cnt', 'mcast_last_member_count', 2],
  ['mcast_startup_query_cnt', 'mcast_startup_query_count', 2],
  ['mcast_last_member_intvl', 'mcast_last_member_interval', 100],
  ['mcast_membership_intvl', 'mcast_membership_interval', 26_000],
  ['mcast_querier_intvl', 'mcast_querier_interval', 25_500],
  ['mcast_query_intvl', 'mcast_query_interval', 12_500],
  ['mcast_query_response_intvl', 'mcast_query_response_interval', 1000],
  ['mcast_startup_query_intvl', 'mcast_startup_query_interval', 3124],
  ['mcast_stats_enabled', 'mcast_stats_enabled', 0],
  ['mcast_igmp_version', 'mcast_igmp_version', 2],
  ['mcast_mld_version', 'mcast_mld_version', 1],
];

function printMulticast(p: Printer, br: Bridge): void {
  p.any('mcast_snooping', 'mcast_snooping %u ', Number(br.mcastSnooping));
  p.any('no_linklocal_learn', 'no_linklocal_learn %u ', 0);
  p.any('mcast_vlan_snooping', 'mcast_vlan_snooping %u ', 0);
  p.any('mcast_router', 'mcast_router %u ', br.mcastRouter);
  p.any('mcast_query_use_ifaddr', 'mcast_query_use_ifaddr %u ', 0);
  p.any('mcast_querier', 'mcast_querier %u ', Number(br.mcastQuerier));
  for (const [key, text, value] of MULTICAST_DEFAULTS) p.any(key, `${text} %u `, value);
}
