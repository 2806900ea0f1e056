import { parseIpv6 } from '../ip';

/** Tokens of the filter language: scanner.l of libpcap 1.10. */
export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'keyword'; readonly text: Keyword }
  | { readonly kind: 'number'; readonly value: number }
  /** One to four numbers with dots: an IPv4 address or the start of one. */
  | { readonly kind: 'ipv4'; readonly text: string }
  | { readonly kind: 'ipv6'; readonly text: string }
  | { readonly kind: 'mac'; readonly text: string }
  | { readonly kind: 'op'; readonly text: string };

/** A text that is no filter, in libpcap's words; the caller puts its own name before them. */
export interface FilterError {
  readonly message: string;
  /** The filter may be right, but this word of it is not simulated. */
  readonly notSimulated?: string | undefined;
}

export const notSimulated = (word: string): FilterError => ({
  message: `'${word}' is not simulated`,
  notSimulated: word,
});

/** yyerror(), grammar.y. */
export const SYNTAX_ERROR: FilterError = {
  message: "can't parse filter expression: syntax error",
};

const KEYWORDS = [
  'dst',
  'src',
  'link',
  'arp',
  'rarp',
  'ip',
  'sctp',
  'tcp',
  'udp',
  'icmp',
  'igmp',
  'pim',
  'vrrp',
  'ip6',
  'icmp6',
  'ah',
  'esp',
  'stp',
  'host',
  'net',
  'mask',
  'port',
  'portrange',
  'proto',
  'protochain',
  'gateway',
  'less',
  'greater',
  'byte',
  'broadcast',
  'multicast',
  'and',
  'or',
  'len',
  'inbound',
  'outbound',
  'ifindex',
  'vlan',
] as const;
export type Keyword = (typeof KEYWORDS)[number];

/** Words of the language for link types and protocols that are not simulated. */
const UNSIMULATED = new Set(
  (
    'igrp carp radio atalk aarp decnet lat sca moprc mopdl iso esis es-is isis is-is l1 l2 iih ' +
    'lsp snp csnp psnp clnp ipx netbeui type subtype direction dir address1 addr1 address2 addr2 ' +
    'address3 addr3 address4 addr4 ra ta mpls pppoed pppoes geneve lane llc metac bcc oam oamf4 ' +
    'oamf4ec oamf4sc sc ilmic vpi vci connectmsg metaconnect on ifname rset ruleset rnr rulenum ' +
    'srnr subrulenum reason action fisu lssu lsu msu hfisu hlssu hmsu sio opc dpc sls hsio hopc ' +
    'hdpc hsls'
  ).split(' '),
);

const ALIASES: ReadonlyMap<string, Keyword> = new Map([
  ...KEYWORDS.map((word): [string, Keyword] => [word, word]),
  ['ether', 'link'],
  ['ppp', 'link'],
  ['slip', 'link'],
  ['fddi', 'link'],
  ['tr', 'link'],
  ['wlan', 'link'],
  ['length', 'len'],
]);

/** Names of offsets and values, scanner.l. */
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['icmptype', 0],
  ['icmpcode', 1],
  ['icmp-echoreply', 0],
  ['icmp-unreach', 3],
  ['icmp-sourcequench', 4],
  ['icmp-redirect', 5],
  ['icmp-echo', 8],
  ['icmp-routeradvert', 9],
  ['icmp-routersolicit', 10],
  ['icmp-timxceed', 11],
  ['icmp-paramprob', 12],
  ['icmp-tstamp', 13],
  ['icmp-tstampreply', 14],
  ['icmp-ireq', 15],
  ['icmp-ireqreply', 16],
  ['icmp-maskreq', 17],
  ['icmp-maskreply', 18],
  ['icmp6type', 0],
  ['icmp6code', 1],
  ['icmp6-destinationunreach', 1],
  ['icmp6-packettoobig', 2],
  ['icmp6-timeexceeded', 3],
  ['icmp6-parameterproblem', 4],
  ['icmp6-echo', 128],
  ['icmp6-echoreply', 129],
  ['icmp6-multicastlistenerquery', 130],
  ['icmp6-multicastlistenerreportv1', 131],
  ['icmp6-multicastlistenerdone', 132],
  ['icmp6-routersolicit', 133],
  ['icmp6-routeradvert', 134],
  ['icmp6-neighborsolicit', 135],
  ['icmp6-neighboradvert', 136],
  ['icmp6-redirect', 137],
  ['icmp6-routerrenum', 138],
  ['icmp6-nodeinformationquery', 139],
  ['icmp6-nodeinformationresponse', 140],
  ['icmp6-ineighbordiscoverysolicit', 141],
  ['icmp6-ineighbordiscoveryadvert', 142],
  ['icmp6-multicastlistenerreportv2', 143],
  ['tcpflags', 13],
  ['tcp-fin', 0x01],
  ['tcp-syn', 0x02],
  ['tcp-rst', 0x04],
  ['tcp-push', 0x08],
  ['tcp-ack', 0x10],
  ['tcp-urg', 0x20],
  ['tcp-ece', 0x40],
  ['tcp-cwr', 0x80],
]);

