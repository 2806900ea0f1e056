import type { XtConnlimit } from '../../../linux/netfilter/xt-match';
import { matchExtension, parameterProblem, type XtError, type XtOptionCall } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';

type Id = 'upto' | 'above' | 'mask' | 'saddr' | 'daddr';

/** extensions/libxt_connlimit.c, revision 1; `invert` is what `--connlimit-upto` asks. */
export const connlimit = matchExtension<XtConnlimit, Draft<XtConnlimit>, Id>({
  name: 'connlimit',
  own: (m) => (m.name === 'connlimit' ? m : undefined),
  options: [
    { name: 'connlimit-upto', id: 'upto', type: 'uint32', excl: ['above'], invert: true },
    { name: 'connlimit-above', id: 'above', type: 'uint32', excl: ['upto'], invert: true },
    { name: 'connlimit-mask', id: 'mask', type: 'plenmask' },
    { name: 'connlimit-saddr', id: 'saddr', type: 'none', excl: ['daddr'] },
    { name: 'connlimit-daddr', id: 'daddr', type: 'none', excl: ['saddr'] },
  ],
  help: MATCH_HELP.connlimit,
  init: ({ family }) => ({
    name: 'connlimit',
    limit: 0,
    invert: false,
    mask: family === 4 ? 32 : 128,
    side: 'saddr',
  }),
  parse,
  finalCheck: (_, flags) =>
    flags.has('upto') || flags.has('above')
      ? undefined
      : parameterProblem('You must specify "--connlimit-above" or "--connlimit-upto".'),
  build: (draft) => ({ ...draft }),
  print: (m) =>
    ` #conn ${m.side === 'daddr' ? 'dst' : 'src'}/${m.mask} ${m.invert ? '<=' : '>'} ${m.limit}`,
  save: (m) =>
    ` --connlimit-${m.invert ? 'upto' : 'above'} ${m.limit}` +
    ` --connlimit-mask ${m.mask} --connlimit-${m.side}`,
});

function parse(draft: Draft<XtConnlimit>, call: XtOptionCall<Id>): XtError | undefined {
  const { id, invert, value } = call;
  if (id === 'mask') draft.mask = value.prefixLen;
  else if (id === 'saddr' || id === 'daddr') draft.side = id;
  else {
    draft.limit = value.num;
    draft.invert = (id === 'upto') !== invert;
  }
  return undefined;
}
