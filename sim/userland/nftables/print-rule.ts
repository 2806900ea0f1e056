import { isNative } from '../../linux/netfilter/xt/native';
import type { XtMatch } from '../../linux/netfilter/xt-match';
import type { XtAddress, XtEntry, XtInterface } from '../../linux/netfilter/xt-rule';
import type { XtTarget } from '../../linux/netfilter/xt-target';
import { addressBits, type Family, formatIp } from '../../wire/ip';
import { protocolName } from '../glibc/protocols';
import { matchOf, targetOf } from '../iptables/extensions';
import { maskLength } from '../iptables/option-value';

/** How nft shows what it lists (-a, -s, -n, -y, -p). */
export interface NftStyle {
  readonly handles: boolean;
  readonly stateless: boolean;
  readonly numericPriority: boolean;
  readonly numericProtocol: boolean;
}

/** rule_print(): a rule of iptables-nft as the statements that it is stored as. */
export function printRule(
  rule: Pick<NftRuleData, 'entry' | 'counters'>,
  family: Family,
  style: NftStyle,
): string {
  const { entry } = rule;
  const { bytes, packets } = rule.counters;
  const statements = [
    ...interfaceWords('iifname', entry.in),
    ...interfaceWords('oifname', entry.out),
    ...protocolWords(entry, style),
    ...addressWords('saddr', entry.src, family),
    ...addressWords('daddr', entry.dst, family),
    ...(entry.fragment ? [`ip frag-off & 8191 ${entry.fragment.invert ? '==' : '!='} 0`] : []),
    ...entry.matches.map((match) => matchWords(match, entry, family)),
    style.stateless ? 'counter' : `counter packets ${packets} bytes ${bytes}`,
    ...(entry.target ? [targetWords(entry.target, family)] : []),
  ];
  return statements.join(' ');
}

/** What a listing needs of a rule. */
interface NftRuleData {
  readonly entry: XtEntry;
  readonly counters: { readonly packets: number; readonly bytes: number };
}

/** parse_invalid_iface(): `! -i +` is stored as a name that no device has. */
function interfaceWords(key: string, given: XtInterface | undefined): readonly string[] {
  if (!given) return [];
  if (given.name === '+') return [`${key} "INVAL/D"`];
  return [`${key} ${given.invert ? '!= ' : ''}"${given.name.replace(/\+$/, '*')}"`];
}

/** `meta l4proto`, unless the ports that follow say it (payload_dependency_kill()). */
function protocolWords({ matches, proto }: XtEntry, style: NftStyle): readonly string[] {
  if (!proto) return [];
  const first = matches.findIndex((m) => (m.name === 'tcp' || m.name === 'udp') && isNative(m));
  // A limit in between is a statement: what comes after it depends on nothing before.
  const keeps = (m: XtMatch): boolean => isNative(m) && m.name !== 'limit';
  const said = first >= 0 && matches.slice(0, first).every(keeps);
  if (said && !proto.invert) return [];
  const name = style.numericProtocol ? undefined : protocolName(proto.value);
  return [`meta l4proto ${proto.invert ? '!= ' : ''}${name ?? proto.value}`];
}

function addressWords(
  field: 'saddr' | 'daddr',
  given: XtAddress | undefined,
  family: Family,
): readonly string[] {
  if (!given) return [];
  const { address, invert, mask } = given;
  const words = `${family === 4 ? 'ip' : 'ip6'} ${field}`;
  const length = maskLength(mask);
  if (length === undefined) {
    return [`${words} & ${formatIp(mask)} ${invert ? '!=' : '=='} ${formatIp(address)}`];
  }
  const prefix = length === addressBits(family) ? '' : `/${length}`;
  return [`${words} ${invert ? '!= ' : ''}${formatIp(address)}${prefix}`];
}

/** xt_stmt_xlate(): in nft's words where libxtables has them; ports of no known protocol are `th`. */
function matchWords(match: XtMatch, { proto }: XtEntry, family: Family): string {
  const words = matchOf(match, family)?.native(match, family)?.trimEnd();
  if (words === undefined) return `xt match ${match.name}`;
  const named = match.name === 'tcp' || match.name === 'udp';
  if (!named || !proto?.invert || !isNative(match)) return words;
  return words.replace(/(tcp|udp) (sport|dport)/g, 'th $2');
}

function targetWords(target: XtTarget, family: Family): string {
  switch (target.name) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return target.name.toLowerCase();
    case 'chain':
      return `${target.goto ? 'goto' : 'jump'} ${target.chain}`;
    default:
      return (
        targetOf(target, family)?.native(target, family)?.trimEnd() ?? `xt target ${target.name}`
      );
  }
}

/** Whether the rule has expressions that only iptables-nft makes (table->has_xt_stmts). */
export function hasXtStatements({ matches, target }: XtEntry): boolean {
  const verdicts = ['ACCEPT', 'DROP', 'RETURN', 'chain', 'TRACE', 'NFLOG'];
  if (matches.some((match) => !isNative(match))) return true;
  return target !== undefined && !verdicts.includes(target.name);
}
