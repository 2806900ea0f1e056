import { describe, expect, test } from 'vitest';
import { Machine } from '../../test/machine';
import { parseIp } from '../../wire/ip';
import { allocSkb, type Skb } from '../sk-buff';
import { type BaseChain, type Chain, doChain, type Rule, type RuleTarget } from './chain';
import type { NfHookState } from './hook';

const rule = (target: RuleTarget, match = true): Rule => ({
  matches: [() => match],
  target,
  counters: { packets: 0, bytes: 0 },
});

const base = (policy: 'accept' | 'drop', ...rules: Rule[]): BaseChain => ({
  name: 'INPUT',
  rules,
  policy,
  counters: { packets: 0, bytes: 0 },
});

const user = (name: string, ...rules: Rule[]): Chain => ({ name, rules });

/** A packet of 28 bytes (header, and 8 of payload) that arrives at a machine's INPUT. */
function arrival(): { readonly skb: Skb; readonly state: NfHookState } {
  const m = new Machine();
  m.cable(['c', 'eth0', '10.0.0.1/24'], ['s', 'eth0', '10.0.0.2/24']);
  const net = m.netns('s');
  const dev = net.devices().find((d) => d.name === 'eth0');
  if (!dev) throw new Error('no eth0');
  const skb = allocSkb(net.kernel, {
    dev,
    packet: {
      kind: 'ipv4',
      src: Number(parseIp('10.0.0.1')),
      dst: Number(parseIp('10.0.0.2')),
      protocol: 253,
      ttl: 64,
      tos: 0,
      id: 1,
      df: false,
      mf: false,
      fragOffset: 0,
      options: new Uint8Array(),
      payload: { kind: 'bytes', bytes: new Uint8Array(8) },
    },
  });
  const state: NfHookState = {
    net,
    hook: 'INPUT',
    family: 'ipv4',
    in: dev,
    out: undefined,
    okfn: () => undefined,
  };
  return { skb, state };
}

function run(chain: BaseChain) {
  const { skb, state } = arrival();
  return { ...doChain(chain, skb, state), mark: skb.mark };
}

describe('doChain', () => {
  test('the first rule that matches decides, and only it counts', () => {
    const rules = [rule({ kind: 'accept' }, false), rule({ kind: 'drop' })];
    const chain = base('accept', ...rules);
    expect(run(chain)).toMatchObject({ verdict: 'drop', chain: 'INPUT', number: 2 });
    expect(rules.map((r) => r.counters)).toEqual([
      { packets: 0, bytes: 0 },
      { packets: 1, bytes: 28 },
    ]);
    expect(chain.counters.packets).toBe(0);
  });

  test('the policy decides, and counts, at the end and on RETURN', () => {
    for (const rules of [[], [rule({ kind: 'return' }), rule({ kind: 'accept' })]]) {
      const chain = base('drop', ...rules);
      expect(run(chain)).toMatchObject({ verdict: 'drop', chain: 'INPUT', number: 0 });
      expect(chain.counters).toEqual({ packets: 1, bytes: 28 });
    }
  });

  test('a jump comes back to the next rule', () => {
    const inner = user('A', rule({ kind: 'return' }), rule({ kind: 'accept' }));
    const chain = base('accept', rule({ kind: 'jump', chain: inner }), rule({ kind: 'drop' }));
    expect(run(chain)).toMatchObject({ verdict: 'drop', chain: 'INPUT', number: 2 });
  });

  test('a goto comes back to where its own chain was called', () => {
    const last = user('B', rule({ kind: 'none' }));
    const middle = user('A', rule({ kind: 'goto', chain: last }), rule({ kind: 'accept' }));
    const jumped = base('accept', rule({ kind: 'jump', chain: middle }), rule({ kind: 'drop' }));
    expect(run(jumped)).toMatchObject({ verdict: 'drop', number: 2 });
    const gone = base('accept', rule({ kind: 'goto', chain: last }), rule({ kind: 'drop' }));
    expect(run(gone)).toMatchObject({ verdict: 'accept', number: 0 });
  });

  test('MARK keeps the bits outside its mask, and goes on', () => {
    const set = rule({ kind: 'mark', value: 0x8000_0001, mask: 0xffff_ffff });
    const part = rule({ kind: 'mark', value: 0x20, mask: 0xf1 });
    expect(run(base('accept', set, part))).toMatchObject({ verdict: 'accept', mark: 0x8000_0020 });
  });
});
