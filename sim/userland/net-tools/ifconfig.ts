import type { NetDevice } from '../../linux/device/net-device';
import { strerror } from '../../linux/errno';
import type { InIfaddr } from '../../linux/ip/address';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import { delAddress, newAddress } from '../../linux/rtnetlink/addr';
import { changeLink, type LinkAttributes } from '../../linux/rtnetlink/link';
import type { Rtnl } from '../../linux/rtnetlink/netlink-error';
import type { Process } from '../../linux/wait-queue';
import { broadcastOf, maskV4, parseIpv4 } from '../../wire/ip';
import { parseEther } from './hardware-address';
import { changeInet6 } from './ifconfig-inet6';
import { formatLong, formatShort, interfaces } from './ifconfig-print';
import { IFCONFIG_USAGE } from './usage';

/** What the arguments after the interface's name ask for. */
interface Request {
  readonly name: string;
  address?: number;
  mask?: number;
  broadcast?: number;
  readonly link: { -readonly [K in keyof LinkAttributes]: LinkAttributes[K] };
  readonly add6: string[];
  readonly del6: string[];
}

interface Failure {
  readonly text: string;
  readonly code: number;
}

/** ifconfig.c of net-tools 2.10. */
export function* ifconfig(proc: Proc, argv: readonly string[]): Process {
  const options = new Set<string>();
  let at = 1;
  for (; argv[at]?.startsWith('-'); at++) options.add(argv[at] ?? '');
  if (options.has('--version') || options.has('-V')) return yield* done(proc, 'net-tools 2.10\n');
  if (options.has('-?') || options.has('-h') || options.has('--help')) {
    yield* printError(proc, IFCONFIG_USAGE);
    return 3;
  }
  const name = argv[at];
  const all = options.has('-a');
  const short = options.has('-s');
  if (name === undefined || argv.length === at + 1) return yield* show(proc, { name, all, short });
  const failure = apply(proc, name, argv.slice(at + 1));
  if (!failure) return 0;
  yield* printError(proc, failure.text);
  return failure.code;
}

function* done(proc: Proc, text: string): Process {
  yield* print(proc, text);
  return 0;
}

const SHORT_HEADER =
  'Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n';

function* show(
  proc: Proc,
  what: { readonly name: string | undefined; readonly all: boolean; readonly short: boolean },
): Process {
  const shown = interfaces(proc.netns.devices()).filter((one) =>
    what.name === undefined ? what.all || one.dev.up : one.name === what.name,
  );
  if (what.name !== undefined && shown.length === 0) {
    yield* printError(
      proc,
      `${what.name}: error fetching interface information: Device not found\n`,
    );
    return 1;
  }
  const lines = shown.map((one) => (what.short ? formatShort(one) : formatLong(one)));
  return yield* done(proc, (what.short ? SHORT_HEADER : '') + lines.join(''));
}

const badHost = (word: string): Failure => ({
  text: `${word}: Host name lookup failure\nifconfig: \`--help' gives usage information.\n`,
  code: 1,
});

/** main()'s loop over the words, then the ioctls in the order of their effect. */
function apply(proc: Proc, name: string, words: readonly string[]): Failure | undefined {
  const request: Request = { name, link: {}, add6: [], del6: [] };
  const failure = parse(request, words);
  if (failure) return failure;
  const dev = proc.netns.deviceByName(name.replace(/:.*/, ''));
  if (!dev) {
    const first = request.address === undefined ? '' : 'SIOCSIFADDR: No such device\n';
    const text = `${first}${name}: ERROR while getting interface flags: No such device\n`;
    return { text, code: 255 };
  }
  return (
    setAddress(proc, dev, request) ??
    changeInet6(proc, dev, { add: request.add6, del: request.del6 }) ??
    setLink(proc, dev, request)
  );
}

/** Switches with an optional minus, and what they set. */
const SWITCHES: Readonly<Record<string, keyof LinkAttributes>> = {
  promisc: 'promisc',
  arp: 'arp',
  allmulti: 'allmulticast',
  multicast: 'multicast',
};

function parse(request: Request, words: readonly string[]): Failure | undefined {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const value = words[i + 1];
    const key = SWITCHES[word.replace(/^-/, '')];
    if (word === 'up' || word === 'down') request.link.up = word === 'up';
    else if (key === 'promisc' || key === 'arp' || key === 'allmulticast' || key === 'multicast') {
      request.link[key] = !word.startsWith('-');
    } else if (word === 'inet') continue;
    else if (VALUED.has(word)) {
      if (value === undefined) return { text: IFCONFIG_USAGE, code: 3 };
      i += word === 'hw' ? 2 : 1;
      const failure = takeValue(request, word, word === 'hw' ? (words[i] ?? '') : value);
      if (failure) return failure;
    } else if (ABSENT.has(word)) {
      return { text: `hopwise: ifconfig: ${word} is not simulated\n`, code: 2 };
    } else {
      const failure = takeAddress(request, word);
      if (failure) return failure;
    }
  }
  return undefined;
}

