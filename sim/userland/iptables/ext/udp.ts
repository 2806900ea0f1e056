import type { Invertible, Range, XtUdp } from '../../../linux/netfilter/xt-match';
import { matchExtension } from '../extension';
import { isAnyPort, nativePorts, printPorts, savePorts, xlatePorts } from '../port';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';

/** extensions/libxt_udp.c; nft compares the ports itself. */
export const udp = matchExtension<XtUdp, Draft<XtUdp>, 'sport' | 'dport'>({
  name: 'udp',
  own: (m) => (m.name === 'udp' ? m : undefined),
  options: [
    { name: 'source-port', id: 'sport', type: 'portrc', invert: true },
    { name: 'sport', id: 'sport', type: 'portrc', invert: true },
    { name: 'destination-port', id: 'dport', type: 'portrc', invert: true },
    { name: 'dport', id: 'dport', type: 'portrc', invert: true },
  ],
  help: MATCH_HELP.udp,
  init: () => ({ name: 'udp' }),
  parse: (draft, { id, value, invert }) => {
    const [min = 0, max = min] = value.nums;
    draft[id] = { value: { min, max }, invert };
    return undefined;
  },
  build: ({ sport, dport }) => ({ name: 'udp', sport: narrowed(sport), dport: narrowed(dport) }),
  print: (m, { numeric }) =>
    ` udp${printPorts('spt', m.sport, 'udp', numeric)}${printPorts('dpt', m.dport, 'udp', numeric)}`,
  save: (m) => savePorts('sport', m.sport) + savePorts('dport', m.dport),
  xlate: (m) => words(m, xlatePorts),
  native: (m) => words(m, nativePorts),
});

type Ports = Invertible<Range> | undefined;

/** Every port is no condition. */
const narrowed = (ports: Ports): Ports => (ports && isAnyPort(ports.value) ? undefined : ports);

const words = (m: XtUdp, text: (name: string, ports: Ports) => string): string =>
  [text('udp sport', m.sport), text('udp dport', m.dport)].filter(Boolean).join(' ');
