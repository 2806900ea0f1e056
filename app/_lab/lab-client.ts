import type { Log } from '@/sim/lab/log';
import type { TopologySnapshot } from '@/sim/lab/topology';
import type {
  Answer,
  FromWorker,
  Question,
  SandboxSpec,
  TerminalView,
  TimeMark,
  ToWorker,
} from './messages';
import type { PacketRow } from './packet-view';

/** What the page shows of a sandbox. */
export interface LabState {
  readonly phase: 'starting' | 'running' | 'failed';
  readonly failure: string | null;
  readonly hosts: readonly string[];
  readonly terminals: readonly TerminalView[];
  readonly topology: TopologySnapshot | null;
  readonly packets: readonly PacketRow[];
  readonly marks: readonly TimeMark[];
  readonly nowUs: number;
  readonly stopped: { readonly bound: string; readonly text: string } | null;
  /** The last log that the worker told; what autosave keeps and the checks replay. */
  readonly log: Log | null;
}

export const STARTING: LabState = {
  phase: 'starting',
  failure: null,
  hosts: [],
  terminals: [],
  topology: null,
  packets: [],
  marks: [],
  nowUs: 0,
  stopped: null,
  log: null,
};

const MAX_SCREEN_CHARS = 200_000;
const MAX_PACKETS = 2000;

/** The page's end of the worker: keeps what it says, and hands on what is asked. */
export class LabClient {
  readonly #worker: Worker;
  readonly #listeners = new Set<() => void>();
  readonly #screens = new Map<number, string>();
  readonly #screenListeners = new Set<(terminal: number, data: string | null) => void>();
  readonly #asked = new Map<number, (answer: Answer) => void>();
  #number = 0;
  #state = STARTING;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = (event: MessageEvent<FromWorker>) => this.#take(event.data);
    worker.onerror = (event) => {
      this.#set({ phase: 'failed', failure: event.message || 'the engine could not be loaded' });
    };
  }

  readonly getState = (): LabState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Output of all terminals; null clears a screen. What was said before comes from `screen`. */
  readonly onScreen = (listener: (terminal: number, data: string | null) => void): (() => void) => {
    this.#screenListeners.add(listener);
    return () => this.#screenListeners.delete(listener);
  };

  screen(terminal: number): string {
    return this.#screens.get(terminal) ?? '';
  }

  start(spec: SandboxSpec): void {
    this.send({ kind: 'start', spec });
  }

  send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  ask(question: Question): Promise<Answer> {
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve) => {
      this.#asked.set(number, resolve);
      this.send({ kind: 'ask', number, question });
    });
  }

  end(): void {
    this.#worker.terminate();
  }

  #set(change: Partial<LabState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  #take(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.#set({ phase: 'running', hosts: message.hosts });
        break;
      case 'failed':
        this.#set({ phase: 'failed', failure: message.text });
        break;
      case 'cleared':
        this.#clear(message.terminals);
        break;
      case 'terminals':
        this.#set({ terminals: message.terminals });
        break;
      case 'output':
        this.#write(message.terminal, message.data);
        break;
      case 'topology':
        this.#set({ topology: message.topology });
        break;
      case 'packets':
        this.#set({ packets: mergeRows(this.#state.packets, message.rows) });
        break;
      case 'marks':
        this.#set({ marks: message.marks });
        break;
      case 'time':
        this.#set({ nowUs: message.nowUs });
        break;
      case 'stopped':
        this.#set({ stopped: { bound: message.bound, text: message.text } });
        break;
      case 'changed':
        this.#set({ log: message.log });
        break;
      case 'reply': {
        this.#asked.get(message.number)?.(message.answer);
        this.#asked.delete(message.number);
        break;
      }
    }
  }

  #clear(terminals: readonly TerminalView[]): void {
    this.#screens.clear();
    for (const { id } of terminals) {
      for (const listener of this.#screenListeners) listener(id, null);
    }
    this.#set({ terminals, packets: [], stopped: null });
  }

  #write(terminal: number, data: string): void {
    const screen = this.screen(terminal) + data;
    this.#screens.set(terminal, screen.slice(-MAX_SCREEN_CHARS));
    for (const listener of this.#screenListeners) listener(terminal, data);
  }
}

/** New rows at the end, changed ones in their place; bounded. */
export function mergeRows(
  before: readonly PacketRow[],
  rows: readonly PacketRow[],
): readonly PacketRow[] {
  const places = new Map(before.map((row, index) => [row.id, index]));
  const merged = [...before];
  for (const row of rows) {
    const place = places.get(row.id);
    if (place === undefined) {
      places.set(row.id, merged.length);
      merged.push(row);
    } else merged[place] = row;
  }
  return merged.slice(-MAX_PACKETS);
}
