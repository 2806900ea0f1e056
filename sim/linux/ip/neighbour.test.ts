import { expect, test } from 'vitest';
import { formatIp } from '../../wire/ip';
import type { Netns } from '../netns';
import { changeLink } from '../rtnetlink/link';
import { delNeigh, newNeigh } from '../rtnetlink/neigh';
import { addRoute, address, answer, cable, device, ip4, must, Pinger, Testbed } from '../testbed';

const MINUTE = 60_000_000;
const SECOND = 1_000_000;

const set = (net: Netns, path: string, value: number): void => {
  net.sysctl.get(path)?.write(String(value));
};

function pair() {
  const bed = new Testbed();
  const [a, b] = [bed.netns('a'), bed.netns('b')];
  cable([a, 'eth0'], [b, 'eth0']);
  address(a, 'eth0', '10.0.0.1/24');
  address(b, 'eth0', '10.0.0.2/24');
  bed.run(1000);
  const pinger = new Pinger(a, formatIp);
  const state = (net: Netns, ip: string) =>
    net.arp.lookup(ip4(ip), device(net, 'eth0'))?.state ?? 'none';
  return { bed, a, b, pinger, state };
}

test('who asks is known at once, who answers is reachable', () => {
  const { bed, a, b, pinger, state } = pair();
  pinger.send({ to: '10.0.0.2' });
  bed.run(100);
  expect(state(a, '10.0.0.2')).toBe('REACHABLE');
  expect(state(b, '10.0.0.1')).toBe('DELAY');
});

test('reachable ends in stale without traffic, in delay and probe with it', () => {
  const { bed, a, b, pinger, state } = pair();
  pinger.send({ to: '10.0.0.2' });
  bed.run(MINUTE);
  expect(state(a, '10.0.0.2')).toBe('STALE');
  pinger.send({ to: '10.0.0.2' });
  bed.run(SECOND);
  expect(state(a, '10.0.0.2')).toBe('DELAY');
  must(changeLink(b, device(b, 'eth0'), { arp: false }));
  bed.run(5 * SECOND);
  expect(state(a, '10.0.0.2')).toBe('PROBE');
  bed.run(3 * SECOND);
  expect(state(a, '10.0.0.2')).toBe('FAILED');
});

test('nobody answers: three questions, then the sender is told after three seconds', () => {
  const { bed, a, pinger, state } = pair();
  bed.drops();
  pinger.send({ to: '10.0.0.99' });
  pinger.send({ to: '10.0.0.99' });
  bed.run(2_900_000);
  expect(state(a, '10.0.0.99')).toBe('INCOMPLETE');
  expect(bed.events.filter((e) => e.stage === 'arp_xmit')).toHaveLength(3);
  bed.run(200_000);
  expect(state(a, '10.0.0.99')).toBe('FAILED');
  expect(pinger.heard).toEqual(['3/1 10.0.0.1', '3/1 10.0.0.1']);
  expect(bed.drops()).toContain('a/eth0 arp_error_report NEIGH_FAILED');
});

test('the queue is bounded in bytes and loses the oldest', () => {
  const { bed, a, pinger } = pair();
  const neigh = a.arp.lookupOrCreate(ip4('10.0.0.99'), device(a, 'eth0'));
  neigh.parms.unres_qlen_bytes = 3000;
  bed.drops();
  for (let i = 0; i < 6; i++) pinger.send({ to: '10.0.0.99' });
  expect(neigh.queue.length).toBe(4);
  expect(bed.drops().filter((drop) => drop.includes('QUEUEFULL'))).toHaveLength(2);
});

test.each([
  { name: 'a second one', ip: '10.0.0.50', lladdr: 2, excl: true, create: true, want: 'EEXIST' },
  {
    name: 'none to change',
    ip: '10.0.0.51',
    lladdr: 2,
    excl: false,
    create: false,
    want: 'ENOENT',
  },
  {
    name: 'no address',
    ip: '10.0.0.52',
    lladdr: undefined,
    excl: true,
    create: true,
    want: 'EINVAL: No link layer address given',
  },
  { name: 'a new one', ip: '10.0.0.53', lladdr: 2, excl: true, create: true, want: 'ok' },
])('ip neigh add: $name', ({ ip, lladdr, excl, create, want }) => {
  const { a } = pair();
  const dev = device(a, 'eth0');
  const flags = { create: true, excl: true, replace: false };
  must(newNeigh(a, { dev, ip: ip4('10.0.0.50'), lladdr: 1, state: 'PERMANENT' }, flags));
  const request = { dev, ip: ip4(ip), lladdr, state: 'PERMANENT' } as const;
  expect(answer(newNeigh(a, request, { create, excl, replace: false }))).toBe(want);
});

test('a permanent entry is believed, and nothing but a request removes it', () => {
  const { bed, a, pinger } = pair();
  const dev = device(a, 'eth0');
  const flags = { create: true, excl: true, replace: false };
  const wrong = {
    dev,
    ip: ip4('10.0.0.2'),
    lladdr: 0x02_0000_0000_77,
    state: 'PERMANENT',
  } as const;
  must(newNeigh(a, wrong, flags));
  pinger.send({ to: '10.0.0.2' });
  bed.run(SECOND);
  expect(pinger.heard).toEqual([]);
  expect(answer(delNeigh(a, dev, ip4('10.0.0.2')))).toBe('ok');
  pinger.send({ to: '10.0.0.2' });
  bed.run(SECOND);
  expect(pinger.heard).toHaveLength(1);
});

test.each([
  { ignore: 0, want: 1 },
  { ignore: 1, want: 0 },
])('arp_ignore=$ignore for an address of another device', ({ ignore, want }) => {
  const { bed, a, b, pinger } = pair();
  address(b, 'lo', '10.0.0.20/32');
  set(b, 'net/ipv4/conf/all/arp_ignore', ignore);
  pinger.send({ to: '10.0.0.20' });
  bed.run(SECOND);
  expect(pinger.heard).toHaveLength(want);
  expect(a.name).toBe('a');
});

test('proxy_arp answers for what is routed elsewhere, after a random delay', () => {
  const bed = new Testbed();
  const [a, r, b] = [bed.netns('a'), bed.netns('r'), bed.netns('b')];
  cable([a, 'eth0'], [r, 'ra']);
  cable([b, 'eth0'], [r, 'rb']);
  address(a, 'eth0', '10.0.0.1/24');
  address(b, 'eth0', '10.0.0.2/24');
  addRoute(r, '10.0.0.1/32', { oif: device(r, 'ra').ifindex });
  addRoute(r, '10.0.0.2/32', { oif: device(r, 'rb').ifindex });
  set(r, 'net/ipv4/ip_forward', 1);
  for (const dev of ['ra', 'rb']) set(r, `net/ipv4/conf/${dev}/proxy_arp`, 1);
  const pinger = new Pinger(a, formatIp);
  pinger.send({ to: '10.0.0.2' });
  bed.run(3 * SECOND);
  expect(pinger.heard).toEqual(['reply 10.0.0.2 ttl 63']);
  const mac = a.arp.lookup(ip4('10.0.0.2'), device(a, 'eth0'))?.lladdr;
  expect(mac).toBe(device(r, 'ra').mac);
});
