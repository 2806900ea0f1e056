import { type TcpSegment, TH_ACK, TH_FIN, TH_RST, TH_SYN } from '../../../wire/frame';
import type { CtSysctl } from './ct-sysctl';
import {
  type CtTcp,
  FLAG_BE_LIBERAL,
  FLAG_DATA_UNACKNOWLEDGED,
  FLAG_MAXACK_SET,
  FLAG_SACK_PERM,
  FLAG_WINDOW_SCALE,
  type TcpBits,
  type TcpSeen,
} from './tcp-state';
import type { CtDir } from './tuple';

export type WindowVerdict = 'accept' | 'ignore' | 'invalid';

export const before = (a: number, b: number): boolean => ((a - b) | 0) < 0;
export const after = (a: number, b: number): boolean => before(b, a);
const u32 = (value: number): number => value >>> 0;

/** segment_seq_plus_len(). */
export const segmentEnd = (th: TcpSegment): number =>
  u32(th.seq + th.payload.length + (th.flags & TH_SYN ? 1 : 0) + (th.flags & TH_FIN ? 1 : 0));

/** MAXACKWINCONST. */
const MAX_ACK_WIN = 66_000;
/** TCP_MAX_WSCALE. */
const MAX_WSCALE = 14;

/** tcp_options(). A segment without options leaves what was known. */
export function readTcpOptions(th: TcpSegment, seen: TcpSeen): void {
  const { mss, windowScale, sackPermitted, timestamp, sack } = th.options;
  if ((mss ?? windowScale ?? sackPermitted ?? timestamp ?? sack) === undefined) return;
  seen.scale = 0;
  seen.flags &= FLAG_BE_LIBERAL;
  if (sackPermitted) seen.flags |= FLAG_SACK_PERM;
  if (windowScale !== undefined) {
    seen.scale = Math.min(windowScale, MAX_WSCALE);
    seen.flags |= FLAG_WINDOW_SCALE;
  }
}

interface Sides {
  readonly sender: TcpSeen;
  readonly receiver: TcpSeen;
}

/** tcp_init_sender(). */
function initSender(sides: Sides, th: TcpSegment, dir: CtDir): void {
  const { sender, receiver } = sides;
  sender.end = segmentEnd(th);
  sender.maxEnd = sender.end;
  sender.maxWin = th.window || 1;
  readTcpOptions(th, sender);
  if (dir === 1 && (sender.flags & receiver.flags & FLAG_WINDOW_SCALE) === 0) {
    sender.scale = 0;
    receiver.scale = 0;
  }
}

/** What a side says before it was seen. */
function firstSight(sides: Sides, th: TcpSegment, sack: number): void {
  const { sender, receiver } = sides;
  sender.end = segmentEnd(th);
  sender.maxWin = th.window << sender.scale || 1;
  sender.maxEnd = u32(sender.end + sender.maxWin);
  if (receiver.maxWin === 0) {
    receiver.end = sack;
    receiver.maxEnd = sack;
  } else if (sack === u32(receiver.end + 1)) receiver.end = sack;
}

/** tcp_in_window(), after Guido van Rooij's "Real Stateful TCP Packet Filtering in IP Filter". */
export function tcpInWindow(
  tcp: CtTcp,
  packet: { readonly th: TcpSegment; readonly dir: CtDir; readonly bits: TcpBits },
  sysctl: CtSysctl,
): WindowVerdict {
  const { th, dir, bits } = packet;
  const sides = { sender: tcp.seen[dir], receiver: tcp.seen[dir === 0 ? 1 : 0] };
  const { sender, receiver } = sides;
  const acks = (th.flags & TH_ACK) !== 0;
  const syn = (th.flags & TH_SYN) !== 0;
  let sack = th.ack;
  if (receiver.flags & FLAG_SACK_PERM) {
    for (const [, right] of th.options.sack ?? []) if (after(right, sack)) sack = right;
  }
  const opening = tcp.state === 'SYN_SENT' || tcp.state === 'SYN_RECV';
  if (sender.maxWin === 0) {
    if (syn) {
      initSender(sides, th, dir);
      if (!acks) return 'accept';
    } else firstSight(sides, th, sack);
  } else if (syn && opening && after(segmentEnd(th), sender.end)) {
    initSender(sides, th, dir);
    if (dir === 1 && !acks) return 'accept';
  }
  const rst = (th.flags & TH_RST) !== 0;
  const noAck = !acks || (rst && th.ack === 0);
  const answersSyn = rst && th.seq === 0 && tcp.state === 'SYN_SENT';
  const segment: Segment = {
    seq: answersSyn ? sender.end : th.seq,
    end: answersSyn ? sender.end : segmentEnd(th),
    ack: noAck ? receiver.end : th.ack,
    sack: noAck ? receiver.end : sack,
  };
  const bad = outside(sides, segment);
  const liberal = (sender.flags & FLAG_BE_LIBERAL) !== 0 || sysctl.nf_conntrack_tcp_be_liberal;
  if (bad) return liberal ? 'accept' : bad;
  update(sides, segment, th);
  if (bits === 'ACK') countRetransmission(tcp, segment, { th, dir });
  return 'accept';
}

