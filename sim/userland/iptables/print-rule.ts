import type { XtAddress, XtEntry, XtInterface } from '../../linux/netfilter/xt-rule';
import { addressBits, formatIp } from '../../wire/ip';
import type { CachedChain, CachedRule } from './cache';
import type { PrintStyle } from './extension';
import { matchOf, targetOf } from './extensions';
import { type ListFormat, printNumber } from './list-format';
import { maskLength } from './option-value';
import { protoToName } from './protocol';

/** print_header(), iptables/xshared.c. */
export function printHeader(chain: CachedChain, format: ListFormat): string {
  let text = `Chain ${chain.name}`;
  if (chain.policy === undefined) text += ` (${chain.references} references)\n`;
  else {
    const words: ListFormat = { ...format, table: false };
    const { bytes, packets } = chain.counters;
    const counts = format.counts
      ? ` ${printNumber(packets, words)}packets, ${printNumber(bytes, words)}bytes`
      : '';
    text += ` (policy ${chain.policy}${counts})\n`;
  }
  if (format.lineNumbers) text += 'num  ';
  if (format.counts) text += format.rounded ? ' pkts bytes ' : '    pkts      bytes ';
  text += 'target     prot opt';
  if (format.via) text += ' in     out    ';
  return `${text} ${'source'.padEnd(19)}  ${'destination'.padEnd(19)} \n`;
}

/** nft_ipv4_print_rule(), nft_ipv6_print_rule(). */
export function printRule(
  rule: Pick<CachedRule, 'entry' | 'counters'>,
  number: number,
  { format, style }: { readonly format: ListFormat; readonly style: PrintStyle },
): string {
  const { entry } = rule;
  const pad = (text: string, width: number): string => (format.table ? text.padEnd(width) : text);
  let text = format.lineNumbers ? `${pad(String(number), 4)} ` : '';
  if (format.counts) {
    text += printNumber(rule.counters.packets, format) + printNumber(rule.counters.bytes, format);
  }
  text += `${pad(targetWord(entry, style), 9)} ${printProtocol(entry, format)}`;
  text += printFragment(entry, format, style);
  if (format.via) {
    const any = format.numeric ? '*' : 'any';
    const [before, between] = format.table ? [' ', ''] : ['in ', 'out '];
    text += `${before}${pad(interfaceText(entry.in, any), 6)} `;
    text += `${between}${pad(interfaceText(entry.out, any), 6)} `;
  }
  text += printAddresses(entry, format, style);
  if (!format.table) text += '  ';
  if (entry.target?.name === 'chain' && entry.target.goto) text += '[goto] ';
  return `${text}${printExtensions(entry, style)}\n`;
}

function targetWord({ target }: XtEntry, { family }: PrintStyle): string {
  if (!target) return '';
  if (target.name === 'chain') return target.chain;
  return targetOf(target, family)?.listedAs ?? target.name;
}

function printProtocol({ proto }: XtEntry, format: ListFormat): string {
  const number = proto?.value ?? 0;
  const name = protoToName(number, format.numeric);
  const asNumber = (format.numeric && format.table) || name === undefined;
  const text = asNumber ? String(number) : name;
  return `${proto?.invert ? '!' : ' '}${format.table ? text.padEnd(4) : text} `;
}

/** print_fragment(): IPv6 has none. */
function printFragment({ fragment }: XtEntry, format: ListFormat, style: PrintStyle): string {
  const word = format.table ? '' : 'opt ';
  if (style.family === 6) return `${word}-- `;
  return `${word}${fragment?.invert ? '!' : '-'}${fragment ? 'f' : '-'} `;
}

const interfaceText = (given: XtInterface | undefined, any: string): string =>
  given ? `${given.invert ? '!' : ''}${given.name}` : any;

/** print_ipv4_addresses(), print_ipv6_addresses(). */
function printAddresses({ dst, src }: XtEntry, format: ListFormat, style: PrintStyle): string {
  const from = `${src?.invert ? '!' : ' '}${addressText(src, style)}`;
  const to = addressText(dst, style);
  if (!format.table) return `${from} ${dst?.invert ? '!' : ' '}-> ${to}`;
  return `${from.padEnd(20)} ${dst?.invert ? '!' : ' '}${to.padEnd(19)} `;
}

function addressText(given: XtAddress | undefined, style: PrintStyle): string {
  const v4 = style.family === 4;
  const address = given?.address ?? (v4 ? 0 : 0n);
  const mask = given?.mask ?? (v4 ? 0 : 0n);
  const any = BigInt(v4 ? mask : address) === 0n;
  if (any && !style.numeric) return 'anywhere';
  const length = maskLength(mask);
  if (length === addressBits(style.family)) return style.hostName(address);
  return `${style.hostName(address)}/${length ?? formatIp(mask)}`;
}

/** print_matches_and_target(). */
function printExtensions({ matches, target }: XtEntry, style: PrintStyle): string {
  const words = matches.map((m) => matchOf(m, style.family)?.print(m, style) ?? '');
  const last = target ? (targetOf(target, style.family)?.print(target, style) ?? '') : '';
  return words.join('') + last;
}
