import { OK, ok } from '../../base/result';
import { changeBridgeId, deleteBridge, newBridge } from '../device/bridge';
import { devGetValidName, devOpen, randomMac, registerNetdevice } from '../device/dev';
import { newDummy } from '../device/dummy';
import { newIpip } from '../device/ipip';
import { isIpvlanPort, newIpvlan } from '../device/ipvlan';
import { isMacvlanPort, isPassthruPort, newMacvlan } from '../device/macvlan';
import { IFF_LOOPBACK, type NetDevice } from '../device/net-device';
import { newVethDevice, registerVethPair } from '../device/veth';
import { newVlan } from '../device/vlan';
import { clampVxlanMtu } from '../device/vxlan';
import type { Netns } from '../netns';
import { changeBridgeOptions } from './bridge-options';
import { nlErr, type Rtnl } from './netlink-error';
import { BAD_ATTRIBUTE, changeLink, type LinkAttributes, type NewLinkKind } from './set-link';
import { constructVxlan } from './vxlan';

export type { LinkAttributes, NewLinkKind, VxlanAttributes } from './set-link';
export { changeLink, delLink } from './set-link';

/** rtnl_newlink() with NLM_F_CREATE|NLM_F_EXCL. Without a name the kernel picks one (`veth0`, `bridge0`, …). */
export function newLink(net: Netns, attrs: LinkAttributes, kind: NewLinkKind): Rtnl<NetDevice> {
  if (attrs.name !== undefined && attrs.name.length > 15) return nlErr('ERANGE', BAD_ATTRIBUTE);
  const target = attrs.netns ?? net;
  // Since Linux 6.15 the name is looked up where the device will be.
  if (attrs.name !== undefined && target.deviceByName(attrs.name)) return nlErr('EEXIST');
  if (kind.kind === 'unknown') return nlErr('EOPNOTSUPP', notCreated(kind.name));
  const dev =
    kind.kind === 'veth'
      ? newVeth(net, target, attrs, kind.peer)
      : newSingle(net, target, attrs, kind);
  if (!dev.ok) return dev;
  const finished = finish(dev.value, attrs);
  return finished.ok ? dev : finished;
}

/** tun_validate(): the device exists, but only /dev/net/tun makes it. */
const notCreated = (kind: string): string =>
  kind === 'tun' ? 'tun/tap creation via rtnetlink is not supported.' : 'Unknown device type';

/** rtnl_configure_link() and what rtnl_create_link() sets that needs the device registered. */
function finish(dev: NetDevice, attrs: LinkAttributes): Rtnl {
  const { up, master, alias, promisc, arp, multicast, allmulticast } = attrs;
  const changed = changeLink(dev.netns, dev, {
    alias,
    master,
    promisc,
    arp,
    multicast,
    allmulticast,
    addrGenMode: attrs.addrGenMode,
  });
  if (!changed.ok) return changed;
  if (!up) return OK;
  const opened = devOpen(dev);
  return opened.ok ? OK : nlErr(opened.error);
}

function nameIn(net: Netns, name: string | undefined, kind: string): Rtnl<string> {
  const valid = devGetValidName(net, name ?? `${kind}%d`);
  return valid.ok ? valid : nlErr(valid.error);
}

/** rtnl_create_link(): what a new device has from its request. */
function applyCreate(dev: NetDevice, attrs: LinkAttributes, randomAddress: boolean): Rtnl {
  if (attrs.mtu !== undefined) {
    if (attrs.mtu < dev.minMtu) return nlErr('EINVAL', 'mtu less than device minimum');
    if (dev.maxMtu > 0 && attrs.mtu > dev.maxMtu) {
      return nlErr('EINVAL', 'mtu greater than device maximum');
    }
    dev.mtu = attrs.mtu;
  }
  if (attrs.address !== undefined) dev.mac = attrs.address;
  else if (randomAddress) dev.mac = randomMac(dev.netns);
  if (attrs.broadcast !== undefined) dev.broadcast = attrs.broadcast;
  if (attrs.txQueueLen !== undefined) dev.txQueueLen = attrs.txQueueLen;
  if (attrs.group !== undefined) dev.group = attrs.group;
  return OK;
}

/** veth_newlink(): the peer first, in its own namespace. */
function newVeth(
  net: Netns,
  target: Netns,
  attrs: LinkAttributes,
  peerAttrs: LinkAttributes,
): Rtnl<NetDevice> {
  if (peerAttrs.name !== undefined && peerAttrs.name.length > 15) {
    return nlErr('ERANGE', BAD_ATTRIBUTE);
  }
  const peerNet = peerAttrs.netns ?? net;
  const peerName = nameIn(peerNet, peerAttrs.name, 'veth');
  if (!peerName.ok) return peerName;
  const peer = newVethDevice(peerNet, peerName.value);
  const peerSet = applyCreate(peer, peerAttrs, true);
  if (!peerSet.ok) return peerSet;
  const own = target === peerNet && attrs.name === undefined ? nextName(target, peer) : undefined;
  const name = nameIn(target, own ?? attrs.name, 'veth');
  if (!name.ok) return name;
  if (target === peerNet && name.value === peerName.value) return nlErr('EEXIST');
  const dev = newVethDevice(target, name.value);
  const devSet = applyCreate(dev, attrs, true);
  if (!devSet.ok) return devSet;
  const indexes = { dev: attrs.ifindex, peer: peerAttrs.ifindex };
  const registered = registerVethPair(dev, peer, indexes);
  if (!registered.ok) return nlErr(registered.error);
  if (peerAttrs.up) devOpen(peer);
  return ok(dev);
}

