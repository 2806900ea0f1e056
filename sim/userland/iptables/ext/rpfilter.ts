import type { XtRpfilter } from '../../../linux/netfilter/xt-match';
import { matchExtension } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';

type Id = 'loose' | 'validMark' | 'acceptLocal' | 'invert';

/** extensions/libxt_rpfilter.c. */
export const rpfilter = matchExtension<XtRpfilter, Draft<XtRpfilter>, Id>({
  name: 'rpfilter',
  own: (m) => (m.name === 'rpfilter' ? m : undefined),
  options: [
    { name: 'loose', id: 'loose', type: 'none' },
    { name: 'validmark', id: 'validMark', type: 'none' },
    { name: 'accept-local', id: 'acceptLocal', type: 'none' },
    { name: 'invert', id: 'invert', type: 'none' },
  ],
  help: MATCH_HELP.rpfilter,
  init: () => ({
    name: 'rpfilter',
    loose: false,
    validMark: false,
    acceptLocal: false,
    invert: false,
  }),
  parse: (draft, { id }) => {
    draft[id] = true;
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m) => ` rpfilter${text(m, '')}`,
  save: (m) => text(m, '--'),
  xlate: (m) => {
    if (m.acceptLocal && !m.invert) return undefined;
    return (
      (m.acceptLocal ? 'fib saddr type != local ' : '') +
      `fib saddr ${m.validMark ? '. mark ' : ''}${m.loose ? '' : '. iif '}` +
      `oif ${m.invert ? '' : '!= '}0`
    );
  },
});

const text = (m: XtRpfilter, prefix: string): string =>
  (m.loose ? ` ${prefix}loose` : '') +
  (m.validMark ? ` ${prefix}validmark` : '') +
  (m.acceptLocal ? ` ${prefix}accept-local` : '') +
  (m.invert ? ` ${prefix}invert` : '');
