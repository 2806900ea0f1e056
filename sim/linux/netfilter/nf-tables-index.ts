import type { Ip } from '../../wire/frame';
import type { NftRule } from './nf-tables';
import { l4Protocol, type NftPktinfo, portsOf } from './nft-pktinfo';
import type { XtAddress, XtEntry, XtInterface } from './xt-rule';

/** Chains shorter than this are walked rule by rule. */
export const INDEX_MIN_RULES = 16;

/** Rules of one key, with their places in the chain. */
interface Bucket {
  readonly positions: number[];
  readonly rules: NftRule[];
}

const newBucket = (): Bucket => ({ positions: [], rules: [] });
type Field = 'dst' | 'src' | 'in' | 'out' | 'port';
type Key = Ip | string;

/**
 * The rules of a long chain by the one thing that most of them ask first and exactly: destination, source,
 * device, or protocol and destination port. A rule that is left out could not have matched, and a rule's
 * first test changes nothing, so a walk over the candidates, in order, is the walk over the chain.
 */
export class NftChainIndex {
  readonly #rest = newBucket();
  readonly #byKey = new Map<Field, Map<Key, Bucket>>();

  constructor(rules: readonly NftRule[]) {
    for (const [position, rule] of rules.entries()) this.#add(rule, position);
  }

  /** Every rule that the packet could match, in the chain's order. */
  candidates(pkt: NftPktinfo): readonly NftRule[] {
    const lists = this.#lists(pkt);
    const [only] = lists;
    return lists.length === 1 && only ? only.rules : merge(lists);
  }

  #lists(pkt: NftPktinfo): readonly Bucket[] {
    const lists = this.#rest.rules.length > 0 ? [this.#rest] : [];
    for (const [field, buckets] of this.#byKey) {
      const key = packetKey(field, pkt);
      const found = key === undefined ? undefined : buckets.get(key);
      if (found) lists.push(found);
    }
    return lists;
  }

  #add(rule: NftRule, position: number): void {
    const bucket = this.#bucketOf(rule.entry);
    bucket.positions.push(position);
    bucket.rules.push(rule);
  }

  #bucketOf(entry: XtEntry): Bucket {
    const key = ruleKey(entry);
    if (!key) return this.#rest;
    const [field, value] = key;
    const buckets = this.#byKey.get(field) ?? new Map<Key, Bucket>();
    this.#byKey.set(field, buckets);
    const bucket = buckets.get(value) ?? newBucket();
    buckets.set(value, bucket);
    return bucket;
  }
}

/** Several lists as one, by place. */
function merge(lists: readonly Bucket[]): readonly NftRule[] {
  const merged: NftRule[] = [];
  const next = lists.map(() => 0);
  for (;;) {
    let best = -1;
    let lowest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < lists.length; i++) {
      const position = lists[i]?.positions[next[i] ?? 0];
      if (position === undefined || position >= lowest) continue;
      lowest = position;
      best = i;
    }
    const at = next[best] ?? 0;
    const rule = lists[best]?.rules[at];
    if (!rule) return merged;
    next[best] = at + 1;
    merged.push(rule);
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
