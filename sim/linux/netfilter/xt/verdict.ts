import type { NftPktinfo } from '../nft-pktinfo';

/** XT_CONTINUE, or NF_ACCEPT, NF_DROP, NF_STOLEN. */
export type XtVerdict = 'continue' | 'accept' | 'drop' | 'stolen';

/** struct xt_match: `match`. */
export type XtMatchFn = (pkt: NftPktinfo) => boolean;

/** struct xt_target: `target`. */
export type XtTargetFn = (pkt: NftPktinfo) => XtVerdict;
