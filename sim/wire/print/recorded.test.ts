import { describe, expect, test } from 'vitest';
import { utf8Encode } from '../../base/bytes';
import { encodeIp } from '../codec';
import { embedInError } from '../embedded';
import { echo, frame, ipv4, mac, tcp, udp, v4 } from '../example';
import { type IcmpMessage, type L3, TH_ACK, TH_RST, TH_SYN } from '../frame';
import { type LineOptions, printFrame, printPacket } from '../print';
import { encodeSll2, PACKET_HOST, PACKET_OUTGOING } from '../sll2';

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
const big = ipv4('10.1.0.2 > 10.2.0.2', echo(8, 218, 1, 1472));
const probe = ipv4('10.1.0.2 > 10.2.0.2', udp(6000, 7, utf8Encode('x\n')));

/** Lines that tcpdump 4.99.3 printed for packets of a real kernel (Linux 6.18, Debian 12). */
describe('recorded lines', () => {
  const rows: readonly { readonly packet: L3; readonly line: string }[] = [
    { packet: arp(1), line: 'ARP, Request who-has 10.0.0.2 tell 10.0.0.3, length 28' },
    { packet: arp(2), line: 'ARP, Reply 10.0.0.3 is-at 56:b4:50:62:09:c3, length 28' },
    {
      packet: ipv4('10.244.1.2 > 10.244.2.2', echo(8, 304, 1)),
      line: 'IP 10.244.1.2 > 10.244.2.2: ICMP echo request, id 304, seq 1, length 64',
    },
    {
      packet: ipv4('10.244.2.2 > 10.244.1.2', echo(0, 304, 1)),
      line: 'IP 10.244.2.2 > 10.244.1.2: ICMP echo reply, id 304, seq 1, length 64',
    },
    {
      packet: ipv4(
        '10.244.2.1 > 10.244.2.2',
        icmpError(3, 0, 0, encodeIp(ipv4('10.244.2.2 > 10.244.1.2', echo(0, 304, 1)))),
      ),
      line: 'IP 10.244.2.1 > 10.244.2.2: ICMP net 10.244.1.2 unreachable, length 92',
    },
    {
      packet: ipv4('10.1.0.1 > 10.1.0.2', icmpError(11, 0, 0, encodeIp(request))),
      line: 'IP 10.1.0.1 > 10.1.0.2: ICMP time exceeded in-transit, length 92',
    },
    {
      packet: ipv4('10.1.0.1 > 10.1.0.2', icmpError(3, 4, 1400, embedInError(big, 548))),
      line:
        'IP 10.1.0.1 > 10.1.0.2: ICMP 10.2.0.2 unreachable - need to frag (mtu 1400), ' +
        'length 556',
    },
    { packet: probe, line: 'IP 10.1.0.2.6000 > 10.2.0.2.7: UDP, length 2' },
    {
      packet: ipv4('10.2.0.2 > 10.1.0.2', icmpError(3, 3, 0, encodeIp(probe))),
      line: 'IP 10.2.0.2 > 10.1.0.2: ICMP 10.2.0.2 udp port 7 unreachable, length 38',
    },
    {
      packet: ipv4('10.1.0.1 > 10.1.0.2', icmpError(3, 10, 0, encodeIp(request))),
      line: 'IP 10.1.0.1 > 10.1.0.2: ICMP host 10.2.0.2 unreachable - admin prohibited, length 92',
    },
    {
      packet: ipv4(
        '10.0.0.1 > 10.0.0.2',
        tcp(TH_SYN, {
          options: {
            mss: 1460,
            sackPermitted: true,
            timestamp: { value: 3954769120, echo: 0 },
            windowScale: 10,
          },
        }),
      ),
      line:
        'IP 10.0.0.1.5555 > 10.0.0.2.80: Flags [S], seq 657647857, win 64240, options ' +
        '[mss 1460,sackOK,TS val 3954769120 ecr 0,nop,wscale 10], length 0',
    },
    {
      packet: ipv4(
        '10.0.0.2 > 10.0.0.1',
        tcp(TH_RST | TH_ACK, { srcPort: 80, dstPort: 5555, seq: 0, ack: 657647858, window: 0 }),
      ),
      line: 'IP 10.0.0.2.80 > 10.0.0.1.5555: Flags [R.], seq 0, ack 657647858, win 0, length 0',
    },
  ];
  test.each(rows)('$line', ({ packet, line }) => {
    expect(printFrame(frame(packet), N)).toBe(line);
  });

  test('-e', () => {
    const echoed = ipv4('10.1.0.2 > 10.2.0.2', echo(8, 235, 1));
    expect(printFrame(frame(echoed), { ...N, link: true })).toBe(
      '02:00:00:00:00:01 > 02:00:00:00:00:a1, ethertype IPv4 (0x0800), length 98: ' +
        '10.1.0.2 > 10.2.0.2: ICMP echo request, id 235, seq 1, length 64',
    );
  });

  test('-v of fragments', () => {
    const whole = encodeIp(ipv4('10.0.0.1 > 10.0.0.2', echo(8, 96, 1, 3000))).subarray(20);
    const piece = (offset: number, end: number): string =>
      printFrame(
        frame(
          ipv4(
            '10.0.0.1 > 10.0.0.2',
            { kind: 'bytes', bytes: whole.slice(offset, end) },
            { id: 59045, fragOffset: offset, mf: end < whole.length },
          ),
        ),
        { ...N, verbose: 1 },
      );
    expect(piece(0, 1480)).toBe(
      'IP (tos 0x0, ttl 64, id 59045, offset 0, flags [+], proto ICMP (1), length 1500)\n' +
        '    10.0.0.1 > 10.0.0.2: ICMP echo request, id 96, seq 1, length 1480',
    );
    expect(piece(1480, 2960)).toBe(
      'IP (tos 0x0, ttl 64, id 59045, offset 1480, flags [+], proto ICMP (1), length 1500)\n' +
        '    10.0.0.1 > 10.0.0.2: ip-proto-1',
    );
    expect(piece(2960, 3008)).toBe(
      'IP (tos 0x0, ttl 64, id 59045, offset 2960, flags [none], proto ICMP (1), length 68)\n' +
        '    10.0.0.1 > 10.0.0.2: ip-proto-1',
    );
  });

  test('-i any', () => {
    const payload = ipv4('10.1.0.2 > 10.2.0.2', echo(8, 178, 1));
    const src = mac('02:00:00:00:00:01');
    const cooked = (ifindex: number, packetType: number): string =>
      printPacket(
        {
          bytes: encodeSll2({ src, payload }, { ifindex, packetType, hardwareType: 1 }),
          linkType: 'LINUX_SLL2',
        },
        { ...N, deviceName: (i) => ['lo', 'ra', 'rb'][i - 1] },
      );
    expect(cooked(2, PACKET_HOST)).toBe(
      'ra    In  IP 10.1.0.2 > 10.2.0.2: ICMP echo request, id 178, seq 1, length 64',
    );
    expect(cooked(3, PACKET_OUTGOING)).toBe(
      'rb    Out IP 10.1.0.2 > 10.2.0.2: ICMP echo request, id 178, seq 1, length 64',
    );
  });

  test('VXLAN, with the packet inside on a line of its own', () => {
    const inner = frame(ipv4('10.0.1.4 > 10.0.1.2', echo(8, 46304, 1)));
    const outer = ipv4('10.0.0.2 > 10.0.0.1', {
      kind: 'udp',
      srcPort: 55086,
      dstPort: 4789,
      payload: { kind: 'vxlan', vni: 4097, inner },
    });
    expect(printFrame(frame(outer), N)).toBe(
      'IP 10.0.0.2.55086 > 10.0.0.1.4789: VXLAN, flags [I] (0x08), vni 4097\n' +
        'IP 10.0.1.4 > 10.0.1.2: ICMP echo request, id 46304, seq 1, length 64',
    );
  });
});
