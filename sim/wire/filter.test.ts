import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame } from './codec';
import { echo, frame, ipv4, ipv6, tcp, udp, v4 } from './example';
import { type Environment, parseFilter } from './filter';
import { type EthernetFrame, type L3, TH_ACK, TH_SYN } from './frame';
import { serviceByName, serviceName } from './services';
import { encodeSll2, PACKET_HOST, PACKET_OUTGOING } from './sll2';

const arp: L3 = {
  kind: 'arp',
  op: 1,
  sha: 1,
  spa: v4('10.0.0.2'),
  tha: 0,
  tpa: v4('10.0.0.3'),
};

const FRAMES: Readonly<Record<string, EthernetFrame>> = {
  ping: frame(ipv4('10.0.0.1 > 10.0.0.2', echo(8, 0, 0))),
  ping3: frame(ipv4('10.0.0.3 > 10.0.0.2', echo(8, 0, 0))),
  arp: frame(arp, { dst: 0xffff_ffff_ffff }),
  syn: frame(ipv4('10.0.0.1 > 10.0.0.2', tcp(TH_SYN, { srcPort: 5555, dstPort: 80 }))),
  synack: frame(ipv4('10.0.0.2 > 10.0.0.1', tcp(TH_SYN | TH_ACK, { srcPort: 80, dstPort: 5555 }))),
  dns: frame(ipv4('10.0.0.1 > 10.1.0.53', udp(40000, 53, new Uint8Array(40)))),
  dns6: frame(ipv6('fd00::1 > fd00:0:0:1::53', udp(40000, 53, new Uint8Array(40)))),
  tagged: frame(ipv4('10.0.0.1 > 10.0.0.2', echo(8, 0, 0)), { vlan: { id: 100, pcp: 0 } }),
  fragment: frame(
    ipv4(
      '10.0.0.1 > 10.0.0.2',
      { kind: 'bytes', bytes: new Uint8Array(40) },
      {
        protocol: 6,
        fragOffset: 1480,
      },
    ),
  ),
};

const FILE: Environment = { link: 'EN10MB', live: false };
const LIVE: Environment = { link: 'EN10MB', live: true, netmask: v4('255.255.255.0') };

function passing(text: string, env: Environment): string {
  const filter = parseFilter(text, env);
  if (!filter.ok) return filter.error.message;
  return Object.keys(FRAMES)
    .filter((name) => {
      const f = FRAMES[name];
      return f !== undefined && filter.value.matches({ bytes: encodeFrame(f) });
    })
    .join(' ');
}

