import type { Range, XtIcmp } from '../../../linux/netfilter/xt-match';
import { bad, good, matchExtension, type Parsed } from '../extension';
import { strtoulPrefix } from '../strtoul';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { ICMP_CODES, ICMPV6_CODES, type IcmpName, ND_TYPES } from './icmp-types';

interface Type {
  readonly type: number;
  readonly code: Range;
}

/** extensions/libipt_icmp.c. */
export const icmp = matchExtension<XtIcmp, Draft<XtIcmp>, 'type'>({
  name: 'icmp',
  families: [4],
  own: (m) => (m.name === 'icmp' ? m : undefined),
  options: [{ name: 'icmp-type', id: 'type', type: 'string', mandatory: true, invert: true }],
  help: MATCH_HELP.icmp,
  init: () => ({ name: 'icmp', type: 255, code: { min: 0, max: 255 }, invert: false }),
  parse: (draft, { arg, invert }) => {
    const parsed = parseIcmp(ICMP_CODES, 'ICMP', arg);
    if (!parsed.ok) return parsed.error;
    Object.assign(draft, parsed.value, { invert });
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m, { numeric }) => ` icmp${printType(m, ICMP_CODES, numeric)}`,
  save: (m) =>
    `${m.invert ? ' !' : ''} --icmp-type ${m.type === 255 ? 'any' : `${m.type}${codeText(m.code)}`}`,
  xlate: (m) => {
    if (m.type === 255) return 'ip protocol icmp';
    const name = m.code.min === m.code.max ? undefined : nameOf(ICMP_CODES, m);
    return name && `icmp type${m.invert ? ' !=' : ''} ${name}`;
  },
});

/** extensions/libip6t_icmp6.c. */
export const icmp6 = matchExtension<XtIcmp, Draft<XtIcmp>, 'type'>({
  name: 'icmp6',
  families: [6],
  own: (m) => (m.name === 'icmp6' ? m : undefined),
  options: [{ name: 'icmpv6-type', id: 'type', type: 'string', mandatory: true, invert: true }],
  help: MATCH_HELP.icmp6,
  init: () => ({ name: 'icmp6', type: 0, code: { min: 0, max: 255 }, invert: false }),
  parse: (draft, { arg, invert }) => {
    const parsed = parseIcmp(ICMPV6_CODES, 'ICMPv6', arg);
    if (!parsed.ok) return parsed.error;
    Object.assign(draft, parsed.value, { invert });
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m, { numeric }) => ` ipv6-icmp${printType(m, ICMPV6_CODES, numeric)}`,
  save: (m) => `${m.invert ? ' !' : ''} --icmpv6-type ${m.type}${codeText(m.code)}`,
  xlate: (m) => {
    if (m.code.min === m.code.max) return undefined;
    const name = ND_TYPES.get(m.type) ?? nameOf(ICMPV6_CODES, m);
    return name && `icmpv6 type${m.invert ? ' !=' : ''} ${name}`;
  },
});

const codeText = ({ min, max }: Range): string => (min === 0 && max === 255 ? '' : `/${min}`);

const nameOf = (names: readonly IcmpName[], { type, code }: Type): string | undefined =>
  names.find((n) => n.type === type && n.code.min === code.min && n.code.max === code.max)?.name;

/** __parse_icmp(): a name, which may be cut short, else `type[/code]`. */
function parseIcmp(names: readonly IcmpName[], what: string, text: string): Parsed<Type> {
  const lower = text.toLowerCase();
  const [found, other] = names.filter(({ name }) => name.toLowerCase().startsWith(lower));
  if (found && other) {
    return bad(`Ambiguous ${what} type \`${text}': \`${found.name}' or \`${other.name}'?`);
  }
  if (found) return good({ type: found.type, code: found.code });
  const type = parseRange(text);
  if (!type) return bad(`Unknown ${what} type \`${text}'`);
  let { rest } = type;
  let code: Range = { min: 0, max: 255 };
  if (rest.startsWith('/')) {
    const parsed = parseRange(rest.slice(1));
    if (!parsed) return bad(`Unknown ${what} code \`${text}'`);
    code = parsed.range;
    rest = parsed.rest;
  }
  if (rest !== '') return bad(`unknown character ${rest.charAt(0)}`);
  const { min, max } = type.range;
  return min === max ? good({ type: min, code }) : bad(`${what} type range not supported`);
}

/** parse_range() of libxt_icmp.h: `n` or `n:m`. */
function parseRange(text: string): { readonly range: Range; readonly rest: string } | undefined {
  const low = strtoulPrefix(text, 0, 255);
  if (!low?.rest.startsWith(':')) {
    return low && { range: { min: low.value, max: low.value }, rest: low.rest };
  }
  const high = strtoulPrefix(low.rest.slice(1), 0, 255);
  return high && { range: { min: low.value, max: high.value }, rest: high.rest };
}

/** print_icmptype(). */
function printType(m: XtIcmp, names: readonly IcmpName[], numeric: boolean): string {
  const name = numeric ? undefined : nameOf(names, m);
  if (name) return ` ${m.invert ? '!' : ''}${name}`;
  const { min, max } = m.code;
  const text = `${m.invert ? ' !' : ''}type ${m.type}`;
  if (min === max) return `${text} code ${min}`;
  return min === 0 && max === 255 ? text : `${text} codes ${min}-${max}`;
}
