import { type TcpSegment, TH_RST } from '../../../wire/frame';
import { dirOf, IPS_ASSURED, IPS_FIXED_TIMEOUT, IPS_SEEN_REPLY, type NfConn } from './conn';
import { type CtSysctl, tcpTimeout } from './ct-sysctl';
import { eventCache } from './event';
import type { TrackResult } from './hook-result';
import { IPCT_ASSURED, IPCT_PROTOINFO } from './ipct';
import { countPacket, refreshAcct } from './refresh';
import type { NfConntrack } from './table';
import {
  type CtTcp,
  FLAG_BE_LIBERAL,
  FLAG_CLOSE_INIT,
  FLAG_DATA_UNACKNOWLEDGED,
  FLAG_EXP_CHALLENGE_ACK,
  FLAG_MAXACK_SET,
  FLAG_SACK_PERM,
  FLAG_SIMULTANEOUS_OPEN,
  FLAG_WINDOW_SCALE,
  newCtTcp,
  nextTcpState,
  type TcpBits,
  type TcpCtState,
  tcpBits,
  tcpCanEarlyDrop,
  tcpIsEstablished,
  validTcpFlags,
} from './tcp-state';
import { before, readTcpOptions, segmentEnd, tcpInWindow } from './tcp-window';
import type { TrackedPacket } from './tracked-packet';
import type { CtDir } from './tuple';

/** What is known of one segment while it is judged. */
interface Judged {
  readonly ct: NfConn;
  readonly tcp: CtTcp;
  readonly th: TcpSegment;
  readonly dir: CtDir;
  readonly bits: TcpBits;
  readonly old: TcpCtState;
}

/** nf_conntrack_tcp_packet(), net/netfilter/nf_conntrack_proto_tcp.c. */
export function trackTcp(table: NfConntrack, packet: TrackedPacket): TrackResult {
  const { ct, info, l4: th } = packet;
  if (th.kind !== 'tcp' || !validTcpFlags(th.flags)) return 'invalid';
  if (!ct.confirmed && !tcpNew(ct, th, table.sysctl)) return 'invalid';
  const { tcp } = ct;
  if (!tcp) return 'invalid';
  const dir = dirOf(info);
  const bits = tcpBits(th.flags);
  const old = tcp.state;
  const judged: Judged = { ct, tcp, th, dir, bits, old };
  const step = nextStep(table, judged);
  if (step.kind === 'done') return step.result;
  if (step.check) {
    const verdict = tcpInWindow(tcp, judged, table.sysctl);
    if (verdict === 'ignore') return 'accept';
    if (verdict === 'invalid') {
      handleInvalid(table, judged);
      return 'invalid';
    }
  }
  return inWindow(table, packet, { ct, tcp, th, dir, bits, old, next: step.next });
}

/** tcp_new(): a SYN begins a connection; with nf_conntrack_tcp_loose an ACK does too. */
function tcpNew(ct: NfConn, th: TcpSegment, sysctl: CtSysctl): boolean {
  const next = nextTcpState(0, tcpBits(th.flags), 'NONE');
  if (next === 'INVALID') return false;
  if (next !== 'SYN_SENT' && sysctl.nf_conntrack_tcp_loose === 0) return false;
  const tcp = newCtTcp();
  ct.tcp = tcp;
  const [sender, other] = tcp.seen;
  sender.end = segmentEnd(th);
  sender.maxWin = th.window || 1;
  if (next === 'SYN_SENT') {
    sender.maxEnd = sender.end;
    readTcpOptions(th, sender);
    return true;
  }
  sender.maxEnd = (sender.end + sender.maxWin) >>> 0;
  sender.flags = FLAG_SACK_PERM | FLAG_BE_LIBERAL;
  other.flags = sender.flags;
  return true;
}

type Step =
  | { readonly kind: 'done'; readonly result: TrackResult }
  /** `check`: the window decides too. */
  | { readonly kind: 'go'; readonly next: TcpCtState; readonly check: boolean };

const done = (result: TrackResult): Step => ({ kind: 'done', result });
const go = (next: TcpCtState, check = true): Step => ({ kind: 'go', next, check });

