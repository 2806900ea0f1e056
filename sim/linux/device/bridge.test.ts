import { describe, expect, test } from 'vitest';
import { formatIp } from '../../wire/ip';
import { dumpFdb, newFdb } from '../rtnetlink/fdb';
import { changeLink, delLink } from '../rtnetlink/link';
import { addBridgeVlan, delBridgeVlan } from '../rtnetlink/vlan';
import { add, address, answer, cable, device, must, Pinger, Testbed } from '../testbed';
import { bridgeId } from './bridge';
import { devSetPromiscuity } from './dev';
import type { NetDevice } from './net-device';

const SECOND = 1_000_000;

function pods(count: number) {
  const bed = new Testbed();
  const root = bed.netns('');
  const br0 = add(root, { name: 'br0', up: true }, { kind: 'bridge', options: {} });
  const spaces = [];
  for (let i = 1; i <= count; i++) {
    const pod = bed.netns(`pod${i}`);
    cable([root, `veth${i}`], [pod, 'eth0']);
    must(changeLink(root, device(root, `veth${i}`), { master: br0.ifindex }));
    address(pod, 'eth0', `10.0.0.${i}/24`);
    spaces.push(pod);
  }
  bed.run(SECOND);
  const [first] = spaces;
  if (!first) throw new Error('no pod');
  const pinger = new Pinger(first, formatIp);
  const ping = (to: string): readonly string[] => {
    pinger.heard.length = 0;
    pinger.send({ to });
    bed.run(100_000);
    return [...pinger.heard];
  };
  const learned = (): readonly string[] =>
    dumpFdb(root, { bridge: br0 })
      .filter((entry) => entry.state === 'reachable')
      .map((entry) => entry.dev.name);
  const port = (i: number): NetDevice => device(root, `veth${i}`);
  return { bed, root, br0, pods: spaces, ping, learned, port };
}

test('a bridge learns who is where, and forgets', () => {
  const { bed, br0, root, ping, learned } = pods(3);
  expect(learned()).toEqual([]);
  expect(ping('10.0.0.2')).toEqual(['reply 10.0.0.2 ttl 64']);
  expect(learned()).toEqual(['veth1', 'veth2']);
  must(changeLink(root, br0, { bridge: { ageingTime: 500 } }));
  bed.run(60 * SECOND);
  expect(learned()).toEqual([]);
});

test('its address and its carrier are those of its ports', () => {
  const bed = new Testbed();
  const root = bed.netns('');
  const br0 = add(root, { name: 'br0', up: true }, { kind: 'bridge', options: {} });
  expect(br0.operstate).toBe('UNKNOWN');
  const bridge = br0.data.kind === 'bridge' ? br0.data.bridge : undefined;
  expect(bridge && bridgeId(bridge)).toBe('8000.000000000000');
  const pod = bed.netns('pod');
  const veth = add(root, { name: 'v' }, { kind: 'veth', peer: { name: 'eth0', netns: pod } });
  must(changeLink(root, veth, { master: br0.ifindex, up: true }));
  bed.run(10);
  expect([br0.mac, br0.operstate]).toEqual([veth.mac, 'DOWN']);
  must(changeLink(pod, device(pod, 'eth0'), { up: true }));
  bed.run(10);
  expect([br0.operstate, veth.brport?.state]).toEqual(['UP', 'forwarding']);
  must(changeLink(root, veth, { mtu: 1400 }));
  expect(br0.mtu).toBe(1400);
});

