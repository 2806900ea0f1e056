import { isNative } from '../../../linux/netfilter/xt/native';
import type { XtTcp } from '../../../linux/netfilter/xt-match';
import {
  bad,
  good,
  matchExtension,
  type Parsed,
  parameterProblem,
  type XtError,
  type XtOptionCall,
} from '../extension';
import { isAnyPort, nativePorts, parsePortRange, printPorts, savePorts, xlatePorts } from '../port';
import { strtoul } from '../strtoul';

type Id = 'sport' | 'dport' | 'syn' | 'flags' | 'option';

interface Draft {
  sport?: XtTcp['sport'];
  dport?: XtTcp['dport'];
  flags?: XtTcp['flags'];
  option?: XtTcp['option'];
}

/** tcp_flag_names[] of extensions/libxt_tcp.c. */
const FLAG_NAMES: readonly (readonly [name: string, bits: number])[] = [
  ['FIN', 0x01],
  ['SYN', 0x02],
  ['RST', 0x04],
  ['PSH', 0x08],
  ['ACK', 0x10],
  ['URG', 0x20],
  ['ALL', 0x3f],
  ['NONE', 0],
];

/** extensions/libxt_tcp.c. */
export const tcp = matchExtension<XtTcp, Draft, Id>({
  name: 'tcp',
  own: (m) => (m.name === 'tcp' ? m : undefined),
  extraOptions: [
    { name: 'source-port', id: 'sport', argument: 'required' },
    { name: 'sport', id: 'sport', argument: 'required' },
    { name: 'destination-port', id: 'dport', argument: 'required' },
    { name: 'dport', id: 'dport', argument: 'required' },
    { name: 'syn', id: 'syn', argument: 'none' },
    { name: 'tcp-flags', id: 'flags', argument: 'required' },
    { name: 'tcp-option', id: 'option', argument: 'required' },
  ],
  help: `tcp match options:
[!] --tcp-flags mask comp	match when TCP flags & mask == comp
				(Flags: SYN ACK FIN RST URG PSH ALL NONE)
[!] --syn			match when only SYN flag set
				(equivalent to --tcp-flags SYN,RST,ACK,FIN SYN)
[!] --source-port port[:port]
 --sport ...
				match source port(s)
[!] --destination-port port[:port]
 --dport ...
				match destination port(s)
[!] --tcp-option number        match if TCP option set
`,
  init: () => ({}),
  parse,
  build: (draft) => ({ name: 'tcp', ...draft }),
  print: (m, { numeric }) =>
    ' tcp' +
    printPorts('spt', m.sport, 'tcp', numeric) +
    printPorts('dpt', m.dport, 'tcp', numeric) +
    (m.option ? ` option=${m.option.invert ? '!' : ''}${m.option.value}` : '') +
    printFlags(m.flags, numeric),
  save: (m) =>
    savePorts('sport', m.sport) +
    savePorts('dport', m.dport) +
    (m.option ? `${m.option.invert ? ' !' : ''} --tcp-option ${m.option.value}` : '') +
    saveFlags(m.flags),
  xlate,
  native: (m) => (isNative(m) ? nativeWords(m) : xlate(m)),
});

function parse(draft: Draft, call: XtOptionCall<Id>): XtError | undefined {
  const { arg, flags, id, invert } = call;
  const flag = id === 'syn' ? 'flags' : id;
  if (flags.has(flag)) return parameterProblem(ONLY_ONE[flag]);
  flags.add(flag);
  switch (id) {
    case 'sport':
    case 'dport': {
      const range = parsePortRange(arg, 'tcp');
      if (!range.ok) return range.error;
      draft[id] = isAnyPort(range.value) && !invert ? undefined : { value: range.value, invert };
      return undefined;
    }
    case 'syn':
      draft.flags = { value: { mask: 0x17, comp: 0x02 }, invert };
      return undefined;
    case 'flags':
      return parseFlags(draft, call);
    case 'option': {
      const value = strtoul(arg, 1, 255);
      if (value === undefined) return parameterProblem(`Bad TCP option "${arg}"`);
      draft.option = { value, invert };
      return undefined;
    }
  }
}

