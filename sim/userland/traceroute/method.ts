import { err, OK, type Result } from '../../base/result';
import type { Errno } from '../../linux/errno';
import { routeOutput } from '../../linux/ip/output';
import type { Proc } from '../../linux/process';
import { routeFor } from '../../linux/socket/inet';
import type { RawSock } from '../../linux/socket/raw';
import type { ExtendedError, Sock } from '../../linux/socket/sock';
import { openRaw, openTcp, openUdp } from '../../linux/socket/socket';
import { tcpBind } from '../../linux/socket/tcp';
import type { WaitQueue } from '../../linux/wait-queue';
import {
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_TCP,
  type Ip,
  type L4,
  TH_ACK,
  TH_RST,
  TH_SYN,
} from '../../wire/frame';
import { isIcmpError } from '../../wire/icmp';
import { isIcmpv6Error } from '../../wire/icmpv6';
import type { TracerouteOptions } from './options';
import { finalMark, type Probe } from './probe';

/** Where the probes go. */
export interface Trace {
  /** Length of the probes; --mtu makes it less. */
  packetLength: number;
  readonly proc: Proc;
  readonly options: TracerouteOptions;
  readonly dst: Ip;
  readonly source: Ip | undefined;
}

/** The failure of a system call that ends everything: its name and why. */
export interface SendFailure {
  readonly call: string;
  readonly errno: Errno;
}

/** struct tr_module: how probes are sent and answers recognised. */
export interface Method {
  send(probe: Probe, index: number, ttl: number): Result<undefined, SendFailure>;
  /** Reads what has come. */
  poll(probes: readonly Probe[]): void;
  /** Woken when something came. */
  queues(probes: readonly Probe[]): readonly WaitQueue[];
}

const DEFAULT_UDP_PORT = 33_434;
const DEFAULT_TCP_PORT = 80;
/** -U. */
const DEFAULT_FIXED_UDP_PORT = 53;

/** tune_socket(), init_ip_options(). */
function tune(trace: Trace, sk: Sock): void {
  const { options, proc } = trace;
  const device = options.device === undefined ? undefined : proc.netns.deviceByName(options.device);
  if (device) sk.boundIfindex = device.ifindex;
  sk.pmtuDiscover = options.dontFragment ? 'probe' : 'dont';
  sk.recvErr = true;
  sk.tos = options.tos;
  sk.mark = options.mark;
}

/** The bytes behind the transport header: traceroute counts up from `@`. */
function filling(trace: Trace, headers: number): Uint8Array {
  const size = Math.max(0, trace.packetLength - headers);
  return Uint8Array.from({ length: size }, (_, i) => 0x40 + (i & 0x3f));
}

function answered(probe: Probe, from: Ip | undefined, atUs: number): void {
  if (probe.done) return;
  probe.from = from;
  probe.receivedUs = atUs;
  probe.done = true;
  probe.close();
}

/** recv_reply(): what the error queue says of a probe. */
function failed(trace: Trace, probe: Probe, error: ExtendedError): void {
  const tooLong = error.origin === 'local' && error.errno === 'EMSGSIZE';
  const mark = tooLong ? `!F-${error.info}` : finalMark(typeof trace.dst === 'number', error);
  const mtu = mark?.startsWith('!F-') ? error.info : 0;
  if (trace.options.mtuDiscovery && mtu > 0 && mtu < trace.packetLength) {
    // The probe is sent again, as long as it may be.
    trace.packetLength = mtu;
    probe.close();
    probe.mtu = mtu;
    probe.sentUs = undefined;
    return;
  }
  probe.final = mark !== undefined;
  probe.mark = mark ?? '';
  probe.ttl = error.ttl;
  answered(probe, error.offender, error.atUs);
}

