import type { NftOp } from '../../linux/netfilter/nf-tables-op';

/** NFT_COMPAT_* of iptables/nft.h, as messages name them. */
export type OpType =
  | 'TABLE_ADD'
  | 'TABLE_FLUSH'
  | 'CHAIN_ADD'
  | 'CHAIN_USER_ADD'
  | 'CHAIN_DEL'
  | 'CHAIN_UPDATE'
  | 'CHAIN_RENAME'
  | 'CHAIN_ZERO'
  | 'RULE_APPEND'
  | 'RULE_INSERT'
  | 'RULE_REPLACE'
  | 'RULE_DELETE'
  | 'RULE_FLUSH';

/** struct obj_update: one message of the batch on its way. */
export interface PendingOp {
  readonly type: OpType;
  op: NftOp;
  /** The line of -restore; 0 elsewhere. */
  readonly line: number;
}

/** mnl_append_error(): what it was that the kernel refused. */
export function describeOp({ op, type }: PendingOp): string {
  if (type.startsWith('TABLE')) return `table ${op.table}`;
  const chain = 'chain' in op && op.chain !== undefined ? op.chain : '(null)';
  return type.startsWith('RULE') ? `rule in chain ${chain}` : `chain ${chain}`;
}
