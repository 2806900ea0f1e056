import type { NetDevice } from '../linux/device/net-device';
import { decodeFrame, encodeFrame } from '../wire/codec';
import {
  BROADCAST_MAC,
  type EthernetFrame,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_IPIP,
  IPPROTO_IPV6,
  IPPROTO_TCP,
  IPPROTO_UDP,
  type Ipv4,
  type Ipv6,
  type L3,
  type L4,
  type Mac,
} from '../wire/frame';
import { type Choose, chance, pick } from './fuzz-world';

/** The addresses of a world that packets should meet; random ones are mixed in. */
export interface Addresses {
  readonly macs: readonly [Mac, ...Mac[]];
  readonly v4: readonly [Ipv4, ...Ipv4[]];
  readonly v6: readonly [Ipv6, ...Ipv6[]];
}

export function addressesOf(devices: readonly NetDevice[]): Addresses {
  return {
    macs: [
      BROADCAST_MAC,
      0,
      0x0180_c200_0000,
      0x3333_0000_0001,
      0x0100_5e00_0001,
      ...devices.map((d) => d.mac),
    ],
    v4: [
      0,
      0xffff_ffff,
      0xe000_0001,
      0x7f00_0001,
      ...devices.flatMap((d) => d.inDev.addresses.flatMap((a) => [a.local, a.broadcast ?? 0])),
    ],
    v6: [
      0n,
      1n,
      (0xff02n << 112n) | 1n,
      ...devices.flatMap((d) => d.in6Dev.addresses.map((a) => a.address)),
    ],
  };
}

/** Ports where somebody listens or a rule looks. */
const PORTS = [0, 9, 25, 53, 67, 80, 4789, 5300, 8080, 9999, 65_535] as const;
const MAX_DEPTH = 3;

/** A packet as the wire could carry it: sound, sound with some bytes changed, or bytes alone. */
export function randomFrame(random: Choose, from: Addresses): EthernetFrame {
  const frame = soundFrame(random, from, 0);
  if (!chance(random, 3)) return frame;
  const bytes = encodeFrame(frame);
  const times = 1 + random.below(4);
  for (let i = 0; i < times; i++) bytes[random.below(bytes.length)] = random.below(256);
  const cut = chance(random, 4) ? bytes.subarray(0, random.below(bytes.length + 1)) : bytes;
  const read = decodeFrame(cut, { vxlanPorts: [4789], verify: chance(random, 2) });
  return read.ok ? read.value : frame;
}

function soundFrame(random: Choose, from: Addresses, depth: number): EthernetFrame {
  return {
    dst: macOf(random, from),
    src: macOf(random, from),
    ...(chance(random, 12) ? { vlan: { id: random.below(4096), pcp: random.below(8) } } : {}),
    payload: l3(random, from, depth),
  };
}

const macOf = (random: Choose, from: Addresses): Mac =>
  chance(random, 10) ? random.u32() * 0x1_0000 + random.below(0x1_0000) : pick(random, from.macs);

const v4Of = (random: Choose, from: Addresses): Ipv4 =>
  chance(random, 8) ? random.u32() : pick(random, from.v4);

const v6Of = (random: Choose, from: Addresses): Ipv6 =>
  chance(random, 8) ? (BigInt(random.u32()) << 96n) | BigInt(random.u32()) : pick(random, from.v6);

const port = (random: Choose): number =>
  chance(random, 4) ? random.below(65_536) : pick(random, PORTS);

function bytesOf(random: Choose, most: number): Uint8Array {
  const bytes = new Uint8Array(random.below(most + 1));
  for (let i = 0; i < bytes.length; i += 1 + random.below(8)) bytes[i] = random.below(256);
  return bytes;
}

/** Mostly short, now and then longer than any MTU. */
const size = (random: Choose): number => (chance(random, 20) ? 3000 : 64);

function l3(random: Choose, from: Addresses, depth: number): L3 {
  const kind = random.below(16);
  if (kind === 0)
    return { kind: 'unknown', etherType: random.below(65_536), bytes: bytesOf(random, 60) };
  if (kind < 4) {
    const [sha, tha] = [macOf(random, from), macOf(random, from)];
    const op = chance(random, 8) ? random.below(65_536) : 1 + random.below(2);
    return { kind: 'arp', op, sha, spa: v4Of(random, from), tha, tpa: v4Of(random, from) };
  }
  return kind < 11 ? ipv4(random, from, depth) : ipv6(random, from, depth);
}

const PROTOCOL: Readonly<Record<L4['kind'], number>> = {
  icmp: IPPROTO_ICMP,
  icmpv6: IPPROTO_ICMPV6,
  udp: IPPROTO_UDP,
  tcp: IPPROTO_TCP,
  ipv4: IPPROTO_IPIP,
  ipv6: IPPROTO_IPV6,
  bytes: 132,
};

