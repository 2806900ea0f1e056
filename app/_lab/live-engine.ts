import { err, ok, type Result } from '@/sim/base/result';
import { LiveSandbox } from '@/sim/lab/live-sandbox';
import type { Log } from '@/sim/lab/log';
import { topologyOf } from '@/sim/lab/topology';
import { strerror } from '@/sim/linux/errno';
import { readTextAt } from '@/sim/linux/files';
import type { TraceEvent } from '@/sim/linux/trace';
import type { Engine, RunOutcome } from './engine';
import { drive, settle } from './host-services';
import type { SandboxSpec } from './messages';
import { truncatedAt } from './rewind';

/** Events between two looks at the messages: a broadcast storm must not deafen the worker. */
const EVENTS_A_SLICE = 20_000;
/** Steps kept between two takes; a storm's later ones add nothing to see. */
const MAX_STEPS = 20_000;

/** The sandbox of a spec: fresh, or where its log ends, or as it was at a moment of the past. */
export async function createEngine(spec: SandboxSpec): Promise<Result<Engine, string>> {
  const log = spec.log && spec.untilUs !== null ? truncatedAt(spec.log, spec.untilUs) : spec.log;
  const steps: TraceEvent[] = [];
  const started = await drive(
    LiveSandbox.start(
      spec.lab,
      { seed: spec.seed, log: log ?? undefined },
      {
        created: ({ world }) =>
          world.tracer.listen((event) => {
            if (steps.length < MAX_STEPS) steps.push(event);
          }),
      },
    ),
  );
  if (!started.ok) return err(started.error.text);
  const engine = new LiveEngine(started.value, steps);
  if (spec.untilUs !== null) await engine.run(spec.untilUs);
  return ok(engine);
}

/** `Engine` over the engine's own live sandbox. */
class LiveEngine implements Engine {
  readonly #live: LiveSandbox;
  readonly #steps: TraceEvent[];

  constructor(live: LiveSandbox, steps: TraceEvent[]) {
    this.#live = live;
    this.#steps = steps;
  }

  get hosts() {
    return this.#live.sandbox.openHosts;
  }

  get home() {
    return this.#live.sandbox.home;
  }

  get terminals() {
    return [...this.#live.sandbox.terminals].map(([id, { host }]) => ({ id, host: host.name }));
  }

  get entries() {
    return this.#live.entries.length;
  }

  get nowUs() {
    return this.#live.world.nowUs;
  }

  openTerminal(host: string): void {
    this.#live.open(host);
  }

  key(terminal: number, data: string): void {
    this.#live.key(terminal, data);
  }

  paste(terminal: number, text: string): void {
    this.#live.paste(terminal, text);
  }

  resize(terminal: number, columns: number, rows: number): void {
    this.#live.resize(terminal, columns, rows);
  }

  say(check: string, value: string): void {
    this.#live.answer(check, value);
  }

  /** A file that is not there opens empty, as in vi. */
  readFile(host: string, path: string): Result<string, string> {
    const found = this.#live.world.hosts.get(host);
    if (!found) return err(`no host ${host}`);
    const read = readTextAt(found.init, path);
    if (read === 'ENOENT') return ok('');
    return typeof read === 'string' ? err(strerror(read)) : ok(read.text);
  }

  writeFile(host: string, path: string, text: string): Result<undefined, string> {
    const refusal = this.#live.writeFile(host, path, text);
    return refusal === undefined ? ok(undefined) : err(refusal);
  }

  async run(untilUs: number): Promise<RunOutcome> {
    for (;;) {
      const state = this.#live.run(untilUs, EVENTS_A_SLICE);
      if (state.kind !== 'host') return state;
      await settle(this.#live.world.takeRequests());
      this.#live.settled();
    }
  }

  takeOutput() {
    return this.#live.takeOutput();
  }

  takeTrace(): readonly TraceEvent[] {
    return this.#steps.splice(0);
  }

  topology() {
    return topologyOf(this.#live.world, this.#live.sandbox.switches);
  }

  log(): Log {
    return this.#live.log();
  }
}
