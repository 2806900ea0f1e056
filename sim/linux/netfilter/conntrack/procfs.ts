import {
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_TCP,
  IPPROTO_UDP,
  type Ip,
} from '../../../wire/frame';
import { formatIp } from '../../../wire/ip';
import type { Netns } from '../../netns';
import { type CtCounter, IPS_ASSURED, IPS_SEEN_REPLY, type NfConn } from './conn';
import { secondsLeft } from './message';
import { hasPorts, icmpCodeOf, icmpTypeOf, isIcmpProto, type NfTuple } from './tuple';

const L4_NAMES: ReadonlyMap<number, string> = new Map([
  [IPPROTO_ICMP, 'icmp'],
  [IPPROTO_TCP, 'tcp'],
  [IPPROTO_UDP, 'udp'],
  [IPPROTO_ICMPV6, 'icmpv6'],
]);

/** Every 16 bits in full, as %pI6 prints. */
function address(ip: Ip): string {
  if (typeof ip === 'number') return formatIp(ip);
  const hex = ip.toString(16).padStart(32, '0');
  return hex.replace(/(.{4})(?=.)/g, '$1:');
}

function tupleText(t: NfTuple): string {
  const base = `src=${address(t.src)} dst=${address(t.dst)} `;
  if (isIcmpProto(t.proto)) {
    return `${base}type=${icmpTypeOf(t)} code=${icmpCodeOf(t)} id=${t.srcPort} `;
  }
  return hasPorts(t.proto) ? `${base}sport=${t.srcPort} dport=${t.dstPort} ` : base;
}

const counters = (acct: CtCounter | undefined): string =>
  acct ? `packets=${acct.packets} bytes=${acct.bytes} ` : '';

/** ct_seq_show(), net/netfilter/nf_conntrack_standalone.c. */
function entryText(net: Netns, ct: NfConn): string {
  const { original, reply, zone } = ct;
  const family = ct.family === 4 ? 'ipv4     2' : 'ipv6     10';
  const name = (L4_NAMES.get(original.proto) ?? 'unknown').padEnd(8);
  const left = secondsLeft(ct, net.kernel.scheduler.nowUs);
  const state = ct.tcp ? `${ct.tcp.state} ` : '';
  const zoneText = (kind: 'both' | 'orig' | 'reply', label: string): string =>
    zone.id !== 0 && zone.dir === kind ? `${label}=${zone.id} ` : '';
  return (
    `${family} ${name} ${original.proto} ${left} ${state}${tupleText(original)}` +
    zoneText('orig', 'zone-orig') +
    counters(ct.acct?.[0]) +
    (ct.has(IPS_SEEN_REPLY) ? '' : '[UNREPLIED] ') +
    tupleText(reply) +
    zoneText('reply', 'zone-reply') +
    counters(ct.acct?.[1]) +
    (ct.has(IPS_ASSURED) ? '[ASSURED] ' : '') +
    `mark=${ct.mark} ${zoneText('both', 'zone')}use=2\n`
  );
}

/** /proc/net/nf_conntrack. */
export const conntrackText = (net: Netns): string =>
  net.ct
    ? net.ct
        .dump()
        .map((ct) => entryText(net, ct))
        .join('')
    : '';

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** ct_cpu_seq_show(): one line a processor; the engine has one. */
export function conntrackStatText(net: Netns): string {
  const head =
    'entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart\n';
  const s = net.ct?.stats;
  const values = [
    net.ct?.count ?? 0,
    s?.clashres ?? 0,
    s?.found ?? 0,
    0,
    s?.invalid ?? 0,
    0,
    0,
    s?.chaintoolong ?? 0,
    s?.insert ?? 0,
    s?.insert_failed ?? 0,
    s?.drop ?? 0,
    s?.early_drop ?? 0,
    s?.error ?? 0,
  ].map(hex);
  return `${head}${values[0]}  ${values.slice(1).join(' ')}  ${[0, 0, 0, 0].map(hex).join(' ')}\n`;
}
