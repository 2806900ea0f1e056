import { err, type Result } from '../../base/result';
import type { Ip, IpPacket, L4 } from '../../wire/frame';
import { isMulticast } from '../../wire/ip';
import type { Errno } from '../errno';
import type { Dst, Flow } from '../ip/dst';
import { dstMtu, ipOutput, routeOutput } from '../ip/output';
import type { Netns } from '../netns';
import type { Sock } from './sock';

/** A number under /proc/sys, or what the kernel boots with where the tree has no such file. */
export function sysctlNumber(net: Netns, path: string, otherwise: number): number {
  if (!net.hasSysctlTree) return otherwise;
  const text = net.sysctl.get(path)?.read();
  const value = text === undefined ? Number.NaN : Number.parseInt(text, 10);
  return Number.isNaN(value) ? otherwise : value;
}

/** Several numbers of one file: ip_local_port_range, tcp_rmem. */
export function sysctlNumbers(
  net: Netns,
  path: string,
  otherwise: readonly number[],
): readonly number[] {
  if (!net.hasSysctlTree) return otherwise;
  const text = net.sysctl.get(path)?.read();
  return text === undefined ? otherwise : text.trim().split(/\s+/).map(Number);
}

interface To {
  readonly addr: Ip;
  readonly port?: number | undefined;
  readonly scopeId?: number | undefined;
  /** Source already chosen: by bind(), or the address a packet came to. */
  readonly src?: Ip | undefined;
  readonly oif?: number | undefined;
}

/** flowi4_init_output() and ip_route_output_flow() for a socket. */
export function routeFor(sk: Sock, to: To): Result<Dst, Errno> {
  const src = to.src ?? sk.local;
  if (src !== undefined && typeof src !== typeof to.addr) return err('ENETUNREACH');
  const flow: Flow = {
    dst: to.addr,
    src,
    oif: sk.boundIfindex || to.scopeId || to.oif,
    tos: sk.tos,
    mark: sk.mark,
    protocol: sk.protocol,
    srcPort: sk.localPort || undefined,
    dstPort: to.port,
    uid: sk.uid,
    anySrc: sk.freebind,
  };
  const route = routeOutput(sk.net, flow);
  if (!route.ok && route.error === 'ENETUNREACH' && typeof to.addr === 'number') {
    sk.net.snmp.inc('Ip', 'OutNoRoutes');
  }
  return route;
}

/** What goes into a header beside addresses and payload. */
export interface SendParts {
  readonly src: Ip;
  readonly dst: Ip;
  readonly payload: L4;
  /** Bytes of the whole IP packet: decides about DF. */
  readonly length: number;
  readonly ttl?: number | undefined;
  readonly tos?: number | undefined;
  /** ip_select_ident() of a connected socket counts. */
  readonly id?: number | undefined;
}

/** maxnonfragsize of __ip_append_data(): what a socket that forbids fragments sends at most. */
export function maxNonFragment(sk: Sock, route: Dst): number {
  if (sk.pmtuDiscover === 'do') return dstMtu(route);
  if (sk.pmtuDiscover === 'probe' || sk.pmtuDiscover === 'interface') return route.dev.mtu;
  return 0xffff;
}

/** ip_dont_fragment() and the DF rule of __ip_make_skb(), net/ipv4/ip_output.c. */
function dontFragment(sk: Sock, route: Dst, length: number): boolean {
  if (sk.pmtuDiscover === 'do' || sk.pmtuDiscover === 'probe') return true;
  if (sk.pmtuDiscover !== 'want') return false;
  if (route.metrics.lock?.includes('mtu')) return false;
  return length <= dstMtu(route);
}

/** ip_select_ttl(), ip6_sk_dst_hoplimit(). */
function hopLimit(sk: Sock, route: Dst): number {
  if (isMulticast(route.dst) || route.type === 'multicast') return sk.multicastTtl;
  if (sk.ttl !== undefined) return sk.ttl;
  if (route.metrics.hoplimit) return route.metrics.hoplimit;
  if (typeof route.dst === 'bigint') return route.dev.in6Dev.conf.hop_limit;
  return sysctlNumber(sk.net, 'net/ipv4/ip_default_ttl', 64);
}

/** __ip_make_skb() or ip_queue_xmit(): header, then ip_local_out(). */
export function ipSend(sk: Sock, route: Dst, parts: SendParts): Result<undefined, Errno> {
  const packet = buildIp(sk, route, parts);
  return ipOutput(sk.net, { packet, dst: route, sk, mark: sk.mark });
}

function buildIp(sk: Sock, route: Dst, parts: SendParts): IpPacket {
  const { src, dst, payload } = parts;
  const hops = parts.ttl ?? hopLimit(sk, route);
  const tos = parts.tos ?? sk.tos;
  if (typeof src === 'number' && typeof dst === 'number') {
    return {
      kind: 'ipv4',
      src,
      dst,
      tos,
      id: parts.id ?? 0,
      df: dontFragment(sk, route, parts.length),
      mf: false,
      fragOffset: 0,
      ttl: hops,
      protocol: sk.protocol,
      options: NO_OPTIONS,
      payload,
    };
  }
  return {
    kind: 'ipv6',
    src: typeof src === 'bigint' ? src : 0n,
    dst: typeof dst === 'bigint' ? dst : 0n,
    trafficClass: tos,
    flowLabel: flowLabelOf(sk, parts),
    hopLimit: hops,
    nextHeader: sk.protocol === 1 ? 58 : sk.protocol,
    payload,
  };
}

/**
 * ip6_make_flowlabel(): net.ipv6.auto_flowlabels = 1 gives each flow a label; a hash of the
 * addresses here,
 * because the kernel's is keyed with a secret.
 */
function flowLabelOf(sk: Sock, parts: SendParts): number {
  const key = BigInt(parts.src) ^ (BigInt(parts.dst) << 1n);
  const ports = BigInt(sk.localPort * 65_536 + sk.peerPort);
  return Number((key ^ (key >> 61n) ^ (ports * 0x9e37_79b1n)) & 0xfffffn);
}

const NO_OPTIONS = new Uint8Array(0);
