import type {
  CtStateName,
  CtStatusName,
  Invertible,
  MaskedAddress,
  Range,
  XtConntrack,
} from '../../../linux/netfilter/xt-match';
import { formatIp } from '../../../wire/ip';
import {
  bad,
  good,
  matchExtension,
  type Parsed,
  type PrintStyle,
  parameterProblem,
  type XtError,
  type XtOption,
  type XtOptionCall,
} from '../extension';
import { badValue } from './bad-value';
import { CT_STATES, parseStates, stateWords } from './ct-state';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { maskText } from './mask-text';
import { rangeText } from './number-text';

const ADDRESSES = [
  ['ctorigsrc', 'origSrc', 'original saddr'],
  ['ctorigdst', 'origDst', 'original daddr'],
  ['ctreplsrc', 'replSrc', 'reply saddr'],
  ['ctrepldst', 'replDst', 'reply daddr'],
] as const;

const PORTS = [
  ['ctorigsrcport', 'origSrcPort', 'original proto-src'],
  ['ctorigdstport', 'origDstPort', 'original proto-dst'],
  ['ctreplsrcport', 'replSrcPort', 'reply proto-src'],
  ['ctrepldstport', 'replDstPort', 'reply proto-dst'],
] as const;

type Id =
  | 'state'
  | 'proto'
  | 'status'
  | 'expire'
  | 'dir'
  | (typeof ADDRESSES)[number][1]
  | (typeof PORTS)[number][1];

type Option = XtOption & { readonly id: Id };

/** IPS_* in the order of their bits. */
const STATUSES: readonly CtStatusName[] = ['EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED'];

/** extensions/libxt_conntrack.c, revision 3. */
export const conntrack = matchExtension<XtConntrack, Draft<XtConntrack>, Id>({
  name: 'conntrack',
  own: (m) => (m.name === 'conntrack' ? m : undefined),
  options: [
    { name: 'ctstate', id: 'state', type: 'string', invert: true },
    { name: 'ctproto', id: 'proto', type: 'protocol', invert: true },
    ...ADDRESSES.map(([name, id]): Option => ({ name, id, type: 'hostmask', invert: true })),
    { name: 'ctstatus', id: 'status', type: 'string', invert: true },
    { name: 'ctexpire', id: 'expire', type: 'uint32rc', invert: true },
    ...PORTS.map(([name, id]): Option => ({ name, id, type: 'portrc', invert: true })),
    { name: 'ctdir', id: 'dir', type: 'string' },
  ],
  help: MATCH_HELP.conntrack,
  init: () => ({ name: 'conntrack' }),
  parse,
  finalCheck: (_, flags) =>
    flags.size === 0 ? parameterProblem('conntrack: At least one option is required') : undefined,
  build: (draft) => ({ ...draft }),
  print: (m, style) => dump(m, '', style),
  save: (m, family) => dump(m, '--', { numeric: true, family, hostName: formatIp }),
  xlate,
});

/** conntrack_mt_parse(). */
function parse(draft: Draft<XtConntrack>, call: XtOptionCall<Id>): XtError | undefined {
  const { arg, id, invert, value } = call;
  switch (id) {
    case 'state': {
      const states = parseStates(arg, CT_STATES, 'ctstate');
      if (!states.ok) return states.error;
      draft.state = { value: states.value, invert };
      return undefined;
    }
    case 'status': {
      const statuses = parseStatuses(arg);
      if (!statuses.ok) return statuses.error;
      draft.status = { value: statuses.value, invert };
      return undefined;
    }
    case 'proto':
      draft.proto = { value: value.num, invert };
      return undefined;
    case 'expire': {
      const [min = 0, max = min] = value.nums;
      draft.expire = { value: { min, max }, invert };
      return undefined;
    }
    case 'dir': {
      const dir = arg.toUpperCase();
      if (dir !== 'ORIGINAL' && dir !== 'REPLY') return badValue('conntrack', '--ctdir', arg);
      draft.dir = dir;
      return undefined;
    }
    case 'origSrc':
    case 'origDst':
    case 'replSrc':
    case 'replDst':
      draft[id] = { value: { address: value.address, mask: value.addressMask }, invert };
      return undefined;
    default: {
      const [min = 0, max = min] = value.nums;
      draft[id] = { value: { min, max }, invert };
      return undefined;
    }
  }
}

