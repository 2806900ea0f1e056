import type { XtTos } from '../../../linux/netfilter/xt-match';
import { matchExtension } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { tosName, tosText } from './tos-names';

/** extensions/libxt_tos.c, revision 1. */
export const tos = matchExtension<XtTos, Draft<XtTos>, 'tos'>({
  name: 'tos',
  own: (m) => (m.name === 'tos' ? m : undefined),
  options: [{ name: 'tos', id: 'tos', type: 'tosmask', mandatory: true, invert: true, max: 0x3f }],
  help: MATCH_HELP.tos,
  init: () => ({ name: 'tos', value: 0, mask: 0, invert: false }),
  parse: (draft, { value, invert }) => {
    Object.assign(draft, { value: value.mark, mask: value.mask, invert });
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m, { numeric }) =>
    ` tos match${m.invert ? '!' : ''}` +
    ((numeric ? undefined : tosName(m.value, m.mask)) ?? tosText(m.value, m.mask)),
  save: (m) => `${m.invert ? ' !' : ''} --tos ${tosText(m.value, m.mask)}`,
});
