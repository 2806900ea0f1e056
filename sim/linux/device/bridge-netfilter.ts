import type { IpPacket } from '../../wire/frame';
import { ipLength } from '../../wire/length';
import type { Dst } from '../ip/dst';
import { fragment4 } from '../ip/fragment';
import type { NfFamily, NfHook } from '../netfilter/hook';
import { nfHook } from '../netfilter/nf-hook';
import { allocSkb, kfreeSkbReason, type Skb } from '../sk-buff';
import type { Bridge } from './bridge';
import { bridgedDnat } from './bridge-dnat';
import type { BridgePort } from './bridge-port';
import type { NetDevice } from './net-device';

type Okfn = (skb: Skb) => void;

interface Devices {
  readonly in: NetDevice | undefined;
  readonly out: NetDevice | undefined;
}

function hook(family: NfFamily, at: NfHook, skb: Skb, devices: Devices & { okfn: Okfn }): void {
  nfHook({ net: skb.dev.netns, family, hook: at, skb, ...devices });
}

/** The family whose hooks bridged IP has to pass: bridge-nf-call-iptables and -ip6tables. */
function calledFamily(bridge: Bridge, packet: Skb['packet']): 'ipv4' | 'ipv6' | undefined {
  const { bridgeNf } = bridge.dev.netns;
  if (packet.kind === 'ipv4' && (bridgeNf.callIptables || bridge.nfCallIptables)) return 'ipv4';
  if (packet.kind === 'ipv6' && (bridgeNf.callIp6tables || bridge.nfCallIp6tables)) return 'ipv6';
  return undefined;
}

/** IS_VLAN_IP(): a tagged frame is asked about only with bridge-nf-filter-vlan-tagged. */
const passesTagged = (bridge: Bridge, skb: Skb): boolean =>
  skb.eth?.vlan !== undefined && !bridge.dev.netns.bridgeNf.filterVlanTagged;

/** brnf_get_logical_dev(): with bridge-nf-pass-vlan-input-dev the bridge's device of that VLAN seems to take it. */
function logicalDev({ dev }: Bridge, { eth }: Skb): NetDevice {
  if (!eth?.vlan || !dev.netns.bridgeNf.passVlanInputDev) return dev;
  for (const upper of dev.uppers) {
    if (upper.data.kind === 'vlan' && upper.data.id === eth.vlan.id) return upper;
  }
  return dev;
}

const isIp = (packet: Skb['packet']): packet is IpPacket =>
  packet.kind === 'ipv4' || packet.kind === 'ipv6';

/**
 * NF_BR_PRE_ROUTING; br_nf_pre_routing(), net/bridge/br_netfilter_hooks.c: bridged IP passes PREROUTING as if
 * it had come in by the bridge; `physIn` keeps the port.
 */
export function bridgeNetfilterPre(bridge: Bridge, port: BridgePort, skb: Skb, okfn: Okfn): void {
  const { dev } = port;
  hook('bridge', 'PREROUTING', skb, {
    in: dev,
    out: undefined,
    okfn: (passed) => {
      const family = passesTagged(bridge, passed) ? undefined : calledFamily(bridge, passed.packet);
      if (family) preRouting(bridge, port, passed, { family, okfn });
      else okfn(passed);
    },
  });
}

function preRouting(
  bridge: Bridge,
  port: BridgePort,
  skb: Skb,
  go: { readonly family: 'ipv4' | 'ipv6'; readonly okfn: Okfn },
): void {
  const { packet, pktType } = skb;
  if (!isIp(packet)) return;
  skb.physIn = port.dev;
  skb.physOut = undefined;
  if (pktType === 'otherhost') skb.pktType = 'host';
  skb.dev = logicalDev(bridge, skb);
  hook(go.family, 'PREROUTING', skb, {
    in: skb.dev,
    out: undefined,
    okfn: (passed) => {
      passed.pktType = pktType;
      const now = passed.packet;
      if (isIp(now) && now.dst !== packet.dst) {
        bridgedDnat(bridge, port, passed, go.okfn);
        return;
      }
      passed.dev = port.dev;
      passed.dst = fakeRtable(bridge);
      go.okfn(passed);
    },
  });
}

