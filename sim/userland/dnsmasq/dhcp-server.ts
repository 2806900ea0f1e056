import { NO_BYTES } from '../../base/bytes';
import { err, ok, type Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import { IFF_LOOPBACK } from '../../linux/device/net-device';
import { strerror } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { newNeigh } from '../../linux/rtnetlink/neigh';
import type { Datagram } from '../../linux/socket/datagram';
import { openRaw, openUdp, recvRaw } from '../../linux/socket/socket';
import type { UdpSock } from '../../linux/socket/udp';
import type { Blocking } from '../../linux/wait-queue';
import {
  DHCP_CLIENT_PORT,
  DHCP_SERVER_PORT,
  type DhcpMessage,
  decodeDhcp,
  encodeDhcp,
} from '../../wire/dhcp';
import { IPPROTO_ICMP, type Ipv4 } from '../../wire/frame';
import { broadcastOf, formatIp, maskV4 } from '../../wire/ip';
import type { Config } from './config';
import { type Context, Dhcp } from './dhcp';
import { prettyTime } from './dhcp-option';
import { Leases } from './lease';
import type { Log } from './log';

const IPTOS_CLASS_CS6 = 0xc0;
const BROADCAST_IP = 0xffff_ffff;
/** PING_WAIT, PING_CACHE_TIME, and how many pings that allows. */
const PING_WAIT_US = 3_000_000;
const PING_CACHE_US = 30_000_000;
const MAX_PINGS = 6;
const RECEIVE_US = 250_000;

/** dhcp_init(), dhcp.c: bound to the one interface there is to serve, if it is one. */
export function openDhcp(proc: Proc, interfaces: readonly string[]): Result<UdpSock, string> {
  const { sock } = openUdp(proc, 4);
  const bound = sock.bind({ addr: 0, port: DHCP_SERVER_PORT });
  if (!bound.ok) return err(`failed to bind DHCP server socket: ${strerror(bound.error)}`);
  sock.sk.broadcast = true;
  sock.sk.tos = IPTOS_CLASS_CS6;
  sock.sk.pmtuDiscover = 'dont';
  const [only = '', ...more] = interfaces;
  const dev = more.length === 0 ? proc.netns.deviceByName(only) : undefined;
  if (dev) sock.sk.boundIfindex = dev.ifindex;
  return ok(sock);
}

/** dhcp.c of dnsmasq: the socket, and the interfaces it serves. */
export class DhcpServer {
  readonly leases: Leases;
  readonly #dhcp: Dhcp;
  readonly #pinged = new Map<Ipv4, number>();
  readonly #sock: UdpSock;
  readonly #boundTo: NetDevice | undefined;

  constructor(
    readonly proc: Proc,
    readonly config: Config,
    readonly log: Log,
    sock: UdpSock,
  ) {
    this.#sock = sock;
    this.#boundTo = proc.netns.deviceByIndex(sock.sk.boundIfindex);
    this.leases = new Leases(proc, config.dhcp.leaseFile);
    this.leases.read();
    this.#dhcp = new Dhcp({
      config: config.dhcp,
      leases: this.leases,
      log,
      dnsPort: config.port,
      random16: () => proc.host.random('dnsmasq').u32() & 0xffff,
      isFree: (address) => this.#isFree(address),
    });
  }

  /** log_context() of each range, when the daemon has started. */
  announce(): void {
    for (const { start, end, isStatic, leaseSeconds } of this.config.dhcp.ranges) {
      const what = isStatic
        ? `DHCP, static leases only on ${formatIp(start)}`
        : `DHCP, IP range ${formatIp(start)} -- ${formatIp(end)}`;
      this.log.dhcp(`${what}, lease time ${prettyTime(leaseSeconds)}`);
    }
    if (this.#boundTo !== undefined) {
      this.log.dhcp(`DHCP, sockets bound exclusively to interface ${this.#boundTo.name}`);
    }
  }

  get queues() {
    return [this.#sock.sk.readable];
  }

  /** dhcp_packet(), for all that came. */
  *serve(): Blocking<void> {
    this.leases.prune();
    for (;;) {
      const got = this.#sock.recv();
      if (typeof got === 'string') return;
      yield* this.#packet(got);
    }
  }

  *#packet(datagram: Datagram): Blocking<void> {
    const dev = this.proc.netns.deviceByIndex(datagram.ifindex);
    const message = decodeDhcp(datagram.data);
    if (!dev || !message.ok || !this.#serves(dev)) return;
    const reply = yield* this.#dhcp.reply({
      message: message.value,
      device: dev.name,
      contexts: this.#contextsOf(dev),
      unicast: datagram.to !== BROADCAST_IP,
    });
    if (reply) this.#send(dev, reply);
  }

  /** iface_check(), and no-dhcp-interface. */
  #serves(dev: NetDevice): boolean {
    const { interfaces, exceptInterfaces, dhcp } = this.config;
    if (exceptInterfaces.includes(dev.name) || dhcp.noInterfaces.includes(dev.name)) return false;
    return interfaces.length === 0 || interfaces.includes(dev.name);
  }

  /** complete_context(): ranges in the networks of the interface's own addresses. */
  #contextsOf(dev: NetDevice): readonly Context[] {
    const contexts: Context[] = [];
    for (const { local, prefixLen } of dev.inDev.addresses) {
      for (const range of this.config.dhcp.ranges) {
        const netmask = range.netmask ?? maskV4(prefixLen);
        const same = (one: Ipv4): boolean => ((one ^ local) & netmask) === 0;
        if (!same(range.start) || !same(range.end)) continue;
        if (contexts.some((one) => one.range === range)) continue;
        const broadcast = range.broadcast ?? broadcastOf(local, Math.clz32(~netmask));
        contexts.push({ range, netmask, broadcast, local });
      }
    }
    return contexts;
  }

  /** To the address the client has, to everybody, or to the address it gets, which ARP cannot find yet. */
  #send(dev: NetDevice, reply: DhcpMessage): void {
    const to = (addr: Ipv4): void => {
      const where = { addr, port: DHCP_CLIENT_PORT, scopeId: dev.ifindex };
      this.#sock.sendto(encodeDhcp(reply), where);
    };
    if (reply.ciaddr !== 0) to(reply.ciaddr);
    else if (reply.broadcast || reply.yiaddr === 0) to(BROADCAST_IP);
    else {
      const neighbour = { dev, ip: reply.yiaddr, lladdr: reply.chaddr, state: 'STALE' as const };
      newNeigh(dev.netns, neighbour, { create: true, excl: false, replace: true });
      to(reply.yiaddr);
    }
  }

  /** do_icmp_ping(): one echo request and three seconds, unless that was tried just now. */
  *#isFree(address: Ipv4): Blocking<boolean> {
    const now = this.proc.host.nowUs;
    for (const [known, at] of this.#pinged) {
      if (now - at > PING_CACHE_US) this.#pinged.delete(known);
    }
    if (this.#pinged.has(address)) return true;
    if (this.config.dhcp.noPing || this.#pinged.size >= MAX_PINGS || this.#isLocal()) return true;
    const answered = yield* this.#ping(address);
    if (!answered) this.#pinged.set(address, this.proc.host.nowUs);
    return !answered;
  }

  #isLocal(): boolean {
    return this.#boundTo !== undefined && (this.#boundTo.flags & IFF_LOOPBACK) !== 0;
  }

  /** icmp_ping(). */
  *#ping(address: Ipv4): Blocking<boolean> {
    const { proc } = this;
    const opened = openRaw(proc, 4, IPPROTO_ICMP);
    const id = proc.host.random('dnsmasq').u32() & 0xffff;
    const echo = { kind: 'icmp' as const, type: 8, code: 0, rest: id << 16, data: NO_BYTES };
    opened.sock.sendto(echo, { addr: address, port: 0 });
    const until = proc.host.nowUs + PING_WAIT_US;
    let answered = false;
    while (!answered && proc.host.nowUs < until && proc.pending.length === 0) {
      const left = Math.min(RECEIVE_US, until - proc.host.nowUs);
      const got = yield* recvRaw(proc, opened.sock, left);
      if (typeof got === 'string') continue;
      const { packet } = got;
      if (packet.kind !== 'ipv4' || packet.payload.kind !== 'icmp') continue;
      answered = packet.src === address && packet.payload.type === 0;
    }
    proc.close(opened.fd);
    return answered;
  }
}
