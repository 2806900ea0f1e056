import type { XtNfqueue, XtTarget } from '../../../linux/netfilter/xt-target';
import { parameterProblem, targetExtension, type XtError, type XtOptionCall } from '../extension';
import type { Draft } from './draft';
import { TARGET_HELP } from './help-text';

type Trace = Extract<XtTarget, { name: 'TRACE' }>;
type Checksum = Extract<XtTarget, { name: 'CHECKSUM' }>;
type Classify = Extract<XtTarget, { name: 'CLASSIFY' }>;

/** extensions/libxt_TRACE.c; nft marks the packet itself. */
export const trace = targetExtension<Trace, Trace, never>({
  name: 'TRACE',
  own: (t) => (t.name === 'TRACE' ? t : undefined),
  help: TARGET_HELP.TRACE,
  init: () => ({ name: 'TRACE' }),
  parse: () => undefined,
  build: (draft) => draft,
  print: () => '',
  save: () => '',
  xlate: () => 'nftrace set 1',
  native: () => 'meta nftrace set 1',
});

/** extensions/libxt_CHECKSUM.c. */
export const checksum = targetExtension<Checksum, Checksum, 'fill'>({
  name: 'CHECKSUM',
  own: (t) => (t.name === 'CHECKSUM' ? t : undefined),
  options: [{ name: 'checksum-fill', id: 'fill', type: 'none', mandatory: true }],
  help: TARGET_HELP.CHECKSUM,
  init: () => ({ name: 'CHECKSUM' }),
  parse: () => undefined,
  build: (draft) => draft,
  print: () => ' CHECKSUM fill',
  save: () => ' --checksum-fill',
});

/** extensions/libxt_CLASSIFY.c. */
export const classify = targetExtension<Classify, Draft<Classify>, 'class'>({
  name: 'CLASSIFY',
  own: (t) => (t.name === 'CLASSIFY' ? t : undefined),
  options: [{ name: 'set-class', id: 'class', type: 'string', mandatory: true }],
  help: TARGET_HELP.CLASSIFY,
  init: () => ({ name: 'CLASSIFY', priority: 0 }),
  parse: (draft, { arg }) => {
    const priority = parseClass(arg);
    if (priority === undefined) return parameterProblem(`Bad class value "${arg}"`);
    draft.priority = priority;
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: ({ priority }) =>
    ` CLASSIFY set ${major(priority).toString(16)}:${minor(priority).toString(16)}`,
  save: ({ priority }) =>
    ` --set-class ${major(priority).toString(16).padStart(4, '0')}:` +
    minor(priority).toString(16).padStart(4, '0'),
  xlate: ({ priority }) => {
    if (priority === 0xffff_ffff) return 'meta priority set root';
    if (priority === 0) return 'meta priority set none';
    return `meta priority set ${major(priority).toString(16)}:${minor(priority).toString(16)}`;
  },
});

/** TC_H_MAJ() >> 16, TC_H_MIN(). */
const major = (priority: number): number => priority >>> 16;
const minor = (priority: number): number => priority & 0xffff;

/** sscanf(3) of "%x:%x" into TC_H_MAKE(i << 16, j). */
function parseClass(text: string): number | undefined {
  const found = /^\s*\+?(?:0x)?([0-9a-f]+):\s*\+?(?:0x)?([0-9a-f]+)/i.exec(text);
  if (!found) return undefined;
  const [, high = '0', low = '0'] = found;
  const bits = (digits: string): number => Number.parseInt(digits.slice(-4), 16);
  return ((bits(high) << 16) | bits(low)) >>> 0;
}

type QueueId = 'num' | 'balance' | 'bypass' | 'fanout';

/** extensions/libxt_NFQUEUE.c, revision 3. */
export const nfqueue = targetExtension<XtNfqueue, Draft<XtNfqueue>, QueueId>({
  name: 'NFQUEUE',
  own: (t) => (t.name === 'NFQUEUE' ? t : undefined),
  options: [
    { name: 'queue-num', id: 'num', type: 'uint16', excl: ['balance'] },
    { name: 'queue-balance', id: 'balance', type: 'uint16rc', excl: ['num'] },
    { name: 'queue-bypass', id: 'bypass', type: 'none' },
    { name: 'queue-cpu-fanout', id: 'fanout', type: 'none', also: ['balance'] },
  ],
  help: TARGET_HELP.NFQUEUE,
  init: () => ({ name: 'NFQUEUE', queue: { min: 0, max: 0 }, bypass: false }),
  parse: parseQueue,
  build: (draft) => ({ ...draft }),
  print: (t) =>
    ` NFQUEUE ${queueText(t, 'num', 'balance')}` +
    (t.bypass ? ' bypass' : '') +
    (t.cpuFanout ? ' cpu-fanout' : ''),
  save: (t) =>
    ` ${queueText(t, '--queue-num', '--queue-balance')}` +
    (t.bypass ? ' --queue-bypass' : '') +
    (t.cpuFanout ? ' --queue-cpu-fanout' : ''),
  xlate: ({ queue: { min, max }, bypass, cpuFanout }) => {
    const flags = [...(bypass ? ['bypass'] : []), ...(cpuFanout ? ['fanout'] : [])].join(',');
    return `queue num ${min === max ? min : `${min}-${max}`} ${flags}`.trimEnd();
  },
});

function parseQueue(draft: Draft<XtNfqueue>, call: XtOptionCall<QueueId>): XtError | undefined {
  const { id, arg, value } = call;
  if (id === 'bypass') draft.bypass = true;
  else if (id === 'fanout') draft.cpuFanout = true;
  else if (id === 'num') draft.queue = { min: value.num, max: value.num };
  else {
    const [min = 0, max = 0] = value.nums;
    if (value.nvals !== 2) return parameterProblem(`Bad range "${arg}"`);
    if (min >= max) return parameterProblem(`${min} should be less than ${max}`);
    draft.queue = { min, max };
  }
  return undefined;
}

const queueText = ({ queue: { min, max } }: XtNfqueue, num: string, balance: string): string =>
  min === max ? `${num} ${min}` : `${balance} ${min}:${max}`;
