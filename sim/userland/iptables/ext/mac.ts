import type { XtMac } from '../../../linux/netfilter/xt-match';
import { formatMac } from '../../../wire/mac';
import { matchExtension } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';

/** extensions/libxt_mac.c. */
export const mac = matchExtension<XtMac, Draft<XtMac>, 'source'>({
  name: 'mac',
  own: (m) => (m.name === 'mac' ? m : undefined),
  options: [{ name: 'mac-source', id: 'source', type: 'ethermac', mandatory: true, invert: true }],
  help: MATCH_HELP.mac,
  init: () => ({ name: 'mac', source: 0, invert: false }),
  parse: (draft, { value, invert }) => {
    Object.assign(draft, { source: value.mac, invert });
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m) => ` MAC ${m.invert ? '! ' : ''}${formatMac(m.source)}`,
  save: (m) => `${m.invert ? ' !' : ''} --mac-source ${formatMac(m.source)}`,
  xlate: (m) => `ether saddr${m.invert ? ' !=' : ''} ${formatMac(m.source)}`,
});
