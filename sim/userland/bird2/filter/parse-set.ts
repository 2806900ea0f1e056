import { addressBits, familyOf, parseIp } from '../../../wire/ip';
import type { Parser } from '../parser';
import type { Term } from './ast';
import {
  enumNumber,
  type FilterValue,
  type PathMaskItem,
  type PrefixPattern,
  type SetItem,
} from './value';

const ALL = 0xffff_ffffn;

/** What follows `[`: a set of prefixes, or of anything else. */
export function parseSet(p: Parser): FilterValue {
  if (p.take("']'")) return { type: 'set', value: [] };
  if (!p.is('IP4', 'IP6')) {
    const value = parseSetItems(p);
    p.expect("']'");
    return { type: 'set', value };
  }
  const first = parseIp(p.next().text) ?? 0;
  if (!p.is("'/'")) {
    const value = parseSetItems(p, { from: [BigInt(first)], to: [BigInt(first)] });
    p.expect("']'");
    return { type: 'set', value };
  }
  const patterns: PrefixPattern[] = [pattern(p, first)];
  while (p.take("','")) {
    if (!p.is('IP4', 'IP6')) p.unexpected('IP4', 'IP6');
    patterns.push(pattern(p, parseIp(p.next().text) ?? 0));
  }
  p.expect("']'");
  return { type: 'prefix set', value: patterns };
}

/** fprefix. */
function pattern(p: Parser, address: number | bigint): PrefixPattern {
  const net = p.prefixOf(address);
  const bits = addressBits(familyOf(address));
  if (p.take("'+'")) return { net, low: net.prefixLen, high: bits };
  if (p.take("'-'")) return { net, low: 0, high: net.prefixLen };
  if (!p.take("'{'")) return { net, low: net.prefixLen, high: net.prefixLen };
  const low = Number(p.expect('NUM').text);
  p.expect("','");
  const high = Number(p.expect('NUM').text);
  p.expect("'}'");
  if (low > high || high > bits) p.fail(`Invalid prefix pattern range: {${low}, ${high}}`);
  return { net, low, high };
}

/** set_items. */
export function parseSetItems(p: Parser, first?: SetItem): readonly SetItem[] {
  const items: SetItem[] = [first ? range(p, first) : item(p)];
  while (p.take("','")) items.push(item(p));
  return items;
}

function range(p: Parser, from: SetItem): SetItem {
  return p.take('DDOT') ? { from: from.from, to: item(p).to } : from;
}

function item(p: Parser): SetItem {
  if (p.take("'('")) return range(p, tuple(p));
  const atom = number(p);
  return range(p, { from: [atom], to: [atom] });
}

function number(p: Parser): bigint {
  if (p.is('NUM')) return BigInt(p.next().text);
  if (p.is('IP4', 'IP6')) return BigInt(parseIp(p.next().text) ?? 0);
  if (p.is('ENUM')) return enumNumber(p.next().text);
  if (p.is('CF_SYM_KNOWN')) return toNumber(p, constantSymbol(p));
  p.unexpected();
  return 0n;
}

function constantSymbol(p: Parser): FilterValue | undefined {
  const symbol = p.symbol();
  return symbol?.kind === 'constant' ? symbol.value : undefined;
}

function toNumber(p: Parser, value: FilterValue | undefined): bigint {
  if (value?.type === 'int' || value?.type === 'ip') return BigInt(value.value);
  p.fail('Runtime error');
  return 0n;
}

/** pair_item and lc_item: each place is a number, a range or `*`. */
function tuple(p: Parser): SetItem {
  const from: bigint[] = [];
  const to: bigint[] = [];
  do {
    if (p.take("'*'")) {
      from.push(0n);
      to.push(ALL);
      continue;
    }
    const low = number(p);
    from.push(low);
    to.push(p.take('DDOT') ? number(p) : low);
  } while (p.take("','"));
  p.expect("')'");
  return { from, to };
}

/** bgp_path_tail, up to `=]`. */
export function parseMask(
  p: Parser,
  parseTerm: (p: Parser) => Term,
): readonly (PathMaskItem | { readonly kind: 'term'; readonly term: Term })[] {
  const items: (PathMaskItem | { readonly kind: 'term'; readonly term: Term })[] = [];
  while (!p.is('PC', 'END')) {
    if (p.take("'*'")) items.push({ kind: 'any' });
    else if (p.take("'?'")) items.push({ kind: 'one' });
    else if (p.take("'+'")) items.push({ kind: 'loop' });
    else if (p.take("'['")) {
      items.push({ kind: 'set', items: p.is("']'") ? [] : parseSetItems(p) });
      p.expect("']'");
    } else if (p.is('NUM')) {
      const low = Number(p.next().text);
      items.push({ kind: 'asn', low, high: p.take('DDOT') ? Number(p.expect('NUM').text) : low });
    } else items.push({ kind: 'term', term: parseTerm(p) });
  }
  p.expect('PC');
  return items;
}
