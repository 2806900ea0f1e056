import { err, ok, type Result } from '../../base/result';
import { IPPROTO_UDP, type Ip } from '../../wire/frame';
import { type Family, isMulticast } from '../../wire/ip';
import type { Errno } from '../errno';
import type { Dst } from '../ip/dst';
import { dstMtu } from '../ip/output';
import type { Netns } from '../netns';
import { autobind, inetBind } from './bind';
import { type Datagram, ReceiveQueue } from './datagram';
import { ipSend, maxNonFragment, routeFor } from './inet';
import { inetOf } from './inet-tables';
import { isAny, Sock, type SockAddr, speaksTo, unmapped } from './sock';

/** The largest payload of a datagram: 65535 less IP and UDP headers. */
const MAX_PAYLOAD_V4 = 65_507;
const MAX_PAYLOAD_V6 = 65_527;

/** struct udp_sock. */
export class UdpSock {
  readonly sk: Sock;
  readonly queue = new ReceiveQueue();
  /** encap_rcv of udp_tunnel_sock_create(): true if the tunnel took the datagram. */
  encapRcv: ((datagram: Datagram) => boolean) | undefined;
  #hashed = false;

  constructor(net: Netns, family: Family) {
    this.sk = new Sock(net, { family, type: 'dgram', protocol: IPPROTO_UDP });
  }

  bind(to: SockAddr): Result<undefined, Errno> {
    const { net } = this.sk;
    if (net.udpTunnels.has(to.port)) return err('EADDRINUSE');
    const bound = inetBind(this.sk, inetOf(net).udp.bind, to);
    if (bound.ok) this.#hash();
    return bound;
  }

  /** __ip4_datagram_connect(), net/ipv4/datagram.c: fixes the peer and the source address. */
  connect(to: SockAddr): Result<undefined, Errno> {
    const sk = this.sk;
    const addr = this.#target(unmapped(to.addr));
    if (!speaksTo(sk, addr)) return err(sk.family === 4 ? 'EAFNOSUPPORT' : 'ENETUNREACH');
    const route = routeFor(sk, { addr, port: to.port, scopeId: to.scopeId });
    if (!route.ok) return route;
    if (route.value.type === 'broadcast' && !sk.broadcast) return err('EACCES');
    sk.local ??= route.value.src;
    sk.peer = addr;
    sk.peerPort = to.port;
    sk.state = 'ESTABLISHED';
    const bound = autobind(sk, inetOf(sk.net).udp.bind);
    if (bound.ok) this.#hash();
    return bound;
  }

  /** udp_sendmsg(), udpv6_sendmsg(). */
  sendto(data: Uint8Array, to?: SockAddr): Result<number, Errno> {
    const sk = this.sk;
    const pending = sk.takeError();
    if (pending) return err(pending);
    const addr = to ? this.#target(unmapped(to.addr)) : sk.peer;
    const port = to?.port ?? sk.peerPort;
    if (addr === undefined) return err('EDESTADDRREQ');
    if (port === 0) return err('EINVAL');
    if (!speaksTo(sk, addr)) return err(sk.family === 4 ? 'EAFNOSUPPORT' : 'ENETUNREACH');
    const bound = autobind(sk, inetOf(sk.net).udp.bind);
    if (!bound.ok) return bound;
    this.#hash();
    const route = routeFor(sk, { addr, port, scopeId: to?.scopeId });
    if (!route.ok) return route;
    if (route.value.type === 'broadcast' && !sk.broadcast) return err('EACCES');
    return this.#transmit(route.value, { addr, port }, data);
  }

  #transmit(route: Dst, to: SockAddr, data: Uint8Array): Result<number, Errno> {
    const sk = this.sk;
    const v4 = typeof to.addr === 'number';
    const length = data.length + (v4 ? 28 : 48);
    const tooLong = data.length > (v4 ? MAX_PAYLOAD_V4 : MAX_PAYLOAD_V6);
    if (tooLong || length > maxNonFragment(sk, route)) {
      this.#localError(to, Math.min(dstMtu(route), maxNonFragment(sk, route)));
      return err('EMSGSIZE');
    }
    const sent = ipSend(sk, route, {
      src: sk.local ?? route.src,
      dst: to.addr,
      length,
      payload: { kind: 'udp', srcPort: sk.localPort, dstPort: to.port, payload: data },
    });
    sk.net.snmp.inc('Udp', 'OutDatagrams');
    // ip_send_skb(): a drop by a queue is no error to the sender unless IP_RECVERR asks for it.
    if (!sent.ok && !(sent.error === 'ENOBUFS' && !sk.recvErr)) return sent;
    return ok(data.length);
  }

  /** ip_local_error(). */
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

  /** A datagram, if one is here; a pending error comes first. */
  recv(): Datagram | Errno {
    const error = this.sk.takeError();
    if (error) return error;
    return this.queue.shift() ?? 'EAGAIN';
  }

  close(): void {
    if (this.sk.closed) return;
    this.sk.closed = true;
    const { udp } = inetOf(this.sk.net);
    if (this.sk.localPort !== 0) udp.bind.remove(this.sk);
    if (this.#hashed) udp.unhash(this);
    this.#hashed = false;
    this.sk.wakeAll();
  }

  /** A datagram to the unspecified address goes to oneself. */
  #target(addr: Ip): Ip {
    if (!isAny(addr)) return addr;
    return typeof addr === 'number' ? 0x7f00_0001 : 1n;
  }

  #hash(): void {
    if (this.#hashed) return;
    this.#hashed = true;
    inetOf(this.sk.net).udp.hash(this);
  }
}

/** Multicast and broadcast datagrams go to every socket that matches. */
export const isForMany = (dst: Ip, pktType: string): boolean =>
  isMulticast(dst) || (pktType === 'broadcast' && typeof dst === 'number');
