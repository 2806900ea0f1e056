import type { XtHelper } from '../../../linux/netfilter/xt-match';
import { matchExtension } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { keep, saveString } from './save-string';

/** struct xt_helper_info: char name[30]. */
const NAME_LEN = 30;

/** extensions/libxt_helper.c. */
export const helper = matchExtension<XtHelper, Draft<XtHelper>, 'helper'>({
  name: 'helper',
  own: (m) => (m.name === 'helper' ? m : undefined),
  options: [{ name: 'helper', id: 'helper', type: 'string', mandatory: true, invert: true }],
  help: MATCH_HELP.helper,
  init: () => ({ name: 'helper', helper: '', invert: false }),
  parse: (draft, { arg, invert }) => {
    Object.assign(draft, { helper: keep(arg, NAME_LEN), invert });
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m) => ` helper match ${m.invert ? '! ' : ''}"${m.helper}"`,
  save: (m) => `${m.invert ? ' !' : ''} --helper${saveString(m.helper)}`,
  xlate: (m) => `ct helper${m.invert ? ' !=' : ''} "${m.helper}"`,
});
