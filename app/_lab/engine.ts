import type { Result } from '@/sim/base/result';
import type { Log } from '@/sim/lab/log';
import type { TopologySnapshot } from '@/sim/lab/topology';
import type { TraceEvent } from '@/sim/linux/trace';
import type { TerminalView } from './messages';

/** How a stretch of virtual time ended. */
export type RunOutcome =
  | { readonly kind: 'idle' | 'reached' }
  | { readonly kind: 'stopped'; readonly text: string };

/** What the worker needs of a sandbox; `live-engine.ts` makes it of the engine's own. */
export interface Engine {
  readonly hosts: readonly string[];
  readonly home: string;
  readonly terminals: readonly TerminalView[];
  readonly nowUs: number;
  /** How many inputs the log holds. */
  readonly entries: number;
  openTerminal(host: string): void;
  key(terminal: number, data: string): void;
  paste(terminal: number, text: string): void;
  resize(terminal: number, columns: number, rows: number): void;
  say(check: string, value: string): void;
  readFile(host: string, path: string): Result<string, string>;
  writeFile(host: string, path: string, text: string): Result<undefined, string>;
  /** Advances the virtual clock, at most to `untilUs`. */
  run(untilUs: number): Promise<RunOutcome>;
  takeOutput(): readonly { readonly terminal: number; readonly data: string }[];
  takeTrace(): readonly TraceEvent[];
  topology(): TopologySnapshot;
  /** The story so far, ending now. */
  log(): Log;
}
