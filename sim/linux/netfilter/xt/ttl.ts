import type { IpPacket } from '../../../wire/frame';
import type { XtTtl } from '../xt-match';
import type { XtTarget } from '../xt-target';
import type { XtMatchFn, XtTargetFn } from './verdict';

type XtTtlTarget = Extract<XtTarget, { readonly name: 'TTL' | 'HL' }>;

const ttlOf = (ip: IpPacket): number => (ip.kind === 'ipv4' ? ip.ttl : ip.hopLimit);

/** ttl_mt(), hl_mt6(), net/netfilter/xt_hl.c. */
export const ttlMatch =
  ({ op, value }: XtTtl): XtMatchFn =>
  (pkt) => {
    const ttl = ttlOf(pkt.ip);
    switch (op) {
      case 'eq':
        return ttl === value;
      case 'ne':
        return ttl !== value;
      case 'lt':
        return ttl < value;
      case 'gt':
        return ttl > value;
    }
  };

/** ttl_tg(), hl_tg6(), net/netfilter/xt_HL.c. */
export const ttlTarget =
  ({ op, value }: XtTtlTarget): XtTargetFn =>
  (pkt) => {
    const { ip } = pkt;
    const old = ttlOf(ip);
    const next = op === 'set' ? value : op === 'inc' ? old + value : old - value;
    const ttl = Math.max(0, Math.min(255, next));
    pkt.skb.packet = ip.kind === 'ipv4' ? { ...ip, ttl } : { ...ip, hopLimit: ttl };
    return 'continue';
  };
