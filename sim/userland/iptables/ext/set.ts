import type { XtSet } from '../../../linux/netfilter/xt-match';
import type { XtSetInfo, XtSetTarget } from '../../../linux/netfilter/xt-target';
import {
  bad,
  matchExtension,
  type Parsed,
  parameterProblem,
  targetExtension,
  type XtError,
  type XtOptionCall,
} from '../extension';
import { strtoul } from '../strtoul';
import type { Draft } from './draft';
import { MATCH_HELP, TARGET_HELP } from './help-text';
import { parseSetAndDirs } from './set-dirs';

type Counter = NonNullable<XtSet['packets']>;

type Id =
  | 'set'
  | 'nomatch'
  | 'updateCounters'
  | 'updateSubcounters'
  | `${'packets' | 'bytes'}-${'eq' | 'lt' | 'gt'}`;

const counterOptions = (['packets', 'bytes'] as const).flatMap((what) =>
  (['eq', 'lt', 'gt'] as const).map(
    (op) => ({ name: `${what}-${op}`, id: `${what}-${op}`, argument: 'required' }) as const,
  ),
);

/** extensions/libxt_set.c, revision 4. */
export const set = matchExtension<XtSet, Draft<XtSet>, Id>({
  name: 'set',
  own: (m) => (m.name === 'set' ? m : undefined),
  extraOptions: [
    { name: 'match-set', id: 'set', argument: 'required' },
    { name: 'set', id: 'set', argument: 'required' },
    { name: 'return-nomatch', id: 'nomatch', argument: 'none' },
    { name: 'update-counters', id: 'updateCounters', argument: 'none' },
    { name: 'update-subcounters', id: 'updateSubcounters', argument: 'none' },
    ...counterOptions,
  ],
  help: MATCH_HELP.set,
  init: () => ({ name: 'set', set: '', flags: [], invert: false }),
  parse,
  finalCheck: (_, flags) =>
    flags.has('set')
      ? undefined
      : parameterProblem("You must specify `--match-set' with proper arguments"),
  build: (draft) => ({ ...draft }),
  print: (m) => text(m, ''),
  save: (m) => text(m, '--'),
});

/** set_parse_v4(). */
function parse(draft: Draft<XtSet>, call: XtOptionCall<Id>): XtError | undefined {
  const { id, name, flags, invert, warn } = call;
  switch (id) {
    case 'set': {
      if (name === 'set') warn('--set option deprecated, please use --match-set\n');
      if (draft.flags.length > 0) return parameterProblem('--match-set can be specified only once');
      const info = parseSetAndDirs(call);
      if (!info.ok) return info.error;
      Object.assign(draft, info.value, { invert });
      flags.add('set');
      return undefined;
    }
    case 'nomatch':
      if (invert) return parameterProblem('--return-nomatch flag cannot be inverted');
      draft.returnNomatch = true;
      return undefined;
    case 'updateCounters':
    case 'updateSubcounters':
      if (invert) draft[id] = false;
      return undefined;
    default:
      return parseCounter(draft, call);
  }
}

function parseCounter(draft: Draft<XtSet>, call: XtOptionCall<Id>): XtError | undefined {
  const { arg, invert, name } = call;
  const what = name.startsWith('packets') ? 'packets' : 'bytes';
  if (draft[what]) return parameterProblem(`only one of the --${what}-[eq|lt|gt] is allowed`);
  const op = name.slice(-2);
  if (invert && op !== 'eq') return parameterProblem(`--${name} option cannot be inverted`);
  const value = strtoul(arg, 0, Number.MAX_SAFE_INTEGER);
  if (value === undefined) return parameterProblem(`Cannot parse ${arg} as a counter value`);
  draft[what] = { op: op === 'lt' || op === 'gt' ? op : invert ? 'ne' : 'eq', value };
  return undefined;
}

/** set_print_v4_matchinfo(). */
const text = (m: XtSet, prefix: string): string =>
  `${m.invert ? ' !' : ''} ${prefix}match-set ${m.set} ${m.flags.join(',')}` +
  (m.returnNomatch ? ` ${prefix}return-nomatch` : '') +
  (m.updateCounters === false ? ` ! ${prefix}update-counters` : '') +
  (m.updateSubcounters === false ? ` ! ${prefix}update-subcounters` : '') +
  counterText('packets', m.packets, prefix) +
  counterText('bytes', m.bytes, prefix);

