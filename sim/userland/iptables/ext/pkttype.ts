import type { XtPkttype } from '../../../linux/netfilter/xt-match';
import { matchExtension, parameterProblem } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';

/** supported_types[] of extensions/libxt_pkttype.c with their aliases. */
const TYPES: ReadonlyMap<string, XtPkttype['type']> = new Map([
  ['unicast', 'unicast'],
  ['broadcast', 'broadcast'],
  ['multicast', 'multicast'],
  ['otherhost', 'otherhost'],
  ['bcast', 'broadcast'],
  ['mcast', 'multicast'],
  ['host', 'unicast'],
]);

/** Has no name in nft's words. */
const PACKET_OTHERHOST = 3;

/** extensions/libxt_pkttype.c. */
export const pkttype = matchExtension<XtPkttype, Draft<XtPkttype>, 'type'>({
  name: 'pkttype',
  own: (m) => (m.name === 'pkttype' ? m : undefined),
  options: [{ name: 'pkt-type', id: 'type', type: 'string', mandatory: true, invert: true }],
  help: MATCH_HELP.pkttype,
  init: () => ({ name: 'pkttype', type: 'unicast', invert: false }),
  parse: (draft, { arg, invert }) => {
    const type = TYPES.get(arg.toLowerCase());
    if (!type) return parameterProblem(`Bad packet type '${arg}'`);
    Object.assign(draft, { type, invert });
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m) => ` PKTTYPE ${m.invert ? '!' : ''}= ${m.type}`,
  save: (m) => `${m.invert ? ' !' : ''} --pkt-type ${m.type}`,
  xlate: (m) =>
    `pkttype${m.invert ? ' !=' : ''} ${m.type === 'otherhost' ? PACKET_OTHERHOST : m.type}`,
});
