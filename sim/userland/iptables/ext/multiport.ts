import type { Range, XtMultiport } from '../../../linux/netfilter/xt-match';
import {
  bad,
  good,
  matchExtension,
  type Parsed,
  parameterProblem,
  type RuleContext,
  type XtOption,
} from '../extension';
import { parsePort, portText } from '../port';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { rangeText } from './number-text';

/** XT_MULTI_PORTS: a range takes two places. */
const MAX_PORTS = 15;

type Id = XtMultiport['which'];

const WHICH = { source: 'sports', destination: 'dports', either: 'ports' } as const;

/** proto_to_name(). */
const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [6, 'tcp'],
  [17, 'udp'],
  [136, 'udplite'],
  [132, 'sctp'],
  [33, 'dccp'],
]);

const option = (name: string, id: Id): XtOption & { readonly id: Id } => ({
  name,
  id,
  type: 'string',
  excl: ['source', 'destination', 'either'],
  invert: true,
});

/** extensions/libxt_multiport.c, revision 1. */
export const multiport = matchExtension<XtMultiport, Draft<XtMultiport>, Id>({
  name: 'multiport',
  own: (m) => (m.name === 'multiport' ? m : undefined),
  options: [
    option('source-ports', 'source'),
    option('sports', 'source'),
    option('destination-ports', 'destination'),
    option('dports', 'destination'),
    option('ports', 'either'),
  ],
  help: MATCH_HELP.multiport,
  init: () => ({ name: 'multiport', which: 'either', ports: [], invert: false, proto: 0 }),
  parse: (draft, { arg, id, invert, rule }) => {
    const proto = checkProto(rule);
    if (!proto.ok) return proto.error;
    const ports = parsePorts(arg, PROTOCOLS.get(proto.value) ?? '');
    if (!ports.ok) return ports.error;
    Object.assign(draft, { which: id, ports: ports.value, proto: proto.value });
    if (invert) draft.invert = true;
    return undefined;
  },
  finalCheck: (_, flags) =>
    flags.size === 0 ? parameterProblem('multiport expection an option') : undefined,
  build: (draft) => ({ ...draft }),
  print: (m, { numeric }) => {
    const text = (port: number) => portText(port, PROTOCOLS.get(m.proto) ?? '', numeric);
    const ports = m.ports.map(({ min, max }) =>
      min === max ? text(min) : `${text(min)}:${text(max)}`,
    );
    return ` multiport ${WHICH[m.which]} ${m.invert ? ' !' : ''}${ports.join(',')}`;
  },
  save: (m) =>
    `${m.invert ? ' !' : ''} --${WHICH[m.which]} ${m.ports.map((r) => rangeText(r, ':')).join(',')}`,
  xlate,
});

/** check_proto(). */
function checkProto({ proto }: RuleContext): Parsed<number> {
  if (proto && !proto.invert && PROTOCOLS.has(proto.value)) return good(proto.value);
  if (!proto?.invert && (proto?.value ?? 0) === 0) {
    return bad("multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'");
  }
  return bad('multiport only works with TCP, UDP, UDPLITE, SCTP and DCCP');
}

/** parse_multi_ports_v1(). */
function parsePorts(arg: string, protocol: string): Parsed<readonly Range[]> {
  const ports: Range[] = [];
  let places = 0;
  for (const part of arg.split(',')) {
    if (places >= MAX_PORTS) return bad('too many ports specified');
    const colon = part.indexOf(':');
    if (colon >= 0 && places === MAX_PORTS - 1) return bad('too many ports specified');
    const min = parsePort(colon < 0 ? part : part.slice(0, colon), protocol);
    if (!min.ok) return min;
    const max = colon < 0 ? min : parsePort(part.slice(colon + 1), protocol);
    if (!max.ok) return max;
    if (colon >= 0 && min.value >= max.value) return bad('invalid portrange specified');
    ports.push({ min: min.value, max: max.value });
    places += colon < 0 ? 1 : 2;
  }
  return good(ports);
}

/** __multiport_xlate_v1(): `ports` forgets that two numbers were a range. */
function xlate(m: XtMultiport): string {
  const protocol = PROTOCOLS.get(m.proto) ?? '';
  if (m.which === 'either') {
    const numbers = m.ports.flatMap(({ min, max }) => (min === max ? [min] : [min, max]));
    const pairs = numbers.map((port) => `0-65535 . ${port}, ${port} . 0-65535`);
    return `${protocol} sport . ${protocol} dport { ${pairs.join(', ')} }`;
  }
  const list = m.ports.map((range) => rangeText(range, '-')).join(', ');
  const side = m.which === 'source' ? 'sport' : 'dport';
  const set = m.ports.length > 1 ? `{ ${list} }` : list;
  return `${protocol} ${side} ${m.invert ? '!= ' : ''}${set}`;
}
