import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BgpMessage, decodeBgp, encodeBgp } from './bgp';
import type { BgpOptions } from './bgp-attribute';
import {
  type DhcpMessage,
  decodeDhcp,
  dhcpByte,
  dhcpMessageType,
  dhcpOptionText,
  dhcpOptionWords,
  dhcpText,
  dhcpWords,
  encodeDhcp,
  OPTION_HOST_NAME,
  OPTION_MESSAGE_TYPE,
  OPTION_ROUTER,
} from './dhcp';
import { frame, ipv4, tcp, udp, v4 } from './example';
import { TH_ACK } from './frame';
import { networkOf } from './ip';
import { printFrame } from './print';
import { encodeClientHello, parseClientHello } from './tls';

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const bytes = fc.uint8Array({ maxLength: 20 });
const prefix = fc
  .tuple(u32, fc.integer({ min: 0, max: 32 }))
  .map(([ip, prefixLen]) => ({ address: Number(networkOf(ip, prefixLen)), prefixLen }));

const capability = fc.oneof(
  fc.record({ kind: fc.constant('multiprotocol' as const), afi: u16, safi: u8 }),
  fc.record({ kind: fc.constant('routeRefresh' as const) }),
  fc.record({ kind: fc.constant('as4' as const), as: u32 }),
  fc.record({ kind: fc.constant('other' as const), code: fc.constant(64), data: bytes }),
);
const segment = (as: fc.Arbitrary<number>) =>
  fc.record({
    kind: fc.constantFrom('set' as const, 'sequence' as const),
    as: fc.array(as, { maxLength: 5 }),
  });
const attributes = (as: fc.Arbitrary<number>) =>
  fc.record(
    {
      origin: fc.integer({ min: 0, max: 2 }),
      asPath: fc.array(segment(as), { maxLength: 3 }),
      nextHop: u32,
      med: u32,
      localPref: u32,
      atomicAggregate: fc.constant(true),
      communities: fc.array(u32, { maxLength: 80 }),
      originatorId: u32,
      clusterList: fc.array(u32, { maxLength: 3 }),
      other: fc.array(fc.record({ flags: fc.constant(0xc0), type: fc.constant(32), data: bytes }), {
        minLength: 1,
        maxLength: 2,
      }),
    },
    { requiredKeys: [] },
  );
