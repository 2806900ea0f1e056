import { expect, test } from 'vitest';
import type { DeviceView, TopologySnapshot } from '@/sim/lab/topology';
import { type Box, layoutOf, orderAfter, spotOf } from './topology-layout';

const device = (id: string, kind: string, master?: string): DeviceView => ({
  id,
  name: id.split(':')[1] ?? id,
  kind,
  up: true,
  state: 'UP',
  mac: '02:00:00:00:00:01',
  mtu: 1500,
  addresses: [],
  master,
});

const world = (names: readonly string[]): TopologySnapshot => ({
  hosts: [
    {
      name: 'n1',
      isSwitch: false,
      netnses: [
        {
          id: 'n1',
          name: '',
          forwarding: false,
          devices: [
            device('n1:lo', 'loopback'),
            device('n1:eth0', 'cable', 'n1:br0'),
            device('n1:br0', 'bridge'),
            ...names.map((name) => device(`n1:v-${name}`, 'veth', 'n1:br0')),
          ],
        },
        ...names.map((name) => ({
          id: `n1/${name}`,
          name,
          forwarding: false,
          devices: [device(`n1/${name}:eth0`, 'veth')],
        })),
      ],
    },
    {
      name: 'n2',
      isSwitch: false,
      netnses: [{ id: 'n2', name: '', forwarding: false, devices: [device('n2:eth0', 'cable')] }],
    },
  ],
  links: [
    { kind: 'cable', a: 'n1:eth0', b: 'n2:eth0' },
    ...names.map((name) => ({ kind: 'veth' as const, a: `n1/${name}:eth0`, b: `n1:v-${name}` })),
  ],
});

const inside = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test('devices lie in their namespace and host, and never on each other', () => {
  const snapshot = world(['red', 'blue', 'green']);
  const picture = layoutOf(snapshot, orderAfter(new Map(), snapshot));
  for (const box of picture.devices) {
    const host = picture.hosts.find(({ name }) => name === box.host);
    expect(host && inside(box, host)).toBe(true);
    const netns = picture.netnses.find(({ id }) => id === `${box.host}/${box.netns}`);
    if (netns) expect(inside(box, netns)).toBe(true);
  }
  picture.devices.forEach((a, index) => {
    for (const b of picture.devices.slice(index + 1)) expect(overlap(a, b)).toBe(false);
  });
  expect(picture.devices.map((box) => box.device.id)).not.toContain('n1:lo');
  expect(picture.wires.map(({ kind }) => kind).sort()).toEqual([
    'cable',
    'port',
    'port',
    'port',
    'port',
    'veth',
    'veth',
    'veth',
  ]);
});

test('what is there keeps its order when something new comes', () => {
  const first = orderAfter(new Map(), world(['red', 'blue']));
  const more = world(['amber', 'blue', 'red']);
  const picture = layoutOf(more, orderAfter(first, more));
  const byPlace = [...picture.netnses].sort((a, b) => a.x - b.x).map(({ name }) => name);
  expect(byPlace).toEqual(['red', 'blue', 'amber']);
  expect(orderAfter(first, world(['red']))).toBe(first);
});

test('a packet stands in its device, or in the switch whose port it is in', () => {
  const snapshot = world(['red']);
  const room = { name: 'sw', isSwitch: true, netnses: [] };
  const picture = layoutOf({ ...snapshot, hosts: [...snapshot.hosts, room] }, new Map());
  expect(spotOf(picture, 'n1/red:eth0')).not.toBeNull();
  const bar = picture.hosts.find(({ name }) => name === 'sw');
  expect(spotOf(picture, 'sw:port1')?.y).toBe((bar?.y ?? 0) + (bar?.height ?? 0) / 2);
  expect(spotOf(picture, 'nowhere:eth0')).toBeNull();
});
