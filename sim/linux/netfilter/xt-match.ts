import type { Ip, Mac } from '../../wire/frame';

/**
 * What each match of x_tables was told (struct xt_*_info of include/uapi/linux/netfilter): data that a
 * tool parsed and prints again. Ranges include both ends. `invert` is the `!` of that option.
 */
export type XtMatch =
  | XtTcp
  | XtUdp
  | XtSctp
  | XtIcmp
  | XtComment
  | XtConntrack
  | XtState
  | XtMark
  | XtConnmark
  | XtMultiport
  | XtAddrtype
  | XtSet
  | XtStatistic
  | XtRecent
  | XtPhysdev
  | XtMac
  | XtLimit
  | XtHashlimit
  | XtIprange
  | XtLength
  | XtOwner
  | XtRpfilter
  | XtTtl
  | XtTos
  | XtDscp
  | XtPkttype
  | XtTcpmss
  | XtConnlimit
  | XtConnbytes
  | XtHelper;

export type XtMatchName = XtMatch['name'];

export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface Invertible<T> {
  readonly value: T;
  readonly invert: boolean;
}

export interface XtTcp {
  readonly name: 'tcp';
  readonly sport?: Invertible<Range> | undefined;
  readonly dport?: Invertible<Range> | undefined;
  /** TCP_FLAG bits as in the header's byte. */
  readonly flags?: Invertible<{ readonly mask: number; readonly comp: number }> | undefined;
  readonly option?: Invertible<number> | undefined;
}

export interface XtUdp {
  readonly name: 'udp';
  readonly sport?: Invertible<Range> | undefined;
  readonly dport?: Invertible<Range> | undefined;
}

export interface XtSctp {
  readonly name: 'sctp';
  readonly sport?: Invertible<Range> | undefined;
  readonly dport?: Invertible<Range> | undefined;
}

/** `-p icmp` and `-p icmpv6` (icmp6): type 255 of IPv4 is any. */
export interface XtIcmp {
  readonly name: 'icmp' | 'icmp6';
  readonly type: number;
  readonly code: Range;
  readonly invert: boolean;
}

export interface XtComment {
  readonly name: 'comment';
  readonly comment: string;
}

/** XT_CONNTRACK_STATE_* in words. */
export type CtStateName =
  | 'INVALID'
  | 'NEW'
  | 'ESTABLISHED'
  | 'RELATED'
  | 'UNTRACKED'
  | 'SNAT'
  | 'DNAT';
export type CtStatusName = 'NONE' | 'EXPECTED' | 'SEEN_REPLY' | 'ASSURED' | 'CONFIRMED';

export interface MaskedAddress {
  readonly address: Ip;
  /** Contiguous or not, as given. */
  readonly mask: Ip;
}

export interface XtConntrack {
  readonly name: 'conntrack';
  readonly state?: Invertible<readonly CtStateName[]> | undefined;
  readonly status?: Invertible<readonly CtStatusName[]> | undefined;
  readonly proto?: Invertible<number> | undefined;
  readonly origSrc?: Invertible<MaskedAddress> | undefined;
  readonly origDst?: Invertible<MaskedAddress> | undefined;
  readonly replSrc?: Invertible<MaskedAddress> | undefined;
  readonly replDst?: Invertible<MaskedAddress> | undefined;
  readonly origSrcPort?: Invertible<Range> | undefined;
  readonly origDstPort?: Invertible<Range> | undefined;
  readonly replSrcPort?: Invertible<Range> | undefined;
  readonly replDstPort?: Invertible<Range> | undefined;
  /** Seconds. */
  readonly expire?: Invertible<Range> | undefined;
  readonly dir?: 'ORIGINAL' | 'REPLY' | undefined;
}

export interface XtState {
  readonly name: 'state';
  readonly state: Invertible<readonly CtStateName[]>;
}

export interface XtMark {
  readonly name: 'mark';
  readonly mark: number;
  readonly mask: number;
  readonly invert: boolean;
}

export interface XtConnmark {
  readonly name: 'connmark';
  readonly mark: number;
  readonly mask: number;
  readonly invert: boolean;
}

export interface XtMultiport {
  readonly name: 'multiport';
  readonly which: 'source' | 'destination' | 'either';
  readonly ports: readonly Range[];
  readonly invert: boolean;
  /** IPPROTO_* of the rule, which the match asks for. */
  readonly proto: number;
}

/** RTN_* in iptables' words. */
export type AddrTypeName =
  | 'UNSPEC'
  | 'UNICAST'
  | 'LOCAL'
  | 'BROADCAST'
  | 'ANYCAST'
  | 'MULTICAST'
  | 'BLACKHOLE'
  | 'UNREACHABLE'
  | 'PROHIBIT'
  | 'THROW'
  | 'NAT'
  | 'XRESOLVE';

export interface XtAddrtype {
  readonly name: 'addrtype';
  readonly source?: Invertible<readonly AddrTypeName[]> | undefined;
  readonly dest?: Invertible<readonly AddrTypeName[]> | undefined;
  readonly limitIfaceIn: boolean;
  readonly limitIfaceOut: boolean;
}

