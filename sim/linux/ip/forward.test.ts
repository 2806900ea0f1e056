import { describe, expect, test } from 'vitest';
import { formatIp } from '../../wire/ip';
import type { Netns } from '../netns';
import { changeLink } from '../rtnetlink/link';
import { getRoute, newRoute } from '../rtnetlink/route';
import {
  add,
  addRoute,
  address,
  cable,
  device,
  ip4,
  must,
  NEW_ROUTE,
  Pinger,
  type Probe,
  route,
  Testbed,
} from '../testbed';

const set = (net: Netns, path: string, value: number): void => {
  const done = net.sysctl.get(path)?.write(String(value));
  if (!done?.ok) throw new Error(path);
};

/** a --- r --- b, with a route there and back. */
function line() {
  const bed = new Testbed();
  const [a, r, b] = [bed.netns('a'), bed.netns('r'), bed.netns('b')];
  cable([a, 'eth0'], [r, 'ra']);
  cable([b, 'eth0'], [r, 'rb']);
  address(a, 'eth0', '10.1.0.2/24');
  address(r, 'ra', '10.1.0.1/24');
  address(r, 'rb', '10.2.0.1/24');
  address(b, 'eth0', '10.2.0.2/24');
  addRoute(a, '0.0.0.0/0', { via: ip4('10.1.0.1') });
  addRoute(b, '0.0.0.0/0', { via: ip4('10.2.0.1') });
  set(r, 'net/ipv4/ip_forward', 1);
  bed.run(1000);
  const pinger = new Pinger(a, formatIp);
  const ping = (probe: Probe): readonly string[] => {
    pinger.heard.length = 0;
    const error = pinger.send(probe);
    bed.run(5_000_000);
    return error ? [error, ...pinger.heard] : [...pinger.heard];
  };
  return { bed, a, r, b, ping };
}

describe('a router', () => {
  test.each<{ name: string; probe: Probe; want: readonly string[] }>([
    {
      name: 'forwards and takes one from the TTL',
      probe: { to: '10.2.0.2' },
      want: ['reply 10.2.0.2 ttl 63'],
    },
    { name: 'answers for itself', probe: { to: '10.2.0.1' }, want: ['reply 10.2.0.1 ttl 64'] },
    { name: 'says when the TTL ends', probe: { to: '10.2.0.2', ttl: 1 }, want: ['11/0 10.1.0.1'] },
    { name: 'says when nobody answers there', probe: { to: '10.2.0.77' }, want: ['3/1 10.1.0.1'] },
    { name: 'has no route', probe: { to: '10.9.0.1' }, want: ['3/0 10.1.0.1'] },
  ])('$name', ({ probe, want }) => expect(line().ping(probe)).toEqual(want));

  test('that does not forward is silent, and the trace says why', () => {
    const { r, ping, bed } = line();
    set(r, 'net/ipv4/ip_forward', 0);
    bed.drops();
    expect(ping({ to: '10.2.0.2' })).toEqual([]);
    expect(bed.drops()).toContain('r/ra ip_error FORWARDING_OFF');
  });

  test('keeps a device that does not forward, when forwarding as a whole does not change', () => {
    const { r, ping } = line();
    set(r, 'net/ipv4/conf/ra/forwarding', 0);
    set(r, 'net/ipv4/ip_forward', 1);
    expect(ping({ to: '10.2.0.2' })).toEqual([]);
    set(r, 'net/ipv4/ip_forward', 0);
    set(r, 'net/ipv4/ip_forward', 1);
    expect(ping({ to: '10.2.0.2' })).toEqual(['reply 10.2.0.2 ttl 63']);
  });

  test('limits the rate of its errors: five seconds of credit, of which each takes two', () => {
    const { bed, a } = line();
    const pinger = new Pinger(a, formatIp);
    for (let i = 0; i < 8; i++) {
      pinger.send({ to: '10.9.0.1' });
      bed.run(1_000_000);
    }
    expect(pinger.heard.length).toBe(4);
  });

  test.each([
    { type: 'blackhole', want: [] },
    { type: 'unreachable', want: ['3/1 10.1.0.1'] },
    { type: 'prohibit', want: ['3/13 10.1.0.1'] },
  ] as const)('with a $type route', ({ type, want }) => {
    const { r, ping } = line();
    must(newRoute(r, route('10.9.0.0/24', { type }), NEW_ROUTE));
    expect(ping({ to: '10.9.0.1' })).toEqual(want);
  });

  test.each([
    { rp: 0, want: ['reply 10.2.0.2 ttl 63'], reason: [] },
    { rp: 1, want: [], reason: ['r/ra ip_route_input IP_RPFILTER'] },
  ])('with rp_filter=$rp and another way back', ({ rp, want, reason }) => {
    const { bed, a, r, ping } = line();
    cable([a, 'eth1'], [r, 'rc']);
    address(a, 'eth1', '10.3.0.2/24');
    address(r, 'rc', '10.3.0.1/24');
    set(r, 'net/ipv4/conf/ra/rp_filter', rp);
    bed.run(1000);
    bed.drops();
    expect(ping({ to: '10.2.0.2', from: '10.3.0.2' })).toEqual(want);
    expect(bed.drops().filter((drop) => drop.includes('RPFILTER'))).toEqual(reason);
  });
});

