import { OK } from '../../base/result';
import type { Ip, Mac } from '../../wire/frame';
import type { Bridge, BridgeFdbEntry } from '../device/bridge';
import { fdbDelete, fdbEntries, fdbFind, fdbFlush, fdbSet } from '../device/bridge-fdb';
import { type BridgePort, bridgeOf } from '../device/bridge-port';
import type { NetDevice } from '../device/net-device';
import {
  type Vxlan,
  type VxlanFdbEntry,
  type VxlanRemote,
  vxlanFindMac,
  vxlanOf,
} from '../device/vxlan';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from './netlink-error';

/** NTF_* and NUD_* of RTM_NEWNEIGH with AF_BRIDGE. */
export interface FdbRequest {
  readonly dev: NetDevice;
  readonly mac: Mac;
  readonly vlan?: number | undefined;
  /** NTF_SELF, NTF_MASTER. */
  readonly self: boolean;
  readonly master: boolean;
  /** NUD_PERMANENT (`local`, the default), NUD_NOARP (`static`), NUD_REACHABLE (`dynamic`). */
  readonly state: 'permanent' | 'static' | 'dynamic';
  readonly sticky?: boolean | undefined;
  readonly externLearn?: boolean | undefined;
  readonly use?: boolean | undefined;
  /** VXLAN remotes. */
  readonly dst?: Ip | undefined;
  readonly port?: number | undefined;
  readonly vni?: number | undefined;
  readonly srcVni?: number | undefined;
  /** `via DEV`: an ifindex. */
  readonly via?: number | undefined;
}

export interface FdbFlags {
  readonly create: boolean;
  readonly excl: boolean;
  readonly append: boolean;
  readonly replace: boolean;
}

/** One line of `bridge fdb show`. */
export interface FdbEntry {
  readonly dev: NetDevice;
  readonly mac: Mac;
  readonly vlan: number | undefined;
  readonly self: boolean;
  /** The bridge, for an entry of its table on a port. */
  readonly master: NetDevice | undefined;
  readonly state: 'permanent' | 'static' | 'reachable' | 'stale';
  readonly sticky: boolean;
  readonly externLearn: boolean;
  readonly dst: Ip | undefined;
  readonly port: number | undefined;
  readonly vni: number | undefined;
  readonly via: NetDevice | undefined;
  readonly usedUs: number;
  readonly updatedUs: number;
}

/** rtnl_fdb_add(), net/core/rtnetlink.c: the bridge's table (`master`), the device's own (`self`), or both. */
export function newFdb(net: Netns, req: FdbRequest, flags: FdbFlags): Rtnl {
  const { dev } = req;
  const bridge = bridgeOf(dev) ?? (dev.brport ? bridgeOf(dev.brport.bridge) : undefined);
  if (req.master || (!req.self && dev.brport)) {
    if (!bridge || !dev.brport) return nlErr('EOPNOTSUPP');
    const added = bridgeFdbAdd(bridge, dev.brport, req, flags);
    if (!added.ok) return added;
  }
  if (!req.self && req.master) return OK;
  if (dev.kind === 'bridge' && bridge) return bridgeFdbAdd(bridge, undefined, req, flags);
  const vxlan = vxlanOf(dev);
  if (vxlan) return vxlanFdbAdd(net, vxlan, req, flags);
  if (!req.self) return OK;
  return deviceAddressAdd(dev, req, flags);
}

/** fdb_add_entry(), net/bridge/br_fdb.c. */
function bridgeFdbAdd(
  bridge: Bridge,
  port: BridgePort | undefined,
  req: FdbRequest,
  flags: FdbFlags,
): Rtnl {
  if (req.mac === 0) return nlErr('EINVAL');
  const vlan = req.vlan ?? 0;
  const known = fdbFind(bridge, req.mac, vlan);
  if (!known && !flags.create) return nlErr('ENOENT');
  if (known && flags.excl) return nlErr('EEXIST');
  if (!port && req.state !== 'permanent') return nlErr('EINVAL');
  const { nowUs } = bridge.dev.netns.kernel.scheduler;
  const entry: BridgeFdbEntry = {
    mac: req.mac,
    vlan,
    port,
    local: req.state === 'permanent',
    static: req.state !== 'dynamic',
    sticky: req.sticky ?? false,
    addedByUser: true,
    externLearn: req.externLearn ?? false,
    updatedUs: nowUs,
    usedUs: nowUs,
  };
  fdbSet(bridge, entry);
  const dev = port?.dev ?? bridge.dev;
  dev.netns.rtnlNotify({ kind: 'newfdb', dev, mac: req.mac, vlan });
  return OK;
}

