import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import type { NfFamily, NfHook, NfVerdict } from './hook';

export interface NfHookCall {
  readonly net: Netns;
  readonly family: NfFamily;
  readonly hook: NfHook;
  readonly skb: Skb;
  readonly in: NetDevice | undefined;
  readonly out: NetDevice | undefined;
  readonly okfn: (skb: Skb) => void;
}

/** NF_HOOK(), include/linux/netfilter.h: every function of the hook in turn, then `okfn`. */
export function nfHook(call: NfHookCall): NfVerdict {
  const entries = call.net.nfHooks.at(call.family, call.hook);
  if (entries.length > 0) {
    traceSkb(call.skb, call.hook);
    for (const entry of entries) {
      const verdict = entry.fn(call.skb, call);
      if (verdict === 'drop') {
        kfreeSkbReason(call.skb, 'NETFILTER_DROP', call.hook, entry.name);
        return 'drop';
      }
      if (verdict === 'stolen') return 'stolen';
    }
  }
  call.okfn(call.skb);
  return 'accept';
}
