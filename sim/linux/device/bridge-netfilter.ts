import type { NfFamily, NfHook } from '../netfilter/hook';
import { nfHook } from '../netfilter/nf-hook';
import type { Skb } from '../sk-buff';
import type { Bridge } from './bridge';
import type { BridgePort } from './bridge-port';
import type { NetDevice } from './net-device';

type Okfn = (skb: Skb) => void;

/**
 * The bridge family's hooks, and br_netfilter's detour of bridged IP through iptables: whoever models
 * `bridge-nf-call-iptables` registers functions in the `bridge` family that call the `ipv4` hooks with
 * `physIn` and `physOut` set.
 */
function bridgeHook(
  hook: NfHook,
  skb: Skb,
  devices: { readonly in: NetDevice | undefined; readonly out: NetDevice | undefined },
  okfn: Okfn,
): void {
  const family: NfFamily = 'bridge';
  nfHook({ net: skb.dev.netns, family, hook, skb, in: devices.in, out: devices.out, okfn });
}

/** NF_BR_PRE_ROUTING. */
export function bridgeNetfilterPre(_bridge: Bridge, port: BridgePort, skb: Skb, okfn: Okfn): void {
  bridgeHook('PREROUTING', skb, { in: port.dev, out: undefined }, okfn);
}

/** NF_BR_FORWARD. */
export function bridgeNetfilterForward(
  _bridge: Bridge,
  skb: Skb,
  ports: { readonly from: BridgePort; readonly to: BridgePort },
  okfn: Okfn,
): void {
  bridgeHook('FORWARD', skb, { in: ports.from.dev, out: ports.to.dev }, okfn);
}

/** NF_BR_POST_ROUTING. */
export function bridgeNetfilterPost(_bridge: Bridge, skb: Skb, to: BridgePort, okfn: Okfn): void {
  bridgeHook('POSTROUTING', skb, { in: undefined, out: to.dev }, okfn);
}