/** vxlan_fdb_add(), vxlan_fdb_update(). */
function vxlanFdbAdd(net: Netns, vxlan: Vxlan, req: FdbRequest, flags: FdbFlags): Rtnl {
  if (req.state !== 'permanent' && req.state !== 'dynamic' && req.state !== 'static') {
    return nlErr('EINVAL');
  }
  if (req.dst === undefined) return nlErr('EINVAL');
  const remote = {
    ip: req.dst,
    port: req.port ?? 0,
    vni: req.vni ?? 0,
    link: req.via ? net.deviceByIndex(req.via) : undefined,
  };
  const known = vxlanFindMac(vxlan, req.mac);
  const { nowUs } = net.kernel.scheduler;
  const state = req.state === 'dynamic' ? 'reachable' : req.state;
  if (!known) {
    if (!flags.create) return nlErr('ENOENT');
    const made: VxlanFdbEntry = {
      mac: req.mac,
      remotes: [remote],
      state,
      externLearn: req.externLearn ?? false,
      updatedUs: nowUs,
      usedUs: nowUs,
    };
    vxlan.fdb.set(req.mac, made);
    return OK;
  }
  if (flags.excl) return nlErr('EEXIST');
  known.state = state;
  known.updatedUs = nowUs;
  const group = req.mac === 0 || Math.floor(req.mac / 0x100_0000_0000) % 2 === 1;
  if (flags.replace) {
    if (group) return nlErr('EOPNOTSUPP');
    known.remotes.splice(0, known.remotes.length, remote);
  } else if (flags.append && group) {
    const same = known.remotes.some(
      (r) => r.ip === remote.ip && r.port === remote.port && r.vni === remote.vni,
    );
    if (!same) known.remotes.push(remote);
  }
  return OK;
}

/** ndo_dflt_fdb_add(): an address the device shall receive. */
function deviceAddressAdd(dev: NetDevice, req: FdbRequest, flags: FdbFlags): Rtnl {
  if (req.state === 'dynamic') return nlErr('EINVAL', 'FDB only supports static addresses');
  if (req.vlan) return nlErr('EINVAL', "vlans aren't supported yet for dev_uc|mc_add()");
  const group = Math.floor(req.mac / 0x100_0000_0000) % 2 === 1;
  const list = group ? dev.mcAddresses : dev.ucAddresses;
  if (list.has(req.mac)) return flags.excl ? nlErr('EEXIST') : OK;
  list.set(req.mac, 1);
  return OK;
}

/** rtnl_fdb_del(). */
export function delFdb(net: Netns, req: FdbRequest): Rtnl {
  const { dev } = req;
  const bridge = bridgeOf(dev) ?? (dev.brport ? bridgeOf(dev.brport.bridge) : undefined);
  if (req.master || (!req.self && dev.brport)) {
    if (!bridge || !dev.brport) return nlErr('EOPNOTSUPP');
    const gone = bridgeFdbDel(bridge, dev.brport, req);
    if (!gone.ok || !req.self) return gone;
  }
  if (dev.kind === 'bridge' && bridge) return bridgeFdbDel(bridge, undefined, req);
  const vxlan = vxlanOf(dev);
  if (vxlan) return vxlanFdbDel(vxlan, req);
  const list = dev.ucAddresses.has(req.mac) ? dev.ucAddresses : dev.mcAddresses;
  if (!list.delete(req.mac)) return nlErr('ENOENT');
  net.rtnlNotify({ kind: 'delfdb', dev, mac: req.mac, vlan: 0 });
  return OK;
}

function bridgeFdbDel(bridge: Bridge, port: BridgePort | undefined, req: FdbRequest): Rtnl {
  const vlan = req.vlan ?? 0;
  const known = fdbFind(bridge, req.mac, vlan);
  if (!known || known.port !== port) return nlErr('ENOENT');
  fdbDelete(bridge, req.mac, vlan);
  const dev = port?.dev ?? bridge.dev;
  dev.netns.rtnlNotify({ kind: 'delfdb', dev, mac: req.mac, vlan });
  return OK;
}

/** __vxlan_fdb_delete(): one remote of several, or the whole entry. */
function vxlanFdbDel(vxlan: Vxlan, req: FdbRequest): Rtnl {
  const known = vxlanFindMac(vxlan, req.mac);
  if (!known) return nlErr('ENOENT');
  if (req.dst !== undefined) {
    const at = known.remotes.findIndex((r) => isRemote(vxlan, r, req));
    if (at < 0) return OK;
    if (known.remotes.length > 1) {
      known.remotes.splice(at, 1);
      return OK;
    }
  }
  vxlan.fdb.delete(req.mac);
  return OK;
}