describe('what passes', () => {
  test.each([
    { text: '', want: 'ping ping3 arp syn synack dns dns6 tagged fragment' },
    { text: 'icmp', want: 'ping ping3' },
    { text: 'host 10.0.0.3', want: 'ping3 arp' },
    { text: 'src host 10.0.0.2 and not arp', want: 'synack' },
    { text: 'arp', want: 'arp' },
    { text: 'tcp port 80', want: 'syn synack' },
    { text: 'net 10.0.0.0/24 and icmp and dst 10.0.0.2', want: 'ping ping3' },
    { text: 'port 80 or 53', want: 'syn synack dns dns6' },
    { text: 'port domain', want: 'dns dns6' },
    { text: 'udp port 80', want: '' },
    { text: 'host 10.0.0.1 and (10.1.0.53 or 10.0.0.3)', want: 'dns' },
    { text: 'src or dst port 5555', want: 'syn synack' },
    { text: 'dst portrange 50-60', want: 'dns dns6' },
    { text: 'tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn', want: 'syn' },
    { text: 'tcp[13] = 18', want: 'synack' },
    { text: 'icmp[icmptype] == icmp-echo', want: 'ping ping3' },
    { text: 'tcp', want: 'syn synack fragment' },
    { text: 'ip[6:2] & 0x1fff != 0', want: 'fragment' },
    { text: 'not tcp[13] = 18', want: 'ping ping3 arp syn dns dns6 tagged fragment' },
    { text: 'ip6', want: 'dns6' },
    { text: 'net fd00::/64', want: 'dns6' },
    { text: 'dst net fd00::/64', want: '' },
    { text: 'ether dst ff:ff:ff:ff:ff:ff', want: 'arp' },
    { text: 'broadcast', want: 'arp' },
    { text: 'greater 99', want: 'dns6 tagged' },
    { text: 'less 42', want: 'arp' },
    { text: 'len = 98', want: 'ping ping3' },
    { text: 'ip proto 6', want: 'syn synack fragment' },
    { text: 'proto \\udp', want: 'dns dns6' },
    { text: 'ether proto 0x0806', want: 'arp' },
    { text: 'vlan', want: 'tagged' },
    { text: 'vlan 100 and icmp', want: 'tagged' },
    { text: 'vlan 5', want: '' },
    { text: '!(arp or udp) && !tcp', want: 'ping ping3 tagged' },
    { text: 'ip[100] = 0', want: '' },
    { text: 'not ether[200] = 0', want: '' },
  ])('$text', ({ text, want }) => expect(passing(text, FILE)).toBe(want));

  test('in a live capture the kernel keeps the outer tag beside the packet', () => {
    expect(passing('icmp', LIVE)).toBe('ping ping3 tagged');
    expect(passing('vlan 100 and icmp', LIVE)).toBe('tagged');
    expect(passing('vlan 5', LIVE)).toBe('');
  });

  test('direction, interface and netmask of a live capture', () => {
    const bytes = encodeFrame(frame(ipv4('10.0.0.1 > 10.0.0.255', echo(8, 0, 0))));
    const check = (text: string, outgoing: boolean): boolean => {
      const filter = parseFilter(text, LIVE);
      return filter.ok && filter.value.matches({ bytes, outgoing, ifindex: 2 });
    };
    expect(check('inbound', true)).toBe(false);
    expect(check('outbound', true)).toBe(true);
    expect(check('ifindex 2', true)).toBe(true);
    expect(check('ip broadcast', true)).toBe(true);
  });

  test('-i any', () => {
    const cooked = (packetType: number): Uint8Array =>
      encodeSll2(
        { src: 1, payload: ipv4('10.0.0.1 > 10.0.0.2', tcp(TH_SYN, { srcPort: 1, dstPort: 80 })) },
        { ifindex: 3, packetType, hardwareType: 1 },
      );
    const check = (text: string, packetType: number): boolean | string => {
      const filter = parseFilter(text, { link: 'LINUX_SLL2', live: true });
      return filter.ok ? filter.value.matches({ bytes: cooked(packetType) }) : filter.error.message;
    };
    expect(check('tcp port 80 and host 10.0.0.1', PACKET_HOST)).toBe(true);
    expect(check('inbound', PACKET_OUTGOING)).toBe(false);
    expect(check('ifindex 3', PACKET_HOST)).toBe(true);
    expect(check('broadcast', PACKET_HOST)).toBe('not a broadcast link');
    expect(check('vlan', PACKET_HOST)).toBe('no VLAN support for Linux cooked v2');
  });

  test('a device without link-layer header', () => {
    const bytes = encodeFrame(frame(ipv4('10.0.0.1 > 10.0.0.2', echo(8, 0, 0)))).subarray(14);
    const filter = parseFilter('icmp and src 10.0.0.1', { link: 'RAW', live: true });
    expect(filter.ok && filter.value.matches({ bytes })).toBe(true);
  });
});