const ONLY_ONE = {
  sport: "Only one `--source-port' allowed",
  dport: "Only one `--destination-port' allowed",
  flags: "Only one of `--syn' or `--tcp-flags'  allowed",
  option: "Only one `--tcp-option' allowed",
} as const;

/** `--tcp-flags mask comp`: two arguments. */
function parseFlags(draft: Draft, call: XtOptionCall<Id>): XtError | undefined {
  const next = call.next();
  if (next === undefined || next.startsWith('-') || next.startsWith('!')) {
    return parameterProblem('--tcp-flags requires two args.');
  }
  const mask = parseFlagList(call.arg);
  if (!mask.ok) return mask.error;
  const comp = parseFlagList(next);
  if (!comp.ok) return comp.error;
  call.take();
  const any = mask.value === 0 && comp.value === 0 && !call.invert;
  draft.flags = any
    ? undefined
    : { value: { mask: mask.value, comp: comp.value }, invert: call.invert };
  return undefined;
}

function parseFlagList(text: string): Parsed<number> {
  let bits = 0;
  for (const word of text.split(',').filter((w) => w !== '')) {
    const found = FLAG_NAMES.find(([name]) => name === word.toUpperCase());
    if (!found) return bad(`Unknown TCP flag \`${word}'`);
    bits |= found[1];
  }
  return good(bits);
}

function flagList(bits: number): string {
  const names = FLAG_NAMES.slice(0, 6).filter(([, bit]) => (bits & bit) !== 0);
  return names.length === 0 ? 'NONE' : names.map(([name]) => name).join(',');
}

const hex2 = (value: number): string => `0x${value.toString(16).toUpperCase().padStart(2, '0')}`;

function printFlags(flags: XtTcp['flags'], numeric: boolean): string {
  if (!flags || (flags.value.mask === 0 && !flags.invert)) return '';
  const { mask, comp } = flags.value;
  const text = numeric ? `${hex2(mask)}/${hex2(comp)}` : `${flagList(mask)}/${flagList(comp)}`;
  return ` flags:${flags.invert ? '!' : ''}${text}`;
}

function saveFlags(flags: XtTcp['flags']): string {
  if (!flags || (flags.value.mask === 0 && !flags.invert)) return '';
  const { mask, comp } = flags.value;
  return `${flags.invert ? ' !' : ''} --tcp-flags ${flagList(mask)} ${flagList(comp)}`;
}

const flagWord = (bits: number): string => (bits === 0 ? '0x0' : flagList(bits).toLowerCase());

function flagWords(flags: XtTcp['flags']): string {
  if (!flags) return '';
  const { mask, comp } = flags.value;
  return `tcp flags ${flags.invert ? '!= ' : ''}${flagWord(comp)} / ${flagWord(mask)} `;
}

const portWords = (m: XtTcp): string =>
  [xlatePorts('tcp sport', m.sport), xlatePorts('tcp dport', m.dport)].filter(Boolean).join(' ');

/** tcp_xlate(). */
function xlate(m: XtTcp): string {
  const option = m.option
    ? `tcp option ${m.option.value} ${m.option.invert ? 'missing' : 'exists'}`
    : '';
  return [portWords(m), option, flagWords(m.flags).trimEnd()].filter(Boolean).join(' ');
}

/** How nft 1.0.6 shows what add_nft_tcp() of iptables/nft.c made. */
function nativeWords(m: XtTcp): string {
  const words = [
    nativeFlags(m.flags),
    nativePorts('tcp sport', m.sport),
    nativePorts('tcp dport', m.dport),
  ];
  return words.filter(Boolean).join(' ');
}

/** binop_expr_print() of `flags & mask == comp`. */
function nativeFlags(flags: XtTcp['flags']): string {
  if (!flags) return '';
  const { mask, comp } = flags.value;
  if (comp === 0) return `tcp flags ${flags.invert ? '' : '! '}${flagWord(mask)}`;
  const single = (mask & (mask - 1)) === 0;
  if (mask !== comp || !single) return flagWords(flags).trimEnd();
  return `tcp flags & ${flagWord(mask)} ${flags.invert ? '!=' : '=='} ${flagWord(comp)}`;
}
