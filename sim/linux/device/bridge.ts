import { OK } from '../../base/result';
import type { BridgeId } from '../../wire/bpdu';
import type { Mac } from '../../wire/frame';
import { formatMac } from '../../wire/mac';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from '../rtnetlink/netlink-error';
import { fdbAddLocal, fdbChangeBridgeMac, fdbDeleteByPort, scheduleAgeing } from './bridge-fdb';
import { bridgeXmit } from './bridge-forward';
import { bridgeHandleFrame } from './bridge-input';
import { type BridgePort, bridgeOf, newBridgePort } from './bridge-port';
import { portStateSelection } from './bridge-stp';
import { disableBridge, disablePort, enableBridge, enablePort, reconsider } from './bridge-stp-if';
import { setPortState } from './bridge-stp-state';
import { newBridgeTimers, newPortTimers } from './bridge-stp-timer';
import type { BridgeTimer } from './bridge-timer';
import { addDefaultVlan } from './bridge-vlan';
import {
  devMcAdd,
  devSetAllmulti,
  devSetPromiscuity,
  isValidEtherAddr,
  unregisterNetdevice,
} from './dev';
import { netifCarrierOff } from './link-watch';
import {
  IFF_BROADCAST,
  IFF_LOOPBACK,
  IFF_MULTICAST,
  NetDevice,
  type NetDeviceOps,
} from './net-device';
import { callNetdeviceNotifiers } from './notifier';

/** IFLA_BR_*: times in the kernel's units of 1/100 s (USER_HZ). */
export interface BridgeOptions {
  readonly forwardDelay?: number | undefined;
  readonly helloTime?: number | undefined;
  readonly maxAge?: number | undefined;
  readonly ageingTime?: number | undefined;
  readonly stpState?: number | undefined;
  readonly priority?: number | undefined;
  readonly vlanFiltering?: boolean | undefined;
  readonly vlanProtocol?: number | undefined;
  readonly vlanDefaultPvid?: number | undefined;
  readonly vlanStatsEnabled?: boolean | undefined;
  readonly groupFwdMask?: number | undefined;
  readonly groupAddress?: Mac | undefined;
  readonly mcastSnooping?: boolean | undefined;
  readonly mcastRouter?: number | undefined;
  readonly mcastQuerier?: boolean | undefined;
  readonly nfCallIptables?: boolean | undefined;
  readonly nfCallIp6tables?: boolean | undefined;
  readonly nfCallArptables?: boolean | undefined;
  readonly fdbFlush?: boolean | undefined;
}

/** struct net_bridge_fdb_entry. */
export interface BridgeFdbEntry {
  readonly mac: Mac;
  readonly vlan: number;
  /** Undefined: the bridge itself. */
  port: BridgePort | undefined;
  /** BR_FDB_LOCAL: a frame for it goes up. */
  local: boolean;
  static: boolean;
  sticky: boolean;
  addedByUser: boolean;
  externLearn: boolean;
  updatedUs: number;
  usedUs: number;
}

/** struct net_bridge. */
export interface Bridge {
  readonly dev: NetDevice;
  readonly ports: BridgePort[];
  readonly fdb: Map<string, BridgeFdbEntry>;
  /** USER_HZ. What holds now: the times of the root, a short ageing while the topology changes. */
  forwardDelay: number;
  helloTime: number;
  maxAge: number;
  ageingTime: number;
  /** USER_HZ. What was set here: `bridge_forward_delay` … of the kernel. */
  bridgeForwardDelay: number;
  bridgeHelloTime: number;
  bridgeMaxAge: number;
  bridgeAgeingTime: number;
  stpEnabled: boolean;
  priority: number;
  vlanFiltering: boolean;
  vlanProtocol: number;
  vlanDefaultPvid: number;
  groupFwdMask: number;
  groupAddress: Mac;
  mcastSnooping: boolean;
  mcastRouter: number;
  mcastQuerier: boolean;
  nfCallIptables: boolean;
  nfCallIp6tables: boolean;
  nfCallArptables: boolean;
  /** The MAC of the bridge id; 0 while no port has given one. */
  idMac: Mac;
  /** Priority and address. */
  readonly id: BridgeId;
  designatedRoot: BridgeId;
  rootPathCost: number;
  /** Number of the port that leads to the root; 0: this bridge is the root. */
  rootPort: number;
  topologyChange: boolean;
  topologyChangeDetected: boolean;
  readonly helloTimer: BridgeTimer;
  readonly tcnTimer: BridgeTimer;
  readonly topologyChangeTimer: BridgeTimer;
  /** When gc_work first runs; undefined: it does not. */
  gcFirstUs: number | undefined;
  /** NET_ADDR_SET: the user chose the address, ports do not change it. */
  userMac: boolean;
  /** The user chose the MTU (BROPT_MTU_SET_BY_USER). */
  userMtu: boolean;
  /** The ageing timer runs. */
  gcPending: boolean;
  /** VLANs of the bridge device itself (`self`). */
  readonly vlans: Map<number, { readonly untagged: boolean }>;
  pvid: number;
}

