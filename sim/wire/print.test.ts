import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8Encode } from '../base/bytes';
import { encodeFrame, encodeIp } from './codec';
import { dnsQuery, encodeDns } from './dns';
import { echo, frame, ipv4, ipv6, mac, tcp, udp, v4, v6 } from './example';
import {
  type IcmpMessage,
  type Icmpv6Message,
  type L3,
  type TcpSegment,
  TH_ACK,
  TH_FIN,
  TH_PSH,
  TH_SYN,
} from './frame';
import {
  mld2Report,
  neighbourAdvertisement,
  neighbourSolicitation,
  routerSolicitation,
} from './ndp';
import { formatTime, type LineOptions, printFrame, printPacket } from './print';

const icmpError = (type: number, code: number, rest: number, data: Uint8Array): IcmpMessage => ({
  kind: 'icmp',
  type,
  code,
  rest,
  data,
});

const N: LineOptions = { numeric: true };
const arp = (op: number): L3 => ({
  kind: 'arp',
  op,
  sha: mac('56:b4:50:62:09:c3'),
  spa: v4('10.0.0.3'),
  tha: op === 1 ? 0 : mac('ce:bc:32:90:61:31'),
  tpa: v4('10.0.0.2'),
});
const request = ipv4('10.1.0.2 > 10.2.0.2', echo(8, 202, 1));
const _big = ipv4('10.1.0.2 > 10.2.0.2', echo(8, 218, 1, 1472));
const probe = ipv4('10.1.0.2 > 10.2.0.2', udp(6000, 7, utf8Encode('x\n')));

