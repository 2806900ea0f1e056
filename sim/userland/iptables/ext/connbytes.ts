import type { XtConnbytes } from '../../../linux/netfilter/xt-match';
import { matchExtension, parameterProblem, type XtError, type XtOptionCall } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { U64_MAX, u64Text } from './number-text';

type Id = 'range' | 'dir' | 'mode';

const DIRS: readonly XtConnbytes['dir'][] = ['original', 'reply', 'both'];
const MODES: readonly XtConnbytes['mode'][] = ['packets', 'bytes', 'avgpkt'];

/** extensions/libxt_connbytes.c. */
export const connbytes = matchExtension<XtConnbytes, Draft<XtConnbytes>, Id>({
  name: 'connbytes',
  own: (m) => (m.name === 'connbytes' ? m : undefined),
  options: [
    { name: 'connbytes', id: 'range', type: 'uint64rc', mandatory: true, invert: true },
    { name: 'connbytes-dir', id: 'dir', type: 'string', mandatory: true },
    { name: 'connbytes-mode', id: 'mode', type: 'string', mandatory: true },
  ],
  help: MATCH_HELP.connbytes,
  init: () => ({
    name: 'connbytes',
    range: { min: 0, max: 0 },
    invert: false,
    dir: 'original',
    mode: 'packets',
  }),
  parse,
  build: (draft) => ({ ...draft }),
  print: (m) => `${bounds(m, '')} connbytes mode ${m.mode} connbytes direction ${m.dir}`,
  save: (m) => `${bounds(m, '--')} --connbytes-mode ${m.mode} --connbytes-dir ${m.dir}`,
  xlate: ({ range: { min, max }, invert, dir, mode }) => {
    const field = `ct ${dir === 'both' ? '' : `${dir} `}${mode} `;
    if (min === max) return field + u64Text(min);
    if (max === U64_MAX) return `${field}${invert ? 'lt' : 'ge'} ${u64Text(min)}`;
    return `${field}${invert ? '!= ' : ''}${u64Text(min)}-${u64Text(max)}`;
  },
});

function parse(draft: Draft<XtConnbytes>, call: XtOptionCall<Id>): XtError | undefined {
  const { id, arg, invert, value } = call;
  if (id === 'dir') {
    const dir = DIRS.find((name) => name === arg);
    if (!dir) return parameterProblem(`Unknown --connbytes-dir \`${arg}'`);
    draft.dir = dir;
    return undefined;
  }
  if (id === 'mode') {
    const mode = MODES.find((name) => name === arg);
    if (!mode) return parameterProblem(`Unknown --connbytes-mode \`${arg}'`);
    draft.mode = mode;
    return undefined;
  }
  const [min = 0, max = U64_MAX] = value.nums;
  if (max < min) {
    return parameterProblem(`${u64Text(min)} should be less than ${u64Text(max)}`);
  }
  draft.range = { min, max };
  // The struct tells `!` by its ends the wrong way round, which one number does not have.
  draft.invert = invert && min !== max;
  return undefined;
}

/** print_from_to(). */
function bounds({ range: { min, max }, invert }: XtConnbytes, prefix: string): string {
  const to = max !== 0 && max < U64_MAX ? `:${u64Text(max)}` : '';
  return `${invert ? ' !' : ''} ${prefix}connbytes ${u64Text(min)}${to}`;
}