/** The words of libpcap 1.10.3, as its own compiler gives them. */
describe('errors', () => {
  const syntax = "can't parse filter expression: syntax error";
  test.each([
    { text: 'portt 80', want: syntax },
    { text: '10.0.0.1', want: syntax },
    { text: 'tcp 80', want: syntax },
    { text: 'host', want: syntax },
    { text: 'tcp or', want: syntax },
    { text: '(tcp', want: syntax },
    { text: 'ip proto tcp', want: syntax },
    { text: 'host ((10.0.0.1 or 10.0.0.2) and 10.0.0.3)', want: syntax },
    { text: 'tcp and 80', want: 'syntax error in filter expression' },
    { text: 'net 10.0.0.1/24', want: 'non-network bits set in "10.0.0.1/24"' },
    { text: 'host 10.0.0.0/8', want: 'Mask syntax for networks only' },
    { text: 'host nosuchname.', want: "unknown host 'nosuchname.'" },
    { text: 'host 300.1.1.1', want: "invalid IPv4 address '300.1.1.1'" },
    { text: 'udp port http', want: "port 'http' is tcp" },
    { text: 'port foo', want: "unknown port 'foo'" },
    { text: 'tcp port 70000', want: 'illegal port number 70000 > 65535' },
    { text: 'arp port 80', want: "illegal qualifier of 'port'" },
    { text: 'port 10.0.0.1', want: "'port' modifier applied to ip host" },
    { text: 'tcp host 10.0.0.1', want: "'tcp' modifier applied to host" },
    { text: 'host aa:bb:cc:dd:ee:ff', want: 'ethernet address used in non-ether expression' },
    { text: 'tcp[0:3] = 1', want: 'data size must be 1, 2, or 4' },
    { text: 'ip[0] / 0 = 1', want: 'division by zero' },
    { text: 'vlan 5000', want: 'VLAN tag 5000 greater than maximum 4095' },
    { text: 'proto foo', want: "unknown ip proto 'foo'" },
    { text: 'ether', want: 'link layer applied in wrong context' },
    { text: 'port 08', want: 'number 08 contains non-octal digit' },
    { text: 'inbound', want: 'inbound/outbound not supported on Ethernet when reading savefiles' },
    { text: 'ip broadcast', want: "netmask not known, so 'ip broadcast' not supported" },
    { text: 'mpls', want: "'mpls' is not simulated" },
  ])('$text', ({ text, want }) => expect(passing(text, FILE)).toBe(want));

  test('names are looked up', () => {
    const resolve = (name: string): readonly number[] => (name === 'web' ? [v4('10.0.0.3')] : []);
    expect(passing('host web', { ...FILE, resolve })).toBe('ping3 arp');
    expect(passing('ip6 host web', { ...FILE, resolve })).toBe(
      "unknown host 'web' for specified address family",
    );
  });
});

describe('hostile text', () => {
  test('any words make a filter or an error, which answers for any packet', () => {
    const word = fc.constantFrom(
      ...'host net port portrange src dst and or not ( ) ! tcp udp icmp ip ip6 arp ether'.split(
        ' ',
      ),
      ...'vlan less greater byte len inbound [ ] : = != < > + - * / % & | ^ << >> 0 1 80'.split(
        ' ',
      ),
      ...'10.0.0.1 10/8 fd00::1 ::/0 aa:bb:cc:dd:ee:ff http 80-90 foo mask proto'.split(' '),
    );
    const text = fc.oneof(
      fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
      fc.string({ maxLength: 30 }),
    );
    fc.assert(
      fc.property(text, fc.uint8Array({ maxLength: 80 }), (expression, bytes) => {
        for (const link of ['EN10MB', 'LINUX_SLL2', 'RAW'] as const) {
          const filter = parseFilter(expression, { link, live: true });
          if (filter.ok) expect(typeof filter.value.matches({ bytes })).toBe('boolean');
          else expect(filter.error.message).not.toBe('');
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('deep nesting is a syntax error, not a stack overflow', () => {
    for (const open of ['(', '! ', '- ']) {
      const deep = parseFilter(`${open.repeat(20_000)}tcp`, FILE);
      expect(deep).toMatchObject({ ok: false });
    }
    expect(parseFilter(`host ${'! '.repeat(20_000)}10.0.0.1`, FILE)).toMatchObject({ ok: false });
  });
});

test('services', () => {
  expect(serviceName(80, 'tcp')).toBe('http');
  expect(serviceName(80, 'udp')).toBeUndefined();
  expect(serviceByName('domain')).toMatchObject({ port: 53, protocols: ['tcp', 'udp'] });
});