const HEX_PAIR = '[0-9A-Fa-f]{1,2}';
const MAC = new RegExp(
  `^(?:${HEX_PAIR}([:.-])${HEX_PAIR}(?:\\1${HEX_PAIR}){4}` +
    '|[0-9A-Fa-f]{4}(?:\\.[0-9A-Fa-f]{4}){2}|[0-9A-Fa-f]{12})',
);
const WORD = /^[A-Za-z0-9](?:[-_.A-Za-z0-9]*[.A-Za-z0-9])?/;
const NUMBER = /^(?:0[xX][0-9A-Fa-f]+|[0-9]+)/;
const IPV4 = /^[0-9]+(?:\.[0-9]+){1,3}/;
const IPV6 = /^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*/;
const OPERATOR = /^(?:>=|<=|!=|==|<<|>>|&&|\|\||[+\-*/%:[\]!<>()&|^=])/;
const ESCAPED = /^\\([^ !()\n\t]+)/;

/** All tokens; what no rule takes is LEX_ERROR, so a syntax error. */
export function tokenize(text: string): readonly Token[] | FilterError {
  const tokens: Token[] = [];
  let rest = text.replace(/^[ \r\n\t]+/, '');
  while (rest !== '') {
    const next = nextToken(rest);
    if ('message' in next) return next;
    tokens.push(next.token);
    rest = rest.slice(next.length).replace(/^[ \r\n\t]+/, '');
  }
  return tokens;
}

type Match = { readonly token: Token; readonly length: number };

/** Flex takes the longest match, and of equals the rule that stands first. */
function nextToken(rest: string): Match | FilterError {
  const escaped = ESCAPED.exec(rest);
  if (escaped)
    return { token: { kind: 'word', text: escaped[1] ?? '' }, length: escaped[0].length };
  const word = WORD.exec(rest)?.[0] ?? '';
  const mac = MAC.exec(rest)?.[0] ?? '';
  const ipv6 = longestIpv6(rest);
  const longest = Math.max(word.length, mac.length, ipv6.length);
  if (longest > 0) {
    if (mac.length === longest) return { token: { kind: 'mac', text: mac }, length: longest };
    if (ipv6.length === longest) return { token: { kind: 'ipv6', text: ipv6 }, length: longest };
    const token = wordToken(word);
    return 'message' in token ? token : { token, length: word.length };
  }
  const op = OPERATOR.exec(rest)?.[0];
  if (op === undefined) return SYNTAX_ERROR;
  return { token: operator(op), length: op.length };
}

function longestIpv6(rest: string): string {
  let text = IPV6.exec(rest)?.[0] ?? '';
  while (text !== '' && parseIpv6(text) === undefined) text = text.slice(0, -1);
  return text;
}

function wordToken(word: string): Token | FilterError {
  const keyword = ALIASES.get(word);
  if (keyword) return { kind: 'keyword', text: keyword };
  if (word === 'not') return { kind: 'op', text: '!' };
  if (UNSIMULATED.has(word)) return notSimulated(word);
  const named = NUMBERS.get(word);
  if (named !== undefined) return { kind: 'number', value: named };
  if (NUMBER.exec(word)?.[0] === word) return numberToken(word);
  if (IPV4.exec(word)?.[0] === word) return { kind: 'ipv4', text: word };
  return { kind: 'word', text: word };
}

/** stou(), scanner.l: hexadecimal, octal, decimal. */
function numberToken(text: string): Token | FilterError {
  const octal = /^0[0-9]+$/.test(text);
  if (octal && /[89]/.test(text)) return { message: `number ${text} contains non-octal digit` };
  const value = octal ? Number.parseInt(text, 8) : Number(text);
  if (value > 0xffff_ffff) return { message: `number ${text} overflows 32 bits` };
  return { kind: 'number', value };
}

function operator(text: string): Token {
  if (text === '&&') return { kind: 'keyword', text: 'and' };
  if (text === '||') return { kind: 'keyword', text: 'or' };
  return { kind: 'op', text: text === '==' ? '=' : text };
}
