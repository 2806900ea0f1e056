import { IPS_DST_NAT_DONE, IPS_SRC_NAT_DONE } from '../../linux/netfilter/conntrack/conn';
import type { CtMessage } from '../../linux/netfilter/conntrack/message';
import {
  icmpCodeOf,
  icmpTypeOf,
  isIcmpProto,
  type NfTuple,
} from '../../linux/netfilter/conntrack/tuple';
import type { Ip } from '../../wire/frame';
import type { CtCommand, NatSide, Side } from './command';

/** nfct_filter(): true when the entry is one that was asked for. */
export function passesFilter(cmd: CtCommand, ct: CtMessage): boolean {
  return passesNat(cmd, ct) && passesMark(cmd, ct) && passesNetwork(cmd, ct) && compares(cmd, ct);
}

/** mark_cmp(). */
const passesMark = (cmd: CtCommand, ct: CtMessage): boolean =>
  !cmd.mark || (ct.mark !== undefined && (ct.mark & cmd.mark.mask) >>> 0 === cmd.mark.value);

/** filter_network(): prefixes of the original direction. */
export const passesNetwork = (cmd: CtCommand, ct: CtMessage): boolean =>
  inNetwork(cmd.orig.src, cmd.masks.src, ct.original.src) &&
  inNetwork(cmd.orig.dst, cmd.masks.dst, ct.original.dst);

function inNetwork(network: Ip | undefined, mask: Ip | undefined, ip: Ip): boolean {
  if (mask === undefined || network === undefined) return true;
  if (typeof network === 'number' && typeof mask === 'number') {
    return typeof ip === 'number' && ((ip ^ network) & mask) === 0;
  }
  if (typeof network === 'bigint' && typeof mask === 'bigint') {
    return typeof ip === 'bigint' && ((ip ^ network) & mask) === 0n;
  }
  return false;
}

/** filter_nat(). */
export function passesNat(cmd: CtCommand, ct: CtMessage): boolean {
  const { options } = cmd;
  const any = options.has('any-nat');
  const src = any || options.has('src-nat');
  const dst = any || options.has('dst-nat');
  if (!src && !dst) return true;
  const { original, reply, status } = ct;
  const snat = (status & IPS_SRC_NAT_DONE) !== 0;
  const dnat = (status & IPS_DST_NAT_DONE) !== 0;
  const hasSrc =
    src &&
    natMatches(cmd.snat, {
      ip: snat && reply.dst !== original.src ? reply.dst : undefined,
      port: snat && reply.dstPort !== original.srcPort ? reply.dstPort : undefined,
    });
  const hasDst =
    dst &&
    natMatches(cmd.dnat, {
      ip: dnat && reply.src !== original.dst ? reply.src : undefined,
      port: dnat && reply.srcPort !== original.dstPort ? reply.srcPort : undefined,
    });
  if (any) return hasSrc || hasDst;
  return (!src || hasSrc) && (!dst || hasDst);
}

/** What was asked of a translation against what it did; without details any translation will do. */
function natMatches(asked: NatSide, did: NatSide): boolean {
  const ip = typeof asked.ip === 'number' ? asked.ip : undefined;
  if (ip === undefined && asked.port === undefined) {
    return did.ip !== undefined || did.port !== undefined;
  }
  if (ip !== undefined && ip !== did.ip) return false;
  return asked.port === undefined || asked.port === did.port;
}

/** nfct_cmp() with NFCT_CMP_MASK: everything that was said must be so. */
function compares(cmd: CtCommand, ct: CtMessage): boolean {
  if (cmd.proto !== undefined && cmd.proto !== ct.original.proto) return false;
  if (!sidesMatch(cmd, ct)) return false;
  if (cmd.tcpState !== undefined && cmd.tcpState !== ct.tcpState) return false;
  if (cmd.status && (ct.status & cmd.status.value) !== cmd.status.value) return false;
  if (cmd.id !== undefined && cmd.id !== ct.id) return false;
  const { zone } = ct;
  const id = (dir: 'both' | 'orig' | 'reply'): number | undefined =>
    zone.dir === dir && zone.id !== 0 ? zone.id : undefined;
  if (cmd.zone !== undefined && cmd.zone !== (id('both') ?? 0)) return false;
  if (cmd.origZone !== undefined && cmd.origZone !== (id('orig') ?? 0)) return false;
  return cmd.replZone === undefined || cmd.replZone === (id('reply') ?? 0);
}

/** NFCT_CMP_ORIG, NFCT_CMP_REPL. */
export function sidesMatch(cmd: CtCommand, ct: CtMessage): boolean {
  const orig = { ...cmd.orig };
  if (cmd.masks.src !== undefined) delete orig.src;
  if (cmd.masks.dst !== undefined) delete orig.dst;
  return sideMatches(orig, ct.original) && sideMatches(cmd.repl, ct.reply) && icmpMatches(cmd, ct);
}

function icmpMatches(cmd: CtCommand, ct: CtMessage): boolean {
  const { type, code, id } = cmd.icmp;
  if (type === undefined && code === undefined && id === undefined) return true;
  const { original } = ct;
  if (!isIcmpProto(original.proto)) return false;
  if (type !== undefined && type !== icmpTypeOf(original)) return false;
  if (code !== undefined && code !== icmpCodeOf(original)) return false;
  return id === undefined || id === original.srcPort;
}

const sideMatches = (side: Side, tuple: NfTuple): boolean =>
  (side.src === undefined || side.src === tuple.src) &&
  (side.dst === undefined || side.dst === tuple.dst) &&
  (side.srcPort === undefined || side.srcPort === tuple.srcPort) &&
  (side.dstPort === undefined || side.dstPort === tuple.dstPort);
