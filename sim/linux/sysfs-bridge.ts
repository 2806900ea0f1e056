import { ok } from '../base/result';
import { formatMac } from '../wire/mac';
import { type Bridge, type BridgeOptions, bridgeId, formatBridgeId } from './device/bridge';
import { fdbDeleteByPort, gcTimerValue } from './device/bridge-fdb';
import {
  type BridgePort,
  type BridgePortOptions,
  bridgeOf,
  portId,
  type StpState,
} from './device/bridge-port';
import type { NetDevice } from './device/net-device';
import type { Errno } from './errno';
import type { Host } from './host';
import { Inode, type InodeBody } from './inode';
import { changeLink } from './rtnetlink/link';

/** What a file shows, and how writing it changes the device. */
interface SysfsFile {
  readonly read: () => string | number | boolean;
  readonly write?: ((value: number) => Errno | undefined) | undefined;
}

type Files = Readonly<Record<string, SysfsFile>>;

const BR_STATE: Record<StpState, number> = {
  disabled: 0,
  listening: 1,
  learning: 2,
  forwarding: 3,
  blocking: 4,
};

/** `bridge/` of a bridge: net/bridge/br_sysfs_br.c. */
export const bridgeDir = (host: Host, bridge: Bridge): Inode =>
  directoryOf(host, () => fileMap(host, bridgeFiles(bridge)));

/** `brport/` of a port, and its twin under `brif/`: net/bridge/br_sysfs_if.c. */
export const brportDir = (host: Host, port: BridgePort): Inode =>
  directoryOf(host, () => fileMap(host, portFiles(port)));

/** `brif/`: one directory a port. */
export const brifDir = (host: Host, bridge: Bridge): Inode =>
  directoryOf(
    host,
    () => new Map(bridge.ports.map((port) => [port.dev.name, brportDir(host, port)])),
  );

function set(dev: NetDevice, change: Parameters<typeof changeLink>[2]): Errno | undefined {
  const done = changeLink(dev.netns, dev, change);
  return done.ok ? undefined : done.error.errno;
}

/** br_multicast_init(): snooping keeps no state here, so these stay as the kernel starts with. */
const MULTICAST: Readonly<Record<string, number>> = {
  hash_elasticity: 16,
  hash_max: 4096,
  multicast_igmp_version: 2,
  multicast_last_member_count: 2,
  multicast_last_member_interval: 100,
  multicast_membership_interval: 26_000,
  multicast_mld_version: 1,
  multicast_querier_interval: 25_500,
  multicast_query_interval: 12_500,
  multicast_query_response_interval: 1000,
  multicast_query_use_ifaddr: 0,
  multicast_startup_query_count: 2,
  multicast_startup_query_interval: 3124,
  multicast_stats_enabled: 0,
  no_linklocal_learn: 0,
};

const multicastFiles = (): Files =>
  Object.fromEntries(
    Object.entries(MULTICAST).map(([name, value]) => [name, { read: () => value }]),
  );

function bridgeFiles(bridge: Bridge): Files {
  const file = (read: SysfsFile['read'], key?: keyof BridgeOptions, isFlag = false): SysfsFile => ({
    read,
    write: key && ((value) => set(bridge.dev, { bridge: { [key]: isFlag ? value !== 0 : value } })),
  });
  return {
    ...multicastFiles(),
    ageing_time: file(() => bridge.ageingTime, 'ageingTime'),
    bridge_id: file(() => bridgeId(bridge)),
    default_pvid: file(() => bridge.vlanDefaultPvid, 'vlanDefaultPvid'),
    flush: { read: () => '', write: () => set(bridge.dev, { bridge: { fdbFlush: true } }) },
    forward_delay: file(() => bridge.forwardDelay, 'forwardDelay'),
    gc_timer: file(() => gcTimerValue(bridge)),
    group_addr: file(() => formatMac(bridge.groupAddress)),
    group_fwd_mask: file(() => `0x${bridge.groupFwdMask.toString(16)}`, 'groupFwdMask'),
    hello_time: file(() => bridge.helloTime, 'helloTime'),
    hello_timer: file(() => bridge.helloTimer.value),
    max_age: file(() => bridge.maxAge, 'maxAge'),
    multicast_querier: file(() => bridge.mcastQuerier, 'mcastQuerier', true),
    multicast_router: file(() => bridge.mcastRouter, 'mcastRouter'),
    multicast_snooping: file(() => bridge.mcastSnooping, 'mcastSnooping', true),
    nf_call_arptables: file(() => bridge.nfCallArptables, 'nfCallArptables', true),
    nf_call_ip6tables: file(() => bridge.nfCallIp6tables, 'nfCallIp6tables', true),
    nf_call_iptables: file(() => bridge.nfCallIptables, 'nfCallIptables', true),
    priority: file(() => bridge.priority, 'priority'),
    root_id: file(() => formatBridgeId(bridge.designatedRoot)),
    root_path_cost: file(() => bridge.rootPathCost),
    root_port: file(() => bridge.rootPort),
    stp_state: file(() => (bridge.stpEnabled ? 1 : 0), 'stpState'),
    tcn_timer: file(() => bridge.tcnTimer.value),
    topology_change: file(() => bridge.topologyChange),
    topology_change_detected: file(() => bridge.topologyChangeDetected),
    topology_change_timer: file(() => bridge.topologyChangeTimer.value),
    vlan_filtering: file(() => bridge.vlanFiltering, 'vlanFiltering', true),
    vlan_protocol: file(() => `0x${bridge.vlanProtocol.toString(16)}`, 'vlanProtocol'),
  };
}

