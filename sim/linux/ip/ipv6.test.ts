import { expect, test } from 'vitest';
import { formatIp } from '../../wire/ip';
import { newAddress } from '../rtnetlink/addr';
import { dumpRoutes, newRoute } from '../rtnetlink/route';
import { address, answer, cable, device, ip, NEW_ROUTE, Pinger, route, Testbed } from '../testbed';
import { linkLocalOf } from './addrconf';

const SECOND = 1_000_000;
const ADD = { create: true, excl: true, replace: false };

function pair() {
  const bed = new Testbed();
  const [a, b] = [bed.netns('a', { ipv6: true }), bed.netns('b', { ipv6: true })];
  cable([a, 'eth0'], [b, 'eth0']);
  bed.run(3 * SECOND);
  return { bed, a, b };
}

test('a device gives itself a link-local address from its MAC', () => {
  const { a } = pair();
  const dev = device(a, 'eth0');
  expect(formatIp(linkLocalOf(0x02_0000_0000_01))).toBe('fe80::ff:fe00:1');
  const [own] = dev.in6Dev.addresses;
  expect(own?.address).toBe(linkLocalOf(dev.mac));
  expect(own?.tentative).toBe(false);
});

test('neighbours find each other', () => {
  const { bed, a, b } = pair();
  address(a, 'eth0', 'fd00::1/64');
  address(b, 'eth0', 'fd00::2/64');
  const pinger = new Pinger(a, formatIp);
  pinger.send({ to: 'fd00::2' });
  bed.run(SECOND);
  expect(pinger.heard).toEqual(['reply fd00::2 ttl 64']);
  expect(a.nd.lookup(ip('fd00::2'), device(a, 'eth0'))?.state).toBe('REACHABLE');
});

test('nobody there: address unreachable after three seconds', () => {
  const { bed, a } = pair();
  address(a, 'eth0', 'fd00::1/64');
  const pinger = new Pinger(a, formatIp);
  pinger.send({ to: 'fd00::99' });
  bed.run(4 * SECOND);
  expect(pinger.heard).toEqual(['1/3 fd00::1']);
});

test('an address that another has is found out and never used', () => {
  const { bed, a, b } = pair();
  const request = (dev: ReturnType<typeof device>) => ({
    dev,
    local: ip('fd00::1'),
    prefixLen: 64,
  });
  newAddress(a, request(device(a, 'eth0')), ADD);
  bed.run(3 * SECOND);
  newAddress(b, request(device(b, 'eth0')), ADD);
  bed.run(3 * SECOND);
  const mine = device(a, 'eth0').in6Dev.addresses.find((one) => one.address === ip('fd00::1'));
  const twin = device(b, 'eth0').in6Dev.addresses.find((one) => one.address === ip('fd00::1'));
  expect([mine?.dadFailed, twin?.dadFailed]).toEqual([false, true]);
});

test('disable_ipv6 takes all addresses and refuses new ones', () => {
  const { a } = pair();
  const dev = device(a, 'eth0');
  a.sysctl.get('net/ipv6/conf/eth0/disable_ipv6')?.write('1');
  expect(dev.in6Dev.addresses).toEqual([]);
  const refused = newAddress(a, { dev, local: ip('fd00::2'), prefixLen: 64 }, ADD);
  expect(answer(refused)).toBe('EACCES: ipv6: IPv6 is disabled on this device');
});

test('routes are dumped longest prefix first within one subtree', () => {
  const { a } = pair();
  const dev = device(a, 'eth0');
  const oif = dev.ifindex;
  for (const prefix of ['::/0', '2001:db8::/32', '2001:db8:1::/48']) {
    newRoute(a, route(prefix, { oif }), NEW_ROUTE);
  }
  const shown = dumpRoutes(a, 6, 254).map((r) => `${formatIp(r.dst)}/${r.prefixLen}`);
  expect(shown).toEqual(['2001:db8:1::/48', '2001:db8::/32', 'fe80::/64', '::/0']);
});

test('a router joins the routers and answers to its subnets as anycast', () => {
  const { bed, a, b } = pair();
  address(a, 'eth0', 'fd00::1/64');
  address(b, 'eth0', 'fd00::2/64');
  b.sysctl.get('net/ipv6/conf/all/forwarding')?.write('1');
  const anycast = dumpRoutes(b, 6, 255).filter((r) => r.type === 'anycast');
  expect(anycast.map((r) => formatIp(r.dst))).toEqual(['fd00::', 'fe80::']);
  const pinger = new Pinger(a, formatIp);
  pinger.send({ to: 'fd00::2' });
  bed.run(SECOND);
  expect(a.nd.lookup(ip('fd00::2'), device(a, 'eth0'))?.isRouter).toBe(true);
  b.sysctl.get('net/ipv6/conf/all/forwarding')?.write('0');
  expect(dumpRoutes(b, 6, 255).some((r) => r.type === 'anycast')).toBe(false);
});
