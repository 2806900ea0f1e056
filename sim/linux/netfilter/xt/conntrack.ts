import type { Ip } from '../../../wire/frame';
import {
  dirOf,
  IPS_ASSURED,
  IPS_CONFIRMED,
  IPS_DST_NAT,
  IPS_EXPECTED,
  IPS_SEEN_REPLY,
  IPS_SRC_NAT,
  type NfConn,
} from '../conntrack/conn';
import { secondsLeft } from '../conntrack/message';
import type { NftPktinfo } from '../nft-pktinfo';
import type {
  CtStateName,
  CtStatusName,
  Invertible,
  MaskedAddress,
  Range,
  XtConntrack,
  XtState,
} from '../xt-match';
import type { XtMatchFn } from './verdict';

/** What the packet is to its connection, in words (XT_CONNTRACK_STATE_BIT()). */
function stateOf(pkt: NftPktinfo): CtStateName {
  const { ct, ctinfo, notrack } = pkt.skb;
  if (!ct || !ctinfo) return notrack ? 'UNTRACKED' : 'INVALID';
  if (ctinfo === 'NEW') return 'NEW';
  return ctinfo === 'RELATED' || ctinfo === 'RELATED_REPLY' ? 'RELATED' : 'ESTABLISHED';
}

function hasState(pkt: NftPktinfo, wanted: readonly CtStateName[]): boolean {
  if (wanted.includes(stateOf(pkt))) return true;
  const { ct } = pkt.skb;
  if (!ct) return false;
  return (
    (ct.has(IPS_SRC_NAT) && wanted.includes('SNAT')) ||
    (ct.has(IPS_DST_NAT) && wanted.includes('DNAT'))
  );
}

/** `-m state`: state_mt() of old, conntrack_mt_v1() with the state alone. */
export const stateMatch =
  (match: XtState): XtMatchFn =>
  (pkt) =>
    hasState(pkt, match.state.value) !== match.state.invert;

const STATUS: Readonly<Record<CtStatusName, number>> = {
  NONE: 0,
  EXPECTED: IPS_EXPECTED,
  SEEN_REPLY: IPS_SEEN_REPLY,
  ASSURED: IPS_ASSURED,
  CONFIRMED: IPS_CONFIRMED,
};

type Test = (ct: NfConn, pkt: NftPktinfo) => boolean;

/** conntrack_mt_v3(), net/netfilter/xt_conntrack.c: only its state can be asked of an untracked packet. */
export function conntrackMatch(match: XtConntrack): XtMatchFn {
  const { state } = match;
  const tests = testsOf(match);
  return (pkt) => {
    if (state && hasState(pkt, state.value) === state.invert) return false;
    const { ct } = pkt.skb;
    if (!ct) return state !== undefined;
    for (const test of tests) if (!test(ct, pkt)) return false;
    return true;
  };
}

function testsOf(match: XtConntrack): readonly Test[] {
  const tests: Test[] = [];
  const { dir, proto, status, expire } = match;
  if (dir) {
    const wanted = dir === 'ORIGINAL' ? 0 : 1;
    tests.push((_ct, { skb }) => skb.ctinfo !== undefined && dirOf(skb.ctinfo) === wanted);
  }
  address(tests, match.origSrc, (ct) => ct.original.src);
  address(tests, match.origDst, (ct) => ct.original.dst);
  address(tests, match.replSrc, (ct) => ct.reply.src);
  address(tests, match.replDst, (ct) => ct.reply.dst);
  if (proto) tests.push((ct) => (ct.original.proto === proto.value) !== proto.invert);
  port(tests, match.origSrcPort, (ct) => ct.original.srcPort);
  port(tests, match.origDstPort, (ct) => ct.original.dstPort);
  port(tests, match.replSrcPort, (ct) => ct.reply.srcPort);
  port(tests, match.replDstPort, (ct) => ct.reply.dstPort);
  if (status) {
    const mask = status.value.reduce((bits, name) => bits | STATUS[name], 0);
    tests.push((ct) => ct.has(mask) !== status.invert);
  }
  if (expire) {
    const now = (pkt: NftPktinfo): number => pkt.net.kernel.scheduler.nowUs;
    tests.push((ct, pkt) => within(secondsLeft(ct, now(pkt)), expire.value) !== expire.invert);
  }
  return tests;
}

const within = (value: number, range: Range): boolean => value >= range.min && value <= range.max;

function port(
  tests: Test[],
  wanted: Invertible<Range> | undefined,
  of: (ct: NfConn) => number,
): void {
  if (wanted) tests.push((ct) => within(of(ct), wanted.value) !== wanted.invert);
}

function address(
  tests: Test[],
  wanted: Invertible<MaskedAddress> | undefined,
  of: (ct: NfConn) => Ip,
): void {
  if (wanted) tests.push((ct) => sameMasked(of(ct), wanted.value) !== wanted.invert);
}

/** conntrack_addrcmp(). */
function sameMasked(ip: Ip, wanted: MaskedAddress): boolean {
  const { address, mask } = wanted;
  if (typeof ip === 'number' && typeof address === 'number' && typeof mask === 'number') {
    return ((ip ^ address) & mask) === 0;
  }
  if (typeof ip === 'bigint' && typeof address === 'bigint' && typeof mask === 'bigint') {
    return ((ip ^ address) & mask) === 0n;
  }
  return false;
}
