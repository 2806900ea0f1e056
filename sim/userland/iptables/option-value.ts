import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { addressBits, type Family, maskV4 } from '../../wire/ip';
import { parseMac } from '../../wire/mac';
import { gaiStrerror, getaddrinfo } from '../glibc/getaddrinfo';
import { numericHost } from '../glibc/inet-aton';
import {
  bad,
  good,
  type Parsed,
  type RuleContext,
  type XtOption,
  type XtOptionType,
  type XtValue,
} from './extension';
import { portByName } from './port';
import { parseProtocol } from './protocol';
import { strtoul, strtoulPrefix } from './strtoul';

/** An option's argument on its way through a parser of its type. */
interface Call {
  readonly extension: string;
  readonly option: XtOption;
  readonly arg: string;
  readonly rule: RuleContext;
}

type Values = Parsed<Partial<XtValue>>;

const EMPTY: XtValue = {
  num: 0,
  nums: [],
  nvals: 1,
  mark: 0,
  mask: 0,
  address: 0,
  addressMask: 0,
  prefixLen: 0,
  mac: 0,
};

/** xtopt_subparse[], libxtables/xtoptions.c: what the option's type makes of its argument. */
export function* parseValue(call: Call): Blocking<Parsed<XtValue>> {
  const { type } = call.option;
  const got =
    type === 'host' || type === 'hostmask' ? yield* parseHostMask(call) : parse(call, type);
  return got.ok ? good({ ...EMPTY, ...got.value }) : got;
}

const U32_MAX = 0xffff_ffff;
const U64_MAX = 2 ** 64;

function parse(call: Call, type: Exclude<XtOptionType, 'host' | 'hostmask'>): Values {
  switch (type) {
    case 'none':
      return good({});
    case 'uint8':
      return parseInteger(call, 255);
    case 'uint16':
      return parseInteger(call, 65_535);
    case 'uint32':
      return parseInteger(call, U32_MAX);
    case 'uint64':
      return parseInteger(call, U64_MAX);
    case 'uint8rc':
      return parseIntegers(call, 255);
    case 'uint16rc':
      return parseIntegers(call, 65_535);
    case 'uint32rc':
      return parseIntegers(call, U32_MAX);
    case 'uint64rc':
      return parseIntegers(call, U64_MAX);
    case 'double':
      return parseDouble(call);
    case 'string':
      return parseString(call);
    case 'tosmask':
      return parseTosMask(call);
    case 'markmask32':
      return parseMarkMask(call);
    case 'sysloglevel':
      return parseSyslogLevel(call);
    case 'protocol':
      return numbered(parseProtocol(call.arg));
    case 'port':
      return parseOnePort(call.arg);
    case 'portrc':
      return parsePorts(call);
    case 'plen':
    case 'plenmask':
      return parsePrefixLength(call, call.arg);
    case 'ethermac':
      return parseEtherMac(call.arg);
  }
}

const numbered = (got: Parsed<number>): Values => (got.ok ? good({ num: got.value }) : got);

/** %ju: 64 bits in full, which a double would round. */
const unsigned = (value: number): string =>
  value === U64_MAX ? '18446744073709551615' : String(value);

/** xtopt_parse_int(). */
function parseInteger({ extension, option, arg }: Call, typeMax: number): Values {
  const min = option.min ?? 0;
  const max = option.max ?? typeMax;
  const num = strtoul(arg, min, max);
  if (num !== undefined) return good({ num });
  return bad(
    `${extension}: bad value for option "--${option.name}", or out of range (${min}-${unsigned(max)}).\n`,
  );
}

const tooMany = ({ extension, option }: Call): Values =>
  bad(`${extension}: Too many components for option "--${option.name}" (max: 2)\n`);

/** xtopt_parse_mint(): numbers between colons; an empty one is the least or the most. */
function parseIntegers(call: Call, max: number): Values {
  const { extension, option } = call;
  const nums: number[] = [];
  let arg = call.arg;
  for (;;) {
    if (nums.length === 2) return tooMany(call);
    let rest = arg;
    if (arg === '' || arg.startsWith(':')) nums.push(nums.length === 1 ? max : 0);
    else {
      const got = strtoulPrefix(arg, 0, max);
      if (!got) {
        return bad(
          `${extension}: bad value for option "--${option.name}" near "${arg}", or out of range (0-${unsigned(max)}).\n`,
        );
      }
      if (got.rest !== '' && !got.rest.startsWith(':')) {
        return bad(
          `${extension}: Argument to "--${option.name}" has unexpected characters near "${got.rest}".\n`,
        );
      }
      nums.push(got.value);
      rest = got.rest;
    }
    if (rest === '') return good({ nums, nvals: nums.length, num: nums[0] ?? 0 });
    arg = rest.slice(1);
  }
}

/** xtopt_parse_float(). */
function parseDouble({ extension, option, arg }: Call): Values {
  const { min = 0, max = 0 } = option;
  const known = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(arg);
  const num = known ? Number(arg) : 0;
  if (known && (min === max || (num >= min && num <= max))) return good({ num });
  return bad(
    `${extension}: bad value for option "--${option.name}", or out of range (${min}-${max}).\n`,
  );
}

/** xtopt_parse_string(). */
function parseString({ option, arg }: Call): Values {
  const { min = 0, max = 0 } = option;
  if (min !== 0 && arg.length < min) {
    return bad(`Argument must have a minimum length of ${min} characters\n`);
  }
  if (max !== 0 && arg.length > max) {
    return bad(`Argument must have a maximum length of ${max} characters\n`);
  }
  return good({});
}

const TOS_NAMES: ReadonlyMap<string, number> = new Map([
  ['minimize-delay', 0x10],
  ['maximize-throughput', 0x08],
  ['maximize-reliability', 0x04],
  ['minimize-cost', 0x02],
  ['normal-service', 0x00],
]);

