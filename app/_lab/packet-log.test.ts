import { expect, test } from 'vitest';
import type { TraceEvent } from '@/sim/linux/trace';
import type { EthernetFrame, Ipv4Packet, L3 } from '@/sim/wire/frame';
import { parseIpv4 } from '@/sim/wire/ip';
import { parseMac } from '@/sim/wire/mac';
import { PacketLog, stationsOf } from './packet-log';

const ip = (text: string) => parseIpv4(text) ?? 0;
const mac = (text: string) => parseMac(text) ?? 0;

const echo: Ipv4Packet = {
  kind: 'ipv4',
  src: ip('10.0.0.1'),
  dst: ip('10.0.0.2'),
  tos: 0,
  id: 7,
  df: true,
  mf: false,
  fragOffset: 0,
  ttl: 64,
  protocol: 1,
  options: new Uint8Array(0),
  payload: { kind: 'icmp', type: 8, code: 0, rest: 0x0001_0001, data: new Uint8Array(56) },
};
const frame: EthernetFrame = {
  dst: mac('02:00:00:00:00:02'),
  src: mac('02:00:00:00:00:01'),
  payload: echo,
};
const step = (more: Partial<TraceEvent>): TraceEvent => ({
  atUs: 0,
  packetId: 1,
  host: 'a',
  netns: '',
  dev: 'eth0',
  stage: 'dev_queue_xmit',
  verdict: 'pass',
  frame,
  ...more,
});
const nameOf = (address: string) => (address === '10.0.0.1' ? 'red' : undefined);

test('a row names its ends, its layer and what tcpdump says', () => {
  const [row] = new PacketLog().add([step({})], nameOf);
  expect(row).toMatchObject({
    number: 1,
    source: 'red',
    target: '10.0.0.2',
    protocol: 'ICMP',
    layer: 'l3',
    summary: 'IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 1, length 64',
    state: 'moving',
  });
});

test('a copy that was delivered outweighs copies that were dropped', () => {
  const log = new PacketLog();
  log.add([step({}), step({ verdict: 'drop', reason: 'OTHERHOST' })], nameOf);
  expect(log.rows()[0]).toMatchObject({ state: 'dropped', reason: 'OTHERHOST' });
  log.add([step({ verdict: 'deliver' })], nameOf);
  log.add([step({ verdict: 'drop', reason: 'OTHERHOST' })], nameOf);
  expect(log.rows()[0]).toMatchObject({ state: 'delivered', reason: null, steps: 4 });
});

test('a station tells what changed in the headers', () => {
  const routed = { ...frame, src: mac('02:00:00:00:00:09'), payload: { ...echo, ttl: 63 } };
  const [, second] = stationsOf([step({}), step({ frame: routed, stage: 'ip_forward' })]);
  expect(second?.changes).toEqual([
    {
      protocol: 'Ethernet',
      layer: 'l2',
      name: 'src',
      before: '02:00:00:00:00:01',
      after: '02:00:00:00:00:09',
    },
    { protocol: 'IPv4', layer: 'l3', name: 'ttl', before: '64', after: '63' },
  ]);
  const last = second?.headers.at(-1);
  expect(second?.bytes.length).toBe(last?.to);
});

test('filters speak tcpdump, and say what is wrong', () => {
  const log = new PacketLog();
  log.add(
    [
      step({}),
      step({ packetId: 2, frame: { ...frame, payload: { ...echo, dst: ip('10.0.0.9') } } }),
    ],
    nameOf,
  );
  expect(log.filter('icmp and dst 10.0.0.9')).toEqual({ ids: [2] });
  expect(log.filter('arp')).toEqual({ ids: [] });
  expect(log.filter('icmp and (')).toHaveProperty('error');
});

test('the capture file holds a header and a record a packet', () => {
  const log = new PacketLog();
  log.add([step({}), step({ packetId: 2 })], nameOf);
  expect(log.pcap([1, 2]).length).toBe(24 + 2 * (16 + 98));
});

test('what crosses lo is listed', () => {
  const log = new PacketLog();
  log.add([step({ dev: 'lo' })], nameOf);
  expect(log.rows().length).toBe(1);
});

test('the oldest packets go', () => {
  const log = new PacketLog();
  for (let id = 1; id <= 2100; id += 1) log.add([step({ packetId: id })], nameOf);
  expect(log.rows().length).toBe(2000);
  expect(log.rows()[0]?.number).toBe(101);
});

test('what IPv6 says to itself is marked; what a learner asks is not', () => {
  const packet = (type: number, src: bigint): L3 => ({
    kind: 'ipv6',
    src,
    dst: 0xff02n << 112n,
    trafficClass: 0,
    flowLabel: 0,
    hopLimit: 255,
    nextHeader: 58,
    payload: { kind: 'icmpv6', type, code: 0, rest: 0, data: new Uint8Array(16) },
  });
  const marked = (type: number, src: bigint) =>
    new PacketLog().add([step({ frame: { ...frame, payload: packet(type, src) } })], nameOf)[0]
      ?.isBackground;
  expect(marked(133, 1n)).toBe(true);
  expect(marked(135, 0n)).toBe(true);
  expect(marked(135, 1n)).toBe(false);
  expect(marked(128, 1n)).toBe(false);
});
