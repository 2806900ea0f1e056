import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import { type Skb, traceSkb } from '../sk-buff';
import type { NfDrop, NfFamily, NfHook, NfHookOps } from './hook';

export interface NfHookCall {
  readonly net: Netns;
  readonly family: NfFamily;
  readonly hook: NfHook;
  readonly skb: Skb;
  readonly in: NetDevice | undefined;
  readonly out: NetDevice | undefined;
  readonly okfn: (skb: Skb) => void;
}

/** What became of a packet at a hook; `accept`: `okfn` was called. */
export type NfHookResult = 'accept' | 'drop' | 'stolen';

/** NF_HOOK(), include/linux/netfilter.h: every function of the hook in turn, then `okfn`. */
export function nfHook(call: NfHookCall): NfHookResult {
  const entries = call.net.nfHooks.at(call.family, call.hook);
  if (entries.length > 0) {
    traceSkb(call.skb, call.hook);
    for (const entry of entries) {
      const verdict = entry.fn(call.skb, call);
      if (verdict === 'accept') continue;
      if (verdict === 'stolen') return 'stolen';
      dropped(call, entry, verdict);
      return 'drop';
    }
  }
  call.okfn(call.skb);
  return 'accept';
}

/** The packet ends here; the trace names the rule, or at least the function. */
function dropped(call: NfHookCall, entry: NfHookOps, verdict: 'drop' | NfDrop): void {
  const { rule, detail } = verdict === 'drop' ? NO_RULE : verdict;
  const reason = 'NETFILTER_DROP';
  traceSkb(call.skb, call.hook, 'drop', { reason, rule, detail: detail ?? entry.name });
}

const NO_RULE: Omit<NfDrop, 'kind'> = {};
