import type { XtStatistic } from '../../../linux/netfilter/xt-match';
import { matchExtension, parameterProblem, type XtError, type XtOptionCall } from '../extension';
import { MATCH_HELP } from './help-text';

type Id = 'mode' | 'probability' | 'every' | 'packet';

interface Draft {
  /** XT_STATISTIC_MODE_*: the mode of no name is random. */
  kind: 'random' | 'nth';
  invert: boolean;
  probability: number;
  every: number;
  packet: number;
}

/** 2^31: what a probability of 1 is to the kernel. */
const CERTAIN = 0x8000_0000;

/** extensions/libxt_statistic.c. */
export const statistic = matchExtension<XtStatistic, Draft, Id>({
  name: 'statistic',
  own: (m) => (m.name === 'statistic' ? m : undefined),
  options: [
    { name: 'mode', id: 'mode', type: 'string', mandatory: true },
    {
      name: 'probability',
      id: 'probability',
      type: 'double',
      invert: true,
      min: 0,
      max: 1,
      excl: ['every', 'packet'],
    },
    {
      name: 'every',
      id: 'every',
      type: 'uint32',
      min: 1,
      invert: true,
      excl: ['probability'],
      also: ['packet'],
    },
    { name: 'packet', id: 'packet', type: 'uint32', excl: ['probability'], also: ['every'] },
  ],
  help: MATCH_HELP.statistic,
  init: () => ({ kind: 'random', invert: false, probability: 0, every: 1, packet: 0 }),
  parse,
  finalCheck,
  build: ({ kind, invert, probability, every, packet }) => ({
    name: 'statistic',
    mode: kind === 'random' ? { kind, probability } : { kind, every, packet },
    invert,
  }),
  print: (m) => ` statistic${text(m, '')}`,
  save: (m) => text(m, '--'),
  xlate: ({ mode, invert }) =>
    mode.kind === 'random'
      ? `meta random & 2147483647 ${invert ? '>=' : '<'} ${mode.probability}`
      : `numgen inc mod ${mode.every} ${invert ? '!= ' : ''}${mode.packet}`,
});

function parse(draft: Draft, call: XtOptionCall<Id>): XtError | undefined {
  const { id, arg, invert, value } = call;
  if (invert) draft.invert = true;
  if (id === 'probability') draft.probability = Math.round(CERTAIN * value.num);
  else if (id === 'every' || id === 'packet') draft[id] = value.num;
  else if (arg === 'random' || arg === 'nth') draft.kind = arg;
  else return parameterProblem(`Bad mode "${arg}"`);
  return undefined;
}

/** statistic_check(): in the struct both modes share their numbers. */
function finalCheck(draft: Draft, flags: ReadonlySet<string>): XtError | undefined {
  if (draft.kind === 'random' && !flags.has('probability')) {
    return parameterProblem('--probability must be specified when using random mode');
  }
  if (draft.kind === 'nth' && !flags.has('every') && !flags.has('packet')) {
    return parameterProblem('--every and --packet must be specified when using nth mode');
  }
  if (draft.packet > (flags.has('every') ? draft.every - 1 : 0)) {
    return parameterProblem('the --packet p must be 0 <= p <= n-1');
  }
  return undefined;
}

/** print_match(). */
function text({ mode, invert }: XtStatistic, prefix: string): string {
  const not = invert ? ' !' : '';
  if (mode.kind === 'random') {
    const share = (mode.probability / CERTAIN).toFixed(11);
    return ` ${prefix}mode random${not} ${prefix}probability ${share}`;
  }
  const packet = mode.packet !== 0 || prefix !== '' ? ` ${prefix}packet ${mode.packet}` : '';
  return ` ${prefix}mode nth${not} ${prefix}every ${mode.every}${packet}`;
}
