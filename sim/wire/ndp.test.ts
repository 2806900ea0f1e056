import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIp, parseIpv6 } from './ip';
import { formatMac } from './mac';
import {
  multicastMac6,
  type NdOption,
  neighbourAdvertisement,
  neighbourSolicitation,
  parseNdOptions,
  parseNeighbourAdvertisement,
  parseNeighbourSolicitation,
  parseRouterAdvertisement,
  parseRouterSolicitation,
  routerAdvertisement,
  routerSolicitation,
  solicitedNode,
} from './ndp';

const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const mac = fc.integer({ min: 0, max: 0xffff_ffff_ffff });
const ip6 = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
const option: fc.Arbitrary<NdOption> = fc.oneof(
  fc.record({ kind: fc.constant('sourceLinkAddress'), mac }),
  fc.record({ kind: fc.constant('targetLinkAddress'), mac }),
  fc.record({ kind: fc.constant('mtu'), mtu: u32 }),
  fc.record({
    kind: fc.constant('prefixInfo'),
    prefixLen: fc.integer({ min: 0, max: 128 }),
    onLink: fc.boolean(),
    autonomous: fc.boolean(),
    validLifetimeSec: u32,
    preferredLifetimeSec: u32,
    prefix: ip6,
  }),
  fc.record({
    kind: fc.constant('rdnss'),
    lifetimeSec: u32,
    servers: fc.array(ip6, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('other'),
    type: fc.constant(14),
    bytes: fc.uint8Array({ minLength: 6, maxLength: 6 }),
  }),
);
const options = fc.array(option, { maxLength: 3 });

describe('neighbour discovery', () => {
  test('each message parses to what it was built from', () => {
    const flags = { router: fc.boolean(), solicited: fc.boolean(), override: fc.boolean() };
    fc.assert(
      fc.property(fc.record({ target: ip6, ...flags, options }), (na) => {
        expect(parseNeighbourAdvertisement(neighbourAdvertisement(na))).toEqual({
          ok: true,
          value: na,
        });
        const ns = { target: na.target, options: na.options };
        expect(parseNeighbourSolicitation(neighbourSolicitation(ns))).toEqual({
          ok: true,
          value: ns,
        });
        expect(parseRouterSolicitation(routerSolicitation(na.options))).toEqual({
          ok: true,
          value: na.options,
        });
      }),
    );
  });

  test('a router advertisement too', () => {
    const ra = fc.record({
      hopLimit: fc.integer({ min: 0, max: 255 }),
      managed: fc.boolean(),
      otherConfig: fc.boolean(),
      routerLifetimeSec: u16,
      reachableMs: u32,
      retransMs: u32,
      options,
    });
    fc.assert(
      fc.property(ra, (value) => {
        expect(parseRouterAdvertisement(routerAdvertisement(value))).toEqual({ ok: true, value });
      }),
    );
  });

  test('arbitrary options never throw; one of length 0 is refused', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => void parseNdOptions(noise)));
    expect(parseNdOptions(Uint8Array.of(1, 0))).toMatchObject({ ok: false });
  });

  test('solicited-node address and its MAC, RFC 4291 §2.7.1 example', () => {
    const group = solicitedNode(parseIpv6('4037::1:800:200e:8c6c') ?? 0n);
    expect(formatIp(group)).toBe('ff02::1:ff0e:8c6c');
    expect(formatMac(multicastMac6(group))).toBe('33:33:ff:0e:8c:6c');
  });
});