/** vxlan_fdb_find_rdst(): address, port, VNI and device must all be the same. */
const isRemote = (vxlan: Vxlan, r: VxlanRemote, req: FdbRequest): boolean =>
  r.ip === req.dst &&
  (r.port || vxlan.dstPort) === (req.port ?? vxlan.dstPort) &&
  (r.vni || vxlan.vni) === (req.vni ?? vxlan.vni) &&
  (r.link?.ifindex ?? 0) === (req.via ?? 0);

/** rtnl_fdb_dump(), in its order; filters as `br` and `dev` of `bridge fdb show`. */
export function dumpFdb(
  net: Netns,
  filter: { readonly bridge?: NetDevice | undefined; readonly dev?: NetDevice | undefined } = {},
): readonly FdbEntry[] {
  const found: FdbEntry[] = [];
  for (const dev of net.devices()) {
    if (dev.linkType !== 'ether') continue;
    if (filter.dev && filter.dev !== dev) continue;
    if (filter.bridge && filter.bridge !== dev && dev.master !== filter.bridge) continue;
    const own = bridgeOf(dev);
    const above = dev.brport ? bridgeOf(dev.brport.bridge) : undefined;
    if (above) found.push(...bridgeEntries(above, dev.brport));
    const vxlan = vxlanOf(dev);
    if (vxlan) found.push(...vxlanEntries(vxlan));
    else found.push(...deviceEntries(dev));
    if (own) found.push(...bridgeEntries(own, undefined));
  }
  return found;
}

const BARE = {
  vlan: undefined,
  self: false,
  master: undefined,
  sticky: false,
  externLearn: false,
  dst: undefined,
  port: undefined,
  vni: undefined,
  via: undefined,
  usedUs: 0,
  updatedUs: 0,
} as const;

function bridgeEntries(bridge: Bridge, port: BridgePort | undefined): readonly FdbEntry[] {
  return fdbEntries(bridge)
    .filter((entry) => entry.port === port)
    .map((entry) => ({
      ...BARE,
      dev: port?.dev ?? bridge.dev,
      mac: entry.mac,
      vlan: entry.vlan === 0 ? undefined : entry.vlan,
      master: bridge.dev,
      state: entry.local ? 'permanent' : entry.static ? 'static' : 'reachable',
      sticky: entry.sticky,
      externLearn: entry.externLearn,
      usedUs: entry.usedUs,
      updatedUs: entry.updatedUs,
    }));
}

function vxlanEntries(vxlan: Vxlan): readonly FdbEntry[] {
  const live = [...vxlan.fdb.keys()].map((mac) => vxlanFindMac(vxlan, mac));
  return live
    .filter((entry) => entry !== undefined)
    .flatMap((entry) =>
      entry.remotes.map((remote) => ({
        ...BARE,
        dev: vxlan.dev,
        mac: entry.mac,
        self: true,
        state: entry.state,
        externLearn: entry.externLearn,
        dst: remote.ip,
        port: remote.port && remote.port !== vxlan.dstPort ? remote.port : undefined,
        vni: remote.vni && remote.vni !== vxlan.vni ? remote.vni : undefined,
        via: remote.link,
        usedUs: entry.usedUs,
        updatedUs: entry.updatedUs,
      })),
    );
}

/** ndo_dflt_fdb_dump(): unicast and multicast addresses the device receives. */
const deviceEntries = (dev: NetDevice): readonly FdbEntry[] =>
  [...dev.ucAddresses.keys(), ...dev.mcAddresses.keys()].map((mac) => ({
    ...BARE,
    dev,
    mac,
    self: true,
    state: 'permanent',
  }));

/** RTM_DELNEIGH with NLM_F_BULK: learned entries of a bridge or of one port. */
export function flushFdb(_net: Netns, dev: NetDevice, master = false): Rtnl {
  const bridge = bridgeOf(dev);
  if (bridge) {
    fdbFlush(bridge);
    return OK;
  }
  const vxlan = vxlanOf(dev);
  if (vxlan) {
    vxlan.fdb.clear();
    return OK;
  }
  // NTF_SELF of a port asks its driver, which has no table of its own.
  const above = master && dev.brport ? bridgeOf(dev.brport.bridge) : undefined;
  if (!above) return nlErr('EOPNOTSUPP');
  for (const entry of fdbEntries(above)) {
    if (entry.port === dev.brport && !entry.static) fdbDelete(above, entry.mac, entry.vlan);
  }
  return OK;
}