describe('ports', () => {
  test('isolated ones do not reach each other', () => {
    const { root, ping, port, bed } = pods(3);
    for (const i of [1, 2]) must(changeLink(root, port(i), { brport: { isolated: true } }));
    expect(ping('10.0.0.2')).toEqual([]);
    expect(ping('10.0.0.3')).toEqual(['reply 10.0.0.3 ttl 64']);
    expect(bed.drops().filter((drop) => drop.includes('br_'))).toEqual([]);
  });

  test('without learning every frame is flooded', () => {
    const { root, ping, port, learned } = pods(2);
    for (const i of [1, 2]) must(changeLink(root, port(i), { brport: { learning: false } }));
    expect(ping('10.0.0.2')).toEqual(['reply 10.0.0.2 ttl 64']);
    expect(learned()).toEqual([]);
  });

  test('a wrong static entry sends frames astray', () => {
    const { root, pods: spaces, ping, port } = pods(3);
    expect(ping('10.0.0.2')).toEqual(['reply 10.0.0.2 ttl 64']);
    const [, second] = spaces;
    if (!second) throw new Error('no pod');
    const mac = device(second, 'eth0').mac;
    const flags = { create: true, excl: false, append: false, replace: true };
    const request = { dev: port(3), mac, self: false, master: true, state: 'static' } as const;
    must(newFdb(root, request, flags));
    expect(ping('10.0.0.2')).toEqual([]);
    const again = { create: true, excl: true, append: false, replace: false };
    expect(answer(newFdb(root, request, again))).toBe('EEXIST');
  });

  test('VLAN filtering keeps the VLANs apart', () => {
    const { root, br0, ping, port } = pods(3);
    must(changeLink(root, br0, { bridge: { vlanFiltering: true } }));
    expect(ping('10.0.0.2')).toEqual(['reply 10.0.0.2 ttl 64']);
    must(addBridgeVlan(root, port(2), { id: 20, pvid: true, untagged: true }, false));
    must(delBridgeVlan(root, port(2), 1, false));
    expect(ping('10.0.0.2')).toEqual([]);
    expect(ping('10.0.0.3')).toEqual(['reply 10.0.0.3 ttl 64']);
  });
});

test.each([
  { name: 'a bridge', dev: 'br0', want: 'ELOOP: Can not enslave a bridge to a bridge' },
  { name: 'loopback', dev: 'lo', want: 'EINVAL' },
])('$name cannot be a port', ({ dev, want }) => {
  const { root, br0 } = pods(1);
  expect(answer(changeLink(root, device(root, dev), { master: br0.ifindex }))).toBe(want);
});

test('two cables between two bridges are a storm, until the budget says so', () => {
  const bed = new Testbed();
  const root = bed.netns('');
  const bridges = ['br0', 'br1'].map((name) =>
    add(root, { name, up: true }, { kind: 'bridge', options: {} }),
  );
  for (const i of [1, 2]) {
    const [a, b] = cable([root, `a${i}`], [root, `b${i}`]);
    for (const [k, dev] of [a, b].entries()) {
      must(changeLink(root, dev, { master: bridges[k]?.ifindex ?? 0 }));
    }
  }
  const pod = bed.netns('pod');
  cable([root, 'veth1'], [pod, 'eth0']);
  must(changeLink(root, device(root, 'veth1'), { master: bridges[0]?.ifindex ?? 0 }));
  address(pod, 'eth0', '10.0.0.1/24');
  bed.run(SECOND);
  new Pinger(pod, formatIp).send({ to: '10.0.0.9' });
  const before = bed.scheduler.events;
  bed.run(10_000);
  expect(bed.scheduler.events - before).toBeGreaterThan(2000);
  expect(bed.kernel.packetsInFlight).toBeGreaterThan(0);
});

test('a bridge that is deleted frees its ports', () => {
  const { root, br0, port } = pods(2);
  must(delLink(root, br0));
  expect([port(1).master, port(1).brport, port(1).promiscuity]).toEqual([undefined, undefined, 0]);
});

test('what passes between ports is seen on the bridge only while it is promiscuous', () => {
  const { br0, ping } = pods(2);
  ping('10.0.0.2');
  const seenDuring = (): number => {
    const before = br0.stats.rxPackets;
    expect(ping('10.0.0.2')).toEqual(['reply 10.0.0.2 ttl 64']);
    return br0.stats.rxPackets - before;
  };
  expect(seenDuring()).toBe(0);
  devSetPromiscuity(br0, 1);
  expect(seenDuring()).toBe(2);
  devSetPromiscuity(br0, -1);
  expect(seenDuring()).toBe(0);
});
