import type { Ip } from '../../../wire/frame';
import type { Invertible, XtIprange } from '../xt-match';
import type { XtMatchFn } from './verdict';

type AddressRange = Invertible<{ readonly min: Ip; readonly max: Ip }>;

/** iprange_mt4(), iprange_mt6(), net/netfilter/xt_iprange.c. */
export const iprangeMatch =
  ({ src, dst }: XtIprange): XtMatchFn =>
  (pkt) =>
    inside(pkt.ip.src, src) && inside(pkt.ip.dst, dst);

const inside = (ip: Ip, range: AddressRange | undefined): boolean =>
  range === undefined || (ip >= range.value.min && ip <= range.value.max) !== range.invert;
