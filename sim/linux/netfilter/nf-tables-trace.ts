import { traceSkb } from '../sk-buff';
import type { TraceRule } from '../trace';
import type { NfDrop } from './hook';
import type { NfTables } from './nf-tables';
import type { NftDecided, NftPktinfo } from './nft-pktinfo';

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
