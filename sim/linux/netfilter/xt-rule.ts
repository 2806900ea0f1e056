import type { Ip } from '../../wire/frame';
import type { XtMatch } from './xt-match';
import type { XtTarget } from './xt-target';

export interface XtAddress {
  readonly address: Ip;
  /** Any mask, contiguous or not. */
  readonly mask: Ip;
  readonly invert: boolean;
}

/** An interface name; one that ends in `+` matches every name that starts so. */
export interface XtInterface {
  readonly name: string;
  readonly invert: boolean;
}

/** struct ipt_entry, struct ip6t_entry: one rule as the tool gave it. */
export interface XtEntry {
  readonly src: XtAddress | undefined;
  readonly dst: XtAddress | undefined;
  readonly in: XtInterface | undefined;
  readonly out: XtInterface | undefined;
  /** IPPROTO_*; undefined is any. */
  readonly proto: { readonly value: number; readonly invert: boolean } | undefined;
  /** `-f`: second and further fragments (IPv4 only). */
  readonly fragment: { readonly invert: boolean } | undefined;
  /** In the order given. */
  readonly matches: readonly XtMatch[];
  /** undefined: a rule that only counts. */
  readonly target: XtTarget | undefined;
}

export interface Counters {
  packets: number;
  bytes: number;
}

export const NO_COUNTERS: Counters = { packets: 0, bytes: 0 };
