import type { Mac } from '../../wire/frame';
import type { Bridge, BridgeFdbEntry } from './bridge';
import type { BridgePort } from './bridge-port';

/** BR_MAX_FDB: what `fdb_max_learned` would bound; keeps a flood of forged addresses finite. */
const MAX_LEARNED = 65_536;

const key = (mac: Mac, vlan: number): string =>
  String.fromCharCode(vlan, mac / 0x1_0000_0000, mac / 0x1_0000, mac);
const nowUs = (bridge: Bridge): number => bridge.dev.netns.kernel.scheduler.nowUs;

/** hold_time() in µs; the bridge's times are in USER_HZ. */
const ageingUs = (bridge: Bridge): number =>
  (bridge.topologyChange ? bridge.forwardDelay : bridge.ageingTime) * 10_000;

/** br_fdb_find_rcu(), net/bridge/br_fdb.c. */
export function fdbFind(bridge: Bridge, mac: Mac, vlan: number): BridgeFdbEntry | undefined {
  const entry = bridge.fdb.get(key(mac, vlan));
  return entry && !hasExpired(bridge, entry) ? entry : undefined;
}

function hasExpired(bridge: Bridge, entry: BridgeFdbEntry): boolean {
  if (entry.static || entry.local || entry.externLearn) return false;
  return entry.updatedUs + ageingUs(bridge) <= nowUs(bridge);
}

/** Entries that are still there. */
export const fdbEntries = (bridge: Bridge): readonly BridgeFdbEntry[] =>
  [...bridge.fdb.values()].filter((entry) => !hasExpired(bridge, entry));

/** br_fdb_update(): a source address was seen on a port. */
export function fdbUpdate(bridge: Bridge, port: BridgePort, mac: Mac, vlan: number): void {
  if (bridge.ageingTime === 0) return;
  const now = nowUs(bridge);
  const entry = bridge.fdb.get(key(mac, vlan));
  if (!entry) {
    if (bridge.fdb.size >= MAX_LEARNED) return;
    insert(bridge, { mac, vlan, port });
    scheduleAgeing(bridge);
    notify(bridge, mac, vlan, port, true);
    return;
  }
  // A frame that claims one of our own addresses changes nothing.
  if (entry.local) return;
  if (entry.port !== port && !entry.sticky) {
    entry.port = port;
    entry.externLearn = false;
    notify(bridge, mac, vlan, port, true);
  }
  entry.updatedUs = now;
}

function insert(
  bridge: Bridge,
  made: Pick<BridgeFdbEntry, 'mac' | 'vlan' | 'port'> & Partial<BridgeFdbEntry>,
): BridgeFdbEntry {
  const entry: BridgeFdbEntry = {
    local: false,
    static: false,
    sticky: false,
    addedByUser: false,
    externLearn: false,
    updatedUs: nowUs(bridge),
    usedUs: nowUs(bridge),
    ...made,
  };
  bridge.fdb.set(key(made.mac, made.vlan), entry);
  return entry;
}

/** fdb_add_local(): one of our own addresses; it replaces what was learned. */
export function fdbAddLocal(
  bridge: Bridge,
  port: BridgePort | undefined,
  mac: Mac,
  vlan: number,
): void {
  const known = bridge.fdb.get(key(mac, vlan));
  if (known?.local) return;
  insert(bridge, { mac, vlan, port, local: true, static: true });
}

/** fdb_delete_local(): another port or the bridge itself may have the same address. */
export function fdbDeleteLocal(
  bridge: Bridge,
  port: BridgePort | undefined,
  mac: Mac,
  vlan: number,
): void {
  const entry = bridge.fdb.get(key(mac, vlan));
  if (!entry?.local || entry.port !== port || entry.addedByUser) return;
  const other = bridge.ports.find((p) => p !== port && p.dev.mac === mac);
  if (other) {
    entry.port = other;
    return;
  }
  if (port && bridge.dev.mac === mac) {
    entry.port = undefined;
    return;
  }
  bridge.fdb.delete(key(mac, vlan));
}

/** br_fdb_change_mac_address(): the bridge's own entries follow its address. */
export function fdbChangeBridgeMac(bridge: Bridge, mac: Mac): void {
  const vlans = [0, ...(bridge.vlanFiltering ? bridge.vlans.keys() : [])];
  for (const vlan of vlans) {
    const own = bridge.fdb.get(key(bridge.dev.mac, vlan));
    if (own?.local && !own.port) fdbDeleteLocal(bridge, undefined, bridge.dev.mac, vlan);
    fdbAddLocal(bridge, undefined, mac, vlan);
  }
}

/** br_fdb_delete_by_port(): all of a port's entries, or those that were learned. */
export function fdbDeleteByPort(bridge: Bridge, port: BridgePort, all: boolean): void {
  for (const [id, entry] of bridge.fdb) {
    if (entry.port !== port) continue;
    if (!all && (entry.static || entry.local || entry.externLearn)) continue;
    if (entry.local) fdbDeleteLocal(bridge, port, entry.mac, entry.vlan);
    else bridge.fdb.delete(id);
  }
}

/** br_fdb_flush(): everything learned. */
export function fdbFlush(bridge: Bridge): void {
  for (const [id, entry] of bridge.fdb) {
    if (!entry.static && !entry.local) bridge.fdb.delete(id);
  }
}

/** An entry of `bridge fdb add`; see fdb_add_entry(). */
export function fdbSet(bridge: Bridge, entry: BridgeFdbEntry): void {
  bridge.fdb.set(key(entry.mac, entry.vlan), entry);
  if (!entry.static && !entry.local) scheduleAgeing(bridge);
}

export function fdbDelete(bridge: Bridge, mac: Mac, vlan: number): boolean {
  return bridge.fdb.delete(key(mac, vlan));
}

/** br_fdb_cleanup(): one timer a bridge, for its oldest learned entry. */
export function scheduleAgeing(bridge: Bridge): void {
  if (bridge.gcPending) return;
  bridge.gcPending = true;
  const delayUs = Math.max(ageingUs(bridge), 10_000);
  bridge.dev.netns.kernel.scheduler.after(delayUs, () => {
    bridge.gcPending = false;
    let left = false;
    for (const [id, entry] of bridge.fdb) {
      if (hasExpired(bridge, entry)) {
        bridge.fdb.delete(id);
        if (entry.port) notify(bridge, entry.mac, entry.vlan, entry.port, false);
      } else if (!entry.static && !entry.local) left = true;
    }
    if (left && !bridge.dev.dead) scheduleAgeing(bridge);
  });
}

function notify(bridge: Bridge, mac: Mac, vlan: number, port: BridgePort, added: boolean): void {
  bridge.dev.netns.rtnlNotify({ kind: added ? 'newfdb' : 'delfdb', dev: port.dev, mac, vlan });
}

/** br_timer_value() of gc_work, in USER_HZ: the next look for old entries. */
export function gcTimerValue(bridge: Bridge): number {
  if (bridge.gcFirstUs === undefined) return 0;
  const passed = nowUs(bridge) - bridge.gcFirstUs;
  const period = Math.max(bridge.bridgeAgeingTime * 10_000, 10_000);
  return Math.floor((passed < 0 ? -passed : period - (passed % period)) / 10_000);
}