/** "8000.020000000001": br_show_bridge_id(). */
export const formatBridgeId = ({ priority, mac }: BridgeId): string =>
  `${priority.toString(16).padStart(4, '0')}.${formatMac(mac).replaceAll(':', '')}`;

export const bridgeId = (bridge: Bridge): string => formatBridgeId(bridge.id);

/** net/bridge/br_device.c. */
const BRIDGE_OPS: NetDeviceOps = {
  xmit: bridgeXmit,
  /** br_dev_open(), br_stp_enable_bridge(). */
  open(dev) {
    const bridge = bridgeOf(dev);
    if (bridge) enableBridge(bridge);
    return OK;
  },
  stop(dev) {
    const bridge = bridgeOf(dev);
    if (bridge) disableBridge(bridge);
  },
  changeMtu(dev) {
    const bridge = bridgeOf(dev);
    if (bridge) bridge.userMtu = true;
    return OK;
  },
  /** br_set_mac_address(). */
  setMac(dev, mac) {
    const bridge = bridgeOf(dev);
    if (!bridge) return;
    bridge.userMac = true;
    changeBridgeId(bridge, mac);
  },
  uninit(dev) {
    const bridge = bridgeOf(dev);
    for (const port of [...(bridge?.ports ?? [])]) bridgeDelIf(port);
  },
};

/** br_dev_setup(). */
export function newBridge(net: Netns, name: string): NetDevice {
  const bridge: Bridge = {
    ...newBridgeTimers(net.kernel.scheduler, () => bridge),
    get dev(): NetDevice {
      return dev;
    },
    get id(): BridgeId {
      return { priority: bridge.priority, mac: bridge.idMac };
    },
    ports: [],
    fdb: new Map(),
    forwardDelay: 1500,
    helloTime: 200,
    maxAge: 2000,
    ageingTime: 30_000,
    bridgeForwardDelay: 1500,
    bridgeHelloTime: 200,
    bridgeMaxAge: 2000,
    bridgeAgeingTime: 30_000,
    stpEnabled: false,
    priority: 0x8000,
    vlanFiltering: false,
    vlanProtocol: 0x8100,
    vlanDefaultPvid: 1,
    groupFwdMask: 0,
    groupAddress: 0x0180_c200_0000,
    mcastSnooping: true,
    mcastRouter: 1,
    mcastQuerier: false,
    nfCallIptables: false,
    nfCallIp6tables: false,
    nfCallArptables: false,
    idMac: 0,
    designatedRoot: { priority: 0x8000, mac: 0 },
    rootPathCost: 0,
    rootPort: 0,
    topologyChange: false,
    topologyChangeDetected: false,
    gcFirstUs: undefined,
    userMac: false,
    userMtu: false,
    gcPending: false,
    vlans: new Map([[1, { untagged: true }]]),
    pvid: 1,
  };
  const data = { kind: 'bridge' as const, bridge };
  const dev: NetDevice = new NetDevice({ netns: net, name, data, ops: BRIDGE_OPS });
  dev.flags = IFF_BROADCAST | IFF_MULTICAST;
  dev.netnsLocal = true;
  // br_multicast_join_snoopers(): all-snoopers, 224.0.0.106 and ff02::6a.
  devMcAdd(dev, 0x0100_5e00_006a);
  devMcAdd(dev, 0x3333_0000_006a);
  return dev;
}

/** br_stp_change_bridge_id(): the new address, and the ports' states decided anew. */
export function changeBridgeId(bridge: Bridge, mac: Mac): void {
  const before = bridge.idMac;
  const renewed = (id: BridgeId): BridgeId => (id.mac === before ? { ...id, mac } : id);
  reconsider(bridge, () => {
    fdbChangeBridgeMac(bridge, mac);
    bridge.idMac = mac;
    bridge.dev.mac = mac;
    for (const port of bridge.ports) {
      port.designatedBridge = renewed(port.designatedBridge);
      port.designatedRoot = renewed(port.designatedRoot);
    }
  });
}

