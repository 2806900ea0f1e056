import { readEmbedded } from '../../../wire/embedded';
import { IPPROTO_ICMP, IPPROTO_ICMPV6, IPPROTO_UDP, type IpPacket } from '../../../wire/frame';
import { isIcmpError } from '../../../wire/icmp';
import { isIcmpv6Error } from '../../../wire/icmpv6';
import { type Skb, traceSkb } from '../../sk-buff';
import type { NfHookState, NfVerdict } from '../hook';
import {
  type CtInfo,
  type CtTemplate,
  DEFAULT_ZONE,
  dirOf,
  IPS_EXPECTED,
  IPS_FIXED_TIMEOUT,
  IPS_NAT_CLASH,
  IPS_NAT_DONE_MASK,
  IPS_SEEN_REPLY,
  NfConn,
} from './conn';
import { eventCache } from './event';
import { IPCT_ALL, IPCT_NEW, IPCT_REPLY } from './ipct';
import { trackPacket } from './protocols';
import { conntrackOf, type NfConntrack } from './table';
import {
  embeddedTuple,
  invertTuple,
  type NfTuple,
  ORIGINAL,
  REPLY,
  tupleEqual,
  tupleOf,
} from './tuple';

/** nf_conntrack_in(), net/netfilter/nf_conntrack_core.c: finds or makes the connection of a packet. */
export function nfConntrackIn(skb: Skb, state: NfHookState): NfVerdict {
  const { packet } = skb;
  if (packet.kind !== 'ipv4' && packet.kind !== 'ipv6') return 'accept';
  if (skb.ct || skb.notrack) return 'accept';
  const table = conntrackOf(state.net);
  const template = skb.ctTemplate;
  skb.ctTemplate = undefined;
  const icmp = packet.payload.kind === 'icmp' || packet.payload.kind === 'icmpv6';
  if (icmp && handleIcmp(table, skb, packet, template) === 'done') return 'accept';
  return trackSkb(table, skb, { packet, template });
}

function trackSkb(
  table: NfConntrack,
  skb: Skb,
  of: { readonly packet: IpPacket; readonly template: CtTemplate | undefined },
): NfVerdict {
  const tuple = tupleOf(of.packet);
  const found = tuple && resolveNormalCt(table, tuple, of.template);
  if (found === 'full') {
    table.stats.drop++;
    traceSkb(skb, 'nf_conntrack_in', 'pass', { detail: 'nf_conntrack: table full' });
    return { kind: 'drop', detail: 'nf_conntrack: table full, dropping packet' };
  }
  if (!found) {
    table.stats.invalid++;
    return 'accept';
  }
  const { ct, info } = found;
  skb.ct = ct;
  skb.ctinfo = info;
  const result = trackPacket(table, { skb, ct, info, l4: of.packet.payload });
  if (result !== 'accept') {
    table.release(ct);
    skb.ct = undefined;
    skb.ctinfo = undefined;
    if (result === 'repeat') return trackSkb(table, skb, of);
    if (result === 'invalid') table.stats.invalid++;
    return result === 'drop' ? 'drop' : 'accept';
  }
  if (info === 'ESTABLISHED_REPLY' && !ct.has(IPS_SEEN_REPLY)) {
    ct.status |= IPS_SEEN_REPLY;
    eventCache(ct, IPCT_REPLY);
  }
  return 'accept';
}

/** resolve_normal_ct(). */
function resolveNormalCt(
  table: NfConntrack,
  tuple: NfTuple,
  template: CtTemplate | undefined,
): { readonly ct: NfConn; readonly info: CtInfo } | 'full' | undefined {
  const found = table.find(template?.zone ?? DEFAULT_ZONE, tuple);
  if (found) {
    const { ct, dir } = found;
    if (dir === REPLY) return { ct, info: 'ESTABLISHED_REPLY' };
    if (ct.has(IPS_SEEN_REPLY)) return { ct, info: 'ESTABLISHED' };
    return { ct, info: ct.has(IPS_EXPECTED) ? 'RELATED' : 'NEW' };
  }
  const reply = invertTuple(tuple);
  if (!reply) return undefined;
  if (!table.admit()) return 'full';
  return { ct: initConntrack(table, { original: tuple, reply }, template), info: 'NEW' };
}

/** init_conntrack(). */
export function initConntrack(
  table: NfConntrack,
  tuples: { readonly original: NfTuple; readonly reply: NfTuple },
  template: CtTemplate | undefined,
): NfConn {
  const { sysctl } = table;
  const id = table.net.kernel.random.stream('nf_conntrack').u32();
  const ct = new NfConn(id, template?.zone ?? DEFAULT_ZONE, tuples.original, tuples.reply);
  const counter = () => ({ packets: 0, bytes: 0 });
  if (sysctl.nf_conntrack_acct !== 0) ct.acct = [counter(), counter()];
  const { nf_conntrack_events: events } = sysctl;
  if (template?.events !== undefined || events === 1 || (events === 2 && table.hasListener)) {
    ct.ecache = { pending: 0, mask: template?.events ?? IPCT_ALL };
  }
  ct.helper = template?.helper;
  return ct;
}

