import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_BYTES } from '../../base/bytes';
import type { IpPacket } from '../../wire/frame';
import { allocSkb } from '../sk-buff';
import { ip4, Testbed } from '../testbed';
import type { NftChain, NftRule } from './nf-tables';
import { nftDoChain } from './nf-tables-core';
import { INDEX_MIN_RULES, NftChainIndex } from './nf-tables-index';
import { type NftPktinfo, nftPktinfo } from './nft-pktinfo';
import type { XtEntry } from './xt-rule';

const HOST = 0xffff_ffff;
const address = fc.integer({ min: 1, max: 3 }).map((n) => ip4(`10.0.0.${n}`));
const port = fc.integer({ min: 80, max: 82 });
const name = fc.constantFrom('eth0', 'eth1', 'eth+');

/** Rules of few addresses, ports and devices, so that many match the same packet. */
const entry: fc.Arbitrary<XtEntry> = fc.record({
  src: fc.option(
    fc.record({
      address,
      mask: fc.constantFrom(HOST, 0xffff_ff00),
      invert: fc.boolean(),
    }),
    { nil: undefined },
  ),
  dst: fc.option(fc.record({ address, mask: fc.constant(HOST), invert: fc.boolean() }), {
    nil: undefined,
  }),
  in: fc.option(fc.record({ name, invert: fc.boolean() }), { nil: undefined }),
  out: fc.constant(undefined),
  proto: fc.constantFrom(undefined, { value: 6, invert: false }, { value: 6, invert: true }),
  fragment: fc.constant(undefined),
  matches: fc
    .option(port, { nil: undefined })
    .map((p) =>
      p === undefined
        ? []
        : [{ name: 'tcp' as const, dport: { value: { min: p, max: p }, invert: false } }],
    ),
  target: fc.constantFrom(undefined, undefined, undefined, { name: 'DROP' as const }),
});

const rulesOf = (entries: readonly XtEntry[]): NftRule[] =>
  entries.map((one, i) => ({
    handle: i + 1,
    entry: one,
    counters: { packets: 0, bytes: 0 },
    compiled: undefined,
  }));

function chainOf(rules: NftRule[]): NftChain {
  const table = {
    handle: 1,
    family: 'ip' as const,
    name: 'filter',
    chains: new Map(),
    handles: 0,
  };
  const rest = { name: 'C', base: undefined, use: 0, index: undefined, hookOps: undefined };
  return { handle: 1, table, rules, ...rest };
}

function pktinfo(src: number, dst: number, dstPort: number): NftPktinfo {
  const net = new Testbed().netns('a');
  const packet: IpPacket = {
    kind: 'ipv4',
    src,
    dst,
    tos: 0,
    id: 0,
    df: true,
    mf: false,
    fragOffset: 0,
    ttl: 64,
    protocol: 6,
    options: NO_BYTES,
    payload: {
      kind: 'tcp',
      srcPort: 1,
      dstPort,
      seq: 0,
      ack: 0,
      flags: 2,
      window: 0,
      urgent: 0,
      options: {},
      payload: NO_BYTES,
    },
  };
  const skb = allocSkb(net.kernel, { dev: net.lo, packet });
  const state = { net, hook: 'INPUT', family: 'ipv4', in: net.lo, out: undefined } as const;
  const pkt = nftPktinfo(skb, state);
  if (!pkt) throw new Error('no IP packet');
  return pkt;
}

test('a long chain says and counts what it would say and count rule by rule', () => {
  const long = fc.array(entry, { minLength: INDEX_MIN_RULES, maxLength: 60 });
  fc.assert(
    fc.property(long, address, address, port, (entries, src, dst, dstPort) => {
      const pkt = pktinfo(src, dst, dstPort);
      const whole = chainOf(rulesOf(entries));
      const verdict = nftDoChain(pkt, whole);
      const single = rulesOf(entries);
      const deciding = single.find((rule) => nftDoChain(pkt, chainOf([rule])) === 'drop');
      expect(verdict).toBe(deciding ? 'drop' : 'accept');
      const until = deciding ? single.indexOf(deciding) + 1 : single.length;
      const walked = whole.rules.slice(0, until).map((rule) => rule.counters);
      expect(walked).toEqual(single.slice(0, until).map((rule) => rule.counters));
      for (const rule of whole.rules.slice(until)) expect(rule.counters.packets).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test('of ten thousand services a packet meets its own', () => {
  const entries = Array.from({ length: 10_000 }, (_, i): XtEntry => {
    const dst = { address: ip4('10.96.0.0') + i, mask: HOST, invert: false };
    const none = { src: undefined, in: undefined, out: undefined, fragment: undefined };
    return { ...none, dst, proto: undefined, matches: [], target: undefined };
  });
  const index = new NftChainIndex(rulesOf(entries));
  const met = [...index.candidates(pktinfo(1, ip4('10.96.4.7'), 80))];
  expect(met.map((rule) => rule.handle)).toEqual([4 * 256 + 7 + 1]);
});
