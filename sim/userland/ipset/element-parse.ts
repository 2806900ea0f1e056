import { ok } from '../../base/result';
import type { IpSet } from '../../linux/netfilter/ipset/ip-set';
import type { IpSetDimension, IpSetElement } from '../../linux/netfilter/ipset/ip-set-type';
import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { addressBits, broadcastOf, type Family, networkOf } from '../../wire/ip';
import { parseMac } from '../../wire/mac';
import { type Addresses, networksOf, parseAddresses } from './address';
import { parsePorts, parseProtoPort } from './port';
import { kernelProblem, type Parsed, separatorWord, syntax } from './problem';

/** What one text stands for: one element or several, made one at a time. */
export interface Elements {
  readonly all: () => Generator<IpSetElement>;
  /** The element that the text names itself, for what `test` says. */
  readonly first: IpSetElement;
}

type Choices = () => Generator<IpSetElement>;

/** ipset_parse_elem(): parts between commas, one for each dimension. */
export function* parseElement(proc: Proc, set: IpSet, text: string): Blocking<Parsed<Elements>> {
  const { dimensions } = set.type;
  const parts = text.split(',');
  if (parts.length > dimensions.length) return tooMany(set, text, parts.length);
  let choices: Choices = function* () {
    yield {};
  };
  for (const [i, dimension] of dimensions.entries()) {
    const part = parts[i];
    if (part === undefined) {
      if (dimension === 'mac') break;
      return syntax(`${i === 1 ? 'Second' : 'Third'} element is missing from ${text}.`);
    }
    const parsed = yield* parsePart(proc, set, { dimension, text: part });
    if (!parsed.ok) return parsed;
    choices = product(choices, parsed.value);
  }
  const [first = {}] = choices();
  return ok({ all: choices, first });
}

function tooMany(set: IpSet, text: string, count: number): Parsed<never> {
  const word = separatorWord(set.type);
  const given =
    count === 2 ? 'Elem separator' : count === 3 ? 'Two elem separators' : 'Three elem separators';
  return syntax(`${given} in ${text}, but settype ${set.type.name} supports ${word}.`);
}

const product = (left: Choices, right: Choices): Choices =>
  function* () {
    for (const a of left()) for (const b of right()) yield { ...a, ...b };
  };

const single = (element: IpSetElement): Choices =>
  function* () {
    yield element;
  };

interface Part {
  readonly dimension: IpSetDimension;
  readonly text: string;
}

function* parsePart(proc: Proc, set: IpSet, part: Part): Blocking<Parsed<Choices>> {
  const { dimension, text } = part;
  const family = set.options.family ?? 4;
  switch (dimension) {
    case 'ip':
    case 'net':
    case 'ip2':
    case 'net2': {
      const given = yield* parseAddresses(proc, text, family);
      if (!given.ok) return given;
      const whole = given.value.prefixLen === 0 && (dimension === 'ip' || dimension === 'ip2');
      if (whole) return kernelProblem('INVALID_CIDR');
      return ok(addressChoices(dimension, given.value, family));
    }
    case 'port':
      return portChoices(set, text);
    case 'mac': {
      const mac = parseMac(text);
      return mac === undefined
        ? syntax(`cannot parse '${text}' as ethernet address`)
        : ok(single({ mac }));
    }
    case 'iface':
      return ok(single(ifaceOf(text)));
    case 'set':
      return ok(single({ set: text }));
  }
}

const PHYSDEV = 'physdev:';

const ifaceOf = (text: string): IpSetElement =>
  text.startsWith(PHYSDEV)
    ? { iface: text.slice(PHYSDEV.length), physdev: true }
    : { iface: text, physdev: undefined };

function portChoices(set: IpSet, text: string): Parsed<Choices> {
  const bitmap = set.type.kind === 'bitmap';
  const ports = bitmap
    ? parsePorts(text.replace(/^(tcp|udp):/, ''), 6, 'tcp')
    : parseProtoPort(text);
  if (!ports.ok) return ports;
  const { proto, first, last } = ports.value;
  return ok(function* () {
    for (let port = first; port <= last; port++) yield bitmap ? { port } : { proto, port };
  });
}

/** An address dimension takes a network as all its addresses, a network dimension as itself. */
function addressChoices(
  dimension: 'ip' | 'net' | 'ip2' | 'net2',
  given: Addresses,
  family: Family,
): Choices {
  const make = maker(dimension);
  const bits = addressBits(family);
  const { first, last, prefixLen } = given;
  const isNet = dimension === 'net' || dimension === 'net2';
  if (isNet) {
    if (typeof first === 'number' && typeof last === 'number') {
      return function* () {
        for (const network of networksOf(first, last)) yield make(network.ip, network.prefixLen);
      };
    }
    return single(make(first, prefixLen ?? bits));
  }
  if (typeof first !== 'number' || dimension === 'ip2') return single(make(first, undefined));
  const from = prefixLen === undefined ? first : Number(networkOf(first, prefixLen));
  const end = prefixLen === undefined ? (last ?? first) : broadcastOf(first, prefixLen);
  return function* () {
    for (let ip = from; ip <= Number(end); ip++) yield make(ip, undefined);
  };
}

function maker(
  dimension: 'ip' | 'net' | 'ip2' | 'net2',
): (ip: Ip, prefixLen: number | undefined) => IpSetElement {
  return dimension === 'ip' || dimension === 'net'
    ? (ip, prefixLen) => ({ ip, prefixLen })
    : (ip, prefixLen) => ({ ip2: ip, prefixLen2: prefixLen });
}
