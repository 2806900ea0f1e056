import { err, ok, type Result } from '../../base/result';
import type { DhcpOption } from '../../wire/dhcp';
import type { Ipv4, Mac } from '../../wire/frame';
import { parseIpv4 } from '../../wire/ip';
import { parseMac } from '../../wire/mac';
import { optionByName, parseOptionValue, parseTime } from './dhcp-option';

export const INFINITE = 0xffff_ffff;
/** DEFLEASE, config.h; the least that is given to anybody. */
const DEFAULT_LEASE = 3600;
const MIN_LEASE = 120;

/** struct dhcp_context: one dhcp-range. */
export interface DhcpRange {
  readonly start: Ipv4;
  readonly end: Ipv4;
  readonly netmask: Ipv4 | undefined;
  readonly broadcast: Ipv4 | undefined;
  readonly leaseSeconds: number;
  readonly isStatic: boolean;
  /** The tag that a client of this range gets, and those that it needs. */
  readonly sets: string | undefined;
  readonly needs: readonly string[];
}

/** struct dhcp_config: one dhcp-host. */
export interface DhcpHost {
  readonly macs: readonly Mac[];
  readonly clientId: string | undefined;
  readonly address: Ipv4 | undefined;
  readonly name: string | undefined;
  readonly leaseSeconds: number | undefined;
  readonly ignore: boolean;
  readonly sets: readonly string[];
}

/** struct dhcp_opt. */
export interface DhcpOptionConfig extends DhcpOption {
  readonly needs: readonly string[];
  /** dhcp-option-force: sent unasked. */
  readonly force: boolean;
}

/** The DHCP side of the configuration; the last of each kind comes first, as in dnsmasq's lists. */
export interface DhcpConfig {
  ranges: readonly DhcpRange[];
  hosts: readonly DhcpHost[];
  options: readonly DhcpOptionConfig[];
  leaseFile: string;
  authoritative: boolean;
  logOptions: boolean;
  quiet: boolean;
  noPing: boolean;
  sequential: boolean;
  maxLeases: number;
  readonly noInterfaces: string[];
}

export const newDhcpConfig = (): DhcpConfig => ({
  ranges: [],
  hosts: [],
  options: [],
  leaseFile: '/var/lib/misc/dnsmasq.leases',
  authoritative: false,
  logOptions: false,
  quiet: false,
  noPing: false,
  sequential: false,
  maxLeases: 1000,
  noInterfaces: [],
});

type Applied = Result<undefined, string>;
const DONE: Applied = ok(undefined);

/** One option; undefined where it is none of DHCP. */
export function applyDhcp(config: DhcpConfig, name: string, value: string): Applied | undefined {
  switch (name) {
    case 'dhcp-range':
      return keep(parseRange(value), (one) => {
        config.ranges = [one, ...config.ranges];
      });
    case 'dhcp-host':
      return keep(parseHost(value, config.hosts), (one) => {
        config.hosts = [one, ...config.hosts];
      });
    case 'dhcp-option':
    case 'dhcp-option-force':
      return keep(parseOption(value, name === 'dhcp-option-force'), (one) => {
        config.options = [one, ...config.options];
      });
    case 'dhcp-leasefile':
    case 'dhcp-lease':
      config.leaseFile = value;
      return DONE;
    case 'dhcp-lease-max':
      config.maxLeases = Number(value);
      return DONE;
    case 'no-dhcp-interface':
      config.noInterfaces.push(...value.split(','));
      return DONE;
    default:
      return applyFlag(config, name);
  }
}

function applyFlag(config: DhcpConfig, name: string): Applied | undefined {
  if (name === 'dhcp-authoritative') config.authoritative = true;
  else if (name === 'log-dhcp') config.logOptions = true;
  else if (name === 'quiet-dhcp') config.quiet = true;
  else if (name === 'no-ping') config.noPing = true;
  else if (name === 'dhcp-sequential-ip') config.sequential = true;
  else return undefined;
  return DONE;
}

function keep<T>(parsed: Result<T, string>, add: (one: T) => void): Applied {
  if (!parsed.ok) return parsed;
  add(parsed.value);
  return DONE;
}

const BAD_RANGE = err('bad dhcp-range');
const withoutPrefix = (word: string): string => word.replace(/^(set|net|tag):/, '');