/** Forms read out of tcpdump's sources; the same printers pass its own test captures. */
describe('further forms', () => {
  const ns = neighbourSolicitation({
    target: v6('fe80::2'),
    options: [{ kind: 'sourceLinkAddress', mac: mac('02:00:00:00:00:01') }],
  });
  const icmp6Error = (
    type: number,
    code: number,
    rest: number,
    data: Uint8Array,
  ): Icmpv6Message => ({
    kind: 'icmpv6',
    type,
    code,
    rest,
    data,
  });
  const dns = encodeDns({
    ...dnsQuery(4660, { name: 'web.example.com.', type: 1, class: 1 }),
    edns: { udpSize: 1232, version: 0, dnssecOk: false, options: [] },
  });
  const rows: readonly { packet: L3; options?: LineOptions; line: string }[] = [
    {
      packet: ipv6('fe80::1 > ff02::1:ff00:2', ns),
      line: 'IP6 fe80::1 > ff02::1:ff00:2: ICMP6, neighbor solicitation, who has fe80::2, length 32',
    },
    {
      packet: ipv6('fe80::1 > ff02::1:ff00:2', ns),
      options: { verbose: 1 },
      line:
        'IP6 (hlim 255, next-header ICMPv6 (58) payload length: 32) fe80::1 > ff02::1:ff00:2: ' +
        '[icmp6 sum ok] ICMP6, neighbor solicitation, length 32, who has fe80::2\n' +
        '\t  source link-address option (1), length 8 (1): 02:00:00:00:00:01',
    },
    {
      packet: ipv6(
        'fe80::2 > fe80::1',
        neighbourAdvertisement({
          target: v6('fe80::2'),
          router: false,
          solicited: true,
          override: true,
          options: [],
        }),
      ),
      options: { verbose: 1 },
      line:
        'IP6 (hlim 255, next-header ICMPv6 (58) payload length: 24) fe80::2 > fe80::1: ' +
        '[icmp6 sum ok] ICMP6, neighbor advertisement, length 24, tgt is fe80::2, ' +
        'Flags [solicited, override]',
    },
    {
      packet: ipv6('fe80::1 > ff02::2', routerSolicitation([])),
      line: 'IP6 fe80::1 > ff02::2: ICMP6, router solicitation, length 8',
    },
    {
      packet: ipv6(':: > ff02::16', mld2Report([{ type: 4, group: v6('ff02::1:ff00:1') }]), {
        routerAlert: true,
        hopLimit: 1,
      }),
      line: 'IP6 :: > ff02::16: HBH ICMP6, multicast listener report v2, 1 group record(s), length 28',
    },
    {
      packet: ipv6(
        'fd00::1 > fd00::2',
        icmp6Error(1, 4, 0, encodeIp(ipv6('fd00::2 > fd00::1', udp(5, 53, new Uint8Array(4))))),
      ),
      line:
        'IP6 fd00::1 > fd00::2: ICMP6, destination unreachable, unreachable port, ' +
        'fd00::1 udp port 53, length 60',
    },
    {
      packet: ipv6('fd00::1 > fd00::2', icmp6Error(2, 0, 1400, new Uint8Array(48))),
      line: 'IP6 fd00::1 > fd00::2: ICMP6, packet too big, mtu 1400, length 56',
    },
    {
      packet: ipv6(
        'fd00::1 > fd00::2',
        { kind: 'bytes', bytes: new Uint8Array(100) },
        {
          nextHeader: 17,
          fragment: { id: 1, offset: 1448, more: false },
        },
      ),
      line: 'IP6 fd00::1 > fd00::2: frag (1448|100)',
    },
    {
      packet: ipv4('10.0.0.1 > 10.0.0.2', ipv4('10.244.0.1 > 10.244.1.1', echo(8, 1, 2))),
      line:
        'IP 10.0.0.1 > 10.0.0.2: IP 10.244.0.1 > 10.244.1.1: ICMP echo request, id 1, seq 2, ' +
        'length 64',
    },
    {
      packet: ipv4('10.0.0.1 > 10.0.0.53', udp(40000, 53, dns)),
      line: 'IP 10.0.0.1.40000 > 10.0.0.53.53: 4660+ [1au] A? web.example.com. (44)',
    },
    {
      packet: ipv4('10.0.0.1 > 10.0.0.53', udp(40000, 53, dns)),
      options: { verbose: 2 },
      line:
        'IP (tos 0x0, ttl 64, id 0, offset 0, flags [none], proto UDP (17), length 72)\n' +
        '    10.0.0.1.40000 > 10.0.0.53.53: [udp sum ok] 4660+ [1au] A? web.example.com. ' +
        'ar: . OPT UDPsize=1232 (44)',
    },
    {
      packet: ipv4('10.0.0.1 > 10.0.0.2', icmpError(5, 1, v4('10.0.0.254'), encodeIp(request))),
      line: 'IP 10.0.0.1 > 10.0.0.2: ICMP redirect 10.2.0.2 to host 10.0.0.254, length 92',
    },
    {
      packet: ipv4('10.2.0.2 > 10.1.0.2', icmpError(3, 3, 0, encodeIp(probe))),
      options: { verbose: 1 },
      line:
        'IP (tos 0x0, ttl 64, id 0, offset 0, flags [none], proto ICMP (1), length 58)\n' +
        '    10.2.0.2 > 10.1.0.2: ICMP 10.2.0.2 udp port 7 unreachable, length 38\n' +
        '\tIP (tos 0x0, ttl 64, id 0, offset 0, flags [none], proto UDP (17), length 30)\n' +
        '    10.1.0.2.6000 > 10.2.0.2.7: UDP, length 2',
    },
  ];
  test.each(rows)('$line', ({ packet, options, line }) => {
    expect(printFrame(frame(packet), { ...N, ...options })).toBe(line);
  });

  test('a VLAN tag is told with -e', () => {
    const tagged = frame(ipv4('10.0.0.1 > 10.0.0.2', echo(8, 1, 1)), {
      vlan: { id: 100, pcp: 0 },
    });
    expect(printFrame(tagged, { ...N, link: true })).toBe(
      '02:00:00:00:00:01 > 02:00:00:00:00:a1, ethertype 802.1Q (0x8100), length 102: ' +
        'vlan 100, p 0, ethertype IPv4 (0x0800), 10.0.0.1 > 10.0.0.2: ICMP echo request, ' +
        'id 1, seq 1, length 64',
    );
  });

  test('names, without -n', () => {
    const hostName = (ip: number | bigint): string | undefined =>
      ip === v4('10.0.0.2') ? 'web.lab' : undefined;
    const portName = (port: number): string | undefined => (port === 80 ? 'http' : undefined);
    const syn = ipv4('10.0.0.1 > 10.0.0.2', tcp(TH_SYN));
    expect(printFrame(frame(syn), { hostName, portName })).toBe(
      'IP 10.0.0.1.5555 > web.lab.http: Flags [S], seq 657647857, win 64240, length 0',
    );
    expect(printFrame(frame(arp(1), { dst: 0xffff_ffff_ffff }), { link: true })).toBe(
      '02:00:00:00:00:01 (oui Unknown) > Broadcast, ethertype ARP (0x0806), length 42: ' +
        'Request who-has 10.0.0.2 tell 10.0.0.3, length 28',
    );
  });

  test('an unknown EtherType is dumped', () => {
    const packet: L3 = { kind: 'unknown', etherType: 0x88b5, bytes: utf8Encode('hello') };
    expect(printFrame(frame(packet), N)).toBe(
      '02:00:00:00:00:01 > 02:00:00:00:00:a1, ethertype Unknown (0x88b5), length 19: \n' +
        '\t0x0000:  6865 6c6c 6f                             hello',
    );
  });

  test('checksums left to a device that never came are told as incorrect', () => {
    const bytes = encodeFrame(frame(ipv4('10.0.0.1 > 10.0.0.2', tcp(TH_SYN))), {
      partialChecksum: true,
    });
    const line = printPacket({ bytes, linkType: 'EN10MB' }, { ...N, verbose: 1 });
    // 0a00 + 0001 + 0a00 + 0002 + protocol 6 + length 0x14
    expect(line).toContain(', cksum 0x141d (incorrect -> 0x7ac8)');
    expect(line).not.toContain('bad cksum');
  });
});

