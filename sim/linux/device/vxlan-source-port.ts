import type { EthernetFrame } from '../../wire/frame';
import type { Vxlan } from './vxlan';

const ETH_P_ARP = 0x806;

/**
 * udp_flow_src_port(): a port per inner flow, so that the underlay can spread them. Both directions of a flow have the
 * same (__flow_hash_consistentify()), unless a TCP socket chose its own (sk_txhash).
 */
export function sourcePort(vxlan: Vxlan, inner: EthernetFrame): number {
  const [low = 32_768, high = 60_999] =
    vxlan.srcPortHigh > 0 ? [vxlan.srcPortLow, vxlan.srcPortHigh] : vxlan.net.ipv4.localPortRange;
  let hash =
    inner.payload.kind === 'ipv4' && inner.payload.payload.kind === 'tcp'
      ? vxlan.net.multipathSeed
      : 0;
  for (const value of flowKeys(inner, hash === 0)) {
    hash = Math.imul(hash ^ value, 0x01000193) >>> 0;
  }
  return low + (hash % (high - low));
}

/** The keys of skb_get_hash(); `consistent`: the same for both directions. */
function flowKeys(inner: EthernetFrame, consistent: boolean): readonly number[] {
  const { payload } = inner;
  // Nothing but the protocol is looked at in ARP: flow_keys_dissector.
  if (payload.kind === 'arp') return [ETH_P_ARP];
  const macs = [inner.src % 0x1_0000_0000, inner.dst % 0x1_0000_0000];
  if (payload.kind !== 'ipv4') return consistent ? macs.sort((a, b) => a - b) : macs;
  const l4 = payload.payload;
  const ports = l4.kind === 'tcp' || l4.kind === 'udp' ? [l4.srcPort, l4.dstPort] : [0, 0];
  const swap = consistent && payload.dst < payload.src;
  const addresses = [payload.src, payload.dst];
  if (swap) return [...addresses.reverse(), ...ports.reverse()];
  return [...addresses, ...ports];
}
