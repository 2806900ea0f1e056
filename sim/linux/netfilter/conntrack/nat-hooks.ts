import type { Netns } from '../../netns';
import type { Skb } from '../../sk-buff';
import {
  NF_IP_PRI_NAT_DST,
  NF_IP_PRI_NAT_SRC,
  type NfHook,
  type NfHookOps,
  type NfHookState,
  type NfVerdict,
} from '../hook';
import { natKey } from '../nf-tables';
import { nftDoChain } from '../nf-tables-core';
import { nftDrop, nftTraceRule } from '../nf-tables-trace';
import { nftPktinfo } from '../nft-pktinfo';
import { ipRouteMeHarder } from '../route-me-harder';
import { dirOf, type NfConn } from './conn';
import { hookManip, natInitialized, natNullBinding } from './nat';
import type { NatManip } from './nat-choice';
import { natIcmpReply, natPacket } from './nat-packet';
import { countPacket } from './refresh';
import { conntrackOf, type NfConntrack } from './table';
import { ORIGINAL, REPLY } from './tuple';

/** nf_nat_inet_fn(), nf_nat_ipv4_fn(): the first packet of a flow asks the nat chains, the rest follows. */
function natFn(skb: Skb, state: NfHookState): NfVerdict {
  const { ct, ctinfo } = skb;
  if (!ct || !ctinfo) return 'accept';
  const manip = hookManip(state.hook);
  const table = conntrackOf(state.net);
  const related = ctinfo === 'RELATED' || ctinfo === 'RELATED_REPLY';
  const { packet } = skb;
  const icmp =
    (packet.kind === 'ipv4' || packet.kind === 'ipv6') &&
    (packet.payload.kind === 'icmp' || packet.payload.kind === 'icmpv6');
  if (related && icmp) {
    const passes = natIcmpReply(skb, ct, ctinfo, manip);
    return passes ? 'accept' : { kind: 'drop', detail: 'redirect through a translation' };
  }
  if ((related || ctinfo === 'NEW') && !natInitialized(ct, manip)) {
    const verdict = walkChains(table, { skb, state, ct }, manip);
    if (verdict !== 'accept') return verdict;
  } else if (oifChanged(ct, state, dirOf(ctinfo) === ORIGINAL)) {
    countPacket({ ct, info: ctinfo, skb });
    table.delete(ct);
    return { kind: 'drop', detail: 'the masqueraded flow leaves by another device' };
  }
  natPacket(skb, ct, ctinfo, manip);
  return 'accept';
}

/** The base chains of type nat at this hook; the first that binds the flow is the last one asked. */
function walkChains(
  table: NfConntrack,
  packet: { readonly skb: Skb; readonly state: NfHookState; readonly ct: NfConn },
  manip: NatManip,
): NfVerdict {
  const { skb, state, ct } = packet;
  const { net } = state;
  const family = state.family === 'ipv6' ? 'ip6' : 'ip';
  const chains = net.nft.natChains.get(natKey(family, state)) ?? [];
  for (const chain of chains) {
    const pkt = nftPktinfo(skb, state);
    if (!pkt) return 'accept';
    const verdict = nftDoChain(pkt, chain);
    if (verdict === 'drop') return nftDrop(pkt);
    if (verdict !== 'accept') return verdict;
    if (natInitialized(ct, manip)) {
      nftTraceRule(pkt, 'nf_nat_setup_info');
      return 'accept';
    }
  }
  return natNullBinding(table, ct, manip);
}

/** nf_nat_oif_changed(). */
const oifChanged = (ct: NfConn, state: NfHookState, original: boolean): boolean =>
  ct.masqDev !== undefined && state.hook === 'POSTROUTING' && original && ct.masqDev !== state.out;

/** nf_nat_ipv4_pre_routing(): a packet for another address is routed anew. */
function natPreRouting(skb: Skb, state: NfHookState): NfVerdict {
  const before = destination(skb);
  const verdict = natFn(skb, state);
  if (verdict === 'accept' && destination(skb) !== before) skb.dst = undefined;
  return verdict;
}

/** nf_nat_ipv4_local_in(): a packet with another source belongs to no socket that sent it. */
function natLocalIn(skb: Skb, state: NfHookState): NfVerdict {
  const before = skb.packet;
  const verdict = natFn(skb, state);
  if (skb.packet !== before) skb.sk = undefined;
  return verdict;
}

/** nf_nat_ipv4_local_fn(): a local packet for another address takes another way. */
function natLocalOut(skb: Skb, state: NfHookState): NfVerdict {
  const verdict = natFn(skb, state);
  const { ct, ctinfo } = skb;
  if (verdict !== 'accept' || !ct || !ctinfo) return verdict;
  const dir = dirOf(ctinfo);
  if (ct.tuple(dir).dst === ct.tuple(dir === ORIGINAL ? REPLY : ORIGINAL).src) return verdict;
  const errno = ipRouteMeHarder(state.net, skb);
  return errno ? { kind: 'drop', detail: `no way to the new destination: ${errno}` } : verdict;
}

const destination = (skb: Skb) =>
  skb.packet.kind === 'ipv4' || skb.packet.kind === 'ipv6' ? skb.packet.dst : undefined;

const HOOKS: readonly (readonly [NfHook, number, string, NfHookOps['fn']])[] = [
  ['PREROUTING', NF_IP_PRI_NAT_DST, 'pre_routing', natPreRouting],
  ['POSTROUTING', NF_IP_PRI_NAT_SRC, 'out', natFn],
  ['OUTPUT', NF_IP_PRI_NAT_DST, 'local_fn', natLocalOut],
  ['INPUT', NF_IP_PRI_NAT_SRC, 'local_in', natLocalIn],
];

/** nf_nat_register_fn(): a base chain of type nat came; the first one brings the hooks of its family. */
export function natRegister(net: Netns, family: 'ipv4' | 'ipv6'): void {
  const { nat } = conntrackOf(net);
  const known = nat.hooks.get(family);
  if (known) {
    known.users++;
    return;
  }
  const ops = HOOKS.map(([hook, priority, name, fn]) => ({
    name: `nf_nat_${family}_${name}`,
    family,
    hook,
    priority,
    fn,
  }));
  for (const one of ops) net.nfHooks.register(one);
  nat.hooks.set(family, { users: 1, ops });
}

/** nf_nat_unregister_fn(). */
export function natUnregister(net: Netns, family: 'ipv4' | 'ipv6'): void {
  const { nat } = conntrackOf(net);
  const known = nat.hooks.get(family);
  if (!known || --known.users > 0) return;
  for (const one of known.ops) net.nfHooks.unregister(one);
  nat.hooks.delete(family);
}