/** conntrack_ps_statuses(): NONE adds no bit. */
function parseStatuses(arg: string): Parsed<readonly CtStatusName[]> {
  const names: readonly CtStatusName[] = ['NONE', ...STATUSES];
  const found = new Set<CtStatusName>();
  let rest = arg;
  for (;;) {
    const comma = rest.indexOf(',');
    const word = comma < 0 ? rest : rest.slice(0, comma);
    const name = word && names.find((status) => status.startsWith(word.toUpperCase()));
    if (!name) return bad(`Bad ctstatus "${rest}"`);
    found.add(name);
    if (comma < 0) break;
    rest = rest.slice(comma + 1);
  }
  const bits = STATUSES.filter((status) => found.has(status));
  return good(bits.length === 0 ? ['NONE'] : bits);
}

const not = (option: Invertible<unknown>): string => (option.invert ? ' !' : '');

const portsText = ({ min, max }: Range): string =>
  max === 0 || min === max ? String(min) : `${min}:${max}`;

/** conntrack_dump(). */
function dump(m: XtConntrack, prefix: string, style: PrintStyle): string {
  let text = '';
  const put = <T>(
    option: Invertible<T> | undefined,
    name: string,
    show: (value: T) => string,
  ): void => {
    if (option) text += `${not(option)} ${prefix}${name} ${show(option.value)}`;
  };
  put(m.state, 'ctstate', (states) => states.join(','));
  put(m.proto, 'ctproto', String);
  for (const [name, id] of ADDRESSES) put(m[id], name, (value) => addressText(value, style));
  for (const [name, id] of PORTS) put(m[id], name, portsText);
  put(m.status, 'ctstatus', (statuses) => statuses.join(','));
  put(m.expire, 'ctexpire', (range) => rangeText(range, ':'));
  if (m.dir) text += ` ${prefix}ctdir ${m.dir}`;
  return text;
}

/** conntrack_dump_addr(). */
function addressText({ address, mask }: MaskedAddress, style: PrintStyle): string {
  if (!style.numeric && (address === 0 || address === 0n)) return 'anywhere';
  const host = style.numeric ? formatIp(address) : style.hostName(address);
  return host + maskText(mask);
}

/** _conntrack3_mt_xlate(). */
function xlate(m: XtConntrack): string {
  const side = m.dir === 'REPLY' ? 'reply' : 'original';
  const ne = (option: Invertible<unknown>): string => (option.invert ? '!= ' : '');
  const words: string[] = [];
  if (m.dir) words.push(`ct direction ${side}`);
  if (m.proto) words.push(`ct ${side} protocol ${ne(m.proto)}${m.proto.value}`);
  if (m.state) words.push(xlateState(m.state, m.status?.invert === true));
  if (m.status) {
    const statuses = m.status.value.filter((status) => status !== 'NONE');
    const list = statuses.map((status) => status.toLowerCase().replace('_', '-')).join(',');
    words.push(`ct status ${m.status.invert ? '! ' : ''}${list}`.trimEnd());
  }
  if (m.expire) words.push(`ct expiration ${ne(m.expire)}${rangeText(m.expire.value, '-')}`);
  for (const [, id, name] of ADDRESSES) {
    const option = m[id];
    if (!option) continue;
    const { address, mask } = option.value;
    words.push(`ct ${name} ${ne(option)}${formatIp(address)}${maskText(mask)}`);
  }
  for (const [, id, name] of PORTS) {
    const option = m[id];
    if (option) words.push(`ct ${name} ${ne(option)}${rangeText(option.value, '-')}`);
  }
  return words.join(' ');
}

function xlateState(state: Invertible<readonly CtStateName[]>, statusInverted: boolean): string {
  const { value, invert } = state;
  const nat = value.find((name) => name === 'SNAT' || name === 'DNAT');
  if (nat) return `ct status ${statusInverted ? '!=' : ''}${nat.toLowerCase()}`;
  return `ct state ${invert ? '! ' : ''}${stateWords(value)}`;
}
