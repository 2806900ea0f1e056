import type { Ip } from '../../wire/frame';
import type { Range } from './xt-match';

/** What each target of x_tables was told (struct xt_*_tginfo); data that a tool parsed and prints again. */
export type XtTarget =
  | { readonly name: 'ACCEPT' | 'DROP' | 'RETURN' | 'QUEUE' }
  /** A user-defined chain: `-j` comes back, `-g` does not. */
  | { readonly name: 'chain'; readonly chain: string; readonly goto: boolean }
  | XtReject
  | XtLog
  | XtNflog
  | XtMarkTarget
  | XtConnmarkTarget
  | XtNat
  | { readonly name: 'NOTRACK' }
  | XtCt
  | XtSetTarget
  | XtTcpmssTarget
  | { readonly name: 'CHECKSUM' }
  | { readonly name: 'TRACE' }
  | { readonly name: 'CLASSIFY'; readonly priority: number }
  | { readonly name: 'TTL' | 'HL'; readonly op: 'set' | 'inc' | 'dec'; readonly value: number }
  | { readonly name: 'TOS'; readonly value: number; readonly mask: number }
  | { readonly name: 'DSCP'; readonly dscp: number }
  | XtNfqueue;

export type XtTargetName = XtTarget['name'];

/** IPT_ICMP_* and IP6T_ICMP6_* by their `--reject-with` names. */
export type RejectWith =
  | 'icmp-net-unreachable'
  | 'icmp-host-unreachable'
  | 'icmp-proto-unreachable'
  | 'icmp-port-unreachable'
  | 'icmp-net-prohibited'
  | 'icmp-host-prohibited'
  | 'icmp-admin-prohibited'
  | 'icmp6-no-route'
  | 'icmp6-adm-prohibited'
  | 'icmp6-addr-unreachable'
  | 'icmp6-port-unreachable'
  | 'icmp6-policy-fail'
  | 'icmp6-reject-route'
  | 'tcp-reset';

export interface XtReject {
  readonly name: 'REJECT';
  readonly with: RejectWith;
}

export interface XtLog {
  readonly name: 'LOG';
  readonly level: number;
  readonly prefix: string;
  readonly tcpSequence: boolean;
  readonly tcpOptions: boolean;
  readonly ipOptions: boolean;
  readonly uid: boolean;
  readonly macdecode: boolean;
}

export interface XtNflog {
  readonly name: 'NFLOG';
  readonly group: number;
  readonly prefix: string;
  readonly range?: number | undefined;
  readonly size?: number | undefined;
  readonly threshold?: number | undefined;
}

/** xt_mark_tginfo2: mark = (mark & ~mask) ^ value. The tool prints set, xset, and, or, xor from these. */
export interface XtMarkTarget {
  readonly name: 'MARK';
  readonly mark: number;
  readonly mask: number;
}

/** xt_connmark_tginfo2. */
export interface XtConnmarkTarget {
  readonly name: 'CONNMARK';
  readonly op: 'set' | 'save' | 'restore';
  readonly ctmark: number;
  readonly ctmask: number;
  readonly nfmask: number;
}

/** struct nf_nat_range2 of DNAT, SNAT, MASQUERADE, REDIRECT and NETMAP. */
export interface XtNat {
  readonly name: 'DNAT' | 'SNAT' | 'MASQUERADE' | 'REDIRECT' | 'NETMAP';
  readonly addresses?: { readonly min: Ip; readonly max: Ip } | undefined;
  readonly ports?: Range | undefined;
  /** `--to-destination addr:a-b/base`. */
  readonly basePort?: number | undefined;
  readonly random: boolean;
  readonly randomFully: boolean;
  readonly persistent: boolean;
}

export interface XtCt {
  readonly name: 'CT';
  readonly notrack: boolean;
  /** `mark`: the packet's mark is the zone. */
  readonly zone?:
    | { readonly id: number; readonly dir: 'both' | 'orig' | 'reply'; readonly mark?: boolean }
    | undefined;
  readonly helper?: string | undefined;
  readonly ctevents?: readonly string[] | undefined;
  readonly expevents?: readonly string[] | undefined;
  readonly timeout?: string | undefined;
}

/** A set and one direction for each of its dimensions. */
export interface XtSetInfo {
  readonly set: string;
  readonly flags: readonly ('src' | 'dst')[];
}

/** struct xt_set_info_target_v3. */
export interface XtSetTarget {
  readonly name: 'SET';
  readonly add?: XtSetInfo | undefined;
  readonly del?: XtSetInfo | undefined;
  readonly map?: XtSetInfo | undefined;
  readonly exist: boolean;
  /** Seconds. */
  readonly timeout?: number | undefined;
  /** What `--map-set` takes from the entry. */
  readonly mapMark: boolean;
  readonly mapPrio: boolean;
  readonly mapQueue: boolean;
}

export interface XtTcpmssTarget {
  readonly name: 'TCPMSS';
  /** `--set-mss`; undefined is `--clamp-mss-to-pmtu`. */
  readonly mss: number | undefined;
}

export interface XtNfqueue {
  readonly name: 'NFQUEUE';
  readonly queue: Range;
  readonly bypass: boolean;
  readonly cpuFanout?: boolean | undefined;
}
