import { describe, expect, test } from 'vitest';
import { formatIp } from '../../wire/ip';
import type { Netns } from '../netns';
import { changeLink } from '../rtnetlink/link';
import { add, address, cable, device, must, Pinger, Testbed } from '../testbed';
import type { NfHook } from './hook';
import { nftCommit } from './nf-tables-api';
import type { NftOp } from './nf-tables-op';
import type { XtPhysdev } from './xt-match';
import type { XtEntry } from './xt-rule';
import type { XtTarget } from './xt-target';

const FILTER = { family: 'ip', table: 'filter' } as const;

const entry = (target: XtTarget | undefined, more: Partial<XtEntry> = {}): XtEntry => ({
  src: undefined,
  dst: undefined,
  in: undefined,
  out: undefined,
  proto: undefined,
  fragment: undefined,
  matches: [],
  target,
  ...more,
});

const base = (hook: NfHook, policy: 'accept' | 'drop' = 'accept'): NftOp => ({
  kind: 'newchain',
  ...FILTER,
  chain: hook,
  base: { type: 'filter', hook, priority: 0, policy },
  counters: { packets: 0, bytes: 0 },
});
const chain = (name: string): NftOp => ({ kind: 'newchain', ...FILTER, chain: name });
const rule = (name: string, one: XtEntry): NftOp => ({
  kind: 'newrule',
  ...FILTER,
  chain: name,
  entry: one,
  at: 'append',
});
const jump = (name: string, goto = false): XtEntry => entry({ name: 'chain', chain: name, goto });

function commit(net: Netns, ops: readonly NftOp[]): void {
  const done = nftCommit(net, [{ kind: 'newtable', ...FILTER }, ...ops]);
  if (!done.ok) throw new Error(`${done.error.errno} at ${done.error.index}`);
}

const counted = (net: Netns, name: string): readonly number[] =>
  (net.nft.table('ip', 'filter')?.chains.get(name)?.rules ?? []).map((one) => one.counters.packets);

function pair() {
  const bed = new Testbed();
  const a = bed.netns('a');
  const b = bed.netns('b');
  cable([a, 'eth0'], [b, 'eth0']);
  address(a, 'eth0', '10.0.0.1/24');
  address(b, 'eth0', '10.0.0.2/24');
  const pinger = new Pinger(a, formatIp);
  const ping = (): readonly string[] => {
    pinger.heard.length = 0;
    pinger.send({ to: '10.0.0.2' });
    bed.run(100_000);
    return [...pinger.heard];
  };
  return { bed, b, ping };
}

describe('a packet on its way through chains', () => {
  const DROP: XtTarget = { name: 'DROP' };
  const RETURN: XtTarget = { name: 'RETURN' };

  test.each<{ name: string; ops: readonly NftOp[]; heard: readonly string[]; met: number[] }>([
    {
      name: 'goes on after the chain that it was sent to',
      ops: [rule('INPUT', jump('A')), rule('A', entry(undefined)), rule('INPUT', entry(DROP))],
      heard: [],
      met: [1, 1],
    },
    {
      name: 'does not come back from a goto',
      ops: [
        rule('INPUT', jump('A', true)),
        rule('A', entry(undefined)),
        rule('INPUT', entry(DROP)),
      ],
      heard: ['reply 10.0.0.2 ttl 64'],
      met: [1, 0],
    },
    {
      name: 'returns from a goto to where the last jump came from',
      ops: [
        rule('INPUT', jump('A')),
        rule('A', jump('B', true)),
        rule('A', entry(DROP)),
        rule('B', entry(RETURN)),
        rule('INPUT', entry(undefined)),
      ],
      heard: ['reply 10.0.0.2 ttl 64'],
      met: [1, 1],
    },
    {
      name: 'meets the policy when a base chain returns',
      ops: [rule('INPUT', entry(RETURN)), rule('INPUT', entry(DROP))],
      heard: ['reply 10.0.0.2 ttl 64'],
      met: [1, 0],
    },
    {
      name: 'is answered when it is rejected',
      ops: [rule('INPUT', entry({ name: 'REJECT', with: 'icmp-host-prohibited' }))],
      heard: ['3/10 10.0.0.2'],
      met: [1],
    },
  ])('$name', ({ ops, heard, met }) => {
    const { b, ping } = pair();
    commit(b, [base('INPUT'), chain('A'), chain('B'), ...ops]);
    expect(ping()).toEqual(heard);
    expect(counted(b, 'INPUT')).toEqual(met);
  });

  test('dies with the name of the rule, or of the policy', () => {
    const { bed, b, ping } = pair();
    const lost = (): unknown =>
      bed.events.filter((e) => e.verdict === 'drop').map((e) => [e.stage, e.detail, e.rule]);
    commit(b, [base('INPUT', 'drop')]);
    ping();
    const place = { table: 'filter', chain: 'INPUT' };
    expect(lost()).toEqual([['INPUT', 'filter INPUT policy DROP', { ...place, number: 0 }]]);
    bed.events.length = 0;
    b.nft.printRule = () => '-j DROP';
    commit(b, [rule('INPUT', entry(DROP))]);
    ping();
    const rule1 = { ...place, number: 1, handle: 2 };
    expect(lost()).toEqual([['INPUT', 'filter INPUT rule 1: -j DROP', rule1]]);
  });
});

describe('a bridged packet', () => {
  function bridged() {
    const bed = new Testbed();
    const root = bed.netns('');
    const br0 = add(root, { name: 'br0', up: true }, { kind: 'bridge', options: {} });
    const pods = [1, 2].map((i) => {
      const pod = bed.netns(`p${i}`);
      cable([root, `v${i}`], [pod, 'eth0']);
      must(changeLink(root, device(root, `v${i}`), { master: br0.ifindex }));
      address(pod, 'eth0', `10.0.0.${i}/24`);
      return pod;
    });
    bed.run(1_000_000);
    const pinger = new Pinger(pods[0] ?? root, formatIp);
    const ping = (): readonly string[] => {
      pinger.heard.length = 0;
      pinger.send({ to: '10.0.0.2' });
      bed.run(100_000);
      return [...pinger.heard];
    };
    return { root, ping };
  }

  test('passes FORWARD with the bridge as device and the ports for physdev', () => {
    const { root, ping } = bridged();
    const name = (value: string) => ({ value, invert: false });
    const ports: XtPhysdev = { name: 'physdev', physIn: name('v1'), physOut: name('v2') };
    const on = (more: Partial<XtEntry>): NftOp => rule('FORWARD', entry(undefined, more));
    commit(root, [
      base('FORWARD'),
      on({ matches: [ports] }),
      on({ in: iface('br0'), out: iface('br0') }),
      on({ in: iface('v1') }),
    ]);
    expect(ping()).toEqual(['reply 10.0.0.2 ttl 64']);
    expect(counted(root, 'FORWARD')).toEqual([1, 2, 0]);
  });

  test('is left alone when bridge-nf-call-iptables is 0', () => {
    const { root, ping } = bridged();
    commit(root, [base('FORWARD', 'drop')]);
    expect(ping()).toEqual([]);
    root.sysctl.get('net/bridge/bridge-nf-call-iptables')?.write('0');
    expect(ping()).toEqual(['reply 10.0.0.2 ttl 64']);
  });

  const iface = (name: string) => ({ name, invert: false });
});