describe('a connection', () => {
  test('sequence numbers become relative after the handshake; HTTP is told by its first line', () => {
    const sequences = new Map();
    const c = (flags: number, more: Partial<TcpSegment>): string =>
      printFrame(frame(ipv4('10.0.0.1 > 10.0.0.2', tcp(flags, more))), N, sequences);
    const s = (flags: number, more: Partial<TcpSegment>): string =>
      printFrame(
        frame(ipv4('10.0.0.2 > 10.0.0.1', tcp(flags, { srcPort: 80, dstPort: 5555, ...more }))),
        N,
        sequences,
      );
    const [isn, theirs] = [4294967295, 1000];
    const get = utf8Encode('GET / HTTP/1.1\r\nHost: web\r\n\r\n');
    const lines = [
      c(TH_SYN, { seq: isn }),
      s(TH_SYN | TH_ACK, { seq: theirs, ack: 0 }),
      c(TH_ACK, { seq: 0, ack: theirs + 1 }),
      c(TH_PSH | TH_ACK, { seq: 0, ack: theirs + 1, payload: get }),
      s(TH_ACK, { seq: theirs + 1, ack: get.length }),
      s(TH_FIN | TH_ACK, { seq: theirs + 1, ack: get.length }),
      c(TH_ACK, {
        seq: get.length,
        ack: theirs + 2,
        options: { timestamp: { value: 7, echo: 8 }, sack: [[theirs + 11, theirs + 21]] },
      }),
    ];
    expect(lines).toEqual([
      'IP 10.0.0.1.5555 > 10.0.0.2.80: Flags [S], seq 4294967295, win 64240, length 0',
      'IP 10.0.0.2.80 > 10.0.0.1.5555: Flags [S.], seq 1000, ack 0, win 64240, length 0',
      'IP 10.0.0.1.5555 > 10.0.0.2.80: Flags [.], ack 1, win 64240, length 0',
      'IP 10.0.0.1.5555 > 10.0.0.2.80: Flags [P.], seq 1:30, ack 1, win 64240, length 29: ' +
        'HTTP: GET / HTTP/1.1',
      'IP 10.0.0.2.80 > 10.0.0.1.5555: Flags [.], ack 30, win 64240, length 0',
      'IP 10.0.0.2.80 > 10.0.0.1.5555: Flags [F.], seq 1, ack 30, win 64240, length 0',
      'IP 10.0.0.1.5555 > 10.0.0.2.80: Flags [.], ack 2, win 64240, options ' +
        '[nop,nop,TS val 7 ecr 8,nop,nop,sack 1 {11:21}], length 0',
    ]);
  });
});

