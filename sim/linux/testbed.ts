import { Randomness } from '../base/prng';
import { Scheduler } from '../base/scheduler';
import type { IcmpMessage, Icmpv6Message, Ip, IpPacket, L4 } from '../wire/frame';
import { parseCidr, parseIp } from '../wire/ip';
import type { NetDevice } from './device/net-device';
import type { Errno } from './errno';
import { ipOutput, routeOutput } from './ip/output';
import { Kernel } from './kernel';
import { Netns } from './netns';
import { newAddress } from './rtnetlink/addr';
import { changeLink, type LinkAttributes, type NewLinkKind, newLink } from './rtnetlink/link';
import type { Rtnl } from './rtnetlink/netlink-error';
import { newRoute, type RouteRequest } from './rtnetlink/route';
import { type TraceEvent, Tracer } from './trace';

/** Namespaces of one kernel, set up in few words: what the tests of this room stand on. */
export class Testbed {
  readonly scheduler = new Scheduler();
  readonly events: TraceEvent[] = [];
  readonly kernel: Kernel;

  constructor(seed = 'testbed') {
    const tracer = new Tracer();
    tracer.listen((event) => this.events.push(event));
    this.kernel = new Kernel({ scheduler: this.scheduler, random: new Randomness(seed), tracer });
  }

  /** A namespace with `lo` up and IPv6 off unless asked for. */
  netns(name: string, options: { readonly ipv6?: boolean } = {}): Netns {
    const net = new Netns(this.kernel, { hostName: 'lab', name });
    if (!options.ipv6) net.ipv6.setDisabled(net.ipv6.confAll, 1);
    must(changeLink(net, net.lo, { up: true }));
    return net;
  }

  run(us: number): void {
    const end = this.scheduler.nowUs + us;
    while (this.scheduler.step(end));
    this.scheduler.advanceTo(end);
  }

  /** Reasons of the packets lost since the last call, with the function that lost them. */
  drops(): readonly string[] {
    const lost = this.events.filter((event) => event.verdict === 'drop');
    this.events.length = 0;
    return lost.map((event) => `${event.netns}/${event.dev} ${event.stage} ${event.reason}`);
  }
}

export function must<T>(result: Rtnl<T>): T {
  if (!result.ok) throw new Error(`${result.error.errno} ${result.error.message ?? ''}`);
  return result.value;
}

/** "EEXIST" or "EINVAL: text", as iproute2 would tell. */
export const answer = (result: Rtnl<unknown>): string => {
  if (result.ok) return 'ok';
  const { errno, message } = result.error;
  return message === undefined ? errno : `${errno}: ${message}`;
};

export function ip(text: string): Ip {
  const parsed = parseIp(text);
  if (parsed === undefined) throw new Error(`not an address: ${text}`);
  return parsed;
}

export function ip4(text: string): number {
  const parsed = ip(text);
  if (typeof parsed !== 'number') throw new Error(`not an IPv4 address: ${text}`);
  return parsed;
}

export function device(net: Netns, name: string): NetDevice {
  const dev = net.deviceByName(name);
  if (!dev) throw new Error(`no device ${name}`);
  return dev;
}

export const add = (net: Netns, attrs: LinkAttributes, kind: NewLinkKind): NetDevice =>
  must(newLink(net, attrs, kind));

/** A veth pair, both ends up. */
export function cable(
  a: readonly [Netns, string],
  b: readonly [Netns, string],
): readonly [NetDevice, NetDevice] {
  const one = add(a[0], { name: a[1] }, { kind: 'veth', peer: { name: b[1], netns: b[0] } });
  const other = device(b[0], b[1]);
  must(changeLink(a[0], one, { up: true }));
  must(changeLink(b[0], other, { up: true }));
  return [one, other];
}

