import { expect, test } from 'vitest';
import { newNic } from '../device/cable';
import { add, address, answer, cable, device, ip4, must, Testbed } from '../testbed';
import { delAddress, newAddress } from './addr';
import type { LinkAttributes } from './link';
import { changeLink, delLink, newLink } from './link';
import { newNsid } from './nsid';

const ADD = { create: true, excl: true, replace: false };
const DUMMY = { kind: 'dummy' } as const;

function host() {
  const bed = new Testbed();
  const net = bed.netns('');
  add(net, { name: 'd0' }, DUMMY);
  return { bed, net };
}

test.each([
  { name: 'a name that is taken', attrs: { name: 'd0' }, want: 'EEXIST' },
  {
    name: 'a name too long',
    attrs: { name: 'averyveryverylongname' },
    want: 'ERANGE: Attribute failed policy validation',
  },
  { name: 'no name', attrs: {}, want: 'ok' },
])('ip link add: $name', ({ attrs, want }) => {
  expect(answer(newLink(host().net, attrs, DUMMY))).toBe(want);
});

test('an unknown kind', () => {
  const made = newLink(host().net, { name: 'x' }, { kind: 'unknown', name: 'bridges' });
  expect(answer(made)).toBe('EOPNOTSUPP: Unknown device type');
});

test('the kernel numbers what has no name', () => {
  const { net } = host();
  const peer = add(net, {}, { kind: 'veth', peer: {} });
  expect(net.devices().map((dev) => `${dev.ifindex} ${dev.name}`)).toEqual([
    '1 lo',
    '2 d0',
    '3 veth0',
    '4 veth1',
  ]);
  expect(peer.link?.name).toBe('veth0');
});

test.each<{ name: string; attrs: LinkAttributes; want: string }>([
  {
    name: 'mtu below the minimum',
    attrs: { mtu: 10 },
    want: 'EINVAL: mtu less than device minimum',
  },
  {
    name: 'mtu above the maximum',
    attrs: { mtu: 70000 },
    want: 'EINVAL: mtu greater than device maximum',
  },
  { name: 'a group address', attrs: { address: 0x0100_5e00_0001 }, want: 'EADDRNOTAVAIL' },
  { name: 'a name that is taken', attrs: { name: 'd0' }, want: 'EEXIST' },
  { name: 'a name while up', attrs: { up: true, name: 'wan0' }, want: 'ok' },
  { name: 'no such master', attrs: { master: 99 }, want: 'EINVAL' },
  { name: 'a master that is none', attrs: { master: 2 }, want: 'EOPNOTSUPP' },
])('ip link set: $name', ({ attrs, want }) => {
  const { net } = host();
  const dev = add(net, { name: 'v0' }, { kind: 'veth', peer: {} });
  expect(answer(changeLink(net, dev, attrs))).toBe(want);
});

test('a device moves without its addresses, keeps its number if it can, and never its namesake', () => {
  const { bed, net } = host();
  const red = bed.netns('red');
  add(red, { name: 'd0' }, DUMMY);
  const dev = device(net, 'd0');
  address(net, 'd0', '10.0.0.1/24');
  const text = 'EEXIST: An interface with the same name exists in the target netns';
  expect(answer(changeLink(net, dev, { netns: red }))).toBe(text);
  expect(answer(changeLink(net, dev, { netns: red, name: 'd1' }))).toBe('ok');
  expect([dev.ifindex, dev.name, dev.inDev.addresses.length]).toEqual([3, 'd1', 0]);
  expect(answer(changeLink(red, red.lo, { netns: net }))).toBe(
    'EINVAL: The interface netns is immutable',
  );
});

test('a veth pair dies with either end, and with its namespace', () => {
  const { bed, net } = host();
  const red = bed.netns('red');
  cable([net, 'v1'], [red, 'eth0']);
  must(delLink(red, device(red, 'eth0')));
  expect(net.deviceByName('v1')).toBeUndefined();
  cable([net, 'v2'], [red, 'eth0']);
  red.destroy();
  expect(net.deviceByName('v2')).toBeUndefined();
});

test('carrier: both ends must be up', () => {
  const { bed, net } = host();
  const v0 = add(net, { name: 'v0' }, { kind: 'veth', peer: { name: 'v1' } });
  const v1 = device(net, 'v1');
  expect(v0.operstate).toBe('DOWN');
  must(changeLink(net, v0, { up: true }));
  bed.run(1);
  expect(v0.operstate).toBe('LOWERLAYERDOWN');
  must(changeLink(net, v1, { up: true }));
  bed.run(1);
  expect([v0.operstate, v1.operstate]).toEqual(['UP', 'UP']);
});

test('numbers of other namespaces are given on first need, or by hand', () => {
  const { bed, net } = host();
  const [red, blue] = [bed.netns('red'), bed.netns('blue')];
  expect(net.nsidOf(red)).toBeUndefined();
  expect([net.nsidAlloc(red), net.nsidAlloc(blue), net.nsidAlloc(red)]).toEqual([0, 1, 0]);
  expect(answer(newNsid(net, red, 5))).toContain('EEXIST');
});

test('addresses are listed by scope, secondaries last, and go with their primary', () => {
  const { net } = host();
  const dev = device(net, 'd0');
  const put = (text: string, prefixLen: number, scope = 0) =>
    answer(newAddress(net, { dev, local: ip4(text), prefixLen, scope }, ADD));
  put('10.0.0.1', 24);
  put('10.0.0.2', 24);
  put('10.0.1.1', 24);
  put('10.9.9.9', 24, 253);
  expect(put('10.0.0.1', 24)).toBe('EEXIST: ipv4: Address already assigned');
  const list = () => dev.inDev.addresses.map((ifa) => ifa.local & 0xffff);
  expect(list()).toEqual([0x0909, 0x0001, 0x0101, 0x0002]);
  must(delAddress(net, { dev, local: ip4('10.0.0.1'), prefixLen: 24 }));
  expect(list()).toEqual([0x0909, 0x0101]);
  const gone = delAddress(net, { dev, local: ip4('10.7.7.7'), prefixLen: 24 });
  expect(answer(gone)).toBe('EADDRNOTAVAIL: ipv4: Address not found');
});

test('a network card outlives the namespace it was moved to', () => {
  const { bed, net } = host();
  const red = bed.netns('red');
  const nic = newNic(net, { name: 'eth0' });
  must(changeLink(net, nic, { netns: red, name: 'lan' }));
  red.destroy();
  expect([nic.netns, nic.name, nic.dead]).toEqual([net, 'lan', false]);
});
