import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksum, fold, sum16 } from './checksum';
import { decodeFrame, decodeIp, encodeFrame, encodeIp } from './codec';
import { embedInError, readEmbedded, rewriteEmbedded } from './embedded';
import type {
  ArpPacket,
  EthernetFrame,
  IcmpMessage,
  Icmpv6Message,
  IpPacket,
  Ipv4Packet,
  Ipv6Packet,
  L3,
  L4,
  TcpOptions,
  TcpSegment,
  UdpDatagram,
} from './frame';
import { parseIp } from './ip';
import { frameLength, ipLength } from './length';

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const mac = fc.integer({ min: 0, max: 0xffff_ffff_ffff });
const ip6 = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
const bytes = fc.uint8Array({ maxLength: 80 });

const arp: fc.Arbitrary<ArpPacket> = fc.record({
  kind: fc.constant('arp'),
  op: u16,
  sha: mac,
  spa: u32,
  tha: mac,
  tpa: u32,
});
const icmp: fc.Arbitrary<IcmpMessage> = fc.record({
  kind: fc.constant('icmp'),
  type: u8,
  code: u8,
  rest: u32,
  data: bytes,
});
const icmpv6: fc.Arbitrary<Icmpv6Message> = fc.record({
  kind: fc.constant('icmpv6'),
  type: u8,
  code: u8,
  rest: u32,
  data: bytes,
});
const udp: fc.Arbitrary<UdpDatagram> = fc.record({
  kind: fc.constant('udp'),
  srcPort: u16,
  dstPort: u16,
  payload: bytes,
});
const tcpOptions: fc.Arbitrary<TcpOptions> = fc.oneof(
  fc.record(
    {
      mss: u16,
      windowScale: fc.integer({ min: 0, max: 14 }),
      sackPermitted: fc.constant(true),
      timestamp: fc.record({ value: u32, echo: u32 }),
    },
    { requiredKeys: [] },
  ),
  fc.record(
    {
      timestamp: fc.record({ value: u32, echo: u32 }),
      sack: fc.array(fc.tuple(u32, u32), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: [] },
  ),
);
const tcp: fc.Arbitrary<TcpSegment> = fc.record({
  kind: fc.constant('tcp'),
  srcPort: u16,
  dstPort: u16,
  seq: u32,
  ack: u32,
  flags: u8,
  window: u16,
  urgent: u16,
  options: tcpOptions,
  payload: bytes,
});

const protocolOf = (l4: L4): number =>
  ({ icmp: 1, icmpv6: 58, udp: 17, tcp: 6, ipv4: 4, ipv6: 41, bytes: 132 })[l4.kind];

const leaf4 = fc.oneof<fc.Arbitrary<L4>[]>(
  icmp,
  udp,
  tcp,
  fc.record({ kind: fc.constant('bytes'), bytes }),
);
const leaf6 = fc.oneof<fc.Arbitrary<L4>[]>(
  icmpv6,
  udp,
  tcp,
  fc.record({ kind: fc.constant('bytes'), bytes }),
);

const ipv4With = (payload: fc.Arbitrary<L4>): fc.Arbitrary<Ipv4Packet> =>
  fc
    .record({
      src: u32,
      dst: u32,
      tos: u8,
      id: u16,
      df: fc.boolean(),
      ttl: u8,
      options: fc.nat(10).chain((n) => fc.uint8Array({ minLength: 4 * n, maxLength: 4 * n })),
      payload,
    })
    .map((p) => ({
      ...p,
      kind: 'ipv4',
      mf: false,
      fragOffset: 0,
      protocol: protocolOf(p.payload),
    }));
const fragment4: fc.Arbitrary<Ipv4Packet> = fc
  .tuple(ipv4With(fc.record({ kind: fc.constant('bytes'), bytes })), fc.integer({ max: 0x1fff }))
  .map(([packet, n]) => ({
    ...packet,
    mf: true,
    protocol: 17,
    fragOffset: Math.abs(n % 0x2000) * 8,
  }));
const ipv6With = (payload: fc.Arbitrary<L4>): fc.Arbitrary<Ipv6Packet> =>
  fc
    .record({
      src: ip6,
      dst: ip6,
      trafficClass: u8,
      flowLabel: fc.integer({ min: 0, max: 0xfffff }),
      hopLimit: u8,
      payload,
      alert: fc.boolean(),
    })
    .map(({ alert, ...p }) => ({
      ...p,
      kind: 'ipv6',
      nextHeader: protocolOf(p.payload),
      ...(alert ? { routerAlert: true } : {}),
    }));
const fragment6: fc.Arbitrary<Ipv6Packet> = fc
  .tuple(
    ipv6With(fc.record({ kind: fc.constant('bytes'), bytes })),
    u32,
    fc.integer({ min: 0, max: 0x1fff }),
  )
  .map(([packet, id, n]) => ({
    ...packet,
    nextHeader: 17,
    fragment: { id, offset: n * 8, more: true },
  }));

const ip: fc.Arbitrary<IpPacket> = fc.oneof(
  ipv4With(leaf4),
  fragment4,
  ipv6With(leaf6),
  fragment6,
  ipv4With(fc.oneof(ipv4With(leaf4), ipv6With(leaf6))),
  ipv6With(fc.oneof(ipv4With(leaf4), ipv6With(leaf6))),
);
const frameWith = (payload: fc.Arbitrary<L3>): fc.Arbitrary<EthernetFrame> =>
  fc.record(
    {
      dst: mac,
      src: mac,
      vlan: fc.record({
        id: fc.integer({ min: 0, max: 4095 }),
        pcp: fc.integer({ min: 0, max: 7 }),
      }),
      payload,
    },
    { requiredKeys: ['dst', 'src', 'payload'] },
  );
const frame = frameWith(
  fc.oneof<fc.Arbitrary<L3>[]>(
    arp,
    ip,
    fc.record({ kind: fc.constant('unknown'), etherType: fc.constant(0x88cc), bytes }),
  ),
);
const vxlanFrame = frameWith(
  ipv4With(
    fc.record({
      kind: fc.constant('udp'),
      srcPort: u16,
      dstPort: fc.constantFrom(4789, 8472),
      payload: fc.record({
        kind: fc.constant('vxlan'),
        vni: fc.integer({ min: 0, max: 0xffffff }),
        inner: frame,
      }),
    }),
  ),
);

const VXLAN_PORTS = [4789, 8472];

describe('round trip', () => {
  test('a frame decodes to itself, checksums verified, and has the length foretold', () => {
    fc.assert(
      fc.property(frame, (f) => {
        const encoded = encodeFrame(f);
        expect(encoded.length).toBe(frameLength(f));
        expect(decodeFrame(encoded, { verify: true })).toEqual({ ok: true, value: f });
      }),
      { numRuns: 400 },
    );
  });

  test('VXLAN decodes to itself when asked, to bytes when not', () => {
    fc.assert(
      fc.property(vxlanFrame, (f) => {
        const encoded = encodeFrame(f);
        expect(encoded.length).toBe(frameLength(f));
        const asked = decodeFrame(encoded, { verify: true, vxlanPorts: VXLAN_PORTS });
        expect(asked).toEqual({ ok: true, value: f });
        const plain = decodeFrame(encoded);
        const udpOf =
          plain.ok && plain.value.payload.kind === 'ipv4' ? plain.value.payload.payload : undefined;
        expect(udpOf?.kind === 'udp' && udpOf.payload instanceof Uint8Array).toBe(true);
      }),
    );
  });

  test('padding behind the IP packet is not part of it', () => {
    fc.assert(
      fc.property(frameWith(fc.oneof(arp, ip)), bytes, (f, padding) => {
        const padded = new Uint8Array([...encodeFrame(f), ...padding]);
        expect(decodeFrame(padded)).toEqual({ ok: true, value: f });
      }),
    );
  });
});

describe('hostile bytes', () => {
  test('every truncated prefix gives an error or a value', () => {
    fc.assert(
      fc.property(fc.oneof(frame, vxlanFrame), (f) => {
        const encoded = encodeFrame(f);
        for (let n = 0; n < encoded.length; n++) {
          const result = decodeFrame(encoded.subarray(0, n), { vxlanPorts: VXLAN_PORTS });
          if (!result.ok) expect(['truncated', 'malformed']).toContain(result.error.kind);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('arbitrary bytes never throw, and what they decode to survives encoding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), u8, (noise, at) => {
        for (const head of [[], [0x45, 0, 0, noise.length], [0x60, 0, 0, 0, 0, noise.length]]) {
          const mixed = new Uint8Array([...head, ...noise]);
          decodeFrame(mixed, { verify: at % 2 === 0, vxlanPorts: VXLAN_PORTS });
          const packet = decodeIp(mixed);
          if (packet.ok) expect(decodeIp(encodeIp(packet.value)).ok).toBe(true);
          readEmbedded(mixed);
          rewriteEmbedded(mixed, { src: 1, srcPort: 2, dst: 3, dstPort: 4, icmpId: 5 });
        }
      }),
      { numRuns: 500 },
    );
  });

  test('one flipped bit of a UDP or TCP packet is reported as a bad checksum', () => {
    fc.assert(
      fc.property(ipv4With(fc.oneof(tcp, icmp)), u16, (packet, where) => {
        const encoded = encodeIp(packet);
        const start =
          ipLength(packet) -
          ipLength({ ...packet, payload: { kind: 'bytes', bytes: new Uint8Array(0) } });
        const at = encoded.length - start + (where % start);
        // The data offset decides where the payload is; a change there may be another error.
        fc.pre(at !== encoded.length - start + 12);
        encoded[at] = (encoded[at] ?? 0) ^ 1;
        const result = decodeIp(encoded, { verify: true });
        expect(result).toMatchObject({ ok: false, error: { kind: 'checksum' } });
        if (result.ok || result.error.kind !== 'checksum') return;
        expect(result.error.found).not.toBe(result.error.expected);
      }),
    );
  });
});

describe('checksum', () => {
  test('RFC 1071 §3 example', () => {
    const words = Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7);
    expect(fold(sum16(words))).toBe(0xddf2);
    expect(checksum(words)).toBe(~0xddf2 & 0xffff);
  });

  test('a header captured from a real network', () => {
    // 45 00 00 73 ... b8 61: the worked example of an IPv4 header, checksum 0xb861
    const hex = '450000730000400040110000c0a80001c0a800c7';
    expect(checksum(Uint8Array.from(Buffer.from(hex, 'hex')))).toBe(0xb861);
  });
});

describe('packets in ICMP errors', () => {
  const packet: Ipv4Packet = {
    kind: 'ipv4',
    src: Number(parseIp('10.0.0.2')),
    dst: Number(parseIp('10.0.0.1')),
    tos: 0,
    id: 7,
    df: true,
    mf: false,
    fragOffset: 0,
    ttl: 64,
    protocol: 17,
    options: new Uint8Array(0),
    payload: { kind: 'udp', srcPort: 5000, dstPort: 53, payload: new Uint8Array(100) },
  };

  test('are cut, and readable', () => {
    const bytes = embedInError(packet, 28);
    expect(bytes.length).toBe(28);
    expect(readEmbedded(bytes)).toMatchObject({
      ok: true,
      value: { src: packet.src, dst: packet.dst, length: 128, ports: { src: 5000, dst: 53 } },
    });
  });

  test('rewriting is what encoding the changed packet gives', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          ipv4With(fc.oneof(udp, tcp)).chain((p) =>
            fc.record({ p: fc.constant(p), src: u32, dst: u32, port: u16 }),
          ),
          ipv6With(fc.oneof(udp, tcp)).chain((p) =>
            fc.record({ p: fc.constant(p), src: ip6, dst: ip6, port: u16 }),
          ),
        ),
        ({ p, src, dst, port }) => {
          const l4 = p.payload;
          if (l4.kind !== 'udp' && l4.kind !== 'tcp') throw new Error('not a transport');
          const before = encodeIp(p);
          const after = rewriteEmbedded(before, { src, dst, srcPort: port });
          const decoded = decodeIp(after, { verify: true });
          const want = { ...p, src, dst, payload: { ...l4, srcPort: port } };
          expect(decoded).toEqual({ ok: true, value: want });
        },
      ),
    );
  });
});