/** mod-udp.c: a socket a probe, each with the next port, or (-U) all with one. */
export function udpMethod(trace: Trace): Method {
  const { proc, dst, options } = trace;
  const v4 = typeof dst === 'number';
  const fixed = options.method === 'udp';
  const checks = new Map<Probe, () => void>();
  const queues = new Map<Probe, WaitQueue>();
  return {
    send(probe, index, ttl) {
      const { fd, sock } = openUdp(proc, v4 ? 4 : 6);
      tune(trace, sock.sk);
      sock.sk.ttl = ttl;
      probe.close = () => {
        proc.close(fd);
        checks.delete(probe);
        queues.delete(probe);
      };
      if (trace.source !== undefined) {
        const bound = sock.bind({ addr: trace.source, port: 0 });
        if (!bound.ok) return err({ call: 'bind', errno: bound.error });
      }
      const first = options.port ?? (fixed ? DEFAULT_FIXED_UDP_PORT : DEFAULT_UDP_PORT);
      const port = fixed ? first : (first + index) & 0xffff;
      const refused = offLink(trace);
      if (refused) return err({ call: 'connect', errno: refused });
      const connected = sock.connect({ addr: dst, port });
      if (!connected.ok) return err({ call: 'connect', errno: connected.error });
      const sent = sock.sendto(filling(trace, v4 ? 28 : 48));
      if (!sent.ok && !isExpected(sent.error)) return err({ call: 'send', errno: sent.error });
      probe.sentUs = proc.host.nowUs;
      queues.set(probe, sock.sk.readable);
      checks.set(probe, () => {
        const error = sock.sk.takeExtendedError();
        sock.sk.takeError();
        if (error) {
          failed(trace, probe, error);
          return;
        }
        const got = sock.recv();
        if (typeof got === 'string') return;
        probe.final = true;
        answered(probe, got.from.addr, got.atUs);
      });
      return OK;
    },
    poll: () => {
      for (const check of [...checks.values()]) check();
    },
    queues: () => [...queues.values()],
  };
}

/** do_send(): errors of the path that the probe itself is to find. */
const isExpected = (errno: Errno): boolean =>
  ['ENOBUFS', 'EAGAIN', 'EMSGSIZE', 'ECONNREFUSED', 'EHOSTUNREACH'].includes(errno);

/** SO_DONTROUTE: nothing but neighbours can be reached. */
function offLink({ proc, dst, options }: Trace): Errno | undefined {
  if (!options.dontRoute) return undefined;
  const route = routeOutput(proc.netns, { dst });
  return route.ok && route.value.gateway === undefined ? undefined : 'ENETUNREACH';
}

/** One raw socket for all probes of a method. */
interface RawProbes {
  readonly protocol: number;
  readonly packet: (index: number) => L4;
  /** The index of the probe that an error quotes, from its transport header. */
  readonly quoted: (data: Uint8Array) => number | undefined;
  /** The index that a reply answers. */
  readonly replied: (l4: L4) => number | undefined;
}

function rawMethod(trace: Trace, kind: RawProbes, start: number): Method {
  const { proc, dst } = trace;
  const v4 = typeof dst === 'number';
  const { sock } = openRaw(proc, v4 ? 4 : 6, kind.protocol);
  tune(trace, sock.sk);
  sock.icmpFilter = (type) => !(v4 ? isIcmpError(type) : isIcmpv6Error(type));
  let bound = false;
  return {
    send(probe, index, ttl) {
      const refused = offLink(trace);
      if (refused) return err({ call: 'connect', errno: refused });
      if (!bound && trace.source !== undefined) {
        const done = sock.bind({ addr: trace.source, port: 0 });
        if (!done.ok) return err({ call: 'bind', errno: done.error });
        bound = true;
      }
      const sent = sock.sendto(kind.packet(index), { addr: dst, port: 0 }, ttl);
      if (!sent.ok && !isExpected(sent.error)) {
        return err({ call: 'connect', errno: sent.error });
      }
      probe.sentUs = proc.host.nowUs;
      return OK;
    },
    poll: (probes) => pollRaw(sock, probes, { trace, kind, start }),
    queues: () => [sock.sk.readable],
  };
}

