import type { Ip } from '../../../wire/frame';
import type { Range } from '../xt-match';
import type { NfConn } from './conn';
import type { NfConntrack } from './table';
import { invertTuple, type NfTuple } from './tuple';

/** enum nf_nat_manip_type. */
export type NatManip = 'SRC' | 'DST';

/** struct nf_nat_range2. */
export interface NatRange {
  /** NF_NAT_RANGE_MAP_IPS. */
  readonly addresses?: { readonly min: Ip; readonly max: Ip } | undefined;
  /** NF_NAT_RANGE_PROTO_SPECIFIED. */
  readonly ports?: Range | undefined;
  /** NF_NAT_RANGE_PROTO_OFFSET. */
  readonly basePort?: number | undefined;
  /** NF_NAT_RANGE_PROTO_RANDOM, NF_NAT_RANGE_PROTO_RANDOM_FULLY. */
  readonly random?: boolean | undefined;
  readonly randomFully?: boolean | undefined;
  readonly persistent?: boolean | undefined;
}

/** What is being decided. */
export interface NatChoice {
  readonly table: NfConntrack;
  readonly ct: NfConn;
  readonly range: NatRange;
  readonly manip: NatManip;
}

/** nf_nat_used_tuple(): would another connection's replies look the same? */
export function tupleUsed(choice: NatChoice, tuple: NfTuple): boolean {
  const reply = invertTuple(tuple);
  return reply !== undefined && choice.table.taken(reply, choice.ct);
}
