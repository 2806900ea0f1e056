import type { Netns } from '../netns';
import { traceSkb } from '../sk-buff';
import type { TraceRule } from '../trace';
import type { CtFamily } from './conntrack/hooks';
import { natRegister, natUnregister } from './conntrack/nat-hooks';
import type { NfDrop, NfHookOps, NfVerdict } from './hook';
import type { NfTables, NftBase, NftChain, NftFamily } from './nf-tables';
import { nftDoChain } from './nf-tables-core';
import { type NftDecided, type NftPktinfo, nftPktinfo } from './nft-pktinfo';
import { ipRouteMeHarder, routeKey } from './route-me-harder';

const NF_FAMILY: Readonly<Record<NftFamily, CtFamily>> = { ip: 'ipv4', ip6: 'ipv6' };

/** nf_tables_register_hook(): a base chain of type nat is nf_nat's to walk, the others are hooks themselves. */
export function registerChain(net: Netns, chain: NftChain): void {
  const { base } = chain;
  if (!base) return;
  if (base.type === 'nat') {
    const key = natKey(chain.table.family, base);
    const chains = [...(net.nft.natChains.get(key) ?? []), chain];
    net.nft.natChains.set(key, chains.sort(byPriority));
    natRegister(net, NF_FAMILY[chain.table.family]);
    return;
  }
  const ops = hookOps(chain, base);
  chain.hookOps = ops;
  net.nfHooks.register(ops);
}

export function unregisterChain(net: Netns, chain: NftChain): void {
  const { base } = chain;
  if (!base) return;
  if (base.type === 'nat') {
    const key = natKey(chain.table.family, base);
    const chains = net.nft.natChains.get(key) ?? [];
    net.nft.natChains.set(
      key,
      chains.filter((one) => one !== chain),
    );
    natUnregister(net, NF_FAMILY[chain.table.family]);
  }
  if (chain.hookOps) net.nfHooks.unregister(chain.hookOps);
  chain.hookOps = undefined;
}

/** How `NfTables.natChains` is keyed. */
export const natKey = (family: NftFamily, at: { readonly hook: NftBase['hook'] }): string =>
  `${family} ${at.hook}`;

const byPriority = (a: NftChain, b: NftChain): number =>
  (a.base?.priority ?? 0) - (b.base?.priority ?? 0);

function hookOps(chain: NftChain, base: NftBase): NfHookOps {
  const { family, name } = chain.table;
  return {
    name: `${name} ${chain.name}`,
    family: NF_FAMILY[family],
    hook: base.hook,
    priority: base.priority,
    fn: (skb, state) => {
      const pkt = nftPktinfo(skb, state);
      if (!pkt) return 'accept';
      return base.type === 'route' ? routeHook(pkt, chain) : filterHook(pkt, chain);
    },
  };
}

/** nft_do_chain_ipv4(), nft_do_chain_ipv6(). */
function filterHook(pkt: NftPktinfo, chain: NftChain): NfVerdict {
  const verdict = nftDoChain(pkt, chain);
  return verdict === 'drop' ? nftDrop(pkt) : verdict;
}

/** nf_route_table_hook4(), net/netfilter/nft_chain_route.c: a packet that changed is routed anew. */
function routeHook(pkt: NftPktinfo, chain: NftChain): NfVerdict {
  const before = routeKey(pkt.skb);
  const verdict = filterHook(pkt, chain);
  if (verdict !== 'accept' || routeKey(pkt.skb) === before) return verdict;
  const errno = ipRouteMeHarder(pkt.net, pkt.skb);
  return errno ? { kind: 'drop', detail: `${chain.table.name} ${chain.name}: ${errno}` } : verdict;
}

/** NF_DROP in words: "filter FORWARD rule 2: -s 10.0.0.0/8 -j DROP", "filter FORWARD policy DROP". */
export function nftDrop(pkt: NftPktinfo): NfDrop | 'drop' {
  const { decided } = pkt;
  if (!decided || !pkt.net.kernel.tracer.on) return 'drop';
  const rule = traceRule(decided);
  return { kind: 'drop', rule, detail: ruleText(pkt.net.nft, decided, rule) };
}

/** A rule that let the packet pass with a change worth seeing: an address translation. */
export function nftTraceRule(pkt: NftPktinfo, stage: string): void {
  const { decided } = pkt;
  if (!decided?.rule || !pkt.net.kernel.tracer.on) return;
  const rule = traceRule(decided);
  traceSkb(pkt.skb, stage, 'pass', { rule, detail: ruleText(pkt.net.nft, decided, rule) });
}

function traceRule(decided: NftDecided): TraceRule {
  const { chain, rule } = decided;
  const place = { table: chain.table.name, chain: chain.name };
  if (!rule) return { ...place, number: 0 };
  return { ...place, number: chain.rules.indexOf(rule) + 1, handle: rule.handle };
}

function ruleText(nft: NfTables, decided: NftDecided, at: TraceRule): string {
  const { chain, rule } = decided;
  const place = `${at.table} ${at.chain}`;
  if (!rule) return `${place} policy ${chain.base?.policy.toUpperCase() ?? ''}`;
  const text = nft.printRule?.(chain.table.family, rule.entry);
  return text === undefined ? `${place} rule ${at.number}` : `${place} rule ${at.number}: ${text}`;
}
