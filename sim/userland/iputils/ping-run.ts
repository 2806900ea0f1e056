import type { Proc } from '../../linux/process';
import type { RawSock } from '../../linux/socket/raw';
import type { Ip } from '../../wire/frame';
import type { PingOptions } from './ping-options';
import type { PingStats } from './ping-stats';

/** struct ping_rts while it runs. */
export interface PingRun {
  readonly proc: Proc;
  readonly raw: RawSock;
  readonly options: PingOptions;
  readonly stats: PingStats;
  readonly dst: Ip;
  readonly scopeId: number | undefined;
  readonly hostname: string;
  readonly ident: number;
  readonly data: Uint8Array;
  /** Names of addresses that answered: pr_addr() asks once. */
  readonly names: Map<Ip, string>;
  /** The probe is long enough to carry its time. */
  readonly timing: boolean;
  /** The time in each probe's first bytes. */
  readonly sentAtUs: Map<number, number>;
}

/** print_timestamp(): -D. */
export function stampText(run: PingRun): string {
  if (!run.options.timestamps) return '';
  const us = run.proc.host.clockUs;
  const seconds = Math.floor(us / 1_000_000);
  return `[${seconds}.${String(us % 1_000_000).padStart(6, '0')}] `;
}