interface RawContext {
  readonly trace: Trace;
  readonly kind: RawProbes;
  readonly start: number;
}

function pollRaw(sock: RawSock, probes: readonly Probe[], context: RawContext): void {
  const { kind, trace } = context;
  for (;;) {
    const error = sock.sk.takeExtendedError();
    if (!error) break;
    sock.sk.takeError();
    const probe = probes[(kind.quoted(error.data) ?? -1) - context.start];
    if (probe?.sentUs && !probe.done) failed(trace, probe, error);
  }
  for (;;) {
    const got = sock.recv();
    if (typeof got === 'string') return;
    const { packet } = got;
    const probe = probes[(kind.replied(packet.payload) ?? -1) - context.start];
    if (!probe || probe.sentUs === undefined || packet.src !== trace.dst) continue;
    probe.final = true;
    probe.ttl = packet.kind === 'ipv4' ? packet.ttl : packet.hopLimit;
    answered(probe, packet.src, got.atUs);
  }
}

const word = (data: Uint8Array, at: number): number => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);

/** mod-icmp.c: -I. */
export function icmpMethod(trace: Trace): Method {
  const v4 = typeof trace.dst === 'number';
  const ident = trace.proc.pid & 0xffff;
  const request = v4 ? 8 : 128;
  const reply = v4 ? 0 : 129;
  const kind: RawProbes = {
    protocol: v4 ? IPPROTO_ICMP : IPPROTO_ICMPV6,
    packet: (index) => {
      const rest = ident * 65_536 + index + 1;
      const data = filling(trace, v4 ? 28 : 48);
      return v4
        ? { kind: 'icmp', type: request, code: 0, rest, data }
        : { kind: 'icmpv6', type: request, code: 0, rest, data };
    },
    quoted: (bytes) =>
      bytes[0] === request && word(bytes, 4) === ident ? word(bytes, 6) : undefined,
    replied: (l4) => {
      if ((l4.kind !== 'icmp' && l4.kind !== 'icmpv6') || l4.type !== reply) return undefined;
      return Math.floor(l4.rest / 65_536) === ident ? l4.rest & 0xffff : undefined;
    },
  };
  return rawMethod(trace, kind, 1);
}

/** mod-tcp.c: -T, half-open SYNs; the kernel itself resets what answers. */
export function tcpMethod(trace: Trace): Method {
  const { proc, dst, options } = trace;
  const family = typeof dst === 'number' ? 4 : 6;
  // A bound socket keeps the source port ours.
  const { sock } = openTcp(proc, family);
  tcpBind(sock, { addr: family === 4 ? 0 : 0n, port: 0 });
  const srcPort = sock.sk.localPort;
  const route = routeFor(sock.sk, { addr: dst });
  const mtu = route.ok ? route.value.dev.mtu : 1500;
  const base = proc.host.random('traceroute').u32() & 0xffff_0000;
  const kind: RawProbes = {
    protocol: IPPROTO_TCP,
    packet: (index) => ({
      kind: 'tcp',
      srcPort,
      dstPort: options.port ?? DEFAULT_TCP_PORT,
      seq: (base + index + 1) >>> 0,
      ack: 0,
      flags: TH_SYN,
      window: 5840,
      urgent: 0,
      options: {
        mss: Math.min(mtu - 40, 1460),
        sackPermitted: true,
        timestamp: { value: index + 1, echo: 0 },
        windowScale: 2,
      },
      payload: new Uint8Array(0),
    }),
    quoted: (bytes) => (word(bytes, 0) === srcPort ? word(bytes, 6) : undefined),
    replied: (l4) => {
      if (l4.kind !== 'tcp' || l4.dstPort !== srcPort) return undefined;
      if ((l4.flags & (TH_RST | TH_SYN)) === 0 || (l4.flags & TH_ACK) === 0) return undefined;
      return (l4.ack - 1) & 0xffff;
    },
  };
  return rawMethod(trace, kind, 1);
}
