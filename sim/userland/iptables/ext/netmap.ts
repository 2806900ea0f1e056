import type { XtNat } from '../../../linux/netfilter/xt-target';
import type { Ip } from '../../../wire/frame';
import { addressBits, type Family, familyOf, formatIp } from '../../../wire/ip';
import { targetExtension } from '../extension';
import { maskLength, prefixMask } from '../option-value';
import type { Draft } from './draft';
import { TARGET_HELP } from './help-text';

/** extensions/libipt_NETMAP.c, libip6t_NETMAP.c: the range is a whole network. */
export const netmap = targetExtension<XtNat, Draft<XtNat>, 'to'>({
  name: 'NETMAP',
  own: (t) => (t.name === 'NETMAP' ? t : undefined),
  options: [{ name: 'to', id: 'to', type: 'hostmask', mandatory: true }],
  help: TARGET_HELP.NETMAP,
  init: () => ({ name: 'NETMAP', random: false, randomFully: false, persistent: false }),
  parse: (draft, { value, rule }) => {
    draft.addresses = network(value.address, value.addressMask, rule.family);
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (t) => ` to:${networkText(t)}`,
  save: (t) => ` --to ${networkText(t)}`,
});

const ALL_ONES = (1n << 128n) - 1n;

function network(address: Ip, mask: Ip, family: Family): { readonly min: Ip; readonly max: Ip } {
  const ones = family === 4 ? 0xffff_ffffn : ALL_ONES;
  const min = BigInt(address) & BigInt(mask);
  const max = min | (BigInt(mask) ^ ones);
  return family === 4 ? { min: Number(min), max: Number(max) } : { min, max };
}

/** __NETMAP_print(). */
function networkText({ addresses }: XtNat): string {
  if (!addresses) return '';
  const { min, max } = addresses;
  const family = familyOf(min);
  const differ = BigInt(min) ^ BigInt(max);
  const whole = BigInt(prefixMask(family, addressBits(family)));
  const mask = differ ^ whole;
  const length = maskLength(family === 4 ? Number(mask) : mask);
  return `${formatIp(min)}/${length ?? formatIp(family === 4 ? Number(mask) : mask)}`;
}
