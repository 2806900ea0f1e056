import type { NfHook } from '../../linux/netfilter/hook';
import type { NftChainType } from '../../linux/netfilter/nf-tables';

export interface BuiltinChain {
  readonly name: NfHook;
  readonly type: NftChainType;
  readonly priority: number;
}

export interface BuiltinTable {
  readonly name: string;
  readonly chains: readonly BuiltinChain[];
}

const chain = (name: NfHook, type: NftChainType, priority: number): BuiltinChain => ({
  name,
  type,
  priority,
});

/** xtables_ipv4[], iptables/nft.c: tables in the order of enum nft_table_type; both families have them. */
export const BUILTIN_TABLES: readonly BuiltinTable[] = [
  {
    name: 'mangle',
    chains: [
      chain('PREROUTING', 'filter', -150),
      chain('INPUT', 'filter', -150),
      chain('FORWARD', 'filter', -150),
      chain('OUTPUT', 'route', -150),
      chain('POSTROUTING', 'filter', -150),
    ],
  },
  {
    name: 'security',
    chains: [
      chain('INPUT', 'filter', 150),
      chain('FORWARD', 'filter', 150),
      chain('OUTPUT', 'filter', 150),
    ],
  },
  {
    name: 'raw',
    chains: [chain('PREROUTING', 'filter', -300), chain('OUTPUT', 'filter', -300)],
  },
  {
    name: 'filter',
    chains: [
      chain('INPUT', 'filter', 0),
      chain('FORWARD', 'filter', 0),
      chain('OUTPUT', 'filter', 0),
    ],
  },
  {
    name: 'nat',
    chains: [
      chain('PREROUTING', 'nat', -100),
      chain('INPUT', 'nat', 100),
      chain('POSTROUTING', 'nat', 100),
      chain('OUTPUT', 'nat', -100),
    ],
  },
];

/** nft_table_builtin_find(). */
export const builtinTable = (name: string): BuiltinTable | undefined =>
  BUILTIN_TABLES.find((table) => table.name === name);

/** nft_chain_builtin_find(). */
export const builtinChain = (table: BuiltinTable, name: string): BuiltinChain | undefined =>
  table.chains.find((one) => one.name === name);
