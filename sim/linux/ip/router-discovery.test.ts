import { expect, test } from 'vitest';
import { formatIp } from '../../wire/ip';
import { type RouterAdvertisement, routerAdvertisement } from '../../wire/ndp';
import { dumpRoutes } from '../rtnetlink/route';
import { address, cable, device, ip, Testbed } from '../testbed';
import { linkLocalOf } from './addrconf';
import { FOREVER } from './address';
import { RT_TABLE_MAIN, RTPROT_RA } from './fib';
import { icmp6Xmit } from './icmpv6-xmit';
import { ALL_NODES } from './mcast6';

const SECOND = 1_000_000;

function network() {
  const bed = new Testbed();
  const [host, router] = [bed.netns('h', { ipv6: true }), bed.netns('r', { ipv6: true })];
  cable([host, 'eth0'], [router, 'eth0']);
  address(router, 'eth0', 'fd00:1::1/64');
  bed.run(3 * SECOND);
  const [dev, port] = [device(host, 'eth0'), device(router, 'eth0')];
  const advertise = (change: Partial<RouterAdvertisement>, validLifetimeSec: number): void =>
    icmp6Xmit(port, {
      src: linkLocalOf(port.mac),
      dst: ALL_NODES,
      hopLimit: 255,
      message: routerAdvertisement({
        hopLimit: 64,
        managed: false,
        otherConfig: false,
        routerLifetimeSec: 1800,
        reachableMs: 0,
        retransMs: 0,
        options: [
          {
            kind: 'prefixInfo',
            prefixLen: 64,
            onLink: true,
            autonomous: true,
            validLifetimeSec,
            preferredLifetimeSec: validLifetimeSec,
            prefix: BigInt(ip('fd00:1::')),
          },
          { kind: 'sourceLinkAddress', mac: port.mac },
        ],
        ...change,
      }),
    });
  const global = () => dev.in6Dev.addresses.filter((ifa) => ifa.scope === 0);
  const defaults = () => dumpRoutes(host, 6, RT_TABLE_MAIN).filter((r) => r.protocol === RTPROT_RA);
  return { bed, host, dev, port, advertise, global, defaults };
}

test('a prefix gives an address and a route, the router a default route', () => {
  const n = network();
  n.advertise({}, FOREVER);
  n.bed.run(3 * SECOND);
  const [own] = n.global();
  expect(own && formatIp(own.address)).toBe(
    formatIp(BigInt(ip('fd00:1::')) | (linkLocalOf(n.dev.mac) & 0xffff_ffff_ffff_ffffn)),
  );
  expect(own).toMatchObject({ dynamic: true, mngTmpAddr: true, tentative: false });
  const [route] = n.defaults();
  expect(route).toMatchObject({ priority: 1024, metrics: { hoplimit: 64 } });
  expect(route?.nexthops[0]?.via).toBe(linkLocalOf(n.port.mac));
  expect(n.host.nd.lookup(linkLocalOf(n.port.mac), n.dev)?.isRouter).toBe(true);
});

test('lifetimes end, and a lifetime of zero ends at once', () => {
  const n = network();
  n.advertise({}, 10);
  n.bed.run(5 * SECOND);
  n.advertise({ routerLifetimeSec: 0 }, 20);
  n.bed.run(SECOND);
  expect(n.defaults()).toEqual([]);
  n.bed.run(10 * SECOND);
  expect(n.global()).toHaveLength(1);
  n.bed.run(10 * SECOND);
  expect(n.global()).toEqual([]);
});

test('a router listens to nobody', () => {
  const n = network();
  n.dev.in6Dev.conf.forwarding = 1;
  n.advertise({}, FOREVER);
  n.bed.run(3 * SECOND);
  expect([n.global(), n.defaults()]).toEqual([[], []]);
  n.dev.in6Dev.conf.accept_ra = 2;
  n.advertise({}, FOREVER);
  n.bed.run(3 * SECOND);
  expect([n.global().length, n.defaults().length]).toEqual([1, 1]);
});
