import { utf8Encode } from '../../base/bytes';
import {
  type DhcpMessage,
  type DhcpOption,
  dhcpByte,
  dhcpOption,
  dhcpOptionWords,
  dhcpText,
  dhcpWords,
  OPTION_BROADCAST,
  OPTION_DNS_SERVER,
  OPTION_DOMAIN_NAME,
  OPTION_HOST_NAME,
  OPTION_LEASE_TIME,
  OPTION_MESSAGE_TYPE,
  OPTION_PARAMETER_LIST,
  OPTION_REBINDING_TIME,
  OPTION_RENEWAL_TIME,
  OPTION_ROUTER,
  OPTION_SERVER_ID,
  OPTION_SUBNET_MASK,
} from '../../wire/dhcp';
import { DNS_PORT } from '../../wire/dns';
import type { Ipv4 } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import { type DhcpConfig, type DhcpOptionConfig, INFINITE } from './dhcp-config';
import { optionName, optionText } from './dhcp-option';
import type { Log } from './log';

const OPTION_OVERLOAD = 52;
const OPTION_MAX_SIZE = 57;
const OPTION_FQDN = 81;
/** Options that the server itself fills in. */
const INTERNAL = new Set([OPTION_FQDN, OPTION_MAX_SIZE, OPTION_OVERLOAD, 58, 59]);
/** Those with a default, which an empty value takes away. */
const DEFAULTED = new Set([
  OPTION_SUBNET_MASK,
  OPTION_BROADCAST,
  OPTION_ROUTER,
  OPTION_DNS_SERVER,
  OPTION_DOMAIN_NAME,
  OPTION_HOST_NAME,
]);
/** A line of requested options is broken after this. */
const MAX_LINE = 40;

/** A range as one interface sees it. */
export interface Subnet {
  readonly netmask: Ipv4;
  readonly broadcast: Ipv4;
  /** The server's own address there. */
  readonly local: Ipv4;
}

export interface Reply {
  readonly request: DhcpMessage;
  readonly type: number;
  readonly subnet: Subnet | undefined;
  readonly serverId: Ipv4;
  readonly leaseSeconds: number | undefined;
  readonly hostName: string | undefined;
  readonly tags: readonly string[];
  /** Subtracted from T1 and T2, so that renewals spread. */
  readonly fuzz: number;
  readonly dnsPort: number;
}

/** match_netid(): all of them, where `!` negates. */
export const hasTags = (needs: readonly string[], tags: readonly string[]): boolean =>
  needs.every((one) => (one.startsWith('!') ? !tags.includes(one.slice(1)) : tags.includes(one)));

/** option_filter(): options for these tags win over options for everybody; a second one is ignored. */
function optionsFor(
  config: DhcpConfig,
  tags: readonly string[],
  log: Log,
): readonly DhcpOptionConfig[] {
  const fitting = config.options.filter((one) => hasTags(one.needs, tags));
  const found = fitting.filter((one) => one.needs.length > 0);
  for (const one of fitting.filter(({ needs }) => needs.length === 0)) {
    const known = found.find(({ code }) => code === one.code);
    if (!known) found.push(one);
    else if (known.needs.length === 0) log.dhcp(`Ignoring duplicate dhcp-option ${one.code}`);
  }
  return config.options.filter((one) => found.includes(one));
}

/** do_options(), rfc2131.c: what the configuration and the range say, as far as it was asked for. */
export function buildReply(config: DhcpConfig, reply: Reply, log: Log): DhcpMessage {
  const { request, subnet, leaseSeconds } = reply;
  const configured = optionsFor(config, reply.tags, log);
  const asked = [...(dhcpOption(request, OPTION_PARAMETER_LIST) ?? [])];
  if (config.logOptions) logRequested(asked, request.xid, log);
  const options: DhcpOption[] = [
    dhcpByte(OPTION_MESSAGE_TYPE, reply.type),
    dhcpWords(OPTION_SERVER_ID, reply.serverId),
  ];
  if (leaseSeconds !== undefined) {
    options.push(dhcpWords(OPTION_LEASE_TIME, leaseSeconds));
    options.push(...renewalTimes(leaseSeconds, reply.fuzz, configured));
  }
  options.push(...ownOptions(reply, asked, configured));
  for (const { code, data, force } of configured) {
    if (INTERNAL.has(code) || (!force && !asked.includes(code))) continue;
    if (data.length === 0 && DEFAULTED.has(code)) continue;
    options.push({ code, data: subnet ? withLocal(code, data, subnet.local) : data });
  }
  const siaddr = subnet?.local ?? 0;
  if (config.logOptions) logSent(options, siaddr, request.xid, log);
  return { ...request, op: 2, secs: 0, siaddr, options };
}

