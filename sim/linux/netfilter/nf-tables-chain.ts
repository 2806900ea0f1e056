import type { Netns } from '../netns';
import type { CtFamily } from './conntrack/hooks';
import { natRegister, natUnregister } from './conntrack/nat-hooks';
import type { NfHookOps, NfVerdict } from './hook';
import { type NftBase, type NftChain, type NftFamily, natKey } from './nf-tables';
import { nftDoChain } from './nf-tables-core';
import { nftDrop } from './nf-tables-trace';
import { type NftPktinfo, nftPktinfo } from './nft-pktinfo';
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