export interface XtSet {
  readonly name: 'set';
  readonly set: string;
  /** One a dimension. */
  readonly flags: readonly ('src' | 'dst')[];
  readonly invert: boolean;
  readonly returnNomatch?: boolean | undefined;
  readonly updateCounters?: boolean | undefined;
  readonly updateSubcounters?: boolean | undefined;
  readonly packets?: { readonly op: 'eq' | 'ne' | 'lt' | 'gt'; readonly value: number } | undefined;
  readonly bytes?: { readonly op: 'eq' | 'ne' | 'lt' | 'gt'; readonly value: number } | undefined;
}

/** The state (`count`) is the rule's own and lives in its runtime. */
export interface XtStatistic {
  readonly name: 'statistic';
  /** `probability` in units of 1/2^31, as the kernel keeps it. */
  readonly mode:
    | { readonly kind: 'random'; readonly probability: number }
    | { readonly kind: 'nth'; readonly every: number; readonly packet: number };
  readonly invert: boolean;
}

export interface XtRecent {
  readonly name: 'recent';
  readonly action: 'set' | 'rcheck' | 'update' | 'remove';
  readonly invert: boolean;
  readonly list: string;
  readonly side: 'source' | 'dest';
  readonly mask: Ip;
  readonly seconds: number;
  readonly hitcount: number;
  readonly reap: boolean;
  readonly rttl: boolean;
}

export interface XtPhysdev {
  readonly name: 'physdev';
  readonly physIn?: Invertible<string> | undefined;
  readonly physOut?: Invertible<string> | undefined;
  readonly isIn?: Invertible<true> | undefined;
  readonly isOut?: Invertible<true> | undefined;
  readonly isBridged?: Invertible<true> | undefined;
}

export interface XtMac {
  readonly name: 'mac';
  readonly source: Mac;
  readonly invert: boolean;
}

/** XT_LIMIT_SCALE: `avg` is 10000 seconds' parts a packet, as the tool's rounding leaves it. */
export interface XtLimit {
  readonly name: 'limit';
  readonly avg: number;
  readonly burst: number;
}

export interface XtHashlimit {
  readonly name: 'hashlimit';
  readonly list: string;
  readonly mode: readonly ('srcip' | 'srcport' | 'dstip' | 'dstport')[];
  /** `--hashlimit-above`. */
  readonly above: boolean;
  /** Scale 1 000 000 as revision 2 and 3 keep it, or bytes when `bytes`. */
  readonly avg: number;
  readonly bytes: boolean;
  readonly burst: number;
  readonly srcMask: number;
  readonly dstMask: number;
  readonly htableSize: number;
  readonly htableMax: number;
  /** Milliseconds. */
  readonly htableExpire: number;
  readonly htableGcInterval: number;
}

export interface XtIprange {
  readonly name: 'iprange';
  readonly src?: Invertible<{ readonly min: Ip; readonly max: Ip }> | undefined;
  readonly dst?: Invertible<{ readonly min: Ip; readonly max: Ip }> | undefined;
}

export interface XtLength {
  readonly name: 'length';
  readonly length: Range;
  readonly invert: boolean;
}

export interface XtOwner {
  readonly name: 'owner';
  readonly uid?: Invertible<Range> | undefined;
  readonly gid?: Invertible<Range> | undefined;
  readonly socketExists?: Invertible<true> | undefined;
  readonly supplGroups?: boolean | undefined;
}

export interface XtRpfilter {
  readonly name: 'rpfilter';
  readonly loose: boolean;
  readonly validMark: boolean;
  readonly acceptLocal: boolean;
  readonly invert: boolean;
}

/** `ttl` of IPv4 and `hl` of IPv6. */
export interface XtTtl {
  readonly name: 'ttl' | 'hl';
  readonly op: 'eq' | 'ne' | 'lt' | 'gt';
  readonly value: number;
}

export interface XtTos {
  readonly name: 'tos';
  readonly value: number;
  readonly mask: number;
  readonly invert: boolean;
}

export interface XtDscp {
  readonly name: 'dscp';
  readonly dscp: number;
  readonly invert: boolean;
}

export interface XtPkttype {
  readonly name: 'pkttype';
  readonly type: 'unicast' | 'broadcast' | 'multicast' | 'otherhost';
  readonly invert: boolean;
}

export interface XtTcpmss {
  readonly name: 'tcpmss';
  readonly mss: Range;
  readonly invert: boolean;
}

export interface XtConnlimit {
  readonly name: 'connlimit';
  readonly limit: number;
  readonly invert: boolean;
  readonly mask: number;
  readonly side: 'saddr' | 'daddr';
}

export interface XtConnbytes {
  readonly name: 'connbytes';
  readonly range: Range;
  readonly invert: boolean;
  readonly dir: 'original' | 'reply' | 'both';
  readonly mode: 'packets' | 'bytes' | 'avgpkt';
}

export interface XtHelper {
  readonly name: 'helper';
  readonly helper: string;
  readonly invert: boolean;
}
