import type { XtLength, XtTcpmss } from '../../../linux/netfilter/xt-match';
import { matchExtension, parameterProblem } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { rangeText } from './number-text';

/** extensions/libxt_length.c. */
export const length = matchExtension<XtLength, Draft<XtLength>, 'length'>({
  name: 'length',
  own: (m) => (m.name === 'length' ? m : undefined),
  options: [{ name: 'length', id: 'length', type: 'uint16rc', mandatory: true, invert: true }],
  help: MATCH_HELP.length,
  init: () => ({ name: 'length', length: { min: 0, max: 0 }, invert: false }),
  parse: (draft, { value, invert }) => {
    const [min = 0, max = min] = value.nums;
    Object.assign(draft, { length: { min, max }, invert });
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m) => ` length ${m.invert ? '!' : ''}${rangeText(m.length, ':')}`,
  save: (m) => `${m.invert ? ' !' : ''} --length ${rangeText(m.length, ':')}`,
  xlate: (m) => `meta length ${m.invert ? '!= ' : ''}${rangeText(m.length, '-')}`,
});

/** extensions/libxt_tcpmss.c. */
export const tcpmss = matchExtension<XtTcpmss, Draft<XtTcpmss>, 'mss'>({
  name: 'tcpmss',
  own: (m) => (m.name === 'tcpmss' ? m : undefined),
  options: [{ name: 'mss', id: 'mss', type: 'uint16rc', mandatory: true, invert: true }],
  help: MATCH_HELP.tcpmss,
  init: () => ({ name: 'tcpmss', mss: { min: 0, max: 0 }, invert: false }),
  parse: (draft, { value, invert }) => {
    const [min = 0, max = min] = value.nums;
    if (max < min) return parameterProblem('tcpmss: invalid range given');
    Object.assign(draft, { mss: { min, max }, invert });
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m) => ` tcpmss match ${m.invert ? '!' : ''}${rangeText(m.mss, ':')}`,
  save: (m) => `${m.invert ? ' !' : ''} --mss ${rangeText(m.mss, ':')}`,
  xlate: (m) => `tcp option maxseg size ${m.invert ? '!= ' : ''}${rangeText(m.mss, '-')}`,
});
