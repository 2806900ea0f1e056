import type { Invertible, XtIprange } from '../../../linux/netfilter/xt-match';
import type { Ip } from '../../../wire/frame';
import { type Family, formatIp, parseIpv4, parseIpv6 } from '../../../wire/ip';
import { good, matchExtension, type Parsed, parameterProblem } from '../extension';
import { badValue } from './bad-value';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';

interface IpRange {
  readonly min: Ip;
  readonly max: Ip;
}

/** extensions/libxt_iprange.c, revision 1. */
export const iprange = matchExtension<XtIprange, Draft<XtIprange>, 'src' | 'dst'>({
  name: 'iprange',
  own: (m) => (m.name === 'iprange' ? m : undefined),
  options: [
    { name: 'src-range', id: 'src', type: 'string', invert: true },
    { name: 'dst-range', id: 'dst', type: 'string', invert: true },
  ],
  help: MATCH_HELP.iprange,
  init: () => ({ name: 'iprange' }),
  parse: (draft, { id, arg, invert, rule, warn }) => {
    const range = parseRange(arg, rule.family, `--${id}-range`);
    if (!range.ok) return range.error;
    if (range.value.min > range.value.max) {
      warn(`xt_iprange: range ${arg} is reversed and will never match\n`);
    }
    draft[id] = { value: range.value, invert };
    return undefined;
  },
  finalCheck: (_, flags) =>
    flags.size === 0
      ? parameterProblem("iprange match: You must specify `--src-range' or `--dst-range'")
      : undefined,
  build: (draft) => ({ ...draft }),
  print: (m) =>
    text(m.src, (not, range) => ` source IP range${not} ${range}`, ' !') +
    text(m.dst, (not, range) => ` destination IP range${not} ${range}`, ' !'),
  save: (m) =>
    text(m.src, (not, range) => `${not} --src-range ${range}`, ' !') +
    text(m.dst, (not, range) => `${not} --dst-range ${range}`, ' !'),
  xlate: (m, family) => {
    const ip = family === 4 ? 'ip' : 'ip6';
    const src = text(m.src, (not, range) => `${ip} saddr${not} ${range}`, ' !=');
    const dst = text(m.dst, (not, range) => `${ip} daddr${not} ${range}`, ' !=');
    return [src, dst].filter(Boolean).join(' ');
  },
});

function text(
  option: Invertible<IpRange> | undefined,
  words: (not: string, range: string) => string,
  inverted: string,
): string {
  if (!option) return '';
  const { min, max } = option.value;
  return words(option.invert ? inverted : '', `${formatIp(min)}-${formatIp(max)}`);
}

/** iprange_parse_range(): one address is a range of itself. */
function parseRange(arg: string, family: Family, option: string): Parsed<IpRange> {
  const parse = family === 4 ? parseIpv4 : parseIpv6;
  const dash = arg.indexOf('-');
  const low = dash < 0 ? arg : arg.slice(0, dash);
  const high = dash < 0 ? arg : arg.slice(dash + 1);
  const min: Ip | undefined = parse(low);
  if (min === undefined) return { ok: false, error: badValue('iprange', option, low) };
  const max: Ip | undefined = parse(high);
  if (max === undefined) return { ok: false, error: badValue('iprange', option, high) };
  return good({ min, max });
}
