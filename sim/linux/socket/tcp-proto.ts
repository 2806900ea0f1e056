import { type IpPacket, type TcpSegment, TH_ACK, TH_RST, TH_SYN } from '../../wire/frame';
import { ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED } from '../../wire/icmp';
import { ICMPV6_PKT_TOOBIG } from '../../wire/icmpv6';
import type { IcmpError, L4Protocol } from '../ip/l4-protocol';
import { ipOutput, routeOutput } from '../ip/output';
import type { Netns } from '../netns';
import { kfreeSkbReason, type Skb, traceSkb } from '../sk-buff';
import { inetOf } from './inet-tables';
import { after, before, seqAdd, seqDiff } from './seq';
import { newTcpSock, startConnection } from './tcp';
import { negotiate, tcpRcvSynchronized, tcpRcvSynSent } from './tcp-input';
import {
  advertisedMss,
  initialWindow,
  sendSyn,
  syncMss,
  tcpRoute,
  tcpWriteXmit,
} from './tcp-output';
import { type Received, segLen } from './tcp-segment';
import type { TcpSock } from './tcp-sock';
import { tcpDone, tcpReportError } from './tcp-state';
import type { TcpTuple } from './tcp-table';
import { armRetransTimer } from './tcp-timer';

/** tcp_protocol of net/ipv4/af_inet.c and tcpv6_protocol. */
export const tcpProtocol: L4Protocol = { rcv: tcpRcv, err: tcpErr };

/** tcp_v4_rcv(), tcp_v6_rcv(). */
function tcpRcv(skb: Skb): void {
  const packet = skb.packet;
  if (packet.kind !== 'ipv4' && packet.kind !== 'ipv6') return;
  if (skb.pktType !== 'host') {
    kfreeSkbReason(skb, 'OTHERHOST', 'tcp_v4_rcv');
    return;
  }
  const segment = packet.payload;
  if (segment.kind !== 'tcp') {
    kfreeSkbReason(skb, 'PKT_TOO_SMALL', 'tcp_v4_rcv');
    return;
  }
  const net = skb.dev.netns;
  net.snmp.inc('Tcp', 'InSegs');
  const tuple: TcpTuple = {
    local: packet.dst,
    localPort: segment.dstPort,
    peer: packet.src,
    peerPort: segment.srcPort,
    ifindex: skb.dev.ifindex,
  };
  const received: Received = { skb, packet, segment };
  const { tcp } = inetOf(net);
  const known = tcp.lookupEstablished(tuple);
  if (known && !reusesTimeWait(known, segment)) {
    rcvKnown(known, received);
    return;
  }
  if (known) tcpDone(known);
  const listener = tcp.lookupListener(tuple);
  if (listener) {
    rcvListen(listener, received);
    return;
  }
  if ((segment.flags & TH_RST) === 0) sendReset(received);
  kfreeSkbReason(skb, 'NO_SOCKET', 'tcp_v4_rcv', `no socket on TCP port ${segment.dstPort}`);
}

/** tcp_timewait_state_process(): a new SYN beyond the old sequence space, RFC 9293 §3.6.1. */
const reusesTimeWait = (tp: TcpSock, segment: TcpSegment): boolean =>
  tp.sk.state === 'TIME_WAIT' &&
  (segment.flags & (TH_SYN | TH_RST | TH_ACK)) === TH_SYN &&
  (after(segment.seq, tp.rcvNxt) ||
    (tp.tstampOk && seqDiff(segment.options.timestamp?.value ?? 0, tp.tsRecent) > 0));

function rcvKnown(tp: TcpSock, received: Received): void {
  const { segment, skb } = received;
  const before = tp.sk.state;
  traceSegment(skb, tp);
  if (before === 'SYN_SENT') {
    if (tcpRcvSynSent(tp, received)) sendReset(received);
    return;
  }
  if (before !== 'SYN_RECV' || !tp.listener) {
    tcpRcvSynchronized(tp, received);
    return;
  }
  // tcp_check_req(): the SYN again means that our answer was lost.
  if ((segment.flags & (TH_SYN | TH_ACK)) === TH_SYN && segment.seq === tp.irs) {
    sendSyn(tp, true);
    return;
  }
  const { listener } = tp;
  const finishes = (segment.flags & (TH_ACK | TH_RST)) === TH_ACK;
  if (finishes && isAcceptQueueFull(listener)) {
    listener.sk.net.snmp.inc('TcpExt', 'ListenOverflows');
    listener.sk.net.snmp.inc('TcpExt', 'ListenDrops');
    kfreeSkbReason(skb, 'TCP_LISTEN_OVERFLOW', 'tcp_v4_rcv', 'accept queue is full');
    return;
  }
  tcpRcvSynchronized(tp, received);
  if (!isEstablished(tp)) return;
  listener.synQueue--;
  listener.acceptQueue.push(tp);
  listener.sk.readable.wake();
}