const VALUED = new Set(['netmask', 'broadcast', 'mtu', 'hw', 'txqueuelen', 'name', 'add', 'del']);
const ABSENT = new Set(
  'pointopoint -pointopoint dstaddr tunnel trailers -trailers metric keepalive outfill media'.split(
    ' ',
  ),
);

function takeValue(request: Request, word: string, value: string): Failure | undefined {
  switch (word) {
    case 'netmask':
    case 'broadcast': {
      const ip = parseIpv4(value);
      if (ip === undefined) return badHost(value);
      request[word === 'netmask' ? 'mask' : 'broadcast'] = ip;
      return undefined;
    }
    case 'mtu':
      request.link.mtu = Number.parseInt(value, 10) || 0;
      return undefined;
    case 'txqueuelen':
      request.link.txQueueLen = Number.parseInt(value, 10) || 0;
      return undefined;
    case 'name':
      request.link.name = value;
      return undefined;
    case 'hw': {
      const mac = parseEther(value);
      if (mac === undefined) return { text: `${value}: invalid ether address.\n`, code: 1 };
      request.link.address = mac;
      return undefined;
    }
    default:
      (word === 'add' ? request.add6 : request.del6).push(value);
      return undefined;
  }
}

/** `10.0.0.1` or `10.0.0.1/24`. */
function takeAddress(request: Request, word: string): Failure | undefined {
  const [text = '', length] = word.split('/');
  const ip = text === 'default' ? 0 : parseIpv4(text);
  if (ip === undefined) return badHost(word);
  request.address = ip;
  if (length !== undefined) request.mask = maskV4(Math.min(32, Number.parseInt(length, 10) || 0));
  return undefined;
}

/** inet_abc_len(), net/ipv4/devinet.c: the length that an address had by its class. */
function classLength(ip: number): number {
  if (ip === 0 || ip >>> 28 === 0xf) return 0;
  if (ip >>> 31 === 0) return 8;
  return ip >>> 30 === 2 ? 16 : 24;
}

const lengthOf = (mask: number): number => {
  let bits = 0;
  while (bits < 32 && maskV4(bits) !== mask) bits++;
  return bits;
};

/**
 * devinet_ioctl(): SIOCSIFADDR replaces the address of that label; SIOCSIFNETMASK and
 * SIOCSIFBRDADDR follow.
 */
function setAddress(proc: Proc, dev: NetDevice, request: Request): Failure | undefined {
  const { address, mask, broadcast } = request;
  if (address === undefined && mask === undefined && broadcast === undefined) return undefined;
  const old = dev.inDev.addresses.find((a) => a.label === request.name);
  const local = address ?? old?.local;
  if (local === undefined) {
    const call = mask === undefined ? 'SIOCSIFBRDADDR' : 'SIOCSIFNETMASK';
    return { text: `${call}: ${strerror('EADDRNOTAVAIL')}\n`, code: 1 };
  }
  if (old) removeAddress(proc, old);
  if (address === 0) return undefined;
  const kept = address === undefined && old ? old.prefixLen : classLength(local);
  const prefixLen = mask === undefined ? kept : lengthOf(mask);
  const request4 = {
    dev,
    local,
    prefixLen,
    label: request.name,
    broadcast: broadcast ?? (prefixLen < 31 ? broadcastOf(local, prefixLen) : undefined),
    scope: local >>> 24 === 127 ? 254 : 0,
  };
  const flags = { create: true, excl: true, replace: false };
  const failure = check('SIOCSIFADDR', newAddress(proc.netns, request4, flags));
  request.link.up ??= true;
  return failure;
}

const removeAddress = (proc: Proc, a: InIfaddr): Rtnl =>
  delAddress(proc.netns, {
    dev: a.dev,
    local: a.local,
    peer: a.address,
    prefixLen: a.prefixLen,
    label: a.label,
  });

function setLink(proc: Proc, dev: NetDevice, request: Request): Failure | undefined {
  const { mtu, address, txQueueLen, name, ...flags } = request.link;
  const calls: readonly (readonly [string, LinkAttributes])[] = [
    ['SIOCSIFMTU', mtu === undefined ? {} : { mtu }],
    ['SIOCSIFHWADDR', address === undefined ? {} : { address }],
    ['SIOCSIFTXQLEN', txQueueLen === undefined ? {} : { txQueueLen }],
    ['SIOCSIFNAME', name === undefined ? {} : { name }],
    ['SIOCSIFFLAGS', flags],
  ];
  for (const [call, attrs] of calls) {
    if (Object.keys(attrs).length === 0) continue;
    if (request.name !== dev.name && call === 'SIOCSIFFLAGS' && flags.up === false) {
      const alias = dev.inDev.addresses.find((a) => a.label === request.name);
      if (alias) removeAddress(proc, alias);
      continue;
    }
    const failure = check(call, changeLink(proc.netns, dev, attrs));
    if (failure) return failure;
  }
  return undefined;
}

const check = (call: string, result: Rtnl): Failure | undefined =>
  result.ok
    ? undefined
    : {
        text: `${call}: ${strerror(result.error.errno)}\n`,
        code: call === 'SIOCSIFFLAGS' ? 255 : 1,
      };
