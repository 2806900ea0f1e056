import type { Range, XtOwner } from '../../../linux/netfilter/xt-match';
import { groupName, idOf, userName } from '../../coreutils/user';
import {
  good,
  matchExtension,
  type Parsed,
  type PrintStyle,
  parameterProblem,
  type XtError,
  type XtOptionCall,
} from '../extension';
import { strtoulPrefix } from '../strtoul';
import { badValue } from './bad-value';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { rangeText } from './number-text';

type Id = 'uid' | 'gid' | 'socketExists' | 'supplGroups';

/** -1 is reserved, so the most is one less than that. */
const MAX_ID = 0xffff_fffe;

/** extensions/libxt_owner.c, revision 1. */
export const owner = matchExtension<XtOwner, Draft<XtOwner>, Id>({
  name: 'owner',
  own: (m) => (m.name === 'owner' ? m : undefined),
  options: [
    { name: 'uid-owner', id: 'uid', type: 'string', invert: true },
    { name: 'gid-owner', id: 'gid', type: 'string', invert: true },
    { name: 'socket-exists', id: 'socketExists', type: 'none', invert: true },
    { name: 'suppl-groups', id: 'supplGroups', type: 'none' },
  ],
  help: MATCH_HELP.owner,
  init: () => ({ name: 'owner' }),
  parse,
  finalCheck: (_, flags) => (flags.size === 0 ? parameterProblem(NO_OPTION) : undefined),
  build: (draft) => ({ ...draft }),
  print: (m, style) =>
    (m.socketExists ? `${m.socketExists.invert ? ' !' : ''} owner socket exists` : '') +
    (m.uid ? `${m.uid.invert ? ' !' : ''} owner UID match ${who(m.uid.value, 'uid', style)}` : '') +
    (m.gid ? `${m.gid.invert ? ' !' : ''} owner GID match ${who(m.gid.value, 'gid', style)}` : '') +
    (m.supplGroups ? ' incl. suppl. groups' : ''),
  save: (m) =>
    (m.socketExists ? `${m.socketExists.invert ? ' !' : ''} --socket-exists` : '') +
    (m.uid ? `${m.uid.invert ? ' !' : ''} --uid-owner ${rangeText(m.uid.value, '-')}` : '') +
    (m.gid ? `${m.gid.invert ? ' !' : ''} --gid-owner ${rangeText(m.gid.value, '-')}` : '') +
    (m.supplGroups ? ' --suppl-groups' : ''),
  xlate: (m) => {
    if (m.socketExists || m.supplGroups || (m.uid && m.gid)) return undefined;
    const id = m.uid ?? m.gid;
    if (!id) return undefined;
    return `sk${m.uid ? 'uid' : 'gid'}${id.invert ? ' !=' : ''} ${rangeText(id.value, '-')}`;
  },
});

const NO_OPTION = 'owner: At least one of --uid-owner, --gid-owner or --socket-exists is required';

function parse(draft: Draft<XtOwner>, call: XtOptionCall<Id>): XtError | undefined {
  const { id, arg, invert, rule } = call;
  switch (id) {
    case 'uid':
    case 'gid': {
      const path = id === 'uid' ? '/etc/passwd' : '/etc/group';
      const named = /^\d/.test(arg) ? undefined : idOf(rule.proc, path, arg);
      const ids =
        named === undefined ? parseRange(arg, `--${id}-owner`) : good({ min: named, max: named });
      if (!ids.ok) return ids.error;
      draft[id] = { value: ids.value, invert };
      return undefined;
    }
    case 'socketExists':
      draft.socketExists = { value: true, invert };
      return undefined;
    case 'supplGroups':
      if (!draft.gid) {
        return badValue('owner', '--suppl-groups', 'you need to use --gid-owner first');
      }
      draft.supplGroups = true;
      return undefined;
  }
}

/** owner_parse_range(): `id`, `from-to` or `from:to`. */
function parseRange(text: string, option: string): Parsed<Range> {
  const from = strtoulPrefix(text, 0, MAX_ID);
  const between = from && /^[-:]/.test(from.rest);
  const to = between ? strtoulPrefix(from.rest.slice(1), 0, MAX_ID) : from;
  if (!from || !to || to.rest !== '') return { ok: false, error: badValue('owner', option, text) };
  return good({ min: from.value, max: to.value });
}

function who(ids: Range, kind: 'uid' | 'gid', { numeric, proc }: PrintStyle): string {
  if (numeric || !proc || ids.min !== ids.max) return rangeText(ids, '-');
  return kind === 'uid' ? userName(proc, ids.min) : groupName(proc, ids.min);
}
