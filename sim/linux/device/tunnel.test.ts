import { expect, test } from 'vitest';
import { formatIp } from '../../wire/ip';
import type { Netns } from '../netns';
import { newFdb } from '../rtnetlink/fdb';
import { changeLink, newLink } from '../rtnetlink/link';
import {
  add,
  addRoute,
  address,
  answer,
  cable,
  device,
  ip4,
  must,
  Pinger,
  Testbed,
} from '../testbed';

const SECOND = 1_000_000;

function underlay() {
  const bed = new Testbed();
  const [n1, n2] = [bed.netns('n1'), bed.netns('n2')];
  cable([n1, 'eth0'], [n2, 'eth0']);
  address(n1, 'eth0', '192.168.0.1/24');
  address(n2, 'eth0', '192.168.0.2/24');
  bed.run(1000);
  const ping = (net: Netns, to: string, size = 56, df = true): readonly string[] => {
    const pinger = new Pinger(net, formatIp);
    pinger.send({ to, size, df });
    bed.run(SECOND);
    return pinger.heard;
  };
  return { bed, n1, n2, ping };
}

function vxlans(learning = true) {
  const world = underlay();
  for (const [i, net] of [world.n1, world.n2].entries()) {
    const options = {
      id: 42,
      link: device(net, 'eth0').ifindex,
      local: ip4(`192.168.0.${i + 1}`),
      remote: learning ? ip4(`192.168.0.${2 - i}`) : undefined,
      dstPort: 4789,
      learning,
    };
    add(net, { name: 'vx', up: true }, { kind: 'vxlan', options });
    address(net, 'vx', `10.0.0.${i + 1}/24`);
  }
  world.bed.run(1000);
  return world;
}

test('VXLAN carries frames, and learns where they come from', () => {
  const { n1, n2, ping } = vxlans();
  expect(device(n1, 'vx').mtu).toBe(1450);
  expect(ping(n1, '10.0.0.2')).toEqual(['reply 10.0.0.2 ttl 64']);
  const { data } = device(n1, 'vx');
  const entry = data.kind === 'vxlan' ? data.vxlan.fdb.get(device(n2, 'vx').mac) : undefined;
  expect(entry?.remotes.map((r) => formatIp(r.ip))).toEqual(['192.168.0.2']);
  expect(entry?.state).toBe('reachable');
});

test('without a remote nothing leaves, until the table names one', () => {
  const { bed, n1, n2, ping } = vxlans(false);
  bed.drops();
  expect(ping(n1, '10.0.0.2')).toEqual([]);
  expect(bed.drops()).toContain('n1/vx vxlan_xmit VXLAN_NO_REMOTE');
  bed.run(5 * SECOND);
  const flags = { create: true, excl: false, append: true, replace: false };
  for (const [net, to] of [
    [n1, '192.168.0.2'],
    [n2, '192.168.0.1'],
  ] as const) {
    const base = { dev: device(net, 'vx'), self: true, master: false, state: 'permanent' } as const;
    must(newFdb(net, { ...base, mac: 0, dst: ip4(to) }, flags));
  }
  expect(ping(n1, '10.0.0.2')).toEqual(['reply 10.0.0.2 ttl 64']);
});

test('another VNI is another network', () => {
  const { bed, n1, n2, ping } = vxlans();
  must(changeLink(n2, device(n2, 'vx'), { up: false }));
  const options = { id: 43, local: ip4('192.168.0.2'), remote: ip4('192.168.0.1'), dstPort: 4789 };
  add(n2, { name: 'other', up: true }, { kind: 'vxlan', options });
  const twin = newLink(n2, { name: 'twin' }, { kind: 'vxlan', options });
  expect(answer(twin)).toBe('EEXIST: A VXLAN device with the specified VNI already exists');
  must(changeLink(n2, device(n2, 'vx'), { up: false }));
  bed.drops();
  expect(ping(n1, '10.0.0.2')).toEqual([]);
});