/** br_stp_recalculate_bridge_id(): the lowest address of the ports, unless the user chose one. */
export function recalculateBridgeId(bridge: Bridge): boolean {
  if (bridge.userMac) return false;
  let lowest: Mac = 0;
  for (const port of bridge.ports) {
    if (lowest === 0 || port.dev.mac < lowest) lowest = port.dev.mac;
  }
  if (lowest === bridge.idMac) return false;
  changeBridgeId(bridge, lowest);
  return true;
}

/** br_mtu_auto_adjust(): the smallest of the ports, unless the user chose one. */
export function adjustBridgeMtu(bridge: Bridge): void {
  if (bridge.userMtu || bridge.ports.length === 0) return;
  bridge.dev.mtu = Math.min(...bridge.ports.map((port) => port.dev.mtu));
}

/** br_add_if(), net/bridge/br_if.c. */
export function bridgeAddIf(bridgeDev: NetDevice, dev: NetDevice): Rtnl {
  const bridge = bridgeOf(bridgeDev);
  if (!bridge) return nlErr('EOPNOTSUPP');
  const bridgeable = dev.linkType === 'ether' && isValidEtherAddr(dev.mac);
  if (dev.kind === 'bridge') return nlErr('ELOOP', 'Can not enslave a bridge to a bridge');
  if (dev.flags & IFF_LOOPBACK || !bridgeable) return nlErr('EINVAL');
  if (dev.master) return nlErr('EBUSY');
  // find_portno(): ports stand in order of their numbers, a new one gets the first that is free.
  const gap = bridge.ports.findIndex((other, i) => other.portNo !== i + 1);
  const at = gap < 0 ? bridge.ports.length : gap;
  const port: BridgePort = newBridgePort({
    dev,
    bridge,
    portNo: at + 1,
    timers: newPortTimers(bridge, () => port),
  });
  // br_init_port(), new_nbp().
  for (const state of ['blocking', 'disabled'] as const) setPortState(bridge, port, state);
  devSetAllmulti(dev, 1);
  devSetPromiscuity(dev, 1);
  dev.master = bridgeDev;
  dev.brport = port;
  dev.rxHandler = bridgeHandleFrame;
  bridge.ports.splice(at, 0, port);
  fdbAddLocal(bridge, port, dev.mac, 0);
  addDefaultVlan(bridge, port);
  const changed = recalculateBridgeId(bridge);
  if (dev.up && dev.operUp && bridgeDev.up) enablePort(bridge, port);
  if (changed) callNetdeviceNotifiers(bridgeDev, 'CHANGEADDR');
  adjustBridgeMtu(bridge);
  dev.netns.rtnlNotify({ kind: 'newlink', dev });
  return OK;
}

/** br_del_if(), del_nbp(). */
export function bridgeDelIf(port: BridgePort): void {
  const { dev } = port;
  const bridge = bridgeOf(port.bridge);
  if (!bridge) return;
  disablePort(bridge, port);
  fdbDeleteByPort(bridge, port, true);
  bridge.ports.splice(bridge.ports.indexOf(port), 1);
  dev.master = undefined;
  dev.brport = undefined;
  dev.rxHandler = undefined;
  devSetAllmulti(dev, -1);
  devSetPromiscuity(dev, -1);
  adjustBridgeMtu(bridge);
  const changed = recalculateBridgeId(bridge);
  portStateSelection(bridge);
  if (changed && !bridge.dev.dead) callNetdeviceNotifiers(bridge.dev, 'CHANGEADDR');
  if (!dev.dead) dev.netns.rtnlNotify({ kind: 'newlink', dev });
}

/** br_dev_delete(): down first for ioctl, not for netlink. */
export function deleteBridge(dev: NetDevice): void {
  netifCarrierOff(dev);
  unregisterNetdevice(dev);
}

/** IFLA_BR_AGEING_TIME: br_set_ageing_time(). */
export function setAgeingTime(bridge: Bridge, userHz: number): void {
  bridge.bridgeAgeingTime = userHz;
  bridge.ageingTime = userHz;
  bridge.gcFirstUs = bridge.dev.netns.kernel.scheduler.nowUs;
  scheduleAgeing(bridge);
}