/** Both names are the kernel's choice: the second template must not meet the first. */
function nextName(net: Netns, peer: NetDevice): string {
  let i = 0;
  while (net.deviceByName(`veth${i}`) || peer.name === `veth${i}`) i++;
  return `veth${i}`;
}

function newSingle(
  net: Netns,
  target: Netns,
  attrs: LinkAttributes,
  kind: Exclude<NewLinkKind, { kind: 'veth' | 'unknown' }>,
): Rtnl<NetDevice> {
  const name = nameIn(target, attrs.name, kind.kind);
  if (!name.ok) return name;
  const made = construct(net, target, name.value, kind);
  if (!made.ok) return made;
  const dev = made.value;
  const inherits = kind.kind === 'vlan' || kind.kind === 'ipvlan' || kind.kind === 'ipip';
  const set = applyCreate(dev, attrs, !inherits);
  if (!set.ok) return discard(dev, set);
  if (dev.data.kind === 'macvlan' && dev.data.mode === 'passthru') dev.mac = dev.data.lower.mac;
  if (dev.data.kind === 'vxlan') clampVxlanMtu(dev.data.vxlan);
  const registered = registerNetdevice(dev, attrs.ifindex);
  if (!registered.ok) return discard(dev, nlErr(registered.error));
  if (dev.data.kind !== 'bridge' || kind.kind !== 'bridge') return ok(dev);
  const { bridge } = dev.data;
  if (attrs.mtu !== undefined) bridge.userMtu = true;
  if (attrs.address !== undefined) {
    bridge.userMac = true;
    changeBridgeId(bridge, attrs.address);
  }
  const options = changeBridgeOptions(bridge, kind.options);
  if (options.ok) return ok(dev);
  deleteBridge(dev);
  return options;
}

/** A device that was never registered leaves nothing behind. */
function discard(dev: NetDevice, why: Rtnl<never> | Rtnl): Rtnl<never> {
  dev.ops.uninit?.(dev);
  return why.ok ? nlErr('EINVAL') : why;
}

function construct(
  net: Netns,
  target: Netns,
  name: string,
  kind: Exclude<NewLinkKind, { kind: 'veth' | 'unknown' }>,
): Rtnl<NetDevice> {
  switch (kind.kind) {
    case 'dummy':
      return ok(newDummy(target, name));
    case 'bridge':
      return ok(newBridge(target, name));
    case 'vxlan':
      return constructVxlan(net, target, name, kind.options);
    case 'ipip':
      return ok(
        newIpip(target, name, {
          local: kind.local ?? 0,
          remote: kind.remote ?? 0,
          ttl: kind.ttl ?? 0,
          tos: kind.tos ?? 0,
          pmtudisc: kind.pmtudisc ?? true,
          linkIfindex: kind.link ?? 0,
        }),
      );
    default:
      return constructStacked(net, target, name, kind);
  }
}

/** vlan_newlink(), macvlan_common_newlink(), ipvlan_link_new(). */
function constructStacked(
  net: Netns,
  target: Netns,
  name: string,
  kind: Extract<NewLinkKind, { kind: 'vlan' | 'macvlan' | 'ipvlan' }>,
): Rtnl<NetDevice> {
  if (kind.lower === undefined) {
    return kind.kind === 'vlan' ? nlErr('EINVAL', 'link not specified') : nlErr('EINVAL');
  }
  const lower = net.deviceByIndex(kind.lower);
  if (!lower) {
    return kind.kind === 'vlan' ? nlErr('ENODEV', 'link does not exist') : nlErr('ENODEV');
  }
  switch (kind.kind) {
    case 'vlan': {
      const { id } = kind;
      if (id === undefined) return nlErr('EINVAL', 'VLAN id not specified');
      if (id >= 4095) return nlErr('ERANGE', 'Invalid VLAN id');
      const taken = [...lower.uppers].some((u) => u.data.kind === 'vlan' && u.data.id === id);
      return taken ? nlErr('EEXIST') : ok(newVlan(target, name, lower, id));
    }
    case 'macvlan':
      if (lower.flags & IFF_LOOPBACK) return nlErr('EINVAL');
      if (lower.rxHandler && !isMacvlanPort(lower)) return nlErr('EBUSY');
      if (kind.mode === 'passthru' && isMacvlanPort(lower)) return nlErr('EINVAL');
      if (isPassthruPort(lower)) return nlErr('EINVAL');
      return ok(newMacvlan(target, name, lower, kind.mode ?? 'vepa'));
    case 'ipvlan':
      if (lower.rxHandler && !isIpvlanPort(lower)) return nlErr('EBUSY');
      return ok(newIpvlan(target, name, lower, kind.mode ?? 'l3'));
  }
}