/** store_flush() of a port. */
function flushPort(port: BridgePort): undefined {
  const bridge = bridgeOf(port.bridge);
  if (bridge) fdbDeleteByPort(bridge, port, false);
  return undefined;
}

function portFiles(port: BridgePort): Files {
  const flag = (key: keyof BridgePortOptions & keyof BridgePort): SysfsFile => ({
    read: () => port[key] === true,
    write: (value) => set(port.dev, { brport: { [key]: value !== 0 } }),
  });
  return {
    backup_port: { read: () => '' },
    bpdu_guard: flag('guard'),
    broadcast_flood: flag('bcastFlood'),
    change_ack: { read: () => port.topologyChangeAck },
    config_pending: { read: () => port.configPending },
    designated_bridge: { read: () => formatBridgeId(port.designatedBridge) },
    designated_cost: { read: () => port.designatedCost },
    designated_port: { read: () => port.designatedPort },
    designated_root: { read: () => formatBridgeId(port.designatedRoot) },
    flush: {
      read: () => '',
      write: () => flushPort(port),
    },
    forward_delay_timer: { read: () => port.forwardDelayTimer.value },
    group_fwd_mask: { read: () => `0x${port.groupFwdMask.toString(16)}` },
    hairpin_mode: flag('hairpin'),
    hold_timer: { read: () => port.holdTimer.value },
    isolated: flag('isolated'),
    learning: flag('learning'),
    message_age_timer: { read: () => port.messageAgeTimer.value },
    multicast_fast_leave: flag('fastLeave'),
    multicast_flood: flag('mcastFlood'),
    multicast_router: { read: () => port.mcastRouter },
    multicast_to_unicast: flag('mcastToUnicast'),
    neigh_suppress: flag('neighSuppress'),
    path_cost: {
      read: () => port.cost,
      write: (value) => set(port.dev, { brport: { cost: value } }),
    },
    port_id: { read: () => `0x${portId(port).toString(16)}` },
    port_no: { read: () => `0x${port.portNo.toString(16)}` },
    priority: {
      read: () => port.priority,
      write: (value) => set(port.dev, { brport: { priority: value } }),
    },
    proxyarp: flag('proxyArp'),
    proxyarp_wifi: flag('proxyArpWifi'),
    root_block: flag('rootBlock'),
    state: { read: () => BR_STATE[port.state] },
    unicast_flood: flag('flood'),
  };
}

const fileMap = (host: Host, files: Files): ReadonlyMap<string, Inode> =>
  new Map(Object.entries(files).map(([name, file]) => [name, fileInode(host, file)]));

function fileInode(host: Host, { read, write }: SysfsFile): Inode {
  const body: InodeBody = {
    kind: 'handler',
    read: () => {
      const value = read();
      return ok(`${typeof value === 'boolean' ? Number(value) : value}\n`);
    },
    ...(write && {
      write: (_proc: unknown, text: string) => {
        const value = Number(text.trim());
        return Number.isInteger(value) ? write(value) : 'EINVAL';
      },
    }),
  };
  return new Inode(host.nextIno(), body, write ? 0o644 : 0o444, host.clockUs);
}

function directoryOf(host: Host, entries: () => ReadonlyMap<string, Inode>): Inode {
  const body: InodeBody = {
    kind: 'handler-dir',
    list: () => [...entries().keys()].sort(),
    lookup: (_proc, name) => entries().get(name),
  };
  return new Inode(host.nextIno(), body, 0o755, host.clockUs);
}
