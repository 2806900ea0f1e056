import type { NftFamily, NftTable } from '../../linux/netfilter/nf-tables';
import type { Netns } from '../../linux/netns';
import type { NftStyle } from './print-rule';
import type { Answer, Source } from './syntax';

/** Where a command looks, and how it shows. */
export interface NftContext {
  readonly net: Netns;
  readonly style: NftStyle;
}

export const FAMILIES: ReadonlySet<string> = new Set([
  'ip',
  'ip6',
  'inet',
  'arp',
  'bridge',
  'netdev',
]);

export const absent = (what: string): Answer => ({
  out: '',
  err: `hopwise: nft: ${what} is not simulated\n`,
  code: 2,
});

/** A family if one stands there (ip if not), and the index of what follows. */
export function familyAt(source: Source, index: number): readonly [family: string, next: number] {
  const word = source.word(index) ?? '';
  return FAMILIES.has(word) ? [word, index + 1] : ['ip', index];
}

export const isXtFamily = (family: string): family is NftFamily =>
  family === 'ip' || family === 'ip6';

export const tableOf = ({ net }: NftContext, family: string, name: string): NftTable | undefined =>
  isXtFamily(family) ? net.nft.table(family, name) : undefined;
