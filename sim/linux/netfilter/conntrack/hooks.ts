import type { Netns } from '../../netns';
import {
  NF_IP_PRI_CONNTRACK,
  NF_IP_PRI_CONNTRACK_CONFIRM,
  NF_IP_PRI_CONNTRACK_DEFRAG,
  type NfHook,
  type NfHookOps,
} from '../hook';
import { IPS_ASSURED, type NfConn } from './conn';
import { nfConntrackConfirm, nfConntrackIn } from './core';
import { nfDefrag } from './defrag';
import { conntrackOf } from './table';
import { FLAG_BE_LIBERAL, tcpIsEstablished } from './tcp-state';

export type CtFamily = 'ipv4' | 'ipv6';

type Row = readonly [NfHook, number, string, NfHookOps['fn']];

/** ipv4_defrag_ops, ipv6_defrag_ops: they stay once they are there. */
const DEFRAG: readonly Row[] = [
  ['PREROUTING', NF_IP_PRI_CONNTRACK_DEFRAG, 'defrag', nfDefrag],
  ['OUTPUT', NF_IP_PRI_CONNTRACK_DEFRAG, 'defrag', nfDefrag],
];

/** ipv4_conntrack_ops, ipv6_conntrack_ops of nf_conntrack_proto.c. */
const TRACK: readonly Row[] = [
  ['PREROUTING', NF_IP_PRI_CONNTRACK, 'conntrack_in', nfConntrackIn],
  ['OUTPUT', NF_IP_PRI_CONNTRACK, 'conntrack_local', nfConntrackIn],
  ['POSTROUTING', NF_IP_PRI_CONNTRACK_CONFIRM, 'confirm', nfConntrackConfirm],
  ['INPUT', NF_IP_PRI_CONNTRACK_CONFIRM, 'confirm', nfConntrackConfirm],
];

const opsOf = (rows: readonly Row[], family: CtFamily): readonly NfHookOps[] =>
  rows.map(([hook, priority, name, fn]) => ({
    name: `${family}_${name}`,
    family,
    hook,
    priority,
    fn,
  }));

/** nf_ct_netns_get(): a rule needs connections; the first one makes the namespace track them. */
export function nfCtNetnsGet(net: Netns, family: CtFamily): void {
  const { users } = conntrackOf(net);
  const known = users.get(family);
  if (known && known.count > 0) {
    known.count++;
    return;
  }
  if (!known) for (const ops of opsOf(DEFRAG, family)) net.nfHooks.register(ops);
  const ops = opsOf(TRACK, family);
  for (const one of ops) net.nfHooks.register(one);
  users.set(family, { count: 1, ops });
  if (known) for (const ct of conntrackOf(net).entries()) fixup(ct);
}

/** nf_ct_netns_put(): without such a rule nothing is tracked any more; what is known stays. */
export function nfCtNetnsPut(net: Netns, family: CtFamily): void {
  const known = conntrackOf(net).users.get(family);
  if (!known || known.count === 0 || --known.count > 0) return;
  for (const ops of known.ops) net.nfHooks.unregister(ops);
}

/** nf_ct_tcp_fixup(): what happened meanwhile is not known, so windows are not judged. */
function fixup(ct: NfConn): void {
  const { tcp } = ct;
  if (!tcp || !tcpIsEstablished(tcp, ct.has(IPS_ASSURED))) return;
  for (const seen of tcp.seen) {
    seen.maxWin = 0;
    seen.flags |= FLAG_BE_LIBERAL;
  }
}