describe('path MTU', () => {
  test('a smaller link is told to the sender, who remembers', () => {
    const { a, r, b, ping } = line();
    must(changeLink(r, device(r, 'rb'), { mtu: 1400 }));
    must(changeLink(b, device(b, 'eth0'), { mtu: 1400 }));
    expect(ping({ to: '10.2.0.2', size: 1372 })).toEqual(['reply 10.2.0.2 ttl 63']);
    expect(ping({ to: '10.2.0.2', size: 1373 })).toEqual(['3/4 10.1.0.1']);
    const known = must(getRoute(a, { dst: ip4('10.2.0.2') }, 4));
    expect(known.cached?.mtu).toBe(1400);
    expect(ping({ to: '10.2.0.2', size: 1373 })).toEqual(['EMSGSIZE', '3/4 10.1.0.2']);
    expect(ping({ to: '10.2.0.2', size: 1373, df: false })).toEqual(['reply 10.2.0.2 ttl 63']);
    set0200(a, 'net/ipv4/route/flush');
    expect(must(getRoute(a, { dst: ip4('10.2.0.2') }, 4)).cached).toBeUndefined();
  });

  test('fragments are cut at multiples of eight and put together again', () => {
    const { ping } = line();
    expect(ping({ to: '10.2.0.2', size: 3000, df: false })).toEqual(['reply 10.2.0.2 ttl 63']);
    expect(ping({ to: '10.2.0.2', size: 60_000, df: false })).toEqual(['reply 10.2.0.2 ttl 63']);
  });
});

const set0200 = (net: Netns, path: string): void => {
  net.sysctl.get(path)?.write('-1');
};

test('a packet that leaves by the device it came by earns a redirect, which is followed once ARP is done', () => {
  const bed = new Testbed();
  const [h, r1, r2] = [bed.netns('h'), bed.netns('r1'), bed.netns('r2')];
  const root = bed.netns('');
  const bridge = add(root, { name: 'br0', up: true }, { kind: 'bridge', options: {} });
  for (const [net, name, ip] of [
    [h, 'vh', '10.0.0.1/24'],
    [r1, 'v1', '10.0.0.254/24'],
    [r2, 'v2', '10.0.0.253/24'],
  ] as const) {
    cable([root, name], [net, 'eth0']);
    must(changeLink(root, device(root, name), { master: bridge.ifindex }));
    address(net, 'eth0', ip);
  }
  address(r2, 'lo', '172.16.5.5/32');
  addRoute(r1, '172.16.5.0/24', { via: ip4('10.0.0.253') });
  addRoute(h, '0.0.0.0/0', { via: ip4('10.0.0.254') });
  set(r1, 'net/ipv4/ip_forward', 1);
  bed.run(1_000_000);
  const pinger = new Pinger(h, formatIp);
  const ping = (): readonly string[] => {
    pinger.heard.length = 0;
    pinger.send({ to: '172.16.5.5' });
    bed.run(1_000_000);
    return [...pinger.heard].sort();
  };
  expect(ping()).toEqual(['5/1 10.0.0.254', 'reply 172.16.5.5 ttl 64']);
  expect(ping()).toEqual(['5/1 10.0.0.254', 'reply 172.16.5.5 ttl 64']);
  expect(ping()).toEqual(['reply 172.16.5.5 ttl 64']);
});
