import { IPPROTO_TCP } from '../../../wire/frame';
import type { Range } from '../xt-match';
import { IPS_DYING, IPS_FIXED_TIMEOUT, IPS_SRC_NAT, type NfConn } from './conn';
import { type NatChoice, type NatManip, tupleUsed } from './nat-choice';
import { hasPorts, invertTuple, isIcmpProto, type NfTuple, ORIGINAL } from './tuple';

/** Tries at one place of the range before another is drawn. */
const MAX_ATTEMPTS = 128;

/** l4proto_in_range(). */
export function inPortRange(tuple: NfTuple, manip: NatManip, range: Range): boolean {
  const { proto } = tuple;
  if (!isIcmpProto(proto) && !hasPorts(proto)) return true;
  const key = manip === 'SRC' || isIcmpProto(proto) ? tuple.srcPort : tuple.dstPort;
  return key >= range.min && key <= range.max;
}

/** nf_nat_l4proto_unique_tuple(): the first port of the range, from a random or given one on, that is free. */
export function uniquePort(choice: NatChoice, tuple: NfTuple): NfTuple {
  const { range, manip, table } = choice;
  const icmp = isIcmpProto(tuple.proto);
  if (!icmp && !hasPorts(tuple.proto)) return tuple;
  const key = manip === 'SRC' || icmp ? tuple.srcPort : tuple.dstPort;
  const ports = range.ports ?? usualPorts(key, icmp, manip);
  if (!ports) return tuple;
  const min = Math.min(ports.min, ports.max);
  const size = Math.abs(ports.max - ports.min) + 1;
  const random = table.net.kernel.random.stream('nf_nat');
  let offset = range.basePort === undefined ? random.below(65_536) : key - range.basePort;
  let attempts = Math.min(size, MAX_ATTEMPTS);
  let found = tuple;
  for (;;) {
    for (let i = 0; i < attempts; i++, offset++) {
      const port = min + ((offset & 0xffff) % size);
      found = manip === 'SRC' || icmp ? { ...tuple, srcPort: port } : { ...tuple, dstPort: port };
      if (!tupleUsedHarder(choice, found, attempts - i)) return found;
    }
    if (attempts >= size || attempts < 16) return found;
    attempts = attempts >> 1;
    offset = random.below(65_536);
  }
}

/** NF_NAT_HARDER_THRESH: tries that are left when an entry that is as good as gone may be evicted. */
const HARDER_THRESHOLD = MAX_ATTEMPTS / 4;

/** nf_nat_used_tuple_harder(): a TCP connection that only waits makes room for one with later numbers. */
function tupleUsedHarder(choice: NatChoice, tuple: NfTuple, left: number): boolean {
  if (left > HARDER_THRESHOLD || tuple.proto !== IPPROTO_TCP) return tupleUsed(choice, tuple);
  const { table, ct } = choice;
  const reply = invertTuple(tuple);
  const found = reply && table.find(ct.zone, reply);
  if (!found) return false;
  const old = found.ct;
  if (found.dir === ORIGINAL || old === ct || !mayKill(old)) return true;
  const advanced = ((ct.tcp?.seen[0].end ?? 0) - (old.tcp?.seen[0].end ?? 0)) | 0;
  return advanced <= 0 || !table.delete(old);
}

/** nf_nat_may_kill(). */
const mayKill = (ct: NfConn): boolean =>
  ct.tcp !== undefined &&
  (ct.tcp.state === 'TIME_WAIT' || ct.tcp.state === 'CLOSE' || ct.tcp.state === 'SYN_SENT2') &&
  !ct.has(IPS_FIXED_TIMEOUT | IPS_DYING) &&
  ct.has(IPS_SRC_NAT);

/** Without a range a port stays among its like: below 512, below 1024, or above. */
function usualPorts(key: number, icmp: boolean, manip: NatManip): Range | undefined {
  if (icmp) return { min: 0, max: 65_535 };
  if (manip === 'DST') return undefined;
  if (key >= 1024) return { min: 1024, max: 65_535 };
  return key < 512 ? { min: 1, max: 511 } : { min: 600, max: 1023 };
}
