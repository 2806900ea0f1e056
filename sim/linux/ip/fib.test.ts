import { expect, test } from 'vitest';
import { Prng } from '../../base/prng';
import { formatIp, maskV4 } from '../../wire/ip';
import { delRoute, dumpRoutes, newRoute } from '../rtnetlink/route';
import { newRule } from '../rtnetlink/rule';
import { addRoute, address, answer, cable, ip4, NEW_ROUTE, route, Testbed } from '../testbed';
import { type FibRoute, FibTables } from './fib';
import { fibLookup } from './fib-lookup';
import { routeOutput } from './output';

const REPLACE = { create: true, excl: false, replace: true, append: false };
const APPEND = { create: true, excl: false, replace: false, append: true };

function bare(dst: number, prefixLen: number): FibRoute {
  return {
    family: 4,
    table: 254,
    dst,
    prefixLen,
    tos: 0,
    priority: 0,
    type: 'unicast',
    protocol: 3,
    scope: 0,
    prefSrc: undefined,
    metrics: {},
    nexthops: [],
  };
}

test('the longest prefix wins, as a search of all routes says', () => {
  const random = new Prng('lpm');
  for (let round = 0; round < 40; round++) {
    const tables = new FibTables(4);
    const routes: FibRoute[] = [];
    for (let i = 0; i < 60; i++) {
      const prefixLen = random.below(33);
      const dst = (((10 << 24) | (random.u32() & 0x0303_0303)) & maskV4(prefixLen)) >>> 0;
      if (tables.aliases(254, dst, prefixLen).length > 0) continue;
      const made = bare(dst, prefixLen);
      routes.push(made);
      tables.setAliases(254, made, [made]);
    }
    for (let i = 0; i < 200; i++) {
      const dst = ((10 << 24) | (random.u32() & 0x0303_0303)) >>> 0;
      const covering = routes.filter((r) => (dst & maskV4(r.prefixLen)) >>> 0 === r.dst);
      const longest = covering.sort((a, b) => b.prefixLen - a.prefixLen)[0];
      const found = tables.lookup([254], { dst, tos: 0, scope: 0, oif: 0 });
      expect(found?.route).toBe(longest);
    }
  }
});

function host() {
  const bed = new Testbed();
  const net = bed.netns('h');
  const peer = bed.netns('p');
  const [eth0] = cable([net, 'eth0'], [peer, 'eth0']);
  address(net, 'eth0', '10.0.0.1/24');
  bed.run(1000);
  return { bed, net, eth0 };
}

test.each([
  {
    name: 'gateway off the link',
    to: '10.9.0.0/16',
    via: '192.168.1.1',
    want: 'ENETUNREACH: Nexthop has invalid gateway',
  },
  {
    name: 'gateway behind a gateway',
    to: '10.9.0.0/16',
    via: '10.1.0.1',
    want: 'ENETUNREACH: Nexthop has invalid gateway',
  },
  {
    name: 'host bits',
    to: '10.1.2.3/16',
    via: '10.0.0.254',
    want: 'EINVAL: Invalid prefix for given prefix length',
  },
  { name: 'no device at all', to: '10.3.0.0/16', via: undefined, want: 'ENODEV' },
  { name: 'own address as gateway', to: '10.2.0.0/16', via: '10.0.0.1', want: 'ok' },
  { name: 'the same again', to: '10.1.0.0/16', via: '10.0.0.254', want: 'EEXIST' },
])('route add: $name', ({ to, via, want }) => {
  const { net } = host();
  addRoute(net, '10.1.0.0/16', { via: ip4('10.0.0.254') });
  const request = route(to, { via: via === undefined ? undefined : ip4(via) });
  expect(answer(newRoute(net, request, NEW_ROUTE))).toBe(want);
});

test('a route needs a valid preferred source and an up device', () => {
  const { net, eth0 } = host();
  const oif = eth0.ifindex;
  const foreign = route('10.8.0.0/16', { oif, prefSrc: ip4('10.0.0.9') });
  expect(answer(newRoute(net, foreign, NEW_ROUTE))).toBe('EINVAL: Invalid prefsrc address');
  const black = route('10.8.0.0/16', { type: 'blackhole', oif });
  expect(answer(newRoute(net, black, NEW_ROUTE))).toContain('can not be specified');
});