const isEstablished = (tp: TcpSock): boolean =>
  tp.sk.state === 'ESTABLISHED' || tp.sk.state === 'CLOSE_WAIT';

/** sk_acceptq_is_full(). */
const isAcceptQueueFull = (listener: TcpSock): boolean =>
  listener.acceptQueue.length > listener.backlog;

/** tcp_rcv_state_process() in LISTEN, tcp_conn_request(). */
function rcvListen(listener: TcpSock, received: Received): void {
  const { segment, skb } = received;
  if ((segment.flags & TH_RST) !== 0) {
    kfreeSkbReason(skb, 'TCP_FLAGS', 'tcp_v4_rcv');
    return;
  }
  if ((segment.flags & TH_ACK) !== 0) {
    sendReset(received);
    kfreeSkbReason(skb, 'TCP_FLAGS', 'tcp_v4_rcv', 'ACK to a listener');
    return;
  }
  if ((segment.flags & TH_SYN) === 0) {
    kfreeSkbReason(skb, 'TCP_FLAGS', 'tcp_v4_rcv');
    return;
  }
  if (isAcceptQueueFull(listener)) {
    listener.sk.net.snmp.inc('TcpExt', 'ListenOverflows');
    listener.sk.net.snmp.inc('TcpExt', 'ListenDrops');
    kfreeSkbReason(skb, 'TCP_LISTEN_OVERFLOW', 'tcp_v4_rcv', 'accept queue is full');
    return;
  }
  traceSegment(skb, listener);
  connRequest(listener, received);
}

function connRequest(listener: TcpSock, { packet, segment }: Received): void {
  const { sk } = listener;
  const tp = newTcpSock(sk.net, sk.family);
  tp.sk.local = packet.dst;
  tp.sk.peer = packet.src;
  tp.sk.peerPort = segment.srcPort;
  tp.sk.boundIfindex = sk.boundIfindex;
  tp.sk.reuseAddr = sk.reuseAddr;
  tp.sk.reusePort = sk.reusePort;
  tp.sk.mark = sk.mark;
  tp.sk.ttl = sk.ttl;
  tp.sk.tos = sk.tos;
  tp.sk.owner = sk.owner;
  tp.listener = listener;
  tp.sk.localPort = sk.localPort;
  const route = tcpRoute(tp);
  if (!route.ok) return;
  const { tcp } = inetOf(sk.net);
  tcp.bind.add(tp.sk, sk.localPort);
  tp.sk.state = 'SYN_RECV';
  startConnection(tp);
  negotiate(tp, segment);
  tp.irs = segment.seq;
  tp.rcvNxt = seqAdd(segment.seq, 1);
  tp.rcvWup = tp.rcvNxt;
  tp.advmss = advertisedMss(tp, route.value);
  initialWindow(tp, tp.advmss - (tp.tstampOk ? 12 : 0));
  syncMss(tp, route.value);
  tp.sndNxt = seqAdd(tp.iss, 1);
  tcp.hashConnection(tp);
  listener.synQueue++;
  tp.rttSeq = { end: tp.sndNxt, atUs: tp.sk.nowUs };
  sendSyn(tp, true);
  armRetransTimer(tp);
}