/** T1 and T2: half and seven eighths, or what is configured if that is shorter than the lease. */
function renewalTimes(
  leaseSeconds: number,
  fuzz: number,
  configured: readonly DhcpOptionConfig[],
): readonly DhcpOption[] {
  if (leaseSeconds === INFINITE) return [];
  const given = (code: number, otherwise: number): number => {
    const option = configured.find((one) => one.code === code);
    const value = option && Number.parseInt(hex(option.data), 16);
    return value !== undefined && value > 2 && value < leaseSeconds ? value : otherwise;
  };
  const second = given(OPTION_REBINDING_TIME, Math.floor((leaseSeconds * 7) / 8));
  const half = given(OPTION_RENEWAL_TIME, Math.floor(leaseSeconds / 2));
  const first = second <= half ? second - 1 : half;
  let spread = fuzz;
  while (spread > Math.floor(first / 8)) spread = Math.floor(spread / 2);
  return [
    dhcpWords(OPTION_RENEWAL_TIME, first - spread),
    dhcpWords(OPTION_REBINDING_TIME, second - spread),
  ];
}

const hex = (data: Uint8Array): string =>
  Array.from(data, (one) => one.toString(16).padStart(2, '0')).join('');

/** What is sent by default: mask and broadcast always, the rest where it is asked for. */
function ownOptions(
  { subnet, hostName, dnsPort }: Reply,
  asked: readonly number[],
  configured: readonly DhcpOptionConfig[],
): readonly DhcpOption[] {
  const free = (code: number): boolean => !configured.some((one) => one.code === code);
  const wanted = (code: number): boolean => free(code) && asked.includes(code);
  const options: DhcpOption[] = [];
  if (subnet) {
    if (free(OPTION_SUBNET_MASK)) options.push(dhcpWords(OPTION_SUBNET_MASK, subnet.netmask));
    if (free(OPTION_BROADCAST)) options.push(dhcpWords(OPTION_BROADCAST, subnet.broadcast));
    if (wanted(OPTION_ROUTER)) options.push(dhcpWords(OPTION_ROUTER, subnet.local));
    if (dnsPort === DNS_PORT && wanted(OPTION_DNS_SERVER)) {
      options.push(dhcpWords(OPTION_DNS_SERVER, subnet.local));
    }
  }
  if (hostName !== undefined && wanted(OPTION_HOST_NAME)) {
    options.push({ code: OPTION_HOST_NAME, data: utf8Encode(hostName) });
  }
  return options;
}

/** do_opt(): 0.0.0.0 stands for the server's own address. */
function withLocal(code: number, data: Uint8Array, local: Ipv4): Uint8Array {
  const isAddress = data.length === 4 && (code === OPTION_ROUTER || code === OPTION_DNS_SERVER);
  return isAddress && data.every((one) => one === 0) ? dhcpWords(code, local).data : data;
}

/** A refusal: option 56 says why. */
export function buildNak(request: DhcpMessage, type: number, serverId: Ipv4, why: string) {
  return {
    ...request,
    op: 2,
    secs: 0,
    broadcast: true,
    ciaddr: 0,
    yiaddr: 0,
    siaddr: 0,
    options: [
      dhcpByte(OPTION_MESSAGE_TYPE, type),
      dhcpWords(OPTION_SERVER_ID, serverId),
      dhcpText(56, why),
    ],
  };
}

/** calc_time(): the client may ask for less. */
export function leaseTimeFor(request: DhcpMessage, configured: number): number {
  const [asked] = dhcpOptionWords(request, OPTION_LEASE_TIME);
  if (asked === undefined) return configured;
  const least = Math.max(120, asked);
  return configured === INFINITE || (least !== INFINITE && least < configured) ? least : configured;
}

function logRequested(asked: readonly number[], xid: number, log: Log): void {
  let line = '';
  for (const [i, code] of asked.entries()) {
    const last = i === asked.length - 1;
    const name = optionName(code);
    line += `${code}${name === '' ? '' : ':'}${name}${last ? '' : ', '}`;
    if (!last && line.length <= MAX_LINE) continue;
    log.dhcp(`${xid} requested options: ${line}`);
    line = '';
  }
}

function logSent(options: readonly DhcpOption[], siaddr: Ipv4, xid: number, log: Log): void {
  if (siaddr !== 0) log.dhcp(`${xid} next server: ${formatIp(siaddr)}`);
  for (const { code, data } of options) {
    const size = String(data.length).padStart(3);
    const name = `${optionName(code)}  ${optionText(code, data)}`;
    log.dhcp(`${xid} sent size:${size} option:${String(code).padStart(3)} ${name}`);
  }
}
