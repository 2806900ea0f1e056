import type { BridgeId } from '../../wire/bpdu';
import type { Bridge } from './bridge';
import type { BridgeTimer } from './bridge-timer';
import type { NetDevice } from './net-device';

/** BR_STATE_*. */
export type StpState = 'disabled' | 'listening' | 'learning' | 'forwarding' | 'blocking';

/** IFLA_BRPORT_*: what `bridge link set` and `type bridge_slave` can change. */
export interface BridgePortOptions {
  readonly cost?: number | undefined;
  readonly priority?: number | undefined;
  readonly state?: number | undefined;
  readonly hairpin?: boolean | undefined;
  readonly isolated?: boolean | undefined;
  readonly learning?: boolean | undefined;
  readonly flood?: boolean | undefined;
  readonly mcastFlood?: boolean | undefined;
  readonly bcastFlood?: boolean | undefined;
  readonly guard?: boolean | undefined;
  readonly rootBlock?: boolean | undefined;
  readonly fastLeave?: boolean | undefined;
  readonly proxyArp?: boolean | undefined;
  readonly proxyArpWifi?: boolean | undefined;
  readonly mcastRouter?: number | undefined;
  readonly mcastToUnicast?: boolean | undefined;
  readonly neighSuppress?: boolean | undefined;
  readonly vlanTunnel?: boolean | undefined;
  readonly locked?: boolean | undefined;
  readonly groupFwdMask?: number | undefined;
}

/** struct net_bridge_port. */
export interface BridgePort {
  readonly dev: NetDevice;
  readonly bridge: NetDevice;
  /** 1 …; printed as 0x8001. */
  readonly portNo: number;
  priority: number;
  cost: number;
  state: StpState;
  hairpin: boolean;
  isolated: boolean;
  learning: boolean;
  flood: boolean;
  mcastFlood: boolean;
  bcastFlood: boolean;
  guard: boolean;
  rootBlock: boolean;
  fastLeave: boolean;
  proxyArp: boolean;
  proxyArpWifi: boolean;
  mcastRouter: number;
  mcastToUnicast: boolean;
  neighSuppress: boolean;
  vlanTunnel: boolean;
  locked: boolean;
  groupFwdMask: number;
  readonly vlans: Map<number, { readonly untagged: boolean }>;
  pvid: number;
  /** The best that was heard on the cable, or what this bridge says there itself. */
  designatedRoot: BridgeId;
  designatedCost: number;
  designatedBridge: BridgeId;
  designatedPort: number;
  /** When the root sent what was heard. */
  designatedAgeUs: number;
  topologyChangeAck: boolean;
  configPending: boolean;
  /** BR_ADMIN_COST: the user chose the cost, the speed of the link does not change it. */
  adminCost: boolean;
  readonly messageAgeTimer: BridgeTimer;
  readonly forwardDelayTimer: BridgeTimer;
  readonly holdTimer: BridgeTimer;
}

export type PortTimers = Pick<BridgePort, 'messageAgeTimer' | 'forwardDelayTimer' | 'holdTimer'>;

export interface NewBridgePort {
  readonly dev: NetDevice;
  readonly bridge: Bridge;
  readonly portNo: number;
  readonly timers: PortTimers;
}

/** br_make_port_id(): the priority and the number. */
export const portId = (port: Pick<BridgePort, 'priority' | 'portNo'>): number =>
  (port.priority << 10) | port.portNo;

/** BR_DEFAULT_PORT_PRIORITY. */
const DEFAULT_PRIORITY = 32;

/** new_nbp(), net/bridge/br_if.c; br_port_carrier_check() finds the cost of a link without a speed. */
export function newBridgePort({ dev, bridge, portNo, timers }: NewBridgePort): BridgePort {
  return {
    ...timers,
    dev,
    bridge: bridge.dev,
    portNo,
    priority: DEFAULT_PRIORITY,
    cost: isFast(dev) ? 2 : 100,
    state: 'disabled',
    hairpin: false,
    isolated: false,
    learning: true,
    flood: true,
    mcastFlood: true,
    bcastFlood: true,
    guard: false,
    rootBlock: false,
    fastLeave: false,
    proxyArp: false,
    proxyArpWifi: false,
    mcastRouter: 1,
    mcastToUnicast: false,
    neighSuppress: false,
    vlanTunnel: false,
    locked: false,
    groupFwdMask: 0,
    vlans: new Map(),
    pvid: 0,
    designatedRoot: bridge.designatedRoot,
    designatedCost: bridge.rootPathCost,
    designatedBridge: bridge.id,
    designatedPort: portId({ priority: DEFAULT_PRIORITY, portNo }),
    designatedAgeUs: 0,
    topologyChangeAck: false,
    configPending: false,
    adminCost: false,
  };
}

/** port_cost(), net/bridge/br_if.c: 10 Gb/s, as veth and tap say of themselves and VXLAN of the device below. */
const isFast = (dev: NetDevice): boolean =>
  dev.kind === 'veth' ||
  dev.kind === 'tun' ||
  (dev.data.kind === 'vxlan' && dev.data.vxlan.link !== undefined);

/** netdev_priv() of a bridge. */
export const bridgeOf = (dev: NetDevice): Bridge | undefined =>
  dev.data.kind === 'bridge' ? dev.data.bridge : undefined;
