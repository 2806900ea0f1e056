import { ok } from '../../base/result';
import { IP_SET_TYPES, type IpSetOptions } from '../../linux/netfilter/ipset/ip-set-type';
import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { addressBits, broadcastOf, type Family, networkOf } from '../../wire/ip';
import { parseAddresses } from './address';
import { parseNumber } from './number';
import { parsePorts } from './port';
import { misuse, notSimulated, type Parsed, syntax } from './problem';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Draft = Mutable<IpSetOptions>;

const U32_MAX = 0xffff_ffff;
/** IPSET_MAX_TIMEOUT. */
export const MAX_TIMEOUT = 2_147_483;

/** Types of ipset 7.17 that the kernel here does not have: a bare name is what the tool knows. */
const KNOWN_TYPES: readonly string[] = [
  ...IP_SET_TYPES.map((type) => type.name),
  'hash:mac',
  'hash:ip,mac',
  'hash:ip,mark',
  'hash:net,net',
  'hash:net,port,net',
];

/** Names of ipset 4. */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ['ipmap', 'bitmap:ip'],
  ['macipmap', 'bitmap:ip,mac'],
  ['portmap', 'bitmap:port'],
  ['iphash', 'hash:ip'],
  ['nethash', 'hash:net'],
  ['ipporthash', 'hash:ip,port'],
  ['ipportiphash', 'hash:ip,port,ip'],
  ['ipportnethash', 'hash:ip,port,net'],
  ['setlist', 'list:set'],
  ['machash', 'hash:mac'],
]);

/** ipset_typename_resolve(). */
export function typeNamed(text: string): Parsed<string> {
  const name = OLD_NAMES.get(text) ?? text;
  return KNOWN_TYPES.includes(name) ? ok(name) : syntax(`typename '${text}' is unknown`);
}

const ANYWHERE = ['timeout', 'counters', 'comment', 'skbinfo'] as const;

/** Which options a type's `create` takes. */
function allowed(typeName: string): readonly string[] {
  if (typeName.startsWith('list')) return [...ANYWHERE, 'size'];
  if (typeName === 'bitmap:ip') return [...ANYWHERE, 'range', 'netmask'];
  if (typeName.startsWith('bitmap')) return [...ANYWHERE, 'range'];
  const masks = typeName === 'hash:ip' || typeName === 'hash:ip,port' ? ['netmask', 'bitmask'] : [];
  const mark = typeName === 'hash:ip,mark' ? ['markmask'] : [];
  const hash = ['family', '-4', '-6', 'hashsize', 'maxelem', 'forceadd', 'bucketsize', 'initval'];
  return [...ANYWHERE, ...hash, ...masks, ...mark];
}

const FLAGS: readonly string[] = ['counters', 'comment', 'skbinfo', 'forceadd', '-4', '-6'];

/** The options after SETNAME TYPENAME. */
export function* parseCreateOptions(
  proc: Proc,
  typeName: string,
  words: readonly string[],
): Blocking<Parsed<IpSetOptions>> {
  const draft: Draft = {
    family: typeName.startsWith('hash') ? 4 : typeName.startsWith('bitmap:ip') ? 4 : undefined,
    hashsize: 1024,
    maxelem: 65_536,
    bucketsize: 12,
    initval: proc.host.kernel.random.stream('ip_set').u32(),
    netmask: undefined,
    range: undefined,
    size: typeName.startsWith('list') ? 8 : undefined,
    timeout: undefined,
    counters: false,
    comment: false,
    skbinfo: false,
    forceadd: false,
  };
  for (let i = 0; i < words.length; i++) {
    const name = words[i] ?? '';
    if (!allowed(typeName).includes(name)) return misuse(`Unknown argument: \`${name}'`);
    const value = FLAGS.includes(name) ? '' : words[++i];
    if (value === undefined) return misuse(`Missing mandatory argument of option \`${name}'`);
    const problem = yield* setOption(draft, { proc, typeName, name, value });
    if (!problem.ok) return problem;
  }
  if (typeName.startsWith('bitmap') && !draft.range) {
    return misuse("Mandatory option `range' is missing");
  }
  return ok(draft);
}

