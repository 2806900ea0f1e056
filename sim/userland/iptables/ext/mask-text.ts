import type { Ip } from '../../../wire/frame';
import { addressBits, familyOf, formatIp } from '../../../wire/ip';
import { maskLength } from '../option-value';

/** xtables_ipmask_to_numeric(), xtables_ip6mask_to_numeric(): nothing for a whole address. */
export function maskText(mask: Ip): string {
  const length = maskLength(mask);
  if (length === undefined) return `/${formatIp(mask)}`;
  return length === addressBits(familyOf(mask)) ? '' : `/${length}`;
}