const shown = (routes: readonly FibRoute[]): readonly string[] =>
  routes.map((r) => {
    const via = r.nexthops[0]?.via;
    const hop = via === undefined ? '' : ` via ${formatIp(via)}`;
    return `${formatIp(r.dst)}/${r.prefixLen}${hop}${r.priority ? ` metric ${r.priority}` : ''}`;
  });

test('replace, append and delete keep the order of a prefix', () => {
  const { net } = host();
  const via = (text: string) => route('10.5.0.0/24', { via: ip4(text) });
  newRoute(net, via('10.0.0.253'), NEW_ROUTE);
  newRoute(net, via('10.0.0.252'), REPLACE);
  newRoute(net, via('10.0.0.251'), APPEND);
  newRoute(net, { ...via('10.0.0.250'), priority: 5 }, NEW_ROUTE);
  expect(shown(dumpRoutes(net, 4, 254))).toEqual([
    '10.0.0.0/24',
    '10.5.0.0/24 via 10.0.0.252',
    '10.5.0.0/24 via 10.0.0.251',
    '10.5.0.0/24 via 10.0.0.250 metric 5',
  ]);
  expect(answer(delRoute(net, route('10.5.0.0/24')))).toBe('ok');
  expect(shown(dumpRoutes(net, 4, 254))[1]).toBe('10.5.0.0/24 via 10.0.0.251');
  expect(answer(delRoute(net, route('10.77.0.0/24')))).toBe('ESRCH');
  const other = { ...route('10.5.0.0/24'), table: 77 };
  expect(answer(delRoute(net, other))).toBe('ESRCH: FIB table does not exist');
});

test('rules choose tables, and a rule may refuse', () => {
  const { net } = host();
  addRoute(net, '0.0.0.0/0', { via: ip4('10.0.0.254') });
  addRoute(net, '0.0.0.0/0', { via: ip4('10.0.0.253'), table: 100 });
  const [main] = net.rules4.rules;
  if (!main) throw new Error('no rules');
  const rule = { ...main, priority: undefined, action: { kind: 'table', table: 100 } as const };
  expect(answer(newRule(net, { ...rule, mark: 1 }, true))).toBe('ok');
  const gateway = (mark: number) => {
    const found = routeOutput(net, { dst: ip4('8.8.8.8'), mark });
    return found.ok ? formatIp(found.value.gateway ?? 0) : found.error;
  };
  expect(gateway(0)).toBe('10.0.0.254');
  expect(gateway(1)).toBe('10.0.0.253');
  expect(net.rules4.rules.map((r) => r.priority)).toEqual([0, 32765, 32766, 32767]);
  const refuse = { ...rule, mark: 2, action: { kind: 'prohibit' } as const };
  expect(answer(newRule(net, refuse, true))).toBe('ok');
  expect(gateway(2)).toBe('EACCES');
});

test('multipath spreads flows by weight and keeps each on its way', () => {
  const { net } = host();
  addRoute(net, '10.7.0.0/16', {
    nexthops: [
      { via: ip4('10.0.0.252'), weight: 1 },
      { via: ip4('10.0.0.253'), weight: 3 },
    ],
  });
  const count = new Map<string, number>();
  for (let i = 0; i < 2000; i++) {
    const dst = ip4('10.7.0.0') + i;
    const pick = () => {
      const found = routeOutput(net, { dst });
      return found.ok ? formatIp(found.value.gateway ?? 0) : found.error;
    };
    const first = pick();
    expect(pick()).toBe(first);
    count.set(first, (count.get(first) ?? 0) + 1);
  }
  const share = (count.get('10.0.0.253') ?? 0) / 2000;
  expect(share).toBeGreaterThan(0.68);
  expect(share).toBeLessThan(0.82);
});

test('a device that goes down takes its routes, but not its local addresses', () => {
  const { net, eth0, bed } = host();
  addRoute(net, '10.5.0.0/24', { via: ip4('10.0.0.254') });
  eth0.ops.stop?.(eth0);
  bed.run(10);
  const hop = fibLookup(net, { dst: ip4('10.0.0.5') });
  expect(hop.ok && hop.value.nexthop?.linkdown).toBe(true);
});
