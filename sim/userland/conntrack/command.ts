import type { TcpCtState } from '../../linux/netfilter/conntrack/tcp-state';
import type { Ip } from '../../wire/frame';
import type { CtCommandName, OptionName } from './options';
import type { ProtocolHandler } from './protocol';

/** What was said of one direction: ATTR_ORIG_*, ATTR_REPL_*. */
export interface Side {
  src?: Ip;
  dst?: Ip;
  srcPort?: number;
  dstPort?: number;
}

export interface NatSide {
  ip?: Ip | undefined;
  port?: number | undefined;
}

/** struct ct_cmd with its template: one command line as it was understood. */
export interface CtCommand {
  name: CtCommandName | undefined;
  table: 'conntrack' | 'expect' | 'dying' | 'unconfirmed';
  readonly options: Set<OptionName>;
  family: 4 | 6 | undefined;
  proto: number | undefined;
  handler: ProtocolHandler | undefined;
  readonly orig: Side;
  readonly repl: Side;
  /** Prefixes of `-s` and `-d`, or --mask-src and --mask-dst. */
  readonly masks: { src?: Ip; dst?: Ip };
  readonly icmp: { type?: number; code?: number; id?: number };
  tcpState: TcpCtState | undefined;
  timeout: number | undefined;
  status: { value: number; mask: number } | undefined;
  mark: { readonly value: number; readonly mask: number } | undefined;
  id: number | undefined;
  zone: number | undefined;
  origZone: number | undefined;
  replZone: number | undefined;
  readonly snat: NatSide;
  readonly dnat: NatSide;
  readonly events: Set<'new' | 'update' | 'destroy'>;
  readonly output: Set<OutputFormat>;
  bufferSize: number | undefined;
  /** What goes to standard error before anything else. */
  warnings: string;
  /** An option that exists but is not simulated. */
  absent: string | undefined;
}

export type OutputFormat =
  | 'xml'
  | 'extended'
  | 'timestamp'
  | 'id'
  | 'ktimestamp'
  | 'labels'
  | 'userspace'
  | 'save';

export const newCommand = (): CtCommand => ({
  name: undefined,
  table: 'conntrack',
  options: new Set(),
  family: undefined,
  proto: undefined,
  handler: undefined,
  orig: {},
  repl: {},
  masks: {},
  icmp: {},
  tcpState: undefined,
  timeout: undefined,
  status: undefined,
  mark: undefined,
  id: undefined,
  zone: undefined,
  origZone: undefined,
  replZone: undefined,
  snat: {},
  dnat: {},
  events: new Set(),
  output: new Set(),
  bufferSize: undefined,
  warnings: '',
  absent: undefined,
});

/** exit_error(): its text; a wrong parameter ends with 2 and a hint, anything else with 1. */
export interface Failure {
  readonly text: string;
  readonly code: 1 | 2;
}

export const problem = (text: string): Failure => ({ text, code: 2 });