/** The switch over the state that the table gives. */
function nextStep(table: NfConntrack, judged: Judged): Step {
  const { tcp, dir, bits, old } = judged;
  const next = nextTcpState(dir, bits, old);
  switch (next) {
    case 'SYN_SENT':
      if (!isClosing(old)) return go(next);
      if (isReopened(tcp, dir)) return done(table.delete(judged.ct) ? 'repeat' : 'drop');
      return ignored(judged);
    case 'IGNORE':
      return ignored(judged);
    case 'INVALID':
      return done('invalid');
    case 'TIME_WAIT':
      return challengeAck(judged) ? done('accept') : go(next);
    case 'SYN_SENT2':
      tcp.lastFlags |= FLAG_SIMULTANEOUS_OPEN;
      return go(next);
    case 'SYN_RECV': {
      const both = (tcp.lastFlags & FLAG_SIMULTANEOUS_OPEN) !== 0;
      return go(dir === 1 && bits === 'ACK' && both ? 'ESTABLISHED' : next);
    }
    case 'CLOSE':
      return bits === 'RST' ? reset(judged, table.sysctl) : go(next);
    default:
      return go(next);
  }
}

/** old_state >= TCP_CONNTRACK_TIME_WAIT. */
const isClosing = (old: TcpCtState): boolean =>
  old === 'TIME_WAIT' || old === 'CLOSE' || old === 'SYN_SENT2';

/** RFC 1122 §4.2.2.13: a SYN may reopen a connection that was closed or aborted. */
const isReopened = (tcp: CtTcp, dir: CtDir): boolean =>
  ((tcp.seen[0].flags | tcp.seen[1].flags) & FLAG_CLOSE_INIT) !== 0 ||
  (tcp.lastDir === dir && tcp.lastIndex === 'RST');

/** RFC 5961: an ACK that challenges a SYN does not acknowledge the last FIN. */
function challengeAck(judged: Judged): boolean {
  const { tcp, dir, bits, old } = judged;
  const expected = (tcp.lastFlags & FLAG_EXP_CHALLENGE_ACK) !== 0;
  const answersSyn = tcp.lastDir !== dir && tcp.lastIndex === 'SYN';
  if (old !== 'LAST_ACK' || bits !== 'ACK' || !answersSyn || !expected) return false;
  tcp.lastFlags &= ~FLAG_EXP_CHALLENGE_ACK;
  return true;
}

/** TCP_CONNTRACK_IGNORE: we may be out of step with client and server; the packet passes, noted. */
function ignored(judged: Judged): Step {
  const { tcp, th, dir, bits, old } = judged;
  const answersIgnored = tcp.lastIndex === 'SYN' && tcp.lastDir !== dir;
  if (bits === 'SYNACK' && answersIgnored && th.ack === tcp.lastEnd) {
    resync(tcp, dir);
    return go('SYN_RECV');
  }
  tcp.lastIndex = bits;
  tcp.lastDir = dir;
  tcp.lastSeq = th.seq;
  tcp.lastEnd = segmentEnd(th);
  tcp.lastWin = th.window;
  if (bits === 'SYN' && dir === 0) {
    const seen = { end: 0, maxEnd: 0, maxWin: 0, maxAck: 0, scale: 0, flags: 0 };
    readTcpOptions(th, seen);
    tcp.lastFlags = seen.flags & (FLAG_WINDOW_SCALE | FLAG_SACK_PERM);
    tcp.lastScale = seen.scale;
    if (old === 'LAST_ACK') tcp.lastFlags |= FLAG_EXP_CHALLENGE_ACK;
  }
  if (old === 'SYN_SENT' && bits === 'ACK' && dir === 1) tcp.lastAck = th.ack;
  return done('accept');
}

/** A SYN/ACK to a SYN that was ignored: both ends agree, so we take what they said. */
function resync(tcp: CtTcp, dir: CtDir): void {
  const client = tcp.seen[tcp.lastDir === 0 ? 0 : 1];
  client.end = tcp.lastEnd;
  client.maxEnd = tcp.lastEnd;
  client.maxWin = tcp.lastWin || 1;
  client.scale = tcp.lastScale;
  tcp.lastFlags &= ~FLAG_EXP_CHALLENGE_ACK;
  client.flags = tcp.lastFlags;
  const server = tcp.seen[dir];
  server.end = 0;
  server.maxEnd = 0;
  server.maxWin = 0;
  server.maxAck = 0;
  server.scale = 0;
  server.flags &= FLAG_BE_LIBERAL;
}