export function address(net: Netns, name: string, cidr: string): void {
  const parsed = parseCidr(cidr);
  if (!parsed) throw new Error(`not a prefix: ${cidr}`);
  const request = {
    dev: device(net, name),
    local: parsed.address,
    prefixLen: parsed.prefixLen,
    noDad: true,
  };
  must(newAddress(net, request, { create: true, excl: true, replace: false }));
}

export const NEW_ROUTE = { create: true, excl: true, replace: false, append: false };

/** A route request from "10.0.0.0/8" and what else it says. */
export function route(prefix: string, more: Partial<RouteRequest> = {}): RouteRequest {
  const parsed = parseCidr(prefix);
  if (!parsed) throw new Error(`not a prefix: ${prefix}`);
  const family = typeof parsed.address === 'number' ? 4 : 6;
  return { family, dst: parsed.address, prefixLen: parsed.prefixLen, ...more };
}

export const addRoute = (net: Netns, prefix: string, more: Partial<RouteRequest>): void => {
  must(newRoute(net, route(prefix, more), NEW_ROUTE));
};

export interface Probe {
  readonly to: string;
  readonly from?: string;
  readonly ttl?: number;
  readonly df?: boolean;
  readonly size?: number;
  readonly oif?: number;
}

/** Sends an echo request and says what came back: `reply FROM ttl N`, `TYPE/CODE from ADDRESS`, or nothing. */
export class Pinger {
  readonly heard: string[] = [];

  constructor(
    readonly net: Netns,
    readonly format: (ip: Ip) => string,
  ) {
    const hear = (packet: IpPacket): void => {
      const l4 = packet.payload;
      if (l4.kind !== 'icmp' && l4.kind !== 'icmpv6') return;
      if (l4.type === 8 || l4.type === 128 || l4.type > 130) return;
      const ttl = packet.kind === 'ipv4' ? packet.ttl : packet.hopLimit;
      const reply = l4.type === 0 || l4.type === 129;
      const from = this.format(packet.src);
      this.heard.push(reply ? `reply ${from} ttl ${ttl}` : `${l4.type}/${l4.code} ${from}`);
    };
    const sockets = {
      deliver: (skb: { packet: { kind: string } }) => {
        const { packet } = skb;
        if (isIp(packet)) hear(packet);
        return false;
      },
      err: () => {},
    };
    net.raw4 = sockets;
    net.raw6 = sockets;
  }

  send(probe: Probe): Errno | undefined {
    const dst = ip(probe.to);
    const src = probe.from === undefined ? undefined : ip(probe.from);
    const found = routeOutput(this.net, { dst, src, oif: probe.oif });
    if (!found.ok) return found.error;
    const sent = ipOutput(this.net, {
      packet: echo(found.value.src, dst, probe),
      dst: found.value,
    });
    return sent.ok ? undefined : sent.error;
  }
}

const isIp = (packet: { kind: string }): packet is IpPacket =>
  packet.kind === 'ipv4' || packet.kind === 'ipv6';

function echo(src: Ip, dst: Ip, probe: Probe): IpPacket {
  const data = new Uint8Array(probe.size ?? 56);
  const icmp: IcmpMessage = { kind: 'icmp', type: 8, code: 0, rest: 0x10001, data };
  const icmpv6: Icmpv6Message = { kind: 'icmpv6', type: 128, code: 0, rest: 0x10001, data };
  const ttl = probe.ttl ?? 64;
  if (typeof src === 'bigint' && typeof dst === 'bigint') {
    const payload: L4 = icmpv6;
    return {
      kind: 'ipv6',
      src,
      dst,
      trafficClass: 0,
      flowLabel: 0,
      hopLimit: ttl,
      nextHeader: 58,
      payload,
    };
  }
  return {
    kind: 'ipv4',
    src: Number(src),
    dst: Number(dst),
    tos: 0,
    id: 0,
    df: probe.df ?? true,
    mf: false,
    fragOffset: 0,
    ttl,
    protocol: 1,
    options: new Uint8Array(0),
    payload: icmp,
  };
}