test('IPIP carries packets without Ethernet', () => {
  const { n1, n2, ping } = underlay();
  for (const [i, net] of [n1, n2].entries()) {
    const ends = { local: ip4(`192.168.0.${i + 1}`), remote: ip4(`192.168.0.${2 - i}`) };
    add(net, { name: 'tunl', up: true }, { kind: 'ipip', ...ends });
    address(net, 'lo', `10.${i + 1}.0.1/32`);
    addRoute(net, `10.${2 - i}.0.0/16`, {
      oif: device(net, 'tunl').ifindex,
      prefSrc: ip4(`10.${i + 1}.0.1`),
    });
  }
  expect(device(n1, 'tunl').mtu).toBe(1480);
  expect(ping(n1, '10.2.0.1')).toEqual(['reply 10.2.0.1 ttl 64']);
  expect(ping(n1, '10.2.0.1', 1453)).toEqual(['3/4 10.1.0.1']);
});

test('VLAN devices hear their own VLAN only', () => {
  const { n1, n2, ping } = underlay();
  for (const [i, net] of [n1, n2].entries()) {
    for (const id of [10, 20]) {
      const lower = device(net, 'eth0').ifindex;
      add(net, { name: `eth0.${id}`, up: true }, { kind: 'vlan', lower, id });
      if (id === 10 || i === 0) address(net, `eth0.${id}`, `10.0.${id}.${i + 1}/24`);
    }
  }
  address(n2, 'eth0.10', '10.0.20.2/24');
  expect(ping(n1, '10.0.10.2')).toEqual(['reply 10.0.10.2 ttl 64']);
  expect(device(n1, 'eth0.10').operstate).toBe('UP');
});

test.each([
  { kind: 'macvlan', mode: 'bridge', sibling: ['reply 192.168.0.12 ttl 64'] },
  { kind: 'macvlan', mode: 'private', sibling: [] },
] as const)('$kind in mode $mode', ({ mode, sibling }) => {
  const { bed, n1, ping } = underlay();
  const pods = ['p1', 'p2'].map((name, i) => {
    const pod = bed.netns(name);
    const lower = device(n1, 'eth0').ifindex;
    const attrs = { name: 'eth0', netns: pod };
    const dev = add(n1, attrs, { kind: 'macvlan', lower, mode });
    must(changeLink(pod, dev, { up: true }));
    address(pod, 'eth0', `192.168.0.1${i + 1}/24`);
    return pod;
  });
  const [p1] = pods;
  if (!p1) throw new Error('no pod');
  expect(ping(p1, '192.168.0.2')).toEqual(['reply 192.168.0.2 ttl 64']);
  expect(ping(p1, '192.168.0.12')).toEqual(sibling);
  // The host itself is on the other side of its own card.
  expect(ping(p1, '192.168.0.1')).toEqual([]);
});

test('ipvlan shares one address on the wire', () => {
  const { bed, n1, n2, ping } = underlay();
  const pods = ['p1', 'p2'].map((name, i) => {
    const pod = bed.netns(name);
    const lower = device(n1, 'eth0').ifindex;
    const dev = add(n1, { name: 'eth0', netns: pod }, { kind: 'ipvlan', lower, mode: 'l2' });
    must(changeLink(pod, dev, { up: true }));
    address(pod, 'eth0', `192.168.0.1${i + 1}/24`);
    return pod;
  });
  const [p1] = pods;
  if (!p1) throw new Error('no pod');
  expect(ping(p1, '192.168.0.2')).toEqual(['reply 192.168.0.2 ttl 64']);
  expect(ping(p1, '192.168.0.12')).toEqual(['reply 192.168.0.12 ttl 64']);
  const seen = n2.arp.lookup(ip4('192.168.0.11'), device(n2, 'eth0'))?.lladdr;
  expect(seen).toBe(device(n1, 'eth0').mac);
});
