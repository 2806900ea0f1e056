import type { XtComment } from '../../../linux/netfilter/xt-match';
import { matchExtension } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { keep, saveString } from './save-string';

/** XT_MAX_COMMENT_LEN. */
const MAX_COMMENT_LEN = 256;

/** extensions/libxt_comment.c. */
export const comment = matchExtension<XtComment, Draft<XtComment>, 'comment'>({
  name: 'comment',
  own: (m) => (m.name === 'comment' ? m : undefined),
  options: [{ name: 'comment', id: 'comment', type: 'string', mandatory: true }],
  help: MATCH_HELP.comment,
  init: () => ({ name: 'comment', comment: '' }),
  parse: (draft, { arg }) => {
    draft.comment = keep(arg, MAX_COMMENT_LEN);
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m) => ` /* ${m.comment} */`,
  save: (m) => ` --comment${saveString(m.comment)}`,
  // nft keeps no comment of a compat match: the words are empty, the space after them is not.
  xlate: () => '',
});
