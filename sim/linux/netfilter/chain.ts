import { ipLength } from '../../wire/length';
import type { Skb } from '../sk-buff';
import type { NfHookState } from './hook';

/** struct xt_counters. */
export interface Counters {
  packets: number;
  bytes: number;
}

export type RuleTarget =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'none' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: Chain }
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number };

export type RuleMatch = (skb: Skb, state: NfHookState) => boolean;

export interface Rule {
  readonly matches: readonly RuleMatch[];
  readonly target: RuleTarget;
  readonly counters: Counters;
}

export interface Chain {
  readonly name: string;
  readonly rules: Rule[];
}

/** struct nft_base_chain: what a hook starts with; its counters are those of the policy. */
export interface BaseChain extends Chain {
  policy: 'accept' | 'drop';
  readonly counters: Counters;
}

/** Who decided: the rule's place in its chain, from 1, or the policy (`number` 0). */
export interface ChainVerdict {
  readonly verdict: 'accept' | 'drop';
  readonly chain: string;
  readonly number: number;
}

/** nft_do_chain(), net/netfilter/nf_tables_core.c: a jump is remembered, a goto is not. */
export function doChain(base: BaseChain, skb: Skb, state: NfHookState): ChainVerdict {
  const back: { readonly chain: Chain; readonly at: number }[] = [];
  const bytes = packetBytes(skb);
  let chain: Chain = base;
  let at = 0;
  for (;;) {
    const rule = chain.rules[at++];
    if (rule && !rule.matches.every((match) => match(skb, state))) continue;
    if (rule) count(rule.counters, bytes);
    const target: RuleTarget = rule?.target ?? { kind: 'return' };
    switch (target.kind) {
      case 'accept':
      case 'drop':
        return { verdict: target.kind, chain: chain.name, number: at };
      case 'mark':
        skb.mark = ((skb.mark & ~target.mask) ^ target.value) >>> 0;
        break;
      case 'jump':
      case 'goto':
        if (target.kind === 'jump') back.push({ chain, at });
        chain = target.chain;
        at = 0;
        break;
      case 'return': {
        const caller = back.pop();
        if (!caller) {
          count(base.counters, bytes);
          return { verdict: base.policy, chain: base.name, number: 0 };
        }
        ({ chain, at } = caller);
      }
    }
  }
}

function count(counters: Counters, bytes: number): void {
  counters.packets++;
  counters.bytes += bytes;
}

function packetBytes({ packet }: Skb): number {
  return packet.kind === 'ipv4' || packet.kind === 'ipv6' ? ipLength(packet) : 0;
}
