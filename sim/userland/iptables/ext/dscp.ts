import type { XtDscp } from '../../../linux/netfilter/xt-match';
import { matchExtension, parameterProblem } from '../extension';
import type { Draft } from './draft';
import { classToDscp } from './dscp-class';
import { MATCH_HELP } from './help-text';
import { hex2 } from './number-text';

/** extensions/libxt_dscp.c. */
export const dscp = matchExtension<XtDscp, Draft<XtDscp>, 'dscp' | 'class'>({
  name: 'dscp',
  own: (m) => (m.name === 'dscp' ? m : undefined),
  options: [
    { name: 'dscp', id: 'dscp', type: 'uint8', excl: ['class'], invert: true, max: 63 },
    { name: 'dscp-class', id: 'class', type: 'string', excl: ['dscp'], invert: true },
  ],
  help: MATCH_HELP.dscp,
  init: () => ({ name: 'dscp', dscp: 0, invert: false }),
  parse: (draft, { id, arg, value, invert }) => {
    if (id === 'dscp') draft.dscp = value.num;
    else {
      const code = classToDscp(arg);
      if (!code.ok) return code.error;
      draft.dscp = code.value;
    }
    if (invert) draft.invert = true;
    return undefined;
  },
  finalCheck: (_, flags) =>
    flags.size === 0 ? parameterProblem('DSCP match: Parameter --dscp is required') : undefined,
  build: (draft) => ({ ...draft }),
  print: (m) => ` DSCP match ${m.invert ? '!' : ''}${hex2(m.dscp)}`,
  save: (m) => `${m.invert ? ' !' : ''} --dscp ${hex2(m.dscp)}`,
  xlate: (m, family) =>
    `${family === 4 ? 'ip' : 'ip6'} dscp ${m.invert ? '!= ' : ''}${hex2(m.dscp)}`,
});
