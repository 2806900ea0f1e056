import { strerror } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import { delRoute, newRoute, type RouteRequest } from '../../linux/rtnetlink/route';
import type { Process } from '../../linux/wait-queue';
import { maskV4, networkOf, parseIpv4 } from '../../wire/ip';
import { formatRoutes } from './route-table';
import { INET_ROUTE_USAGE, ROUTE_USAGE } from './usage';

interface Failure {
  readonly text: string;
  readonly code: number;
}

interface Parsed {
  target?: number;
  prefixLen?: number;
  gateway?: number;
  metric: number;
  mss?: number;
  window?: number;
  dev?: string;
  reject: boolean;
}

/** route.c of net-tools 2.10, for IPv4. */
export function* route(proc: Proc, argv: readonly string[]): Process {
  let numeric = false;
  let at = 1;
  for (; argv[at]?.startsWith('-'); at++) {
    const option = argv[at] ?? '';
    if (option === '-V' || option === '--version') {
      yield* print(proc, 'net-tools 2.10\n');
      return 0;
    }
    if (/^-[nve4]+$/.test(option) || option === '--numeric' || option === '--inet') {
      if (option.includes('n')) numeric = true;
    } else if (/^-[6CF]+$|^--inet6$|^-A$|^--cache$/.test(option)) {
      yield* printError(proc, `hopwise: route: ${option} is not simulated\n`);
      return 2;
    } else {
      yield* printError(proc, ROUTE_USAGE);
      return 3;
    }
  }
  const verb = argv[at];
  if (verb === undefined) {
    yield* print(proc, formatRoutes(proc.netns, numeric));
    return 0;
  }
  if (verb !== 'add' && verb !== 'del' && verb !== 'delete') {
    yield* printError(proc, ROUTE_USAGE);
    return 3;
  }
  const failure = change(proc, verb === 'add', argv.slice(at + 1));
  if (!failure) return 0;
  yield* printError(proc, failure.text);
  return failure.code;
}

/** INET_setroute(), lib/inet_sr.c. */
function change(proc: Proc, add: boolean, words: readonly string[]): Failure | undefined {
  const parsed = parse(words);
  if ('text' in parsed) return parsed;
  const call = add ? 'SIOCADDRT' : 'SIOCDELRT';
  const dev = parsed.dev === undefined ? undefined : proc.netns.deviceByName(parsed.dev);
  if (parsed.dev !== undefined && !dev) {
    return { text: `${call}: ${strerror('ENODEV')}\n`, code: 7 };
  }
  const { gateway, metric, mss, window, reject } = parsed;
  const request: RouteRequest = {
    family: 4,
    dst: parsed.target ?? 0,
    prefixLen: parsed.prefixLen ?? 0,
    oif: dev?.ifindex,
    via: gateway,
    priority: metric > 0 ? metric : undefined,
    metrics: {
      ...(mss === undefined ? {} : { advmss: mss }),
      ...(window === undefined ? {} : { window }),
    },
    ...(add && {
      type: reject ? 'unreachable' : 'unicast',
      protocol: 3,
      scope: reject ? 254 : gateway === undefined ? 253 : 0,
    }),
  };
  if (add && gateway === undefined && !dev && !reject) {
    return { text: `${call}: ${strerror('ENODEV')}\n`, code: 7 };
  }
  const flags = { create: true, excl: false, replace: false, append: false };
  const done = add ? newRoute(proc.netns, request, flags) : delRoute(proc.netns, request);
  if (done.ok) return undefined;
  return { text: `${call}: ${strerror(done.error.errno)}\n`, code: 7 };
}

const usage: Failure = { text: INET_ROUTE_USAGE, code: 3 };
const badHost = (word: string): Failure => ({
  text: `${word}: Host name lookup failure\n`,
  code: 6,
});

function parse(words: readonly string[]): Parsed | Failure {
  const parsed: Parsed = { metric: 0, reject: false };
  let i = 0;
  let kind: 'net' | 'host' | undefined;
  if (words[i] === '-net' || words[i] === '-host') kind = words[i++] === '-net' ? 'net' : 'host';
  const failure = takeTarget(parsed, words[i++], kind);
  if (failure) return failure;
  let mask: number | undefined;
  while (i < words.length) {
    const word = words[i++] ?? '';
    if (word === 'reject') parsed.reject = true;
    else if (word === 'mod' || word === 'dyn' || word === 'reinstate') continue;
    else {
      const valued = /^(metric|netmask|gw|gateway|mss|window|irtt|dev|device)$/.test(word);
      const value = valued ? words[i++] : word;
      if (value === undefined) return usage;
      if (word === 'netmask') {
        mask = parseIpv4(value);
        if (mask === undefined) return badHost(value);
      } else {
        const wrong = takeOption(parsed, valued ? word : 'dev', value);
        if (wrong) return wrong;
      }
    }
  }
  return mask === undefined ? checked(parsed) : checked({ ...parsed, prefixLen: lengthOf(mask) });
}

function takeTarget(
  parsed: Parsed,
  word: string | undefined,
  kind: 'net' | 'host' | undefined,
): Failure | undefined {
  if (word === undefined) return usage;
  if (word === 'default') {
    parsed.target = 0;
    parsed.prefixLen = 0;
    return undefined;
  }
  const [text = '', length] = word.split('/');
  const ip = parseIpv4(text);
  if (ip === undefined) return badHost(text);
  parsed.target = ip;
  if (length !== undefined) parsed.prefixLen = Number.parseInt(length, 10) || 0;
  else parsed.prefixLen = kind === 'net' ? classLength(ip) : 32;
  return undefined;
}

function takeOption(parsed: Parsed, word: string, value: string): Failure | undefined {
  switch (word) {
    case 'gw':
    case 'gateway': {
      const ip = parseIpv4(value);
      if (ip === undefined) return badHost(value);
      parsed.gateway = ip;
      return undefined;
    }
    case 'metric':
      if (!/^\d+$/.test(value)) return usage;
      parsed.metric = Number(value);
      return undefined;
    case 'mss':
    case 'window':
      parsed[word] = Number.parseInt(value, 10) || 0;
      return undefined;
    case 'irtt':
      return { text: 'hopwise: route: irtt is not simulated\n', code: 2 };
    default:
      parsed.dev = value;
      return undefined;
  }
}

function checked(parsed: Parsed): Parsed | Failure {
  const { target = 0, prefixLen = 0 } = parsed;
  if (networkOf(target, prefixLen) === target) return parsed;
  return { text: `route: netmask doesn't match route address\n${INET_ROUTE_USAGE}`, code: 3 };
}

/** The default mask of a network by its class, long enough for its bits. */
function classLength(ip: number): number {
  const base = ip >>> 31 === 0 ? 8 : ip >>> 30 === 2 ? 16 : 24;
  let length = base;
  while (length < 32 && networkOf(ip, length) !== ip) length += 8;
  return ip === 0 ? 0 : length;
}

function lengthOf(mask: number): number {
  let bits = 0;
  while (bits < 32 && maskV4(bits) !== mask) bits++;
  return bits;
}
