import type { XtRecent } from '../../../linux/netfilter/xt-match';
import { formatIp } from '../../../wire/ip';
import { matchExtension, parameterProblem, type XtError, type XtOptionCall } from '../extension';
import { prefixMask } from '../option-value';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { keep } from './save-string';

type Action = XtRecent['action'];
type Id = Action | 'seconds' | 'reap' | 'hitcount' | 'rttl' | 'name' | 'rsource' | 'rdest' | 'mask';

const ACTIONS = ['set', 'rcheck', 'update', 'remove'] as const;
/** XT_RECENT_NAME_LEN. */
const NAME_LEN = 200;

/** extensions/libxt_recent.c, revision 1. */
export const recent = matchExtension<XtRecent, Draft<XtRecent>, Id>({
  name: 'recent',
  own: (m) => (m.name === 'recent' ? m : undefined),
  options: [
    ...ACTIONS.map((id) => ({ name: id, id, type: 'none', excl: ACTIONS, invert: true }) as const),
    { name: 'seconds', id: 'seconds', type: 'uint32', min: 1 },
    { name: 'reap', id: 'reap', type: 'none', also: ['seconds'] },
    { name: 'hitcount', id: 'hitcount', type: 'uint32' },
    { name: 'rttl', id: 'rttl', type: 'none', excl: ['set', 'remove'] },
    { name: 'name', id: 'name', type: 'string' },
    { name: 'rsource', id: 'rsource', type: 'none' },
    { name: 'rdest', id: 'rdest', type: 'none' },
    { name: 'mask', id: 'mask', type: 'host' },
  ],
  help: MATCH_HELP.recent,
  init: ({ family }) => ({
    name: 'recent',
    action: 'set',
    invert: false,
    list: 'DEFAULT',
    side: 'source',
    mask: prefixMask(family, family === 4 ? 32 : 128),
    seconds: 0,
    hitcount: 0,
    reap: false,
    rttl: false,
  }),
  parse,
  finalCheck: (_, flags) =>
    ACTIONS.some((action) => flags.has(action)) ? undefined : parameterProblem(NO_ACTION),
  build: (draft) => ({ ...draft }),
  print: (m) =>
    `${m.invert ? ' !' : ''} recent: ${m.action === 'rcheck' ? 'CHECK' : m.action.toUpperCase()}` +
    (m.seconds ? ` seconds: ${m.seconds | 0}` : '') +
    (m.reap ? ' reap' : '') +
    (m.hitcount ? ` hit_count: ${m.hitcount | 0}` : '') +
    (m.rttl ? ' TTL-Match' : '') +
    ` name: ${m.list} side: ${m.side} mask: ${formatIp(m.mask)}`,
  save: (m) =>
    `${m.invert ? ' !' : ''} --${m.action}` +
    (m.seconds ? ` --seconds ${m.seconds | 0}` : '') +
    (m.reap ? ' --reap' : '') +
    (m.hitcount ? ` --hitcount ${m.hitcount | 0}` : '') +
    (m.rttl ? ' --rttl' : '') +
    ` --name ${m.list} --mask ${formatIp(m.mask)} --r${m.side}`,
});

const NO_ACTION = "recent: you must specify one of `--set', `--rcheck' `--update' or `--remove'";

function parse(draft: Draft<XtRecent>, call: XtOptionCall<Id>): XtError | undefined {
  const { id, arg, invert, value } = call;
  switch (id) {
    case 'seconds':
    case 'hitcount':
      draft[id] = value.num;
      return undefined;
    case 'reap':
    case 'rttl':
      draft[id] = true;
      return undefined;
    case 'name':
      draft.list = keep(arg, NAME_LEN);
      return undefined;
    case 'rsource':
      draft.side = 'source';
      return undefined;
    case 'rdest':
      draft.side = 'dest';
      return undefined;
    case 'mask':
      draft.mask = value.address;
      return undefined;
    default:
      draft.action = id;
      if (invert) draft.invert = true;
      return undefined;
  }
}