/** tcp_v4_send_reset(), RFC 9293 §3.10.7.1. */
function sendReset({ skb, packet, segment }: Received): void {
  const net = skb.dev.netns;
  const acked = (segment.flags & TH_ACK) !== 0;
  const reply: TcpSegment = {
    kind: 'tcp',
    srcPort: segment.dstPort,
    dstPort: segment.srcPort,
    seq: acked ? segment.ack : 0,
    ack: acked ? 0 : seqAdd(segment.seq, segLen(segment)),
    flags: acked ? TH_RST : TH_RST | TH_ACK,
    window: 0,
    urgent: 0,
    options: {},
    payload: new Uint8Array(0),
  };
  const oif = typeof packet.src === 'bigint' ? skb.dev.ifindex : 0;
  const route = routeOutput(net, { dst: packet.src, src: packet.dst, oif, protocol: 6 });
  if (!route.ok) return;
  net.snmp.inc('Tcp', 'OutRsts');
  const out = replyPacket(packet, reply);
  if (out) ipOutput(net, { packet: out, dst: route.value, parentId: skb.id });
}

/** ip_send_unicast_reply(): the reset's own header; its identification is 0 and DF is set. */
function replyPacket(packet: IpPacket, payload: TcpSegment): IpPacket | undefined {
  const { src, dst } = packet;
  if (packet.kind === 'ipv4' && typeof src === 'number' && typeof dst === 'number') {
    return {
      ...packet,
      src: dst,
      dst: src,
      tos: 0,
      id: 0,
      df: true,
      ttl: 64,
      options: NONE,
      payload,
    };
  }
  if (packet.kind === 'ipv6' && typeof src === 'bigint' && typeof dst === 'bigint') {
    return { ...packet, src: dst, dst: src, flowLabel: 0, hopLimit: 64, payload };
  }
  return undefined;
}

const NONE = new Uint8Array(0);

/** tcp_v4_err(), tcp_v6_err(): RFC 5927's checks, RFC 1122 §4.2.3.9 on what is soft. */
function tcpErr(net: Netns, error: IcmpError): void {
  const { embedded } = error;
  if (!embedded.ports) return;
  const tp = inetOf(net).tcp.lookupEstablished({
    local: embedded.src,
    localPort: embedded.ports.src,
    peer: embedded.dst,
    peerPort: embedded.ports.dst,
  });
  if (!tp || tp.sk.state === 'TIME_WAIT') return;
  const view = new DataView(embedded.payload.buffer, embedded.payload.byteOffset);
  const seq = embedded.payload.length >= 8 ? view.getUint32(4) : tp.sndUna;
  if (before(seq, tp.sndUna) || after(seq, tp.sndNxt)) return;
  const tooBig4 = error.type === ICMP_DEST_UNREACH && error.code === ICMP_FRAG_NEEDED;
  if (error.family === 4 ? tooBig4 : error.type === ICMPV6_PKT_TOOBIG) {
    mtuReduced(tp);
    return;
  }
  if (error.errno === undefined) return;
  const { state } = tp.sk;
  if (error.family === 6 && state === 'SYN_SENT' && ownedByConnect(tp)) {
    tp.softError = error.errno;
    return;
  }
  if (state === 'SYN_SENT' || state === 'SYN_RECV') {
    tcpReportError(tp, error.errno);
    return;
  }
  if (tp.sk.recvErr) tp.sk.error = error.errno;
  else tp.softError = error.errno;
}

/** Within the softirq of its own SYN. */
const SYN_SOFTIRQ_US = 1000;

/**
 * sock_owned_by_user(): an IPv6 error that is there before connect() has let go of the socket stays soft; the next
 * SYN, a second later, is answered in time.
 */
const ownedByConnect = (tp: TcpSock): boolean =>
  tp.retransmits === 0 && tp.rttSeq !== undefined && tp.sk.nowUs - tp.rttSeq.atUs < SYN_SOFTIRQ_US;

/** tcp_v4_mtu_reduced(), tcp_simple_retransmit(). */
function mtuReduced(tp: TcpSock): void {
  const route = tcpRoute(tp);
  if (!route.ok) return;
  const old = tp.mssCache;
  syncMss(tp, route.value);
  if (tp.mssCache >= old || tp.inFlight === 0) return;
  tp.rttSeq = undefined;
  // What was in flight goes out again in smaller pieces, from the first on.
  tp.sndNxt = tp.sndUna;
  tp.finSent = false;
  tcpWriteXmit(tp);
}

function traceSegment(skb: Skb, tp: TcpSock): void {
  if (!tp.sk.net.kernel.tracer.on) return;
  const owner = tp.sk.owner ? ` of ${tp.sk.owner.comm}` : '';
  traceSkb(skb, 'tcp_v4_do_rcv', 'deliver', { detail: `socket in ${tp.sk.state}${owner}` });
}
