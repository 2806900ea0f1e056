import { CT_EVENT_NAMES } from '../../../linux/netfilter/conntrack/ipct';
import type { XtCt } from '../../../linux/netfilter/xt-target';
import {
  bad,
  good,
  type Parsed,
  parameterProblem,
  targetExtension,
  type XtError,
  type XtOptionCall,
} from '../extension';
import { strtoul } from '../strtoul';
import type { Draft } from './draft';
import { TARGET_HELP } from './help-text';
import { keep } from './save-string';

type Id =
  | 'notrack'
  | 'helper'
  | 'timeout'
  | 'ctevents'
  | 'expevents'
  | 'zone'
  | 'zoneOrig'
  | 'zoneReply';

/** struct xt_ct_target_info_v1: char helper[16], timeout[32]. */
const HELPER_LEN = 16;
const TIMEOUT_LEN = 32;

/** extensions/libxt_CT.c, revision 2. */
export const ct = targetExtension<XtCt, Draft<XtCt>, Id>({
  name: 'CT',
  own: (t) => (t.name === 'CT' ? t : undefined),
  options: [
    { name: 'notrack', id: 'notrack', type: 'none' },
    { name: 'helper', id: 'helper', type: 'string' },
    { name: 'timeout', id: 'timeout', type: 'string' },
    { name: 'ctevents', id: 'ctevents', type: 'string' },
    { name: 'expevents', id: 'expevents', type: 'string' },
    { name: 'zone-orig', id: 'zoneOrig', type: 'string' },
    { name: 'zone-reply', id: 'zoneReply', type: 'string' },
    { name: 'zone', id: 'zone', type: 'string' },
  ],
  help: TARGET_HELP.CT,
  init: () => ({ name: 'CT', notrack: false }),
  parse,
  build: (draft) => ({ ...draft }),
  print: (t) => ` CT${text(t, '')}`,
  save: (t) => text(t, '--'),
  xlate: (t) => (t.notrack ? 'notrack' : undefined),
});

type NoTrack = { readonly name: 'NOTRACK' };

/** `-j NOTRACK` of extensions/libxt_CT.c: CT under its old name. */
export const notrack = targetExtension<NoTrack, NoTrack, never>({
  name: 'NOTRACK',
  listedAs: 'CT',
  own: (t) => (t.name === 'NOTRACK' ? t : undefined),
  help: TARGET_HELP.NOTRACK,
  init: () => ({ name: 'NOTRACK' }),
  parse: () => undefined,
  build: (draft) => draft,
  print: () => ' NOTRACK',
  save: () => '',
  xlate: () => 'notrack',
});

function parse(draft: Draft<XtCt>, { id, arg }: XtOptionCall<Id>): XtError | undefined {
  switch (id) {
    case 'notrack':
      draft.notrack = true;
      return undefined;
    case 'helper':
      draft.helper = keep(arg, HELPER_LEN);
      return undefined;
    case 'timeout':
      draft.timeout = keep(arg, TIMEOUT_LEN);
      return undefined;
    case 'ctevents':
    case 'expevents': {
      const events = parseEvents(arg, id === 'ctevents' ? CT_EVENT_NAMES : ['new']);
      if (!events.ok) return events.error;
      draft[id] = events.value;
      return undefined;
    }
    default:
      return parseZone(draft, id, arg);
  }
}

/** ct_parse_zone_id(): a later one adds its direction and replaces the number. */
function parseZone(
  draft: Draft<XtCt>,
  option: 'zone' | 'zoneOrig' | 'zoneReply',
  arg: string,
): XtError | undefined {
  const mark = arg.toLowerCase() === 'mark';
  const id = mark ? (draft.zone?.id ?? 0) : strtoul(arg, 0, 65_535);
  if (id === undefined) return parameterProblem(`Cannot parse ${arg} as a zone ID`);
  const before = draft.zone?.dir ?? 'both';
  const asked = option === 'zone' ? before : option === 'zoneOrig' ? 'orig' : 'reply';
  const dir = before === 'both' || before === asked ? asked : 'both';
  draft.zone = { id, dir, mark: mark || draft.zone?.mark === true };
  return undefined;
}

/** ct_parse_events(). */
function parseEvents(arg: string, known: readonly string[]): Parsed<readonly string[]> {
  const given = arg.split(',');
  const unknown = given.find((event) => !known.includes(event));
  if (unknown !== undefined) return bad(`Unknown event type "${unknown}"`);
  return good(known.filter((event) => given.includes(event)));
}

/** ct_print_v1(), ct_save_v1(). */
const text = (t: XtCt, prefix: string): string =>
  (t.notrack ? ` ${prefix}notrack` : '') +
  (t.helper ? ` ${prefix}helper ${t.helper}` : '') +
  (t.timeout ? ` ${prefix}timeout ${t.timeout}` : '') +
  (t.ctevents ? ` ${prefix}ctevents ${t.ctevents.join(',')}` : '') +
  (t.expevents ? ` ${prefix}expevents ${t.expevents.join(',')}` : '') +
  zoneText(t.zone, prefix);

function zoneText(zone: XtCt['zone'], prefix: string): string {
  if (!zone || (zone.id === 0 && !zone.mark)) return '';
  const side = zone.dir === 'both' ? '' : `-${zone.dir}`;
  return ` ${prefix}zone${side} ${zone.mark ? 'mark' : zone.id}`;
}
