import type { XtState } from '../../../linux/netfilter/xt-match';
import { matchExtension, parameterProblem } from '../extension';
import { CT_STATES, parseStates, stateWords } from './ct-state';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';

/** The states that `state` knows: no SNAT, no DNAT. */
const STATES = CT_STATES.slice(0, 5);

/** `-m state` of extensions/libxt_conntrack.c: conntrack's match under its old name. */
export const state = matchExtension<XtState, Draft<XtState>, 'state'>({
  name: 'state',
  own: (m) => (m.name === 'state' ? m : undefined),
  options: [{ name: 'state', id: 'state', type: 'string', mandatory: true, invert: true }],
  help: MATCH_HELP.state,
  init: () => ({ name: 'state', state: { value: [], invert: false } }),
  parse: (draft, { arg, invert }) => {
    if (arg === '' || arg.endsWith(',')) return parameterProblem(NEEDS_LIST);
    const states = parseStates(arg, STATES, 'state');
    if (!states.ok) return states.error;
    draft.state = { value: states.value, invert };
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m) => `${m.state.invert ? ' !' : ''} state ${m.state.value.join(',')}`,
  save: (m) => `${m.state.invert ? ' !' : ''} --state ${m.state.value.join(',')}`,
  xlate: (m) => `ct state ${m.state.invert ? '! ' : ''}${stateWords(m.state.value)}`,
});

const NEEDS_LIST = '"--state" requires a list of states with no spaces, e.g. ESTABLISHED,RELATED';
