import { expect, test } from 'vitest';
import { changeLink } from '../rtnetlink/link';
import { add, device, must, Testbed } from '../testbed';
import type { Bridge } from './bridge';
import { bridgeOf } from './bridge-port';

const STP = { stpState: 1, forwardDelay: 200, helloTime: 100, maxAge: 600 };
const SECOND_US = 1_000_000;

interface Loop {
  readonly bed: Testbed;
  readonly a: Bridge;
  readonly b: Bridge;
  states(): readonly string[];
}

/** Two bridges with two cables between them; the first has the lower address. */
function loop(options: Record<string, number> = STP): Loop {
  const bed = new Testbed();
  const nets = [bed.netns('a'), bed.netns('b')] as const;
  const bridges = nets.map((net, i) => {
    const dev = add(
      net,
      { name: 'br0', address: 0x0200_0000_00a0 + i },
      { kind: 'bridge', options },
    );
    const bridge = bridgeOf(dev);
    if (!bridge) throw new Error('no bridge');
    return bridge;
  });
  const [a, b] = bridges;
  if (!a || !b) throw new Error('two bridges');
  for (const name of ['p1', 'p2']) {
    add(nets[0], { name }, { kind: 'veth', peer: { name, netns: nets[1] } });
    for (const [i, net] of nets.entries()) {
      const master = bridges[i]?.dev.ifindex;
      must(changeLink(net, device(net, name), { master, up: true }));
    }
  }
  for (const { dev } of bridges) must(changeLink(dev.netns, dev, { up: true }));
  const states = (): readonly string[] =>
    [a, b].flatMap((bridge) => bridge.ports.map((port) => port.state));
  return { bed, a, b, states };
}

test('the bridge with the higher address blocks its second port', () => {
  const { bed, a, b, states } = loop();
  bed.run(1.5 * SECOND_US);
  expect(states()).toEqual(['listening', 'listening', 'listening', 'blocking']);
  bed.run(6 * SECOND_US);
  expect(states()).toEqual(['forwarding', 'forwarding', 'forwarding', 'blocking']);
  expect([a.rootPort, b.rootPort, b.rootPathCost]).toEqual([0, 1, 2]);
  expect(b.designatedRoot).toEqual(a.id);
  expect([b.topologyChange, b.ageingTime]).toEqual([true, 400]);
});

test('a lost cable makes the other port walk to forwarding', () => {
  const { bed, a, states } = loop();
  bed.run(8 * SECOND_US);
  const { dev } = a;
  must(changeLink(dev.netns, device(dev.netns, 'p1'), { up: false }));
  bed.run(0.5 * SECOND_US);
  expect(states()).toEqual(['disabled', 'forwarding', 'disabled', 'listening']);
  bed.run(6 * SECOND_US);
  expect(states()).toEqual(['disabled', 'forwarding', 'disabled', 'forwarding']);
});

test('a root that falls silent is missed after max_age; a loop through it is still found', () => {
  const { bed, a, b, states } = loop();
  bed.run(8 * SECOND_US);
  must(changeLink(a.dev.netns, a.dev, { bridge: { stpState: 0 } }));
  bed.run(4 * SECOND_US);
  expect(b.rootPort).toBe(1);
  bed.run(4 * SECOND_US);
  expect([b.rootPort, b.designatedRoot]).toEqual([0, b.id]);
  expect(states()).toEqual(['forwarding', 'forwarding', 'forwarding', 'blocking']);
});

test('a better priority moves the root', () => {
  const { bed, a, b } = loop();
  bed.run(8 * SECOND_US);
  must(changeLink(b.dev.netns, b.dev, { bridge: { priority: 4096 } }));
  bed.run(8 * SECOND_US);
  expect([a.rootPort, b.rootPort]).toEqual([1, 0]);
  expect(a.designatedRoot).toEqual({ priority: 4096, mac: b.idMac });
});

test('without the protocol every port forwards', () => {
  const { bed, states } = loop({});
  bed.run(SECOND_US);
  expect(states()).toEqual(['forwarding', 'forwarding', 'forwarding', 'forwarding']);
});