/** xtopt_parse_tosmask(): in `mark` and `mask`; a name's mask is the option's `max`. */
function parseTosMask({ option, arg }: Call): Values {
  const got = strtoulPrefix(arg, 0, 255);
  if (!got) {
    const mark = TOS_NAMES.get(arg.toLowerCase());
    if (mark === undefined) return bad(`Symbolic name "${arg}" is unknown`);
    return good({ mark, mask: option.max ?? 0 });
  }
  if (got.rest === '') return good({ mark: got.value, mask: 255 });
  const mask = got.rest.startsWith('/') ? strtoul(got.rest.slice(1), 0, 255) : undefined;
  return mask === undefined ? bad(`Illegal value: "${arg}"`) : good({ mark: got.value, mask });
}

/** xtables_parse_val_mask() without names. */
function parseMarkMask({ extension, option, arg }: Call): Values {
  const badValue = bad(
    `${extension}: bad integer value for option "--${option.name}", or out of range.\n`,
  );
  const value = strtoulPrefix(arg, 0, U32_MAX);
  if (!value) return badValue;
  if (value.rest === '') return good({ mark: value.value, mask: U32_MAX });
  const mask = value.rest.startsWith('/') ? strtoulPrefix(value.rest.slice(1), 0, U32_MAX) : value;
  if (!mask) return badValue;
  if (mask.rest === '') return good({ mark: value.value, mask: mask.value });
  return bad(`${extension}: trailing garbage after value for option "--${option.name}".\n`);
}

const SYSLOG_LEVELS: ReadonlyMap<string, number> = new Map([
  ['alert', 1],
  ['crit', 2],
  ['debug', 7],
  ['emerg', 0],
  ['error', 3],
  ['info', 6],
  ['notice', 5],
  ['panic', 0],
  ['warning', 4],
]);

/** xtopt_parse_sysloglevel(). */
function parseSyslogLevel({ arg }: Call): Values {
  const num = strtoul(arg, 0, 7) ?? SYSLOG_LEVELS.get(arg);
  return num === undefined ? bad(`log level "${arg}" unknown\n`) : good({ num });
}

/** xtopt_parse_port(). */
function parseOnePort(text: string): Values {
  const num = portByName(text);
  return num === undefined ? bad(`Port "${text}" does not resolve to anything.\n`) : good({ num });
}

/** xtopt_parse_mport(). */
function parsePorts(call: Call): Values {
  const parts = call.arg.split(':');
  const nums = [0, 65_535];
  for (const [i, part] of parts.entries()) {
    if (i === 2) return tooMany(call);
    if (part === '') continue;
    const port = parseOnePort(part);
    if (!port.ok) return port;
    nums[i] = port.value.num ?? 0;
  }
  if (parts.length === 1) nums[1] = nums[0] ?? 0;
  return good({ nums, nvals: 2, num: nums[0] ?? 0 });
}

/** The mask of a prefix length in either family. */
export const prefixMask = (family: Family, length: number): Ip =>
  family === 4 ? maskV4(length) : ((1n << BigInt(length)) - 1n) << BigInt(128 - length);

/** xtables_ipmask_to_cidr(): undefined where the mask's ones are not together. */
export function maskLength(mask: Ip): number | undefined {
  const family: Family = typeof mask === 'number' ? 4 : 6;
  const bits = mask.toString(2).padStart(addressBits(family), '0');
  return /^1*0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : undefined;
}

/** xtopt_parse_plen(), xtopt_parse_plenmask(): a length, or a whole mask. */
function parsePrefixLength({ extension, option, rule }: Call, text: string): Values {
  const bits = addressBits(rule.family);
  const length = strtoul(text, 0, bits);
  if (length !== undefined) {
    return good({
      num: length,
      prefixLen: length,
      addressMask: prefixMask(rule.family, length),
    });
  }
  const mask = numericHost(text)?.addr;
  const fits = mask !== undefined && (typeof mask === 'number') === (rule.family === 4);
  if (fits) {
    const prefixLen = maskLength(mask) ?? bits;
    return good({ num: prefixLen, prefixLen, addressMask: prefixMask(rule.family, prefixLen) });
  }
  return bad(
    `${extension}: bad value for option "--${option.name}", neither a valid network mask nor valid CIDR (0-${bits}).\n`,
  );
}

/** xtopt_parse_host(), xtopt_parse_hostmask(): a name or an address, and `/length` where it may stand. */
function* parseHostMask(call: Call): Blocking<Values> {
  const { arg, option, rule } = call;
  const slash = option.type === 'hostmask' ? arg.indexOf('/') : -1;
  const name = slash < 0 ? arg : arg.slice(0, slash);
  const found = yield* getaddrinfo(rule.proc, name, rule.family);
  if (typeof found === 'string') return bad(`getaddrinfo: ${gaiStrerror(found)}\n`);
  const [address, ...more] = found.addresses;
  if (address === undefined) return bad(`getaddrinfo: ${gaiStrerror('NONAME')}\n`);
  if (more.some((other) => other !== address)) {
    return bad(`${name} resolves to more than one address\n`);
  }
  if (slash >= 0) {
    const mask = parsePrefixLength(call, arg.slice(slash + 1));
    return mask.ok ? good({ ...mask.value, address }) : mask;
  }
  const bits = addressBits(rule.family);
  return good({ address, prefixLen: bits, addressMask: prefixMask(rule.family, bits) });
}

/** xtopt_parse_ethermac(). */
function parseEtherMac(text: string): Values {
  const mac = parseMac(text);
  return mac === undefined ? bad('Invalid MAC address specified.') : good({ mac });
}
