import type { XtSctp } from '../../../linux/netfilter/xt-match';
import {
  matchExtension,
  notSimulated,
  parameterProblem,
  type XtError,
  type XtOptionCall,
} from '../extension';
import { parsePortRange, printPorts, savePorts } from '../port';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { rangeText } from './number-text';

type Id = 'sport' | 'dport' | 'chunks';

/** extensions/libxt_sctp.c; which chunks a packet has is not simulated. */
export const sctp = matchExtension<XtSctp, Draft<XtSctp>, Id>({
  name: 'sctp',
  own: (m) => (m.name === 'sctp' ? m : undefined),
  extraOptions: [
    { name: 'source-port', id: 'sport', argument: 'required' },
    { name: 'sport', id: 'sport', argument: 'required' },
    { name: 'destination-port', id: 'dport', argument: 'required' },
    { name: 'dport', id: 'dport', argument: 'required' },
    { name: 'chunk-types', id: 'chunks', argument: 'required' },
  ],
  help: MATCH_HELP.sctp,
  init: () => ({ name: 'sctp' }),
  parse,
  build: (draft) => ({ ...draft }),
  print: (m, { numeric }) =>
    ` sctp${printPorts('spt', m.sport, 'sctp', numeric)}${printPorts('dpt', m.dport, 'sctp', numeric)}`,
  save: (m) => savePorts('sport', m.sport) + savePorts('dport', m.dport),
  xlate: (m) => {
    const side = (name: 'sport' | 'dport'): string => {
      const ports = m[name];
      return ports ? `sctp ${name}${ports.invert ? ' !=' : ''} ${rangeText(ports.value, '-')}` : '';
    };
    const words = side('sport') + side('dport');
    return words === '' ? undefined : words;
  },
});

const ONLY_ONE = { sport: 'source-port', dport: 'destination-port' } as const;

function parse(draft: Draft<XtSctp>, call: XtOptionCall<Id>): XtError | undefined {
  const { id, arg, invert, flags } = call;
  if (id === 'chunks') return notSimulated('match sctp: --chunk-types');
  if (flags.has(id)) return parameterProblem(`Only one \`--${ONLY_ONE[id]}' allowed`);
  flags.add(id);
  const range = parsePortRange(arg, 'sctp');
  if (!range.ok) return range.error;
  draft[id] = { value: range.value, invert };
  return undefined;
}