/** ICMPv6 messages that are never tracked: noct_valid_new[] of nf_conntrack_proto_icmpv6.c. */
const NOT_TRACKED: ReadonlySet<number> = new Set([130, 131, 132, 133, 134, 135, 136, 143]);

/** nf_conntrack_handle_icmp(): an error belongs to the connection of the packet that it quotes. */
function handleIcmp(
  table: NfConntrack,
  skb: Skb,
  packet: IpPacket,
  template: CtTemplate | undefined,
): 'done' | 'track' {
  const message = packet.payload;
  if (message.kind === 'icmpv6' && NOT_TRACKED.has(message.type)) {
    skb.notrack = true;
    return 'done';
  }
  const isError =
    (message.kind === 'icmp' && isIcmpError(message.type)) ||
    (message.kind === 'icmpv6' && (isIcmpv6Error(message.type) || message.type === 137));
  if (!isError) return 'track';
  const related = relatedTo(table, packet, message.data, template);
  if (related) {
    skb.ct = related.ct;
    skb.ctinfo = related.info;
  } else {
    table.stats.error++;
  }
  return 'done';
}

/** nf_conntrack_inet_error(). */
function relatedTo(
  table: NfConntrack,
  packet: IpPacket,
  data: Uint8Array,
  template: CtTemplate | undefined,
): { readonly ct: NfConn; readonly info: CtInfo } | undefined {
  const embedded = readEmbedded(data);
  const quoted = embedded.ok ? embeddedTuple(embedded.value) : undefined;
  const inner = quoted && invertTuple(quoted);
  const found = inner && table.find(template?.zone ?? DEFAULT_ZONE, inner);
  if (!found || found.ct.tuple(found.dir).dst !== packet.dst) return undefined;
  return { ct: found.ct, info: found.dir === REPLY ? 'RELATED_REPLY' : 'RELATED' };
}

/** nf_conntrack_confirm(): the packet leaves the machine or arrives; its connection becomes real. */
export function nfConntrackConfirm(skb: Skb, state: NfHookState): NfVerdict {
  const { ct, ctinfo } = skb;
  if (!ct || !ctinfo) return 'accept';
  const table = conntrackOf(state.net);
  if (!ct.confirmed && dirOf(ctinfo) === ORIGINAL) {
    const verdict = confirm(table, skb, ct);
    if (verdict !== 'accept') return verdict;
  }
  table.deliverEvents(skb.ct ?? ct);
  return 'accept';
}

/** __nf_conntrack_confirm(). */
function confirm(table: NfConntrack, skb: Skb, ct: NfConn): NfVerdict {
  const clash = table.clash(ct, ORIGINAL) ?? table.clash(ct, REPLY);
  if (clash) return resolveClash(table, skb, { ct, other: clash.ct });
  ct.timeoutUs += table.nowUs;
  if (table.sysctl.nf_conntrack_timestamp !== 0) {
    ct.tstamp = { startUs: table.nowUs, stopUs: undefined };
  }
  table.insert(ct);
  eventCache(ct, IPCT_NEW);
  return 'accept';
}

/** nf_ct_resolve_clash(): two first packets of one UDP flow; the second may join or stand aside. */
function resolveClash(
  table: NfConntrack,
  skb: Skb,
  pair: { readonly ct: NfConn; readonly other: NfConn },
): NfVerdict {
  const { ct, other } = pair;
  const stats = table.stats;
  if (ct.original.proto === IPPROTO_UDP || isIcmp(ct.original.proto)) {
    const same = tupleEqual(ct.original, other.original) && tupleEqual(ct.reply, other.reply);
    if (same || !other.has(IPS_NAT_DONE_MASK)) {
      table.release(ct);
      skb.ct = other;
      stats.clashres++;
      return 'accept';
    }
    if (!table.clash(ct, REPLY)) {
      ct.timeoutUs = table.nowUs + 1_000_000;
      ct.status |= IPS_FIXED_TIMEOUT | IPS_NAT_CLASH;
      table.insert(ct, 'reply');
      stats.clashres++;
      return 'accept';
    }
  }
  stats.drop++;
  stats.insert_failed++;
  table.release(ct);
  return 'drop';
}

const isIcmp = (proto: number): boolean => proto === IPPROTO_ICMP || proto === IPPROTO_ICMPV6;
