import type { XtAddress, XtEntry, XtInterface } from '../../linux/netfilter/xt-rule';
import type { Family } from '../../wire/ip';
import { formatIp } from '../../wire/ip';
import { matchOf, targetOf } from './extensions';
import { maskLength } from './option-value';
import { protoToName } from './protocol';

/** save_ipv4_addr(), save_ipv6_addr(). */
function saveAddress(letter: 's' | 'd', given: XtAddress | undefined): string {
  if (!given) return '';
  const { address, invert, mask } = given;
  const length = maskLength(mask);
  return `${invert ? ' !' : ''} -${letter} ${formatIp(address)}/${length ?? formatIp(mask)}`;
}

/** save_iface(). */
function saveInterface(letter: 'i' | 'o', given: XtInterface | undefined): string {
  if (!given) return '';
  return `${given.invert ? ' !' : ''} -${letter} ${given.name}`;
}

/** save_rule_details(). */
function saveDetails(entry: XtEntry): string {
  const { proto, fragment } = entry;
  let text = saveInterface('i', entry.in) + saveInterface('o', entry.out);
  if (proto) {
    const name = protoToName(proto.value, false) ?? String(proto.value);
    text += `${proto.invert ? ' !' : ''} -p ${name}`;
  }
  if (fragment) text += `${fragment.invert ? ' !' : ''} -f`;
  return text;
}

/** nft_ipv4_save_rule(), nft_ipv6_save_rule(): a rule in the words that would make it; starts with a space. */
export function saveRule(family: Family, entry: XtEntry, beforeTarget = ''): string {
  const matches = entry.matches.map((m) => {
    const extension = matchOf(m, family);
    return ` -m ${extension?.listedAs ?? m.name}${extension?.save(m, family) ?? ''}`;
  });
  return (
    saveAddress('s', entry.src) +
    saveAddress('d', entry.dst) +
    saveDetails(entry) +
    matches.join('') +
    beforeTarget +
    saveTarget(family, entry)
  );
}

function saveTarget(family: Family, { target }: XtEntry): string {
  if (!target) return '';
  if (target.name === 'chain') return ` -${target.goto ? 'g' : 'j'} ${target.chain}`;
  return ` -j ${target.name}${targetOf(target, family)?.save(target, family) ?? ''}`;
}
