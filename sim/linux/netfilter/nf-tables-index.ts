import type { Ip } from '../../wire/frame';
import type { NftRule } from './nf-tables';
import { l4Protocol, type NftPktinfo, portsOf } from './nft-pktinfo';
import type { XtAddress, XtEntry, XtInterface } from './xt-rule';

/** Chains shorter than this are walked rule by rule. */
export const INDEX_MIN_RULES = 16;

type Bucket = number[];
type Field = 'dst' | 'src' | 'in' | 'out' | 'port';
type Key = Ip | string;

/**
 * The rules of a long chain by the one thing that most of them ask first and exactly: destination, source,
 * device, or protocol and destination port. A rule that is left out could not have matched, and a rule's
 * first test changes nothing, so a walk over the candidates, in order, is the walk over the chain.
 */
export class NftChainIndex {
  readonly #rules: readonly NftRule[];
  readonly #rest: Bucket = [];
  readonly #byKey = new Map<Field, Map<Key, Bucket>>();

  constructor(rules: readonly NftRule[]) {
    this.#rules = [...rules];
    for (const [position, rule] of rules.entries()) this.#add(rule.entry, position);
  }

  /** Every rule that the packet could match, in the chain's order. */
  *candidates(pkt: NftPktinfo): Generator<NftRule> {
    const lists = this.#lists(pkt);
    const next = lists.map(() => 0);
    for (;;) {
      let best = -1;
      let lowest = Number.POSITIVE_INFINITY;
      for (let i = 0; i < lists.length; i++) {
        const position = lists[i]?.[next[i] ?? 0];
        if (position !== undefined && position < lowest) {
          lowest = position;
          best = i;
        }
      }
      const rule = this.#rules[lowest];
      if (best < 0 || !rule) return;
      next[best] = (next[best] ?? 0) + 1;
      yield rule;
    }
  }

  #lists(pkt: NftPktinfo): readonly Bucket[] {
    const lists = [this.#rest];
    for (const [field, buckets] of this.#byKey) {
      const key = packetKey(field, pkt);
      const found = key === undefined ? undefined : buckets.get(key);
      if (found) lists.push(found);
    }
    return lists;
  }

  #add(entry: XtEntry, position: number): void {
    const key = ruleKey(entry);
    if (!key) {
      this.#rest.push(position);
      return;
    }
    const [field, value] = key;
    const buckets = this.#byKey.get(field) ?? new Map<Key, Bucket>();
    const bucket = buckets.get(value) ?? [];
    bucket.push(position);
    buckets.set(value, bucket);
    this.#byKey.set(field, buckets);
  }
}

/** What a rule asks exactly, the most telling first. */
function ruleKey(entry: XtEntry): readonly [Field, Key] | undefined {
  if (isHost(entry.dst)) return ['dst', entry.dst.address];
  if (isHost(entry.src)) return ['src', entry.src.address];
  if (isDevice(entry.out)) return ['out', entry.out.name];
  if (isDevice(entry.in)) return ['in', entry.in.name];
  const match = entry.matches[0];
  if (match?.name !== 'tcp' && match?.name !== 'udp') return undefined;
  const port = match.dport;
  if (!port || port.invert || port.value.min !== port.value.max) return undefined;
  if (!entry.proto || entry.proto.invert) return undefined;
  return ['port', portKey(entry.proto.value, port.value.min)];
}

const isHost = (wanted: XtAddress | undefined): wanted is XtAddress =>
  wanted !== undefined &&
  !wanted.invert &&
  (wanted.mask === 0xffff_ffff || wanted.mask === (1n << 128n) - 1n);

const isDevice = (wanted: XtInterface | undefined): wanted is XtInterface =>
  wanted !== undefined && !wanted.invert && !wanted.name.endsWith('+');

const portKey = (protocol: number, port: number): number => protocol * 65_536 + port;

function packetKey(field: Field, pkt: NftPktinfo): Key | undefined {
  switch (field) {
    case 'dst':
      return pkt.ip.dst;
    case 'src':
      return pkt.ip.src;
    case 'in':
      return pkt.in?.name ?? '';
    case 'out':
      return pkt.out?.name ?? '';
    case 'port': {
      const ports = portsOf(pkt.ip);
      return ports && portKey(l4Protocol(pkt.ip), ports.dstPort);
    }
  }
}
