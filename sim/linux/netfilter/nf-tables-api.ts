import { err, OK } from '../../base/result';
import type { Errno } from '../errno';
import type { Netns } from '../netns';
import type { NftCommit, NftOp } from './nf-tables-op';
import { NftTransaction } from './nf-tables-transaction';
import { nftTableValidate } from './nf-tables-validate';

/**
 * One batch of nf_tables messages (nf_tables_api.c): all of it or nothing. Tables whose chains end up in a
 * loop, or with a rule where it may not be, fail at the message that made them so.
 */
export function nftCommit(net: Netns, ops: readonly NftOp[]): NftCommit {
  const failed = attempt(net, ops, false);
  if (!failed) return OK;
  // NFT_VALIDATE_DO: once more, looking after each message, to find the one to blame.
  return err(failed.index < ops.length ? failed : (attempt(net, ops, true) ?? failed));
}

interface Failure {
  readonly errno: Errno;
  readonly index: number;
}

/** Undefined: the batch is in. The index after the last message means that validation at the end failed. */
function attempt(net: Netns, ops: readonly NftOp[], eager: boolean): Failure | undefined {
  const batch = new NftTransaction(net);
  for (const [index, op] of ops.entries()) {
    const errno = batch.apply(op) ?? (eager ? validate(net, batch) : undefined);
    if (errno) return abort(batch, { errno, index });
  }
  const errno = validate(net, batch);
  if (errno) return abort(batch, { errno, index: ops.length });
  batch.commit();
  return undefined;
}

function abort(batch: NftTransaction, failure: Failure): Failure {
  batch.abort();
  return failure;
}

function validate(net: Netns, batch: NftTransaction): Errno | undefined {
  for (const table of batch.toValidate) {
    if (net.nft.table(table.family, table.name) !== table) continue;
    const errno = nftTableValidate(table);
    if (errno) return errno;
  }
  return undefined;
}