function ipv4(random: Choose, from: Addresses, depth: number): Extract<L3, { kind: 'ipv4' }> {
  const src = v4Of(random, from);
  const dst = v4Of(random, from);
  const fragment = chance(random, 10);
  const payload: L4 = fragment
    ? { kind: 'bytes', bytes: bytesOf(random, size(random)) }
    : l4(random, from, { depth, family: 4 });
  return {
    kind: 'ipv4',
    src,
    dst,
    tos: random.below(256),
    id: random.below(fragment ? 4 : 65_536),
    df: chance(random, 2),
    mf: fragment,
    fragOffset: fragment && chance(random, 2) ? random.below(100) * 8 : 0,
    ttl: chance(random, 6) ? random.below(3) : 64,
    protocol: fragment
      ? pick(random, [IPPROTO_UDP, IPPROTO_ICMP, IPPROTO_TCP])
      : PROTOCOL[payload.kind],
    options: new Uint8Array(chance(random, 12) ? 4 * random.below(11) : 0),
    payload,
  };
}

function ipv6(random: Choose, from: Addresses, depth: number): Extract<L3, { kind: 'ipv6' }> {
  const fragment = chance(random, 10);
  const payload: L4 = fragment
    ? { kind: 'bytes', bytes: bytesOf(random, size(random)) }
    : l4(random, from, { depth, family: 6 });
  const piece = { id: random.below(4), offset: random.below(60) * 8, more: chance(random, 2) };
  return {
    kind: 'ipv6',
    src: v6Of(random, from),
    dst: v6Of(random, from),
    trafficClass: random.below(256),
    flowLabel: random.below(1 << 20),
    hopLimit: chance(random, 4) ? random.below(3) : pick(random, [255, 64]),
    nextHeader: fragment ? pick(random, [IPPROTO_UDP, IPPROTO_ICMPV6]) : PROTOCOL[payload.kind],
    ...(chance(random, 20) ? { routerAlert: true } : {}),
    ...(fragment ? { fragment: piece } : {}),
    payload,
  };
}

interface Inside {
  readonly depth: number;
  readonly family: 4 | 6;
}

function l4(random: Choose, from: Addresses, at: Inside): L4 {
  const kind = random.below(20);
  if (kind < 7) return tcp(random);
  if (kind < 12) return udp(random, from, at.depth);
  if (kind < 18) return icmp(random, from, at);
  if (kind === 18 && at.depth < MAX_DEPTH) {
    return chance(random, 3) ? ipv6(random, from, at.depth + 1) : ipv4(random, from, at.depth + 1);
  }
  return { kind: 'bytes', bytes: bytesOf(random, size(random)) };
}

function udp(random: Choose, from: Addresses, depth: number): L4 {
  const vxlan = depth < MAX_DEPTH && chance(random, 6);
  const vni = chance(random, 3) ? random.below(1 << 24) : 42;
  return {
    kind: 'udp',
    srcPort: port(random),
    dstPort: vxlan ? 4789 : port(random),
    payload: vxlan
      ? { kind: 'vxlan', vni, inner: soundFrame(random, from, depth + 1) }
      : bytesOf(random, size(random)),
  };
}

const tcp = (random: Choose): L4 => ({
  kind: 'tcp',
  srcPort: port(random),
  dstPort: port(random),
  seq: chance(random, 2) ? random.u32() : random.below(100),
  ack: chance(random, 2) ? random.u32() : 0,
  flags: chance(random, 3) ? random.below(256) : pick(random, [2, 16, 17, 18, 4, 24]),
  window: random.below(65_536),
  urgent: chance(random, 10) ? random.below(65_536) : 0,
  options: chance(random, 3)
    ? { mss: random.below(65_536), windowScale: random.below(16), sackPermitted: true }
    : {},
  payload: chance(random, 2) ? bytesOf(random, size(random)) : new Uint8Array(0),
});

/** Errors carry a packet that the receiver may or may not have sent. */
function icmp(random: Choose, from: Addresses, at: Inside): L4 {
  const rest = chance(random, 2) ? random.u32() : random.below(2000);
  const embedded = chance(random, 2) && at.depth < MAX_DEPTH;
  const data = embedded
    ? encodeFrame(soundFrame(random, from, at.depth + 1)).subarray(14, 14 + 28 + random.below(64))
    : bytesOf(random, size(random));
  if (at.family === 4) {
    const type = chance(random, 4) ? random.below(256) : pick(random, [0, 3, 5, 8, 11, 12]);
    return { kind: 'icmp', type, code: random.below(8), rest, data };
  }
  const type = chance(random, 4)
    ? random.below(256)
    : pick(random, [1, 2, 3, 4, 128, 129, 133, 134, 135, 136, 143]);
  return { kind: 'icmpv6', type, code: random.below(8), rest, data };
}
