import type { Lab } from '@/sim/lab/lab-schema';
import type { Log } from '@/sim/lab/log';
import type { TopologySnapshot } from '@/sim/lab/topology';
import type { PacketRow, Station } from './packet-view';

/** What a worker needs to make a sandbox; without a log it is a fresh one. */
export interface SandboxSpec {
  readonly lab: Lab;
  readonly seed: string;
  readonly log: Log | null;
  /** Shows the log's world up to this moment, and takes no input. */
  readonly untilUs: number | null;
}

export interface Words {
  readonly en: string;
  readonly ko: string;
}

export interface TerminalView {
  readonly id: number;
  readonly host: string;
}

export interface CheckView {
  readonly task: string;
  readonly id: string;
  readonly title: Words;
  readonly verdict: 'pass' | 'fail' | 'error';
  /** Why it does not hold, from the trace. */
  readonly explanation: Words | null;
  /** The way of the packet that decided; the check sent it on a copy of the world. */
  readonly journey: readonly Station[] | null;
}

/** Something of the past on the time line. */
export interface TimeMark {
  readonly atUs: number;
  readonly kind: 'command' | 'file' | 'signal' | 'answer';
  readonly text: string;
}

/** Asked by the page, answered with a `reply` of the same number. */
export type Question =
  | { readonly kind: 'journey'; readonly packetId: number }
  | { readonly kind: 'filter'; readonly text: string }
  | { readonly kind: 'pcap'; readonly ids: readonly number[] }
  | { readonly kind: 'read'; readonly host: string; readonly path: string }
  | { readonly kind: 'write'; readonly host: string; readonly path: string; readonly text: string }
  | { readonly kind: 'log' };

export type Answer =
  | { readonly kind: 'journey'; readonly stations: readonly Station[] }
  | { readonly kind: 'filter'; readonly ids: readonly number[] }
  | { readonly kind: 'pcap'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'file'; readonly text: string }
  | { readonly kind: 'written' }
  | { readonly kind: 'log'; readonly log: Log }
  | { readonly kind: 'refused'; readonly text: string };

export type ToWorker =
  | { readonly kind: 'start'; readonly spec: SandboxSpec }
  | { readonly kind: 'open'; readonly host: string }
  | { readonly kind: 'key'; readonly terminal: number; readonly data: string }
  | { readonly kind: 'paste'; readonly terminal: number; readonly text: string }
  | {
      readonly kind: 'resize';
      readonly terminal: number;
      readonly columns: number;
      readonly rows: number;
    }
  | { readonly kind: 'say'; readonly check: string; readonly value: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'ask'; readonly number: number; readonly question: Question };

export type FromWorker =
  | { readonly kind: 'ready'; readonly hosts: readonly string[] }
  | { readonly kind: 'failed'; readonly text: string }
  /** The screens and the packets begin anew: after a start, an undo, a reset, a look at the past. */
  | { readonly kind: 'cleared'; readonly terminals: readonly TerminalView[] }
  | { readonly kind: 'terminals'; readonly terminals: readonly TerminalView[] }
  | { readonly kind: 'output'; readonly terminal: number; readonly data: string }
  | { readonly kind: 'topology'; readonly topology: TopologySnapshot }
  | { readonly kind: 'packets'; readonly rows: readonly PacketRow[] }
  | { readonly kind: 'marks'; readonly marks: readonly TimeMark[] }
  | { readonly kind: 'time'; readonly nowUs: number }
  | { readonly kind: 'stopped'; readonly bound: string; readonly text: string }
  | { readonly kind: 'changed'; readonly log: Log }
  | { readonly kind: 'reply'; readonly number: number; readonly answer: Answer };

/** The second worker replays the log and carries the checks out, so that the terminal never waits for them. */
export interface ToChecker {
  readonly number: number;
  readonly lab: Lab;
  readonly log: Log;
}

export type FromChecker =
  | {
      readonly kind: 'checked';
      readonly number: number;
      readonly checks: readonly CheckView[];
    }
  | { readonly kind: 'unchecked'; readonly number: number; readonly text: Words };