describe('dumps', () => {
  const packet = frame(ipv4('10.0.0.1 > 10.0.0.2', udp(1, 2, utf8Encode('Hi!\n'))));
  const tail = (dump: LineOptions['dump']): string =>
    printFrame(packet, { ...N, dump }).replace('IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 4', '');
  test('-x', () => {
    expect(tail('x')).toBe(
      '\n\t0x0000:  4500 0020 0000 0000 4011 66cb 0a00 0001' +
        '\n\t0x0010:  0a00 0002 0001 0002 000c 825d 4869 210a',
    );
  });
  test('-X', () => {
    expect(tail('X')).toBe(
      '\n\t0x0000:  4500 0020 0000 0000 4011 66cb 0a00 0001  E.......@.f.....' +
        '\n\t0x0010:  0a00 0002 0001 0002 000c 825d 4869 210a  ...........]Hi!.',
    );
  });
  test('-xx begins with the link-level header', () => {
    expect(tail('xx')).toMatch(/^\n\t0x0000: {2}0200 0000 00a1 0200 0000 0001 0800 4500\n/);
  });
  test('-A', () => {
    expect(tail('A')).toBe('\nE.. ....@.f.\n...\n..........]Hi!\n');
  });
});

describe('time stamps', () => {
  const us = 1_700_000_000_123_456;
  test.each([
    { style: 'clock' as const, want: '22:13:20.123456 ' },
    { style: 'none' as const, want: '' },
    { style: 'epoch' as const, want: '1700000000.123456 ' },
    { style: 'date' as const, want: '2023-11-14 22:13:20.123456 ' },
  ])('$style', ({ style, want }) => expect(formatTime(us, style)).toBe(want));
  test('-ttt counts from the packet before', () => {
    expect(formatTime(us + 1_500_000, 'sincePrevious', us)).toBe(' 00:00:01.500000 ');
  });
  test('dates agree with the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (sec) => {
        const want = new Date(sec * 1000).toISOString().slice(0, 19).replace('T', ' ');
        expect(formatTime(sec * 1e6, 'date')).toBe(`${want}.000000 `);
      }),
    );
  });
});

describe('hostile captures', () => {
  test('arbitrary bytes and cut packets are told, never thrown at', () => {
    const real = frame(ipv4('10.0.0.1 > 10.0.0.2', tcp(TH_ACK, { payload: utf8Encode('GET /') })));
    const heads = [
      encodeFrame(real),
      encodeFrame(frame(ipv6('fe80::1 > fe80::2', routerSolicitation([])))),
      encodeFrame(frame(ipv4('1.1.1.1 > 2.2.2.2', udp(53, 53, new Uint8Array(30))))),
      encodeFrame(frame(ipv4('1.1.1.1 > 2.2.2.2', udp(67, 68, new Uint8Array(300))))),
      encodeFrame(
        frame(
          ipv4(
            '1.1.1.1 > 2.2.2.2',
            tcp(TH_ACK, { dstPort: 179, payload: new Uint8Array(60).fill(255) }),
          ),
        ),
      ),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
        fc.nat(),
        fc.nat(3),
        (head, changes, cut, verbose) => {
          const bytes = head.slice();
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const end = 1 + (cut % bytes.length);
          for (const linkType of ['EN10MB', 'RAW', 'LINUX_SLL2'] as const) {
            const captured = bytes.subarray(0, end);
            printPacket(
              { bytes: captured, length: bytes.length, linkType },
              { verbose, link: true },
            );
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
