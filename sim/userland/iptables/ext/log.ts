import type { XtLog, XtNflog } from '../../../linux/netfilter/xt-target';
import { parameterProblem, targetExtension, type XtError, type XtOptionCall } from '../extension';
import type { Draft } from './draft';
import { TARGET_HELP } from './help-text';
import { keep, saveString } from './save-string';

/** LOG_WARNING. */
const DEFAULT_LEVEL = 4;
/** struct xt_log_info: char prefix[30]; NF_LOG_PREFIXLEN. */
const LOG_PREFIX = 30;
const NFLOG_PREFIX = 128;

/** prioritynames[] of sys/syslog.h: the first name of each level. */
const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'] as const;

type Flag = 'tcpSequence' | 'tcpOptions' | 'ipOptions' | 'uid' | 'macdecode';

interface FlagWords {
  readonly id: Flag;
  readonly name: string;
  /** XT_LOG_*. */
  readonly bit: number;
}

const FLAGS: readonly FlagWords[] = [
  { id: 'tcpSequence', name: 'tcp-sequence', bit: 0x01 },
  { id: 'tcpOptions', name: 'tcp-options', bit: 0x02 },
  { id: 'ipOptions', name: 'ip-options', bit: 0x04 },
  { id: 'uid', name: 'uid', bit: 0x08 },
  { id: 'macdecode', name: 'macdecode', bit: 0x20 },
];

/** extensions/libxt_LOG.c. */
export const log = targetExtension<XtLog, Draft<XtLog>, Flag | 'level' | 'prefix'>({
  name: 'LOG',
  own: (t) => (t.name === 'LOG' ? t : undefined),
  options: [
    { name: 'log-level', id: 'level', type: 'sysloglevel' },
    { name: 'log-prefix', id: 'prefix', type: 'string', min: 1 },
    ...FLAGS.map(({ id, name }) => ({ name: `log-${name}`, id, type: 'none' }) as const),
  ],
  help: TARGET_HELP.LOG,
  init: () => ({
    name: 'LOG',
    level: DEFAULT_LEVEL,
    prefix: '',
    tcpSequence: false,
    tcpOptions: false,
    ipOptions: false,
    uid: false,
    macdecode: false,
  }),
  parse: (draft, { id, arg, value }) => {
    if (id === 'level') draft.level = value.num;
    else if (id !== 'prefix') draft[id] = true;
    else if (arg.includes('\n')) return parameterProblem(NO_NEWLINES);
    else draft.prefix = keep(arg, LOG_PREFIX);
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (t, { numeric }) => {
    const set = FLAGS.filter(({ id }) => t[id]);
    const bits = set.reduce((sum, { bit }) => sum | bit, 0);
    const text = numeric
      ? ` flags ${bits} level ${t.level}`
      : ` level ${LEVELS[t.level]}${set.map(({ name }) => ` ${name}`).join('')}`;
    return ` LOG${text}${t.prefix === '' ? '' : ` prefix "${t.prefix}"`}`;
  },
  save: (t) =>
    (t.prefix === '' ? '' : ` --log-prefix${saveString(t.prefix)}`) +
    (t.level === DEFAULT_LEVEL ? '' : ` --log-level ${t.level}`) +
    FLAGS.map(({ id, name }) => (t[id] ? ` --log-${name}` : '')).join(''),
  xlate: xlateLog,
});

const NO_NEWLINES = 'Newlines not allowed in --log-prefix';

/** LOG_xlate(). */
function xlateLog(t: XtLog): string {
  const prefix = t.prefix === '' ? '' : ` prefix "${t.prefix}"`;
  const level = t.level === DEFAULT_LEVEL ? '' : ` level ${LEVELS[t.level]}`;
  return `log${prefix}${level}${flagWords(t)}`;
}

function flagWords(t: XtLog): string {
  if (FLAGS.every(({ id }) => t[id])) return ' flags all';
  const tcp = [...(t.tcpSequence ? ['sequence'] : []), ...(t.tcpOptions ? ['options'] : [])];
  return (
    (tcp.length > 0 ? ` flags tcp ${tcp.join(',')}` : '') +
    (t.ipOptions ? ' flags ip options' : '') +
    (t.uid ? ' flags skuid' : '') +
    (t.macdecode ? ' flags ether' : '')
  );
}

type NflogId = 'group' | 'prefix' | 'range' | 'size' | 'threshold';

/** extensions/libxt_NFLOG.c; nft has it as its own `log` statement. */
export const nflog = targetExtension<XtNflog, NflogDraft, NflogId>({
  name: 'NFLOG',
  own: (t) => (t.name === 'NFLOG' ? t : undefined),
  options: [
    { name: 'nflog-group', id: 'group', type: 'uint16' },
    { name: 'nflog-prefix', id: 'prefix', type: 'string', min: 1 },
    { name: 'nflog-range', id: 'range', type: 'uint32', excl: ['size'] },
    { name: 'nflog-size', id: 'size', type: 'uint32', excl: ['range'] },
    { name: 'nflog-threshold', id: 'threshold', type: 'uint16' },
  ],
  help: TARGET_HELP.NFLOG,
  init: () => ({ name: 'NFLOG', group: 0, prefix: '', warn: () => undefined }),
  parse: parseNflog,
  finalCheck: (draft, flags) => {
    if (flags.has('range')) draft.warn(RANGE_WARNING);
    return undefined;
  },
  build: ({ warn: _, ...draft }) => draft,
  print: (t) => nflogText(t, ''),
  save: (t) => nflogText(t, '--'),
  xlate: (t) =>
    `log ${t.prefix === '' ? '' : `prefix "${t.prefix}" `}` +
    (t.size === undefined ? '' : `snaplen ${t.size} `) +
    (t.threshold ? `queue-threshold ${t.threshold} ` : '') +
    `group ${t.group}`,
  native: (t) =>
    `log${t.prefix === '' ? '' : ` prefix "${t.prefix}"`} group ${t.group}` +
    (t.size === undefined ? '' : ` snaplen ${t.size}`) +
    (t.threshold ? ` queue-threshold ${t.threshold}` : ''),
});

type NflogDraft = Draft<XtNflog> & { warn: (text: string) => void };

const RANGE_WARNING =
  'warn: --nflog-range has never worked and is no longer supported, please use --nflog-size instead\n';

function parseNflog(draft: NflogDraft, call: XtOptionCall<NflogId>): XtError | undefined {
  const { id, arg, value, warn } = call;
  draft.warn = warn;
  // The old range never reaches the kernel.
  if (id === 'range') return undefined;
  if (id !== 'prefix') draft[id] = value.num;
  else if (arg.includes('\n')) return parameterProblem(NO_NEWLINES);
  else draft.prefix = keep(arg, NFLOG_PREFIX);
  return undefined;
}

/** nflog_print(). */
const nflogText = (t: XtNflog, prefix: string): string =>
  (t.prefix === '' ? '' : ` ${prefix}nflog-prefix${saveString(t.prefix)}`) +
  (t.group === 0 ? '' : ` ${prefix}nflog-group ${t.group}`) +
  (t.size === undefined ? '' : ` ${prefix}nflog-size ${t.size}`) +
  (t.threshold ? ` ${prefix}nflog-threshold ${t.threshold}` : '');
