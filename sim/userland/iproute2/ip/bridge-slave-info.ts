import { type BridgePort, portId } from '../../../linux/device/bridge-port';
import type { Printer } from '../print';
import { formatBridgeId, printTimer } from './bridge-info';

/** Names of group_fwd_mask's bits (fwd_mask_tbl of ip/iplink_bridge_slave.c). */
const FWD_MASK_NAMES: Readonly<Record<number, string>> = { 0: 'stp', 2: 'lacp', 14: 'lldp' };

export function formatFwdMask(mask: number): string {
  const names: string[] = [];
  for (let bit = 0; bit < 16; bit++) {
    if (mask & (1 << bit)) names.push(FWD_MASK_NAMES[bit] ?? `0x${(1 << bit).toString(16)}`);
  }
  return names.length === 0 ? '0x0' : names.join(',');
}

/** bridge_slave_print_opt(), ip/iplink_bridge_slave.c. */
export function printBridgeSlaveInfo(p: Printer, port: BridgePort): void {
  p.any('state', 'state %s ', port.state);
  p.any('priority', 'priority %d ', port.priority);
  p.any('cost', 'cost %d ', port.cost);
  p.onOff('hairpin', 'hairpin %s ', port.hairpin);
  p.onOff('guard', 'guard %s ', port.guard);
  p.onOff('root_block', 'root_block %s ', port.rootBlock);
  p.onOff('fastleave', 'fastleave %s ', port.fastLeave);
  p.onOff('learning', 'learning %s ', port.learning);
  p.onOff('flood', 'flood %s ', port.flood);
  p.hex0x('id', 'port_id %#llx ', portId(port));
  p.hex0x('no', 'port_no %#llx ', port.portNo);
  p.any('designated_port', 'designated_port %u ', port.designatedPort);
  p.any('designated_cost', 'designated_cost %u ', port.designatedCost);
  p.any('bridge_id', 'designated_bridge %s ', formatBridgeId(port.designatedBridge));
  p.any('root_id', 'designated_root %s ', formatBridgeId(port.designatedRoot));
  printTimer(p, 'hold_timer', port.holdTimer.value);
  printTimer(p, 'message_age_timer', port.messageAgeTimer.value);
  printTimer(p, 'forward_delay_timer', port.forwardDelayTimer.value);
  p.any('topology_change_ack', 'topology_change_ack %u ', Number(port.topologyChangeAck));
  p.any('config_pending', 'config_pending %u ', Number(port.configPending));
  p.onOff('proxy_arp', 'proxy_arp %s ', port.proxyArp);
  p.onOff('proxy_arp_wifi', 'proxy_arp_wifi %s ', port.proxyArpWifi);
  p.any('multicast_router', 'mcast_router %u ', port.mcastRouter);
  p.fp('mcast_fast_leave %s ', port.fastLeave ? 'on' : 'off');
  p.onOff('mcast_flood', 'mcast_flood %s ', port.mcastFlood);
  p.onOff('bcast_flood', 'bcast_flood %s ', port.bcastFlood);
  p.onOff('mcast_to_unicast', 'mcast_to_unicast %s ', port.mcastToUnicast);
  p.onOff('neigh_suppress', 'neigh_suppress %s ', port.neighSuppress);
  p.hex0x('group_fwd_mask', 'group_fwd_mask %#llx ', port.groupFwdMask);
  p.any('group_fwd_mask_str', 'group_fwd_mask_str %s ', formatFwdMask(port.groupFwdMask));
  p.onOff('vlan_tunnel', 'vlan_tunnel %s ', port.vlanTunnel);
  p.onOff('isolated', 'isolated %s ', port.isolated);
  p.onOff('locked', 'locked %s ', port.locked);
}
