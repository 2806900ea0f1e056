import {
  type CtCounter,
  IPS_ASSURED,
  IPS_EXPECTED,
  IPS_FIXED_TIMEOUT,
  IPS_SEEN_REPLY,
} from '../../linux/netfilter/conntrack/conn';
import type { CtMessage } from '../../linux/netfilter/conntrack/message';
import {
  hasPorts,
  icmpCodeOf,
  icmpTypeOf,
  isIcmpProto,
  type NfTuple,
} from '../../linux/netfilter/conntrack/tuple';
import { formatIp } from '../../wire/ip';
import { strftime } from '../glibc/strftime';
import type { OutputFormat } from './command';
import { handlerOf } from './protocol';

/** proto2str[] of libnetfilter_conntrack. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [6, 'tcp'],
  [17, 'udp'],
  [136, 'udplite'],
  [1, 'icmp'],
  [58, 'icmpv6'],
  [132, 'sctp'],
  [47, 'gre'],
  [33, 'dccp'],
]);

const PREFIX: Readonly<Record<CtMessage['type'], string>> = {
  new: '    [NEW] ',
  update: ' [UPDATE] ',
  destroy: '[DESTROY] ',
};

export interface PrintStyle {
  readonly output: ReadonlySet<OutputFormat>;
  /** Events are told by their kind. */
  readonly event: boolean;
  /** Wall clock, µs since the epoch, when the virtual clock stood at 0. */
  readonly epochUs: number;
}

/** nfct_snprintf_labels() with NFCT_O_DEFAULT. */
export function entryText(ct: CtMessage, style: PrintStyle): string {
  const { original, reply, status, zone } = ct;
  const name = (NAMES.get(original.proto) ?? 'unknown').padEnd(8);
  const family = ct.family === 4 ? 'ipv4     2 ' : 'ipv6     10 ';
  const parts = [
    style.event ? PREFIX[ct.type] : '',
    style.output.has('extended') ? family : '',
    `${name} ${original.proto} `,
    ct.timeout === undefined ? '' : `${ct.timeout} `,
    ct.tcpState === undefined ? '' : `${ct.tcpState} `,
    tupleText(original),
    zone.dir === 'orig' && zone.id !== 0 ? `zone-orig=${zone.id} ` : '',
    counterText(ct.acct?.[0]),
    status & IPS_SEEN_REPLY ? '' : '[UNREPLIED] ',
    tupleText(reply),
    zone.dir === 'reply' && zone.id !== 0 ? `zone-reply=${zone.id} ` : '',
    counterText(ct.acct?.[1]),
    status & IPS_ASSURED ? '[ASSURED] ' : '',
    ct.mark === undefined ? '' : `mark=${ct.mark} `,
    zone.dir === 'both' && zone.id !== 0 ? `zone=${zone.id} ` : '',
    timestampText(ct, style),
    ct.helper === undefined ? '' : `helper=${ct.helper} `,
    ct.use === undefined ? '' : `use=${ct.use} `,
    style.output.has('id') ? `id=${ct.id} ` : '',
  ];
  return parts.join('').trimEnd();
}

function tupleText(t: NfTuple): string {
  const addresses = `src=${formatIp(t.src)} dst=${formatIp(t.dst)} `;
  if (isIcmpProto(t.proto)) {
    return `${addresses}type=${icmpTypeOf(t)} code=${icmpCodeOf(t)} id=${t.srcPort} `;
  }
  return hasPorts(t.proto) ? `${addresses}sport=${t.srcPort} dport=${t.dstPort} ` : addresses;
}

const counterText = (counter: CtCounter | undefined): string =>
  counter ? `packets=${counter.packets} bytes=${counter.bytes} ` : '';

/** __snprintf_timestamp_delta() and, with ktimestamp, both ends as ctime(3). */
function timestampText(ct: CtMessage, style: PrintStyle): string {
  const { tstamp } = ct;
  if (!tstamp) return '';
  const seconds = (us: number): number => Math.floor((style.epochUs + us) / 1_000_000);
  const start = seconds(tstamp.startUs);
  const end = seconds(tstamp.stopUs ?? ct.atUs);
  const delta = `delta-time=${end - start} `;
  if (!style.output.has('ktimestamp')) return delta;
  const ctime = (at: number): string => strftime('%a %b %e %H:%M:%S %Y', at);
  const stop = tstamp.stopUs === undefined ? '' : `[stop=${ctime(end)}] `;
  return `${delta}[start=${ctime(start)}] ${stop}`;
}

const SAVE_COMMAND: Readonly<Record<CtMessage['type'], string>> = {
  new: '-A',
  update: '-U',
  destroy: '-D',
};

const SAVED_STATUS: readonly (readonly [bit: number, name: string])[] = [
  [IPS_EXPECTED, 'EXPECTED'],
  [IPS_SEEN_REPLY, 'SEEN_REPLY'],
  [IPS_ASSURED, 'ASSURED'],
  [IPS_FIXED_TIMEOUT, 'FIXED_TIMEOUT'],
];

/** ct_save_snprintf(): the entry as options that make it again. */
export function saveText(ct: CtMessage, isDnat: boolean, isSnat: boolean): string {
  const { original, reply, status, zone } = ct;
  const bits = SAVED_STATUS.filter(([bit]) => status & bit).map(([, name]) => name);
  const words = [SAVE_COMMAND[ct.type]];
  if (ct.timeout !== undefined) words.push('-t', String(ct.timeout));
  words.push('-u', bits.join(',') || 'UNSET');
  if (zone.id !== 0) {
    const name = zone.dir === 'both' ? '-w' : `--${zone.dir}-zone`;
    words.push(name, String(zone.id));
  }
  words.push('-s', formatIp(original.src), '-d', formatIp(original.dst));
  words.push(isDnat ? '-g' : '-r', formatIp(reply.src), isSnat ? '-n' : '-q', formatIp(reply.dst));
  words.push('-p', handlerOf(original.proto)?.name ?? String(original.proto));
  if (isIcmpProto(original.proto)) {
    const prefix = original.proto === 1 ? '--icmp' : '--icmpv6';
    words.push(`${prefix}-type`, String(icmpTypeOf(original)));
    words.push(`${prefix}-code`, String(icmpCodeOf(original)));
    words.push(`${prefix}-id`, String(original.srcPort));
  } else if (hasPorts(original.proto)) {
    words.push('--sport', String(original.srcPort), '--dport', String(original.dstPort));
    words.push('--reply-port-src', String(reply.srcPort));
    words.push('--reply-port-dst', String(reply.dstPort));
  }
  if (ct.tcpState !== undefined) words.push('--state', ct.tcpState);
  return words.join(' ');
}
