import type { Ip } from '../../../wire/frame';
import type { NfHook } from '../hook';
import {
  IPS_DST_NAT,
  IPS_DST_NAT_DONE,
  IPS_SRC_NAT,
  IPS_SRC_NAT_DONE,
  type NfConn,
  zoneId,
} from './conn';
import { jhash2, reciprocalScale } from './jhash';
import { type NatChoice, type NatManip, type NatRange, tupleUsed } from './nat-choice';
import { inPortRange, uniquePort } from './nat-port';
import type { NfConntrack } from './table';
import { invertTuple, type NfTuple, ORIGINAL, tupleEqual } from './tuple';

/** HOOK2MANIP(). */
export const hookManip = (hook: NfHook): NatManip =>
  hook === 'POSTROUTING' || hook === 'INPUT' ? 'SRC' : 'DST';

/** nf_nat_initialized(). */
export const natInitialized = (ct: NfConn, manip: NatManip): boolean =>
  ct.has(manip === 'SRC' ? IPS_SRC_NAT_DONE : IPS_DST_NAT_DONE);

/** nf_nat_setup_info(), net/netfilter/nf_nat_core.c: decides once what the flow's addresses become. */
export function natSetupInfo(
  table: NfConntrack,
  ct: NfConn,
  request: { readonly range: NatRange; readonly manip: NatManip },
): 'accept' | 'drop' {
  const { range, manip } = request;
  if (ct.confirmed || natInitialized(ct, manip)) return 'accept';
  const current = invertTuple(ct.reply);
  if (!current) return 'drop';
  const wanted = uniqueTuple({ table, ct, range, manip }, current);
  if (!tupleEqual(wanted, current)) {
    const reply = invertTuple(wanted);
    if (!reply) return 'drop';
    ct.alterReply(reply);
    ct.status |= manip === 'SRC' ? IPS_SRC_NAT : IPS_DST_NAT;
  }
  if (manip === 'SRC') table.nat.addBySource(ct);
  ct.status |= manip === 'SRC' ? IPS_SRC_NAT_DONE : IPS_DST_NAT_DONE;
  return 'accept';
}

/** nf_nat_alloc_null_binding(): the addresses stay; a port that is taken changes all the same. */
export function natNullBinding(table: NfConntrack, ct: NfConn, manip: NatManip): 'accept' | 'drop' {
  const ip = manip === 'SRC' ? ct.reply.dst : ct.reply.src;
  return natSetupInfo(table, ct, { range: { addresses: { min: ip, max: ip } }, manip });
}

/** get_unique_tuple(). */
function uniqueTuple(choice: NatChoice, original: NfTuple): NfTuple {
  const { range, manip } = choice;
  const random = range.random === true || range.randomFully === true;
  if (manip === 'SRC' && !random) {
    if (inRange(original, range)) {
      if (!tupleUsed(choice, original)) return original;
    } else {
      const mapped = appropriateSource(choice, original);
      if (mapped && !tupleUsed(choice, mapped)) return mapped;
    }
  }
  const tuple = bestAddress(choice, original);
  if (!random) {
    const { ports } = range;
    if (!ports) {
      if (!tupleUsed(choice, tuple)) return tuple;
    } else if (range.basePort === undefined && inPortRange(tuple, manip, ports)) {
      if (ports.min === ports.max || !tupleUsed(choice, tuple)) return tuple;
    }
  }
  return uniquePort(choice, tuple);
}

const within = (ip: Ip, range: { readonly min: Ip; readonly max: Ip }): boolean =>
  ip >= range.min && ip <= range.max;

/** in_range(), for a source. */
const inRange = (tuple: NfTuple, range: NatRange): boolean =>
  (!range.addresses || within(tuple.src, range.addresses)) &&
  (!range.ports || inPortRange(tuple, 'SRC', range.ports));

/** find_appropriate_src(): the address and port that this source has already, if they serve. */
function appropriateSource(choice: NatChoice, tuple: NfTuple): NfTuple | undefined {
  const { table, ct, range } = choice;
  for (const other of table.nat.fromSource(tuple, zoneId(ct.zone, ORIGINAL))) {
    const mapped = invertTuple(other.reply);
    if (!mapped) continue;
    const result = { ...mapped, dst: tuple.dst, dstPort: tuple.dstPort };
    if (inRange(result, range)) return result;
  }
  return undefined;
}

/** find_best_ips_proto(): of several addresses, one that source and destination decide. */
function bestAddress(choice: NatChoice, tuple: NfTuple): NfTuple {
  const { range, manip, ct } = choice;
  if (!range.addresses) return tuple;
  const { min, max } = range.addresses;
  const ip = min === max ? min : hashedAddress(tuple, { min, max, ct, range });
  return manip === 'SRC' ? { ...tuple, src: ip } : { ...tuple, dst: ip };
}

interface AddressChoice {
  readonly min: Ip;
  readonly max: Ip;
  readonly ct: NfConn;
  readonly range: NatRange;
}

/** Words of an address in memory: network order read by a little-endian machine. */
function words(ip: Ip): readonly number[] {
  if (typeof ip === 'number') return [swap(ip), 0, 0, 0];
  return hostWords(ip).map(swap);
}

const hostWords = (ip: Ip): readonly number[] =>
  typeof ip === 'number'
    ? [ip]
    : [96n, 64n, 32n, 0n].map((shift) => Number((ip >> shift) & 0xffff_ffffn));

const swap = (x: number): number =>
  (((x & 0xff) << 24) | ((x & 0xff00) << 8) | ((x >>> 8) & 0xff00) | (x >>> 24)) >>> 0;

function hashedAddress(tuple: NfTuple, choice: AddressChoice): Ip {
  const { min, max, ct, range } = choice;
  const destination = words(tuple.dst);
  const last = typeof min === 'number' ? 0 : 3;
  const seed = range.persistent ? 0 : ((destination[last] ?? 0) ^ ct.zone.id) >>> 0;
  let hash = jhash2(words(tuple.src), seed);
  const low = hostWords(min);
  const high = hostWords(max);
  const chosen: number[] = [];
  let full = false;
  for (let i = 0; i <= last; i++) {
    const from = full ? 0 : (low[i] ?? 0);
    const count = full ? 0xffff_ffff : (high[i] ?? 0) - from + 1;
    const word = (from + reciprocalScale(hash, count)) >>> 0;
    chosen.push(word);
    if (word !== high[i]) full = true;
    if (!range.persistent) hash = (hash ^ (destination[i] ?? 0)) >>> 0;
  }
  if (typeof min === 'number') return chosen[0] ?? min;
  return chosen.reduce((ip, word) => (ip << 32n) | BigInt(word), 0n);
}
