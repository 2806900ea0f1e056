import type { XtHashlimit } from '../../../linux/netfilter/xt-match';
import type { Family } from '../../../wire/ip';
import { formatIp } from '../../../wire/ip';
import {
  bad,
  good,
  matchExtension,
  notSimulated,
  type Parsed,
  parameterProblem,
  type XtError,
  type XtOption,
  type XtOptionCall,
} from '../extension';
import { prefixMask } from '../option-value';
import { badValue } from './bad-value';
import type { Draft } from './draft';
import {
  BYTE_EXPIRE,
  BYTE_EXPIRE_BURST,
  byteCount,
  byteRate,
  costToBytes,
  parseBurst,
  parseHashRate,
  SCALE,
} from './hashlimit-rate';
import { MATCH_HELP } from './help-text';
import { rateQuantum, rateWords } from './rate';
import { keep } from './save-string';

type Mode = XtHashlimit['mode'][number];
type Id =
  | 'upto'
  | 'above'
  | 'srcMask'
  | 'dstMask'
  | 'burst'
  | 'htableSize'
  | 'htableMax'
  | 'htableGcInterval'
  | 'htableExpire'
  | 'mode'
  | 'name'
  | 'rateMatch'
  | 'rateInterval';

/** In the order in which they are printed, and of their bits, which nft's words follow. */
const MODES: readonly Mode[] = ['srcip', 'srcport', 'dstip', 'dstport'];
const MODE_BITS: readonly Mode[] = ['dstip', 'dstport', 'srcip', 'srcport'];

/** XT_HASHLIMIT_BURST, XT_HASHLIMIT_GCINTERVAL; NAME_MAX of the list's name. */
const DEFAULT_BURST = 5;
const GC_INTERVAL = 1000;
const NAME_MAX = 255;

type HashDraft = Draft<XtHashlimit> & { mult: number };

const rate = (name: string, id: 'upto' | 'above'): XtOption & { readonly id: Id } => ({
  name,
  id,
  type: 'string',
  excl: [id === 'upto' ? 'above' : 'upto'],
  invert: true,
});

/** extensions/libxt_hashlimit.c, revision 3. */
export const hashlimit = matchExtension<XtHashlimit, HashDraft, Id>({
  name: 'hashlimit',
  own: (m) => (m.name === 'hashlimit' ? m : undefined),
  options: [
    rate('hashlimit-upto', 'upto'),
    rate('hashlimit-above', 'above'),
    rate('hashlimit', 'upto'),
    { name: 'hashlimit-srcmask', id: 'srcMask', type: 'plen' },
    { name: 'hashlimit-dstmask', id: 'dstMask', type: 'plen' },
    { name: 'hashlimit-burst', id: 'burst', type: 'string' },
    { name: 'hashlimit-htable-size', id: 'htableSize', type: 'uint32' },
    { name: 'hashlimit-htable-max', id: 'htableMax', type: 'uint32' },
    { name: 'hashlimit-htable-gcinterval', id: 'htableGcInterval', type: 'uint32' },
    { name: 'hashlimit-htable-expire', id: 'htableExpire', type: 'uint32' },
    { name: 'hashlimit-mode', id: 'mode', type: 'string' },
    { name: 'hashlimit-name', id: 'name', type: 'string', mandatory: true, min: 1 },
    { name: 'hashlimit-rate-match', id: 'rateMatch', type: 'none' },
    { name: 'hashlimit-rate-interval', id: 'rateInterval', type: 'string' },
  ],
  help: MATCH_HELP.hashlimit,
  init: ({ family }) => ({
    name: 'hashlimit',
    list: '',
    mode: [],
    above: false,
    avg: 0,
    bytes: false,
    burst: DEFAULT_BURST,
    srcMask: family === 4 ? 32 : 128,
    dstMask: family === 4 ? 32 : 128,
    htableSize: 0,
    htableMax: 0,
    htableExpire: 0,
    htableGcInterval: GC_INTERVAL,
    mult: 1,
  }),
  parse,
  finalCheck,
  build: ({ mult: _, ...draft }) => draft,
  print: (m, { family }) => text(m, family, PRINT),
  save: (m, family) => text(m, family, SAVE),
  xlate,
});

function parse(draft: HashDraft, call: XtOptionCall<Id>): XtError | undefined {
  const { id, arg, invert, name, value } = call;
  switch (id) {
    case 'upto':
    case 'above': {
      const got = parseHashRate(arg);
      if (!got) return badValue('hashlimit', `--hashlimit-${id}`, arg);
      if (!got.ok) return got.error;
      Object.assign(draft, got.value, { above: (id === 'above') !== invert });
      return undefined;
    }
    case 'burst': {
      const burst = parseBurst(arg);
      if (!burst.ok) return burst.error;
      draft.burst = burst.value;
      return undefined;
    }
    case 'mode': {
      const mode = parseMode(arg);
      if (!mode.ok) return badValue('hashlimit', '--hashlimit-mode', arg);
      draft.mode = mode.value;
      return undefined;
    }
    case 'name':
      draft.list = keep(arg, NAME_MAX);
      return undefined;
    case 'rateMatch':
    case 'rateInterval':
      return notSimulated(`match hashlimit: --${name}`);
    case 'srcMask':
    case 'dstMask':
      draft[id] = value.prefixLen;
      return undefined;
    default:
      draft[id] = value.num;
      return undefined;
  }
}