/**
 * NF_BR_FORWARD; br_nf_forward_ip(): FORWARD with the bridge as both devices; the ports are for physdev.
 * ARP would pass arptables, of which there are none here.
 */
export function bridgeNetfilterForward(
  bridge: Bridge,
  skb: Skb,
  ports: { readonly from: BridgePort; readonly to: BridgePort },
  okfn: Okfn,
): void {
  const { from, to } = ports;
  hook('bridge', 'FORWARD', skb, {
    in: from.dev,
    out: to.dev,
    okfn: (passed) => {
      const { packet, pktType } = passed;
      if (!passed.physIn || passesTagged(bridge, passed) || !isIp(packet)) {
        okfn(passed);
        return;
      }
      if (pktType === 'otherhost') passed.pktType = 'host';
      passed.physOut = to.dev;
      passed.dev = to.dev;
      hook(packet.kind, 'FORWARD', passed, {
        in: logicalDev(bridge, passed),
        out: bridge.dev,
        okfn,
      });
    },
  });
}

/**
 * FORWARD and POSTROUTING where nothing is registered at any hook: what br_nf_dev_queue_xmit() leaves of the packet.
 * False: it has to take the whole way (a packet to be cut, or a hook to be asked).
 */
export function bridgeNetfilterIdle(
  bridge: Bridge,
  skb: Skb,
  ports: { readonly from: BridgePort | undefined; readonly to: BridgePort },
): boolean {
  const { packet } = skb;
  if (!bridge.dev.netns.nfHooks.empty) return false;
  if (ports.from ? !skb.physIn : !skb.physOut) return true;
  if (passesTagged(bridge, skb) || !isIp(packet)) return true;
  if (packet.kind === 'ipv4' && ipLength(packet) > ports.to.dev.mtu) return false;
  skb.physIn = undefined;
  skb.physOut = undefined;
  skb.dst = undefined;
  return true;
}

/** NF_BR_POST_ROUTING; br_nf_post_routing(): only what was bridged; the host's own has been there already. */
export function bridgeNetfilterPost(bridge: Bridge, skb: Skb, to: BridgePort, okfn: Okfn): void {
  hook('bridge', 'POSTROUTING', skb, {
    in: undefined,
    out: to.dev,
    okfn: (passed) => {
      const { packet } = passed;
      if (!passed.physOut || passesTagged(bridge, passed) || !isIp(packet)) {
        okfn(passed);
        return;
      }
      passed.dev = to.dev;
      const send = (out: Skb): void => queueXmit(bridge, out, okfn);
      const out = logicalDev(bridge, passed);
      hook(packet.kind, 'POSTROUTING', passed, { in: undefined, out, okfn: send });
    },
  });
}

/** br_nf_dev_queue_xmit(): what connection tracking put together, or is too long, is cut for the bridge's MTU. */
function queueXmit(bridge: Bridge, skb: Skb, okfn: Okfn): void {
  const { packet } = skb;
  skb.physIn = undefined;
  skb.physOut = undefined;
  skb.dst = undefined;
  if (packet.kind !== 'ipv4' || ipLength(packet) <= skb.dev.mtu) {
    okfn(skb);
    return;
  }
  if (packet.df) {
    kfreeSkbReason(skb, 'PKT_TOO_BIG', 'br_nf_ip_fragment', `longer than ${skb.dev.mtu}`);
    return;
  }
  for (const piece of fragment4(packet, bridge.dev.mtu)) {
    const part = allocSkb(bridge.dev.netns.kernel, { ...skb, packet: piece, parentId: skb.id });
    okfn({ ...skb, id: part.id, parentId: part.parentId, packet: piece });
  }
}

const fakeRtables = new WeakMap<Bridge, Dst>();

/** bridge_parent_rtable(), net/bridge/br_nf_core.c: the route that bridged packets seem to have. */
function fakeRtable(bridge: Bridge): Dst {
  const known = fakeRtables.get(bridge);
  if (known) return known;
  const made: Dst = {
    type: 'unicast',
    dev: bridge.dev,
    gateway: undefined,
    src: 0,
    dst: 0,
    route: undefined,
    nexthop: undefined,
    metrics: {},
    table: 0,
    local: false,
    broadcast: false,
    multicast: false,
    doRedirect: false,
  };
  fakeRtables.set(bridge, made);
  return made;
}
