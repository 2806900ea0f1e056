import type { CtStateName } from '../../../linux/netfilter/xt-match';
import { bad, good, type Parsed } from '../extension';

/** XT_CONNTRACK_STATE_* in the order in which they are printed. */
export const CT_STATES: readonly CtStateName[] = [
  'INVALID',
  'NEW',
  'RELATED',
  'ESTABLISHED',
  'UNTRACKED',
  'SNAT',
  'DNAT',
];

/** conntrack_ps_states(), state_parse_states(): names may be cut short, whatever their case. */
export function parseStates(
  arg: string,
  names: readonly CtStateName[],
  what: 'ctstate' | 'state',
): Parsed<readonly CtStateName[]> {
  const found = new Set<CtStateName>();
  let rest = arg;
  for (;;) {
    const comma = rest.indexOf(',');
    const word = comma < 0 ? rest : rest.slice(0, comma);
    const name = word && names.find((state) => state.startsWith(word.toUpperCase()));
    if (!name) return bad(`Bad ${what} "${rest}"`);
    found.add(name);
    if (comma < 0) return good(CT_STATES.filter((state) => found.has(state)));
    rest = rest.slice(comma + 1);
  }
}

/** state_xlate_print(). */
export const stateWords = (states: readonly CtStateName[]): string =>
  states.map((state) => state.toLowerCase()).join(',');
