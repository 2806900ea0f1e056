import { expect, test } from 'vitest';
import { ip4, Testbed } from '../testbed';
import { nftCommit } from './nf-tables-api';
import type { NftOp, NftPosition } from './nf-tables-op';
import type { XtMatch } from './xt-match';
import type { XtEntry } from './xt-rule';
import type { XtTarget } from './xt-target';

const T = { family: 'ip', table: 'filter' } as const;

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

const jump = (chain: string, goto = false): XtEntry => entry({ name: 'chain', chain, goto });
const table: NftOp = { kind: 'newtable', ...T };
const chain = (name: string): NftOp => ({ kind: 'newchain', ...T, chain: name, excl: true });
const input: NftOp = {
  kind: 'newchain',
  ...T,
  chain: 'INPUT',
  base: { type: 'filter', hook: 'INPUT', priority: 0 },
};
const rule = (name: string, one: XtEntry, at: NftPosition = 'append'): NftOp => ({
  kind: 'newrule',
  ...T,
  chain: name,
  entry: one,
  at,
});

const newNet = () => new Testbed().netns('a');
const answerOf = (net: ReturnType<typeof newNet>, ops: readonly NftOp[]): string => {
  const done = nftCommit(net, ops);
  return done.ok ? 'ok' : `${done.error.errno} at ${done.error.index}`;
};

const owner: XtMatch = { name: 'owner', uid: { value: { min: 0, max: 0 }, invert: false } };

// Linux 6.18, by iptables 1.8.9: `RULE_APPEND failed (Too many links)`, `CHAIN_DEL failed (Device or resource busy)` …
test.each<{ name: string; ops: readonly NftOp[]; want: string }>([
  { name: 'no such table', ops: [chain('A')], want: 'ENOENT at 0' },
  { name: 'a chain twice', ops: [table, chain('A'), chain('A')], want: 'EEXIST at 2' },
  { name: 'no such chain', ops: [table, rule('A', entry(undefined))], want: 'ENOENT at 1' },
  { name: 'a jump to nowhere', ops: [table, input, rule('INPUT', jump('A'))], want: 'ENOENT at 2' },
  {
    name: 'a jump to a base chain',
    ops: [table, input, rule('INPUT', jump('INPUT'))],
    want: 'EOPNOTSUPP at 2',
  },
  {
    name: 'a loop that no packet can reach',
    ops: [table, chain('A'), chain('B'), rule('A', jump('B')), rule('B', jump('A'))],
    want: 'ok',
  },
  {
    name: 'a loop behind a base chain',
    ops: [table, chain('A'), rule('A', jump('A')), input, rule('INPUT', jump('A')), chain('Z')],
    want: 'EMLINK at 4',
  },
  {
    name: 'a chain that is jumped to',
    ops: [
      table,
      chain('A'),
      chain('B'),
      rule('A', jump('B')),
      { kind: 'delchain', ...T, chain: 'B' },
    ],
    want: 'EBUSY at 4',
  },
  {
    name: 'a chain with rules, not recursively',
    ops: [
      table,
      chain('A'),
      rule('A', entry(undefined)),
      { kind: 'delchain', ...T, chain: 'A', nonRec: true },
    ],
    want: 'EBUSY at 3',
  },
  {
    name: 'owner in INPUT',
    ops: [table, input, rule('INPUT', entry(undefined, { matches: [owner] }))],
    want: 'EINVAL at 2',
  },
  {
    name: 'owner in a chain that INPUT comes to lead to',
    ops: [
      table,
      input,
      chain('C'),
      rule('C', entry(undefined, { matches: [owner] })),
      rule('INPUT', jump('C')),
    ],
    want: 'EINVAL at 4',
  },
  {
    name: 'a rule to stand beside that is not there',
    ops: [table, chain('A'), rule('A', entry(undefined), { before: 9 })],
    want: 'ENOENT at 2',
  },
])('$name: $want', ({ ops, want }) => expect(answerOf(newNet(), ops)).toBe(want));

test('a batch that fails leaves nothing but the numbers it took', () => {
  const net = newNet();
  expect(answerOf(net, [table, chain('A'), rule('A', jump('nope'))])).toBe('ENOENT at 2');
  expect(net.nft.tables()).toEqual([]);
  expect(answerOf(net, [table, chain('A'), rule('A', entry({ name: 'DROP' }))])).toBe('ok');
  expect(net.nft.table('ip', 'filter')?.handle).toBe(2);
  expect(answerOf(net, [{ kind: 'flushchain', ...T, chain: 'A' }, chain('A')])).toBe('EEXIST at 1');
  const rules = net.nft.table('ip', 'filter')?.chains.get('A')?.rules;
  expect(rules?.map((one) => [one.handle, one.entry.target?.name])).toEqual([[2, 'DROP']]);
});

test('rules stand where they were put, and follow a renamed chain', () => {
  const net = newNet();
  const at = (dst: string): XtEntry =>
    entry(undefined, { dst: { address: ip4(dst), mask: ip4('255.255.255.255'), invert: false } });
  const ops = [
    rule('A', at('10.0.0.1')),
    rule('A', at('10.0.0.2'), 'prepend'),
    rule('A', at('10.0.0.3'), { before: 3 }),
    rule('A', at('10.0.0.4'), { after: 3 }),
    rule('A', jump('B')),
  ];
  expect(answerOf(net, [table, chain('A'), chain('B'), ...ops])).toBe('ok');
  expect(answerOf(net, [{ kind: 'renamechain', ...T, chain: 'B', name: 'C' }])).toBe('ok');
  const rules = net.nft.table('ip', 'filter')?.chains.get('A')?.rules ?? [];
  expect(rules.map((one) => one.handle)).toEqual([4, 5, 3, 6, 7]);
  expect(rules.at(-1)?.entry.target).toEqual({ name: 'chain', chain: 'C', goto: false });
  expect([...(net.nft.table('ip', 'filter')?.chains.keys() ?? [])]).toEqual(['A', 'C']);
});
