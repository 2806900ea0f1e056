import { OK } from '../../base/result';
import { type Bridge, type BridgeOptions, setAgeingTime } from '../device/bridge';
import { fdbFlush } from '../device/bridge-fdb';
import type { BridgePort, BridgePortOptions, StpState } from '../device/bridge-port';
import { isRootBridge, portStateSelection } from '../device/bridge-stp';
import {
  MAX_FORWARD_DELAY,
  MIN_FORWARD_DELAY,
  setBridgePriority,
  setForwardDelay,
  setPathCost,
  setPortPriority,
  setStpEnabled,
} from '../device/bridge-stp-if';
import { setPortState } from '../device/bridge-stp-state';
import type { NetDevice } from '../device/net-device';
import { nlErr, type Rtnl } from './netlink-error';

/** br_changelink(), net/bridge/br_netlink.c. */
export function changeBridgeOptions(bridge: Bridge, o: BridgeOptions): Rtnl {
  const times = changeTimes(bridge, o);
  if (!times.ok) return times;
  if (o.ageingTime !== undefined) setAgeingTime(bridge, o.ageingTime);
  if (o.stpState !== undefined) setStpEnabled(bridge, o.stpState !== 0);
  if (o.priority !== undefined) setBridgePriority(bridge, o.priority);
  if (o.vlanProtocol !== undefined) bridge.vlanProtocol = o.vlanProtocol;
  if (o.vlanFiltering !== undefined) bridge.vlanFiltering = o.vlanFiltering;
  if (o.vlanDefaultPvid !== undefined) setDefaultPvid(bridge, o.vlanDefaultPvid);
  // BR_GROUPFWD_RESTRICTED: STP, pause frames and LACP stay.
  if (o.groupFwdMask !== undefined && (o.groupFwdMask & 0x7) !== 0) return nlErr('EINVAL');
  if (o.groupFwdMask !== undefined) bridge.groupFwdMask = o.groupFwdMask;
  if (o.groupAddress !== undefined) bridge.groupAddress = o.groupAddress;
  if (o.mcastRouter !== undefined) bridge.mcastRouter = o.mcastRouter;
  const flags = [
    'mcastSnooping',
    'mcastQuerier',
    'nfCallIptables',
    'nfCallIp6tables',
    'nfCallArptables',
  ] as const;
  for (const key of flags) {
    const value = o[key];
    if (value !== undefined) bridge[key] = value;
  }
  if (o.fdbFlush) fdbFlush(bridge);
  return OK;
}

/** br_set_forward_delay(), br_set_hello_time(), br_set_max_age(), in USER_HZ: a root's times hold at once. */
function changeTimes(bridge: Bridge, { forwardDelay, helloTime, maxAge }: BridgeOptions): Rtnl {
  const root = isRootBridge(bridge);
  if (forwardDelay !== undefined) {
    const outside = forwardDelay < MIN_FORWARD_DELAY || forwardDelay > MAX_FORWARD_DELAY;
    if (bridge.stpEnabled && outside) return nlErr('ERANGE');
    setForwardDelay(bridge, forwardDelay);
  }
  if (helloTime !== undefined) {
    if (helloTime < 100 || helloTime > 1000) return nlErr('ERANGE');
    bridge.bridgeHelloTime = helloTime;
    if (root) bridge.helloTime = helloTime;
  }
  if (maxAge !== undefined) {
    if (maxAge < 600 || maxAge > 4000) return nlErr('ERANGE');
    bridge.bridgeMaxAge = maxAge;
    if (root) bridge.maxAge = maxAge;
  }
  return OK;
}

/** __br_vlan_set_default_pvid(): only ports that still have the old one follow. */
function setDefaultPvid(bridge: Bridge, pvid: number): void {
  const old = bridge.vlanDefaultPvid;
  for (const group of [bridge, ...bridge.ports]) {
    if (group.pvid !== old) continue;
    group.vlans.delete(old);
    group.pvid = pvid;
    if (pvid !== 0) group.vlans.set(pvid, { untagged: true });
  }
  bridge.vlanDefaultPvid = pvid;
}

const STATES: readonly StpState[] = ['disabled', 'listening', 'learning', 'forwarding', 'blocking'];

const PORT_FLAGS = [
  'hairpin',
  'isolated',
  'learning',
  'flood',
  'mcastFlood',
  'bcastFlood',
  'guard',
  'rootBlock',
  'fastLeave',
  'proxyArp',
  'proxyArpWifi',
  'mcastToUnicast',
  'neighSuppress',
  'vlanTunnel',
  'locked',
] as const satisfies readonly (keyof BridgePort & keyof BridgePortOptions)[];

/** br_setport(). */
export function changePortOptions(dev: NetDevice, o: BridgePortOptions): Rtnl {
  const port = dev.brport;
  const bridge = port?.bridge.data.kind === 'bridge' ? port.bridge.data.bridge : undefined;
  if (!port || !bridge) return nlErr('EINVAL');
  for (const flag of PORT_FLAGS) {
    const value = o[flag];
    if (value !== undefined) port[flag] = value;
  }
  // BR_MAX_PATH_COST, BR_MAX_PORT_PRIORITY.
  if (o.cost !== undefined && (o.cost < 1 || o.cost > 65_535)) return nlErr('ERANGE');
  if (o.priority !== undefined && o.priority > 63) return nlErr('ERANGE');
  if (o.cost !== undefined) setPathCost(bridge, port, o.cost);
  if (o.priority !== undefined) setPortPriority(bridge, port, o.priority);
  if (o.mcastRouter !== undefined) port.mcastRouter = o.mcastRouter;
  if (o.groupFwdMask !== undefined) port.groupFwdMask = o.groupFwdMask;
  if (o.state === undefined) return OK;
  return setState(bridge, port, o.state);
}

/** br_set_port_state(). */
function setState(bridge: Bridge, port: BridgePort, state: number): Rtnl {
  const named = STATES[state];
  if (!named) return nlErr('EINVAL');
  if (bridge.stpEnabled) return nlErr('EBUSY');
  const { dev } = port;
  if (!dev.up || (!dev.operUp && named !== 'disabled')) return nlErr('ENETDOWN');
  setPortState(bridge, port, named);
  portStateSelection(bridge);
  return OK;
}