/** parse_mode(). */
function parseMode(arg: string): Parsed<readonly Mode[]> {
  const words = arg.split(/[,|]/).filter((word) => word !== '');
  const known = (word: string): boolean => MODES.some((mode) => mode === word);
  return words.every(known) ? good(MODES.filter((mode) => words.includes(mode))) : bad(arg);
}

/** hashlimit_mt_check(). */
function finalCheck(draft: HashDraft, flags: ReadonlySet<string>): XtError | undefined {
  if (!flags.has('upto') && !flags.has('above')) {
    return parameterProblem('You have to specify --hashlimit');
  }
  const expire = flags.has('htableExpire') ? draft.htableExpire : draft.mult * 1000;
  draft.htableExpire = expire;
  if (!draft.bytes) return undefined;
  if (!flags.has('burst')) {
    draft.burst = 0;
    return undefined;
  }
  const least = costToBytes(draft.avg);
  if (draft.burst < least) return parameterProblem(`burst cannot be smaller than ${least}b`);
  draft.burst = Math.ceil(draft.burst / Math.max(least, 1));
  if (!flags.has('htableExpire')) draft.htableExpire = BYTE_EXPIRE_BURST * 1000;
  return undefined;
}

/** Where -L and -S differ. */
interface Style {
  readonly above: string;
  readonly upto: string;
  readonly prefix: string;
  readonly between: string;
  readonly named: boolean;
}

const PRINT: Style = {
  above: ' limit: above',
  upto: ' limit: up to',
  prefix: '',
  between: '-',
  named: false,
};

const SAVE: Style = {
  above: ' --hashlimit-above',
  upto: ' --hashlimit-upto',
  prefix: '--hashlimit-',
  between: ',',
  named: true,
};

/** hashlimit_mt_print(), hashlimit_mt_save(): what is as it was without saying is left out. */
function text(m: XtHashlimit, family: Family, style: Style): string {
  const { prefix } = style;
  const whole = family === 4 ? 32 : 128;
  const quantum = m.bytes
    ? (m.burst === 0 ? BYTE_EXPIRE : BYTE_EXPIRE_BURST) * 1000
    : rateQuantum(m.avg, SCALE);
  const put = (name: string, value: number, usual: number): string =>
    value === usual ? '' : ` ${prefix}${name} ${value}`;
  return (
    (m.above ? style.above : style.upto) +
    (m.bytes
      ? byteText(m, prefix)
      : ` ${rateWords(m.avg, SCALE, 'short')} ${prefix}burst ${m.burst}`) +
    (m.mode.length > 0 ? ` ${prefix}mode ${m.mode.join(style.between)}` : '') +
    (style.named ? ` ${prefix}name ${m.list}` : '') +
    put('htable-size', m.htableSize, 0) +
    put('htable-max', m.htableMax, 0) +
    put('htable-gcinterval', m.htableGcInterval, GC_INTERVAL) +
    put('htable-expire', m.htableExpire, quantum) +
    put('srcmask', m.srcMask, whole) +
    put('dstmask', m.dstMask, whole)
  );
}

/** print_bytes(). */
function byteText(m: XtHashlimit, prefix: string): string {
  const each = byteRate(m.avg);
  const words = ` ${each.count}${each.unit}b/s`;
  if (m.burst === 0) return words;
  const burst = byteCount(costToBytes(m.avg) * m.burst);
  return `${words} ${prefix}burst ${burst.count}${burst.unit}b`;
}

/** hashlimit_mt_xlate(): only what has a mode can be told. */
function xlate(m: XtHashlimit, family: Family): string | undefined {
  if (m.mode.length === 0) return undefined;
  const ip = family === 4 ? 'ip' : 'ip6';
  const whole = family === 4 ? 32 : 128;
  const masked = (field: string, length: number): string =>
    length === whole ? field : `${field} and ${formatIp(prefixMask(family, length))}`;
  const words: Readonly<Record<Mode, string>> = {
    dstip: masked(`${ip} daddr`, m.dstMask),
    dstport: 'tcp dport',
    srcip: masked(`${ip} saddr`, m.srcMask),
    srcport: 'tcp sport',
  };
  const fields = MODE_BITS.filter((mode) => m.mode.includes(mode)).map((mode) => words[mode]);
  const timeout = m.htableExpire === 1000 ? '' : ` timeout ${Math.floor(m.htableExpire / 1000)}s`;
  return (
    `meter ${m.list} { ${fields.join(' . ')}${timeout} limit rate${m.above ? ' over' : ''} ` +
    `${m.bytes ? byteWords(m) : packetWords(m)} }`
  );
}

const packetWords = (m: XtHashlimit): string =>
  rateWords(m.avg, SCALE, 'long') + (m.burst === DEFAULT_BURST ? '' : ` burst ${m.burst} packets`);

/** print_bytes_rate_xlate(). */
function byteWords(m: XtHashlimit): string {
  const each = byteRate(m.avg);
  const words = `${each.count} ${each.unit}bytes/second`;
  if (m.burst === 0) return words;
  const burst = byteCount(costToBytes(m.avg) * m.burst);
  return `${words} burst ${burst.count} ${burst.unit}bytes`;
}