/** TCP_CONNTRACK_CLOSE for a RST: it must fit what the other side has acknowledged. */
function reset(judged: Judged, sysctl: CtSysctl): Step {
  const { ct, tcp, th, dir, old } = judged;
  if (tcpCanEarlyDrop(tcp)) return go('CLOSE', false);
  const peer = tcp.seen[dir === 0 ? 1 : 0];
  let next: TcpCtState = 'CLOSE';
  if ((peer.flags & FLAG_MAXACK_SET) !== 0 && tcp.lastIndex !== 'SYN') {
    const established = tcpIsEstablished(tcp, ct.has(IPS_ASSURED));
    if (th.seq === 0 && !established) return go(next);
    const old = before(th.seq, peer.maxAck);
    if (old && sysctl.nf_conntrack_tcp_ignore_invalid_rst === 0) return done('invalid');
    if (!established || th.seq === peer.maxAck) return go(next);
    const inTrain = tcp.lastIndex === 'ACK' && tcp.lastDir === dir && th.seq === tcp.lastEnd;
    if (inTrain) return go(next);
    next = tcp.state;
  }
  const answersSyn = ct.has(IPS_SEEN_REPLY) && tcp.lastIndex === 'SYN';
  const answersAck = !ct.has(IPS_ASSURED) && tcp.lastIndex === 'ACK';
  if ((answersSyn || answersAck) && th.ack === tcp.lastEnd) return go(next, false);
  const challenged = old === 'SYN_SENT' && tcp.lastIndex === 'ACK' && tcp.lastDir === 1;
  return go(next, !(challenged && th.seq === tcp.lastAck));
}

/** nf_tcp_handle_invalid(): both sides close although we believe neither: not to be kept for days. */
function handleInvalid(table: NfConntrack, judged: Judged): void {
  const { ct, tcp, dir, bits } = judged;
  if (!ct.has(IPS_ASSURED) || ct.has(IPS_FIXED_TIMEOUT)) return;
  if (bits !== 'RST' && bits !== 'FIN') return;
  const closing = tcp.lastIndex === 'FIN' || tcp.lastIndex === 'RST';
  if (tcp.lastDir === dir || !closing) {
    tcp.lastIndex = bits;
    tcp.lastDir = dir;
    return;
  }
  const left = ct.timeoutUs - table.nowUs;
  const unacknowledged = table.sysctl.nf_conntrack_tcp_timeout_unacknowledged * 1_000_000;
  if (left < 120_000_000 || left <= unacknowledged) return;
  ct.timeoutUs = table.nowUs + unacknowledged;
}

/** The label in_window: the segment counts. */
function inWindow(
  table: NfConntrack,
  packet: TrackedPacket,
  judged: Judged & { readonly next: TcpCtState },
): TrackResult {
  const { ct, tcp, th, dir, bits, old, next } = judged;
  tcp.lastIndex = bits;
  tcp.lastDir = dir;
  tcp.state = next;
  if (old !== next && next === 'FIN_WAIT') tcp.seen[dir].flags |= FLAG_CLOSE_INIT;
  let timeout = timeoutOf(tcp, bits, table.sysctl);
  if (next !== old) eventCache(ct, IPCT_PROTOINFO);
  if (!ct.has(IPS_SEEN_REPLY)) {
    if (th.flags & TH_RST) {
      countPacket(packet);
      table.delete(ct);
      return 'accept';
    }
    if (bits === 'SYN' && old === 'SYN_SENT') return 'accept';
    if (next === 'ESTABLISHED') {
      timeout = Math.min(timeout, table.sysctl.nf_conntrack_tcp_timeout_unacknowledged);
    }
  } else if (!ct.has(IPS_ASSURED) && next === 'ESTABLISHED') {
    if (old === 'SYN_RECV' || old === 'ESTABLISHED') {
      ct.status |= IPS_ASSURED;
      eventCache(ct, IPCT_ASSURED);
    }
  }
  refreshAcct(table, packet, timeout);
  return 'accept';
}

function timeoutOf(tcp: CtTcp, bits: TcpBits, sysctl: CtSysctl): number {
  const usual = tcpTimeout(sysctl, tcp.state);
  const retrans = sysctl.nf_conntrack_tcp_timeout_max_retrans;
  const unacknowledged = sysctl.nf_conntrack_tcp_timeout_unacknowledged;
  const flags = tcp.seen[0].flags | tcp.seen[1].flags;
  if (tcp.retrans >= sysctl.nf_conntrack_tcp_max_retrans && usual > retrans) return retrans;
  if (bits === 'RST') return sysctl.nf_conntrack_tcp_timeout_close;
  if ((flags & FLAG_DATA_UNACKNOWLEDGED) !== 0 && usual > unacknowledged) return unacknowledged;
  return tcp.lastWin === 0 && usual > retrans ? retrans : usual;
}

/** nf_conntrack_tcp_set_closing(): the machine itself resets the connection. */
export function tcpSetClosing(table: NfConntrack, ct: NfConn): void {
  const { tcp } = ct;
  if (!ct.confirmed || !tcp) return;
  const old = tcp.state;
  tcp.state = 'CLOSE';
  if (old === 'CLOSE' || ct.has(IPS_FIXED_TIMEOUT)) return;
  ct.timeoutUs = table.nowUs + table.sysctl.nf_conntrack_tcp_timeout_close * 1_000_000;
  eventCache(ct, IPCT_PROTOINFO);
}
