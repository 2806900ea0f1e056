import type { AddrTypeName, XtAddrtype } from '../../../linux/netfilter/xt-match';
import {
  bad,
  good,
  matchExtension,
  type Parsed,
  parameterProblem,
  type XtError,
  type XtOptionCall,
} from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';

type Id = 'source' | 'dest' | 'limitIn' | 'limitOut';

/** rtn_names[]: RTN_* in order. */
const TYPES: readonly AddrTypeName[] = [
  'UNSPEC',
  'UNICAST',
  'LOCAL',
  'BROADCAST',
  'ANYCAST',
  'MULTICAST',
  'BLACKHOLE',
  'UNREACHABLE',
  'PROHIBIT',
  'THROW',
  'NAT',
  'XRESOLVE',
];

/** extensions/libxt_addrtype.c, revision 1. */
export const addrtype = matchExtension<XtAddrtype, Draft<XtAddrtype>, Id>({
  name: 'addrtype',
  own: (m) => (m.name === 'addrtype' ? m : undefined),
  options: [
    { name: 'src-type', id: 'source', type: 'string', invert: true },
    { name: 'dst-type', id: 'dest', type: 'string', invert: true },
    { name: 'limit-iface-in', id: 'limitIn', type: 'none', excl: ['limitOut'] },
    { name: 'limit-iface-out', id: 'limitOut', type: 'none', excl: ['limitIn'] },
  ],
  help: MATCH_HELP.addrtype,
  init: () => ({ name: 'addrtype', limitIfaceIn: false, limitIfaceOut: false }),
  parse,
  finalCheck: (draft) =>
    draft.source || draft.dest
      ? undefined
      : parameterProblem('addrtype: you must specify --src-type or --dst-type'),
  build: (draft) => ({ ...draft }),
  print: (m) =>
    ' ADDRTYPE match' +
    (m.source ? ` src-type ${m.source.invert ? '!' : ''}${m.source.value.join(',')}` : '') +
    (m.dest ? ` dst-type ${m.dest.invert ? '!' : ''}${m.dest.value.join(',')}` : '') +
    (m.limitIfaceIn ? ' limit-in' : '') +
    (m.limitIfaceOut ? ' limit-out' : ''),
  save: (m) =>
    (m.source ? `${m.source.invert ? ' !' : ''} --src-type ${m.source.value.join(',')}` : '') +
    (m.dest ? `${m.dest.invert ? ' !' : ''} --dst-type ${m.dest.value.join(',')}` : '') +
    (m.limitIfaceIn ? ' --limit-iface-in' : '') +
    (m.limitIfaceOut ? ' --limit-iface-out' : ''),
  xlate,
});

function parse(draft: Draft<XtAddrtype>, call: XtOptionCall<Id>): XtError | undefined {
  const { id, arg, invert } = call;
  if (id === 'limitIn') draft.limitIfaceIn = true;
  else if (id === 'limitOut') draft.limitIfaceOut = true;
  else {
    const types = parseTypes(arg);
    if (!types.ok) return types.error;
    draft[id] = { value: types.value, invert };
  }
  return undefined;
}

/** parse_types(): names may be cut short, whatever their case. */
function parseTypes(arg: string): Parsed<readonly AddrTypeName[]> {
  const found = new Set<AddrTypeName>();
  let rest = arg;
  for (;;) {
    const comma = rest.indexOf(',');
    const word = comma < 0 ? rest : rest.slice(0, comma);
    const type = word && TYPES.find((name) => name.startsWith(word.toUpperCase()));
    if (!type) return bad(`addrtype: bad type ${comma < 0 ? `"${rest}"` : `\`${rest}'`}`);
    found.add(type);
    if (comma < 0) return good(TYPES.filter((name) => found.has(name)));
    rest = rest.slice(comma + 1);
  }
}

/** addrtype_xlate(): of both sides only the source is told; the last three types have no word. */
function xlate(m: XtAddrtype): string {
  const types = (m.source ?? m.dest)?.value ?? [];
  const known = types.filter((type) => TYPES.indexOf(type) < TYPES.indexOf('THROW'));
  const list = known.map((type) => type.toLowerCase()).join(', ');
  const iface = m.limitIfaceIn ? '. iif ' : m.limitIfaceOut ? '. oif ' : '';
  const not = m.source?.invert || m.dest?.invert ? '!= ' : '';
  const set = types.length > 1 ? `{ ${list} }` : list;
  return `fib ${m.source ? 'saddr' : 'daddr'} ${iface}type ${not}${set}`.trimEnd();
}
