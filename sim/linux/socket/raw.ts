import { err, ok, type Result } from '../../base/result';
import type { IpPacket, L4 } from '../../wire/frame';
import type { Family } from '../../wire/ip';
import { ipLength, l4Length } from '../../wire/length';
import type { NetDevice } from '../device/net-device';
import type { Errno } from '../errno';
import type { IcmpError, RawSockets } from '../ip/l4-protocol';
import { dstMtu } from '../ip/output';
import type { Netns } from '../netns';
import type { Skb } from '../sk-buff';
import { checkAddress } from './bind';
import { ipSend, maxNonFragment, routeFor } from './inet';
import { inetOf } from './inet-tables';
import { SKB_OVERHEAD, Sock, type SockAddr } from './sock';

/** A packet as a raw socket gets it: header and all. */
export interface RawPacket {
  readonly packet: IpPacket;
  readonly ifindex: number;
  readonly atUs: number;
}

/** struct raw_sock, net/ipv4/raw.c and net/ipv6/raw.c. */
export class RawSock {
  readonly sk: Sock;
  /** ICMP_FILTER, ICMP6_FILTER: whether a type is delivered. */
  icmpFilter: (type: number) => boolean = () => true;
  readonly #queue: RawPacket[] = [];
  #bytes = 0;

  constructor(net: Netns, family: Family, protocol: number) {
    this.sk = new Sock(net, { family, type: 'raw', protocol });
    inetOf(net).raw.socks.add(this);
  }

  /** raw_bind(). */
  bind(to: SockAddr): Result<undefined, Errno> {
    const checked = checkAddress(this.sk, to);
    if (checked.ok) this.sk.local = to.addr;
    return checked;
  }

  /** raw_sendmsg(), rawv6_sendmsg(). */
  sendto(payload: L4, to: SockAddr, hops?: number): Result<number, Errno> {
    const sk = this.sk;
    const pending = sk.takeError();
    if (pending) return err(pending);
    const size = l4Length(payload);
    if (size > 0xffff) return err('EMSGSIZE');
    const route = routeFor(sk, to);
    if (!route.ok) return route;
    if (route.value.type === 'broadcast' && !sk.broadcast) return err('EACCES');
    const length = size + (typeof to.addr === 'number' ? 20 : 40);
    if (length > maxNonFragment(sk, route.value)) {
      this.#localError(to, Math.min(dstMtu(route.value), maxNonFragment(sk, route.value)));
      return err('EMSGSIZE');
    }
    const parts = { src: sk.local ?? route.value.src, dst: to.addr, payload, length, ttl: hops };
    const sent = ipSend(sk, route.value, parts);
    // raw_sendmsg(): a full queue is no error unless IP_RECVERR asks for it.
    if (!sent.ok && !(sent.error === 'ENOBUFS' && !sk.recvErr)) return sent;
    return ok(size);
  }

  /** recvmsg without waiting. */
  recv(): RawPacket | Errno {
    const error = this.sk.takeError();
    if (error) return error;
    const first = this.#queue.shift();
    if (!first) return 'EAGAIN';
    this.#bytes -= ipLength(first.packet) + SKB_OVERHEAD;
    return first;
  }

  get pending(): number {
    return this.#queue.length;
  }

  /** raw_rcv(). */
  deliver(skb: Skb, packet: IpPacket): void {
    if (this.#bytes > this.sk.rcvbuf) return;
    this.#bytes += ipLength(packet) + SKB_OVERHEAD;
    this.#queue.push({ packet, ifindex: arrivedBy(skb, packet).ifindex, atUs: this.sk.nowUs });
    this.sk.readable.wake();
  }

  close(): void {
    this.sk.closed = true;
    inetOf(this.sk.net).raw.socks.delete(this);
    this.sk.wakeAll();
  }

  #localError(to: SockAddr, mtu: number): void {
    if (!this.sk.recvErr) return;
    this.sk.queueError({
      errno: 'EMSGSIZE',
      origin: 'local',
      type: 0,
      code: 0,
      info: mtu,
      offender: undefined,
      ttl: undefined,
      dst: to,
      data: new Uint8Array(0),
      atUs: this.sk.nowUs,
    });
  }
}

/** inet6_iif(): what came over `lo` belongs to the device whose address it was for. */
function arrivedBy(skb: Skb, packet: IpPacket): NetDevice {
  const { dev } = skb;
  if (packet.kind === 'ipv4' || dev !== dev.netns.lo) return dev;
  const holds = (one: NetDevice): boolean =>
    one.in6Dev.addresses.some((ifa) => ifa.address === packet.dst);
  return dev.netns.devices().find(holds) ?? dev;
}

/** raw_local_deliver() and raw_icmp_error() of one family. */
export const rawSockets = (family: Family): RawSockets => ({
  deliver: (skb) => rawLocalDeliver(skb, family),
  err: (net, error) => rawErr(net, error, family),
});

function rawLocalDeliver(skb: Skb, family: Family): boolean {
  const packet = skb.packet;
  if (packet.kind !== 'ipv4' && packet.kind !== 'ipv6') return false;
  const { raw } = inetOf(skb.dev.netns);
  if (raw.socks.size === 0) return false;
  const protocol = packet.kind === 'ipv4' ? packet.protocol : packet.nextHeader;
  const found = raw.matching({
    family,
    protocol,
    local: packet.dst,
    peer: packet.src,
    ifindex: skb.dev.ifindex,
  });
  const l4 = packet.payload;
  for (const sock of found) {
    const filtered = l4.kind === 'icmp' || l4.kind === 'icmpv6';
    if (filtered && !sock.icmpFilter(l4.type)) continue;
    sock.deliver(skb, packet);
  }
  return found.length > 0;
}

/** raw_err(), rawv6_err(). */
function rawErr(net: Netns, error: IcmpError, family: Family): void {
  const { embedded } = error;
  const found = inetOf(net).raw.matching({
    family,
    protocol: embedded.protocol,
    local: embedded.src,
    peer: embedded.dst,
    ifindex: error.dev.ifindex,
  });
  if (error.errno === undefined) return;
  for (const { sk } of found) {
    if (!sk.recvErr && sk.state !== 'ESTABLISHED') continue;
    if (sk.recvErr) {
      sk.queueError({
        errno: error.errno,
        origin: family === 4 ? 'icmp' : 'icmp6',
        type: error.type,
        code: error.code,
        info: error.info,
        offender: error.offender,
        ttl: error.ttl,
        dst: { addr: embedded.dst, port: 0 },
        data: embedded.payload,
        atUs: sk.nowUs,
      });
    }
    const hard = error.errno === 'EMSGSIZE' ? sk.pmtuDiscover !== 'dont' : error.fatal;
    if (sk.recvErr || hard) sk.error = error.errno;
  }
}