const message = (as: fc.Arbitrary<number>): fc.Arbitrary<BgpMessage> =>
  fc.oneof(
    fc.record({
      kind: fc.constant('open' as const),
      myAs: u16,
      holdTimeSec: u16,
      identifier: u32,
      capabilities: fc.array(capability, { maxLength: 5 }),
    }),
    fc.record({
      kind: fc.constant('update' as const),
      withdrawn: fc.array(prefix, { maxLength: 4 }),
      attributes: attributes(as),
      nlri: fc.array(prefix, { maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('notification' as const), code: u8, subcode: u8, data: bytes }),
    fc.record({ kind: fc.constant('keepalive' as const) }),
    fc.record({ kind: fc.constant('routeRefresh' as const), afi: u16, safi: u8 }),
  );

describe('BGP', () => {
  test.each([
    { as4: true, as: u32 },
    { as4: false, as: u16 },
  ])('decode(encode(m)) is m, four-byte AS numbers: $as4', ({ as4, as }) => {
    const options: BgpOptions = { as4 };
    fc.assert(
      fc.property(message(as), bytes, (m, more) => {
        const encoded = encodeBgp(m, options);
        const stream = new Uint8Array([...encoded, ...more]);
        const want = { ok: true, value: { message: m, length: encoded.length } };
        expect(decodeBgp(stream, options)).toEqual(want);
        for (let n = 0; n < encoded.length; n++) {
          expect(decodeBgp(encoded.subarray(0, n), options)).toMatchObject({
            ok: false,
            error: { kind: 'truncated' },
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  test('arbitrary bodies never throw', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.uint8Array({ maxLength: 60 }),
        (type, body) => {
          const head = new Uint8Array(19).fill(0xff);
          head.set([0, 19 + body.length, type], 16);
          decodeBgp(new Uint8Array([...head, ...body]), { as4: true });
          decodeBgp(body, { as4: true });
        },
      ),
    );
  });

  test('tcpdump tells it', () => {
    const update: BgpMessage = {
      kind: 'update',
      withdrawn: [],
      attributes: {
        origin: 0,
        asPath: [{ kind: 'sequence', as: [64512, 64513] }],
        nextHop: v4('10.0.0.1'),
      },
      nlri: [{ address: v4('10.244.1.0'), prefixLen: 24 }],
    };
    const payload = encodeBgp(update, { as4: true });
    const packet = frame(ipv4('10.0.0.1 > 10.0.0.2', tcp(TH_ACK, { dstPort: 179, payload })));
    expect(printFrame(packet, { numeric: true })).toMatch(/, length 51: BGP$/);
    expect(printFrame(packet, { numeric: true, verbose: 1 }).split('\n').slice(2)).toEqual([
      '\tUpdate Message (2), length: 51',
      '\t  Origin (1), length: 1, Flags [T]: IGP',
      '\t  AS Path (2), length: 10, Flags [T]: 64512 64513 ',
      '\t  Next Hop (3), length: 4, Flags [T]: 10.0.0.1',
      '\t  Updated routes:',
      '\t    10.244.1.0/24',
    ]);
  });
});

describe('DHCP', () => {
  const dhcp: fc.Arbitrary<DhcpMessage> = fc.record({
    op: fc.constantFrom(1, 2),
    xid: u32,
    secs: u16,
    broadcast: fc.boolean(),
    ciaddr: u32,
    yiaddr: u32,
    siaddr: u32,
    giaddr: u32,
    chaddr: fc.integer({ min: 0, max: 0xffff_ffff_ffff }),
    options: fc.uniqueArray(
      fc.record({
        code: fc.integer({ min: 1, max: 254 }),
        data: fc.oneof(bytes, fc.uint8Array({ minLength: 250, maxLength: 700 })),
      }),
      { maxLength: 6, selector: (option) => option.code },
    ),
  });

  test('decode(encode(m)) is m; prefixes and noise are an error or a value', () => {
    fc.assert(
      fc.property(dhcp, fc.uint8Array({ maxLength: 300 }), (m, noise) => {
        const encoded = encodeDhcp(m);
        expect(encoded.length).toBeGreaterThanOrEqual(300);
        expect(decodeDhcp(encoded)).toEqual({ ok: true, value: m });
        for (let n = 0; n < encoded.length; n += 7) decodeDhcp(encoded.subarray(0, n));
        decodeDhcp(noise);
      }),
      { numRuns: 50 },
    );
  });

  test('options are found, and tcpdump tells them', () => {
    const offer: DhcpMessage = {
      op: 2,
      xid: 0x1234,
      secs: 0,
      broadcast: false,
      ciaddr: 0,
      yiaddr: v4('10.0.0.9'),
      siaddr: v4('10.0.0.1'),
      giaddr: 0,
      chaddr: 0x0200_0000_0001,
      options: [
        dhcpByte(OPTION_MESSAGE_TYPE, 2),
        dhcpWords(OPTION_ROUTER, v4('10.0.0.1')),
        dhcpText(OPTION_HOST_NAME, 'web'),
      ],
    };
    expect(dhcpMessageType(offer)).toBe(2);
    expect(dhcpOptionWords(offer, OPTION_ROUTER)).toEqual([v4('10.0.0.1')]);
    expect(dhcpOptionText(offer, OPTION_HOST_NAME)).toBe('web');
    const packet = frame(ipv4('10.0.0.1 > 10.0.0.9', udp(67, 68, encodeDhcp(offer))));
    expect(printFrame(packet, { numeric: true })).toBe(
      'IP 10.0.0.1.67 > 10.0.0.9.68: BOOTP/DHCP, Reply, length 300',
    );
    expect(printFrame(packet, { numeric: true, verbose: 1 }).split('\n').slice(1)).toEqual([
      '    10.0.0.1.67 > 10.0.0.9.68: BOOTP/DHCP, Reply, length 300, xid 0x1234, Flags [none]',
      '\t  Your-IP 10.0.0.9',
      '\t  Server-IP 10.0.0.1',
      '\t  Client-Ethernet-Address 02:00:00:00:00:01',
      '\t  Vendor-rfc1048 Extensions',
      '\t    Magic Cookie 0x63825363',
      '\t    DHCP-Message (53), length 1: Offer',
      '\t    Default-Gateway (3), length 4: 10.0.0.1',
      '\t    Hostname (12), length 3: "web"',
    ]);
  });
});

describe('TLS', () => {
  test('a ClientHello parses to what it was built from', () => {
    const hello = fc.record(
      {
        random: fc.uint8Array({ minLength: 32, maxLength: 32 }),
        serverName: fc.domain(),
        alpn: fc.array(fc.constantFrom('h2', 'http/1.1'), { maxLength: 2 }),
      },
      { requiredKeys: ['random', 'alpn'] },
    );
    fc.assert(
      fc.property(hello, fc.uint8Array({ maxLength: 80 }), (value, noise) => {
        const encoded = encodeClientHello(value);
        expect(parseClientHello(encoded)).toEqual({ ok: true, value });
        for (let n = 0; n < encoded.length; n++) {
          expect(parseClientHello(encoded.subarray(0, n))).toMatchObject({ ok: false });
        }
        parseClientHello(noise);
        const body = [22, 3, 1, 0, noise.length + 4, 1, 0, 0, noise.length, ...noise];
        parseClientHello(new Uint8Array(body));
      }),
    );
  });
});
