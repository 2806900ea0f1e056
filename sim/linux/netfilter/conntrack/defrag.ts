import type { Skb } from '../../sk-buff';
import type { NfHookState, NfVerdict } from '../hook';

/**
 * ipv4_conntrack_defrag(), ipv6_defrag(): connections are of whole packets. The last fragment goes on as
 * the whole packet; the others wait in the queue of their namespace.
 */
export function nfDefrag(skb: Skb, state: NfHookState): NfVerdict {
  const { packet } = skb;
  if (skb.ct || skb.notrack) return 'accept';
  const { net } = state;
  if (packet.kind === 'ipv4' && (packet.mf || packet.fragOffset !== 0)) {
    return whole(skb, net.ipv4.frags.add(skb));
  }
  if (packet.kind === 'ipv6' && packet.fragment) {
    return whole(skb, net.ipv6.frags.add(skb));
  }
  return 'accept';
}

function whole(skb: Skb, done: Skb | undefined): NfVerdict {
  if (!done) return 'stolen';
  skb.packet = done.packet;
  skb.fragMaxSize = done.fragMaxSize;
  return 'accept';
}
