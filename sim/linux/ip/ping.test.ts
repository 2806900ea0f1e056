import { expect, test } from 'vitest';
import { Randomness } from '../../base/prng';
import { Scheduler } from '../../base/scheduler';
import type { Ipv4Packet } from '../../wire/frame';
import { parseIp } from '../../wire/ip';
import { Kernel } from '../kernel';
import { Netns } from '../netns';
import { newAddress } from '../rtnetlink/addr';
import { changeLink, newLink } from '../rtnetlink/link';
import { Tracer } from '../trace';
import { ipOutput, routeOutput } from './output';

const NO_BYTES = new Uint8Array(0);
const ADD = { create: true, excl: true, replace: false };

const ip4 = (text: string): number => {
  const ip = parseIp(text);
  if (typeof ip !== 'number') throw new Error(text);
  return ip;
};

function world() {
  const kernel = new Kernel({
    scheduler: new Scheduler(),
    random: new Randomness('t'),
    tracer: new Tracer(),
  });
  const red = new Netns(kernel, { hostName: 'h', name: 'red' });
  const blue = new Netns(kernel, { hostName: 'h', name: 'blue' });
  const made = newLink(
    red,
    { name: 'eth0' },
    { kind: 'veth', peer: { name: 'eth0', netns: blue } },
  );
  expect(made.ok).toBe(true);
  const run = (us: number) => {
    const end = kernel.scheduler.nowUs + us;
    while (kernel.scheduler.step(end));
    kernel.scheduler.advanceTo(end);
  };
  for (const [net, ip] of [
    [red, '10.0.0.1'],
    [blue, '10.0.0.2'],
  ] as const) {
    const dev = net.deviceByName('eth0');
    if (!dev) throw new Error('no eth0');
    expect(newAddress(net, { dev, local: ip4(ip), prefixLen: 24 }, ADD).ok).toBe(true);
    expect(changeLink(net, dev, { up: true }).ok).toBe(true);
  }
  run(1000);
  return { kernel, red, blue, run };
}

test('an echo request comes back, and both sides know the other', () => {
  const { red, blue, run } = world();
  const got: string[] = [];
  red.pingRcv = (skb) => got.push(skb.packet.kind);
  const dst = ip4('10.0.0.2');
  const route = routeOutput(red, { dst });
  if (!route.ok) throw new Error(route.error);
  const packet: Ipv4Packet = {
    kind: 'ipv4',
    src: ip4('10.0.0.1'),
    dst,
    tos: 0,
    id: 0,
    df: true,
    mf: false,
    fragOffset: 0,
    ttl: 64,
    protocol: 1,
    options: NO_BYTES,
    payload: { kind: 'icmp', type: 8, code: 0, rest: 1, data: new Uint8Array(56) },
  };
  expect(ipOutput(red, { packet, dst: route.value }).ok).toBe(true);
  run(1000);
  expect(got).toEqual(['ipv4']);
  expect(red.arp.entries().map((n) => n.state)).toEqual(['REACHABLE']);
  run(10_000_000);
  expect(blue.arp.entries().map((n) => n.state)).toEqual(['REACHABLE']);
});