function counterText(what: string, counter: Counter | undefined, prefix: string): string {
  if (!counter) return '';
  const { op, value } = counter;
  return op === 'ne' ? ` ! ${prefix}${what}-eq ${value}` : ` ${prefix}${what}-${op} ${value}`;
}

type TargetId = 'add' | 'del' | 'map' | 'exist' | 'timeout' | 'mapMark' | 'mapPrio' | 'mapQueue';

const MAX_TIMEOUT = 0xffff_fffe;

/** extensions/libxt_SET.c, revision 3. */
export const setTarget = targetExtension<XtSetTarget, Draft<XtSetTarget>, TargetId>({
  name: 'SET',
  own: (t) => (t.name === 'SET' ? t : undefined),
  extraOptions: [
    { name: 'add-set', id: 'add', argument: 'required' },
    { name: 'del-set', id: 'del', argument: 'required' },
    { name: 'exist', id: 'exist', argument: 'none' },
    { name: 'timeout', id: 'timeout', argument: 'required' },
    { name: 'map-set', id: 'map', argument: 'required' },
    { name: 'map-mark', id: 'mapMark', argument: 'none' },
    { name: 'map-prio', id: 'mapPrio', argument: 'none' },
    { name: 'map-queue', id: 'mapQueue', argument: 'none' },
  ],
  help: TARGET_HELP.SET,
  init: () => ({ name: 'SET', exist: false, mapMark: false, mapPrio: false, mapQueue: false }),
  parse: parseTarget,
  finalCheck: checkTarget,
  build: (draft) => ({ ...draft }),
  print: (t) => targetText(t, ''),
  save: (t) => targetText(t, '--'),
});

/** set_target_parse_v3(). */
function parseTarget(draft: Draft<XtSetTarget>, call: XtOptionCall<TargetId>): XtError | undefined {
  const { id, arg, flags } = call;
  switch (id) {
    case 'add':
    case 'del':
    case 'map': {
      const info = parseOnce(draft[id], call);
      if (!info.ok) return info.error;
      draft[id] = info.value;
      return undefined;
    }
    case 'timeout': {
      const seconds = strtoul(arg, 0, MAX_TIMEOUT);
      if (seconds === undefined) {
        return parameterProblem(
          `Invalid value for option --timeout or out of range 0-${MAX_TIMEOUT}`,
        );
      }
      draft.timeout = seconds;
      return undefined;
    }
    default:
      draft[id] = true;
      flags.add(id);
      return undefined;
  }
}

/** parse_target(). */
const parseOnce = (known: XtSetInfo | undefined, call: XtOptionCall): Parsed<XtSetInfo> =>
  known ? bad(`--${call.name} can be specified only once`) : parseSetAndDirs(call);

/** set_target_check_v3(). */
function checkTarget(draft: Draft<XtSetTarget>): XtError | undefined {
  const problem = targetProblem(draft);
  return problem === undefined ? undefined : parameterProblem(problem);
}

function targetProblem(t: XtSetTarget): string | undefined {
  if (!t.add && !t.del && !t.map) {
    return "You must specify either `--add-set' or `--del-set' or `--map-set'";
  }
  if (!t.add && t.exist) return "Flag `--exist' can be used with `--add-set' only";
  if (!t.add && t.timeout !== undefined) {
    return "Option `--timeout' can be used with `--add-set' only";
  }
  const mapped = [
    ['map-mark', t.mapMark],
    ['map-prio', t.mapPrio],
    ['map-queue', t.mapQueue],
  ] as const;
  const used = mapped.find(([, on]) => on);
  if (!t.map) return used && `Flag \`--${used[0]}' can be used with \`--map-set' only`;
  return used ? undefined : "You must specify flags `--map-mark' or '--map-prio` or `--map-queue'";
}

const info = (name: string, one: XtSetInfo | undefined): string =>
  one ? ` ${name} ${one.set} ${one.flags.join(',')}` : '';

const targetText = (t: XtSetTarget, prefix: string): string =>
  info(`${prefix}add-set`, t.add) +
  (t.exist ? ` ${prefix}exist` : '') +
  (t.timeout === undefined ? '' : ` ${prefix}timeout ${t.timeout}`) +
  info(`${prefix}del-set`, t.del) +
  info(`${prefix}map-set`, t.map) +
  (t.mapMark ? ` ${prefix}map-mark` : '') +
  (t.mapPrio ? ` ${prefix}map-prio` : '') +
  (t.mapQueue ? ` ${prefix}map-queue` : '');