/** case 'F' of one_opt(), option.c. */
function parseRange(value: string): Result<DhcpRange, string> {
  const words = value.split(',').map((one) => one.trim());
  const needs: string[] = [];
  let sets: string | undefined;
  while (words.length > 1 && !/^[\da-f.: ]*$/i.test(words[0] ?? '')) {
    const word = words.shift() ?? '';
    if (word.startsWith('tag:')) needs.push(word.slice('tag:'.length));
    else if (sets !== undefined) return err('only one tag allowed');
    else sets = withoutPrefix(word);
  }
  const [startText = '', endText = '', ...rest] = words;
  if (startText.includes(':')) return err('DHCPv6 is not simulated');
  const isStatic = endText === 'static';
  if (endText === 'proxy') return err('dhcp-range=proxy is not simulated');
  const first = parseIpv4(startText);
  const second = isStatic ? first : parseIpv4(endText);
  if (first === undefined || second === undefined) return BAD_RANGE;
  const [start, end] = first > second ? [second, first] : [first, second];
  const netmask = takeAddress(rest);
  const mask = netmask ?? 0;
  if ((start & mask) !== (end & mask)) return err('inconsistent DHCP range');
  const broadcast = netmask === undefined ? undefined : takeAddress(rest);
  if (rest.length > 1) return BAD_RANGE;
  const leaseSeconds = rest[0] === undefined ? DEFAULT_LEASE : leaseTime(rest[0]);
  if (leaseSeconds === undefined) return BAD_RANGE;
  return ok({ start, end, netmask, broadcast, leaseSeconds, isStatic, sets, needs });
}

function takeAddress(words: string[]): Ipv4 | undefined {
  const [word = ''] = words;
  const address = word.includes('.') ? parseIpv4(word) : undefined;
  if (address !== undefined) words.shift();
  return address;
}

/** A minute or less confuses some clients. */
function leaseTime(text: string): number | undefined {
  if (text === 'infinite') return INFINITE;
  const seconds = parseTime(text);
  return seconds === undefined ? undefined : Math.max(MIN_LEASE, seconds);
}

/** case 'G' of one_opt(). */
function parseHost(value: string, known: readonly DhcpHost[]): Result<DhcpHost, string> {
  const host = {
    macs: [] as Mac[],
    clientId: undefined as string | undefined,
    address: undefined as Ipv4 | undefined,
    name: undefined as string | undefined,
    leaseSeconds: undefined as number | undefined,
    ignore: false,
    sets: [] as string[],
  };
  for (const word of value.split(',').map((one) => one.trim())) {
    const address = word.includes('.') ? parseIpv4(word) : undefined;
    const seconds = leaseTime(word);
    if (/^id:/i.test(word)) host.clientId = clientIdHex(word.slice('id:'.length));
    else if (/^(net|set):/.test(word)) host.sets.push(withoutPrefix(word));
    else if (word.startsWith('tag:')) return err('dhcp-host=tag: is not simulated');
    else if (word.includes(':')) {
      const mac = parseMac(word);
      if (mac === undefined) return err('bad hex constant');
      host.macs.push(mac);
    } else if (address !== undefined) {
      if (known.some((one) => one.address === address)) {
        return err(`duplicate dhcp-host IP address ${word}`);
      }
      host.address = address;
    } else if (seconds !== undefined) host.leaseSeconds = seconds;
    else if (word === 'ignore') host.ignore = true;
    else if (host.name !== undefined) return err('DHCP host has multiple names');
    else if (!/^[\w-]+(\.[\w-]+)*$/.test(word)) return err('bad DHCP host name');
    else host.name = word.replace(/\..*$/, '');
  }
  return ok(host);
}

/** A client identifier, as hex digits without colons; text stands for its bytes. */
const clientIdHex = (text: string): string =>
  text.includes(':')
    ? text
        .split(':')
        .map((one) => one.padStart(2, '0').toLowerCase())
        .join('')
    : Array.from(text, (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');

/** parse_dhcp_opt(): tags, then the option, then its value. */
function parseOption(value: string, force: boolean): Result<DhcpOptionConfig, string> {
  const words = value.split(',');
  const needs: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const named = word.startsWith('option:');
    const code = named ? optionByName(word.slice('option:'.length)) : Number(word);
    if (named || /^\d+$/.test(word)) {
      if (code === undefined || code < 1 || code > 254) return err('bad dhcp-option');
      const text = words.join(',').trim();
      const data = text === '' ? ok(new Uint8Array(0)) : parseOptionValue(code, text);
      return data.ok ? ok({ code, data: data.value, needs, force }) : data;
    }
    if (/^(option6|vendor|encap|vi-encap):/.test(word)) {
      return err(`dhcp-option=${word.replace(/:.*/, ':')} is not simulated`);
    }
    needs.push(withoutPrefix(word));
  }
  return err('bad dhcp-option');
}