interface Segment {
  readonly seq: number;
  readonly end: number;
  readonly ack: number;
  readonly sack: number;
}

/** The four bounds: seq not over the receiver's window, ack not over what was sent, neither too old. */
function outside(sides: Sides, segment: Segment): 'ignore' | 'invalid' | undefined {
  const { sender, receiver } = sides;
  const { seq, end, sack } = segment;
  const maxAckWindow = Math.max(sender.maxWin, MAX_ACK_WIN);
  const ackOk = after(sack, receiver.end - maxAckWindow - 1);
  const afterLower = after(end, sender.end - receiver.maxWin - 1);
  if (!before(seq, sender.maxEnd + 1)) {
    const overshot = u32(end - sender.maxEnd + 1);
    const inReceiveWindow = receiver.maxWin !== 0 && afterLower;
    const small = overshot <= receiver.maxWin && before(sack, receiver.end + 1);
    if (!inReceiveWindow || !ackOk || !small) return 'invalid';
    sender.end = end;
    sender.flags |= FLAG_DATA_UNACKNOWLEDGED;
    return 'ignore';
  }
  if (!before(sack, receiver.end + 1)) return 'invalid';
  if (receiver.maxWin !== 0 && !afterLower) return 'ignore';
  return ackOk ? undefined : 'ignore';
}

function update(sides: Sides, segment: Segment, th: TcpSegment): void {
  const { sender, receiver } = sides;
  const { end, ack, sack } = segment;
  const win = th.flags & TH_SYN ? th.window : th.window << sender.scale;
  sender.maxWin = Math.max(sender.maxWin, win + u32(sack - ack));
  if (after(end, sender.end)) {
    sender.end = end;
    sender.flags |= FLAG_DATA_UNACKNOWLEDGED;
  }
  if (th.flags & TH_ACK) {
    const known = (sender.flags & FLAG_MAXACK_SET) !== 0;
    if (!known || after(ack, sender.maxAck)) sender.maxAck = ack;
    sender.flags |= FLAG_MAXACK_SET;
  }
  if (receiver.maxWin !== 0 && after(end, sender.maxEnd)) {
    receiver.maxWin += u32(end - sender.maxEnd);
  }
  if (after(sack + win, receiver.maxEnd - 1)) receiver.maxEnd = u32(sack + Math.max(win, 1));
  if (ack === receiver.end) receiver.flags &= ~FLAG_DATA_UNACKNOWLEDGED;
}

function countRetransmission(
  tcp: CtTcp,
  segment: Segment,
  packet: { readonly th: TcpSegment; readonly dir: CtDir },
): void {
  const same =
    tcp.lastDir === packet.dir &&
    tcp.lastSeq === segment.seq &&
    tcp.lastAck === segment.ack &&
    tcp.lastEnd === segment.end &&
    tcp.lastWin === packet.th.window;
  if (same) {
    tcp.retrans++;
    return;
  }
  tcp.lastDir = packet.dir;
  tcp.lastSeq = segment.seq;
  tcp.lastAck = segment.ack;
  tcp.lastEnd = segment.end;
  tcp.lastWin = packet.th.window;
  tcp.retrans = 0;
}