interface Given {
  readonly proc: Proc;
  readonly typeName: string;
  readonly name: string;
  readonly value: string;
}

function* setOption(draft: Draft, given: Given): Blocking<Parsed<void>> {
  const { name, value } = given;
  switch (name) {
    case 'counters':
    case 'comment':
    case 'skbinfo':
    case 'forceadd':
      draft[name] = true;
      return ok(undefined);
    case '-4':
    case '-6':
      draft.family = name === '-4' ? 4 : 6;
      return ok(undefined);
    case 'family':
      return setFamily(draft, value);
    case 'range':
      return yield* setRange(draft, given);
    case 'netmask':
      return setNetmask(draft, value);
    case 'bitmask':
      return notSimulated(`create: ${name}`);
    default:
      return setNumber(draft, name, value);
  }
}

function setFamily(draft: Draft, value: string): Parsed<void> {
  const families: ReadonlyMap<string, Family> = new Map([
    ['inet', 4],
    ['ipv4', 4],
    ['-4', 4],
    ['inet6', 6],
    ['ipv6', 6],
    ['-6', 6],
  ]);
  const family = families.get(value);
  if (family === undefined) return syntax(`unknown inet family ${value}`);
  draft.family = family;
  return ok(undefined);
}

function setNetmask(draft: Draft, value: string): Parsed<void> {
  const bits = addressBits(draft.family ?? 4);
  const length = parseNumber(value, 1, bits);
  if (!length.ok) {
    const { text } = length.error;
    return {
      ok: false,
      error: {
        status: 1,
        text: `${text}\nSyntax error: netmask is out of the inclusive range of 1-${bits}`,
      },
    };
  }
  draft.netmask = length.value;
  return ok(undefined);
}

const LIMITS: Readonly<Record<string, readonly [min: number, max: number]>> = {
  timeout: [0, MAX_TIMEOUT],
  hashsize: [0, U32_MAX],
  maxelem: [0, U32_MAX],
  bucketsize: [0, 254],
  initval: [0, U32_MAX],
  size: [0, U32_MAX],
  markmask: [1, U32_MAX],
};

function setNumber(draft: Draft, name: string, value: string): Parsed<void> {
  const [min, max] = LIMITS[name] ?? [0, U32_MAX];
  const number = parseNumber(value, min, max);
  if (!number.ok) return number;
  if (name === 'hashsize') draft.hashsize = tableSize(number.value);
  else if (name === 'bucketsize') draft.bucketsize = Math.max(2, number.value + (number.value % 2));
  else if (name === 'timeout' || name === 'maxelem' || name === 'initval' || name === 'size') {
    draft[name] = number.value;
  }
  return ok(undefined);
}

/** IPSET_MIMINAL_HASHSIZE and the next power of two. */
const tableSize = (asked: number): number => 2 ** Math.ceil(Math.log2(Math.max(asked, 64)));

function* setRange(draft: Draft, { proc, typeName, value }: Given): Blocking<Parsed<void>> {
  if (typeName === 'bitmap:port') {
    const ports = parsePorts(value.replace(/^[a-z]+:/, ''), 6, 'tcp');
    if (!ports.ok) return ports;
    draft.range = { min: ports.value.first, max: ports.value.last };
    return ok(undefined);
  }
  const given = yield* parseAddresses(proc, value, 4);
  if (!given.ok) return given;
  const { first, last, prefixLen } = given.value;
  if (typeof first !== 'number') return syntax(`cannot parse ${value}`);
  const min = prefixLen === undefined ? first : Number(networkOf(first, prefixLen));
  const max = prefixLen === undefined ? last : broadcastOf(first, prefixLen);
  draft.range = { min, max: typeof max === 'number' ? max : min };
  return ok(undefined);
}
