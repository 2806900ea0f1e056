import { loadAllPackages } from '@/sim/cli/package-service';
import { undone } from '@/sim/lab/live-sandbox';
import type { Log } from '@/sim/lab/log';
import type { TopologySnapshot } from '@/sim/lab/topology';
import type { Engine, RunOutcome } from './engine';
import { createEngine } from './live-engine';
import type { Answer, FromWorker, Question, SandboxSpec, ToWorker } from './messages';
import { PacketLog } from './packet-log';
import { marksOf } from './rewind';

/** How often the virtual clock is moved on, and how far at most: a page that slept does not leap. */
const TICK_MS = 20;
const MAX_STEP_US = 200_000;
/** The log is told once the screen has been quiet for a while, or has not been for long. */
const QUIET_MS = 120;
const LONG_MS = 2_000;
const TIME_EVERY_MS = 500;
/** Programs that come on demand are fetched anyway, once the prompt stands: the page then works without a network. */
const PRELOAD_MS = 2_000;

const post = (message: FromWorker): void => self.postMessage(message);

/** Owns the one sandbox of a page: moves its clock by the wall's, and tells the page what came of it. */
class Room {
  readonly #packets = new PacketLog();
  #spec: SandboxSpec | null = null;
  #engine: Engine | null = null;
  #generation = 0;
  #isStopped = false;
  #wallMs = 0;
  #picture = '';
  #names = new Map<string, string>();
  #isDirty = false;
  #entries = -1;
  #activeMs = 0;
  #toldMs = 0;
  #timeMs = 0;

  async start(spec: SandboxSpec): Promise<void> {
    this.#spec = spec;
    this.#generation += 1;
    this.#engine = null;
    const made = await createEngine(spec);
    if (!made.ok) {
      post({ kind: 'failed', text: made.error });
      return;
    }
    const engine = made.value;
    this.#packets.clear();
    this.#isStopped = false;
    this.#picture = '';
    this.#entries = -1;
    if (engine.terminals.length === 0) {
      const first = [engine.home, ...engine.hosts.filter((host) => host !== engine.home)];
      for (const host of first) engine.openTerminal(host);
    }
    post({ kind: 'ready', hosts: engine.hosts });
    setTimeout(() => void loadAllPackages(), PRELOAD_MS);
    post({ kind: 'cleared', terminals: engine.terminals });
    this.#engine = engine;
    this.#wallMs = performance.now();
    this.#flush(engine);
    this.#tellLog(engine);
    if (spec.untilUs === null) void this.#tick(this.#generation);
  }

  async #tick(generation: number): Promise<void> {
    const engine = this.#engine;
    if (generation !== this.#generation || engine === null) return;
    const now = performance.now();
    const stepUs = Math.min(Math.round((now - this.#wallMs) * 1000), MAX_STEP_US);
    this.#wallMs = now;
    if (!this.#isStopped) this.#seeOutcome(await engine.run(engine.nowUs + stepUs));
    if (generation !== this.#generation) return;
    this.#flush(engine);
    this.#maybeTellLog(engine);
    setTimeout(() => void this.#tick(generation), TICK_MS);
  }

  #seeOutcome(outcome: RunOutcome): void {
    if (outcome.kind !== 'stopped') return;
    this.#isStopped = true;
    post({ kind: 'stopped', bound: outcome.text, text: outcome.text });
  }

  /** Shows what there is to show. An echo of keys changes nothing; what the world prints may tell of a change. */
  #flush(engine: Engine, isOfWorld = true): void {
    let isActive = false;
    for (const { terminal, data } of engine.takeOutput()) {
      if (data === '') continue;
      post({ kind: 'output', terminal, data });
      isActive = true;
    }
    const trace = engine.takeTrace();
    if (trace.length > 0) {
      const rows = this.#packets.add(trace, (address) => this.#names.get(address));
      if (rows.length > 0) post({ kind: 'packets', rows });
    }
    const now = performance.now();
    if (isActive || trace.length > 0 || this.#picture === '') this.#draw(engine);
    if (isActive && isOfWorld) {
      this.#isDirty = true;
      this.#activeMs = now;
    }
    if (now - this.#timeMs > TIME_EVERY_MS) {
      this.#timeMs = now;
      post({ kind: 'time', nowUs: engine.nowUs });
    }
  }

  #draw(engine: Engine): void {
    const topology = engine.topology();
    const picture = JSON.stringify(topology);
    if (picture === this.#picture) return;
    this.#picture = picture;
    this.#names = namesOf(topology);
    this.#isDirty = true;
    this.#activeMs = performance.now();
    post({ kind: 'topology', topology });
  }

  #maybeTellLog(engine: Engine): void {
    if (!this.#isDirty) return;
    const now = performance.now();
    if (now - this.#activeMs > QUIET_MS || now - this.#toldMs > LONG_MS) this.#tellLog(engine);
  }

  #tellLog(engine: Engine): void {
    this.#isDirty = false;
    this.#toldMs = performance.now();
    const log = engine.log();
    if (log.entries.length !== this.#entries) post({ kind: 'marks', marks: marksOf(log) });
    this.#entries = log.entries.length;
    post({ kind: 'time', nowUs: engine.nowUs });
    post({ kind: 'changed', log });
  }

  async take(message: ToWorker): Promise<void> {
    if (message.kind === 'start') return this.start(message.spec);
    const engine = this.#engine;
    const spec = this.#spec;
    if (engine === null || spec === null) {
      // A sandbox that could not be started can still be begun anew.
      if (message.kind === 'reset' && spec !== null) await this.start({ ...spec, log: null });
      return;
    }
    switch (message.kind) {
      case 'undo':
        return this.#restart(undone(engine.log()) ?? null);
      case 'reset':
        return this.#restart(null);
      case 'ask':
        post({
          kind: 'reply',
          number: message.number,
          answer: this.#answer(engine, message.question),
        });
        return;
      default:
        if (spec.untilUs === null) this.#enter(engine, message);
    }
  }

  async #restart(log: Log | null): Promise<void> {
    if (this.#spec) await this.start({ ...this.#spec, log, untilUs: null });
  }

  /** What enters the world does so at the wall's time. */
  #enter(engine: Engine, message: ToWorker): void {
    switch (message.kind) {
      case 'open': {
        engine.openTerminal(message.host);
        post({ kind: 'terminals', terminals: engine.terminals });
        break;
      }
      case 'key':
        engine.key(message.terminal, message.data);
        break;
      case 'paste':
        engine.paste(message.terminal, message.text);
        break;
      case 'resize':
        engine.resize(message.terminal, message.columns, message.rows);
        break;
      case 'say':
        engine.say(message.check, message.value);
        break;
    }
    this.#flush(engine, false);
    if (engine.entries !== this.#entries) this.#tellLog(engine);
  }

  #answer(engine: Engine, question: Question): Answer {
    switch (question.kind) {
      case 'journey':
        return { kind: 'journey', stations: this.#packets.journey(question.packetId) };
      case 'filter': {
        const found = this.#packets.filter(question.text);
        if ('error' in found) return { kind: 'refused', text: found.error };
        return { kind: 'filter', ids: found.ids };
      }
      case 'pcap':
        return { kind: 'pcap', bytes: this.#packets.pcap(question.ids) };
      case 'read': {
        const read = engine.readFile(question.host, question.path);
        return read.ok ? { kind: 'file', text: read.value } : { kind: 'refused', text: read.error };
      }
      case 'write': {
        const { host, path, text } = question;
        const written = engine.writeFile(host, path, text);
        this.#tellLog(engine);
        return written.ok ? { kind: 'written' } : { kind: 'refused', text: written.error };
      }
      case 'log':
        return { kind: 'log', log: engine.log() };
    }
  }
}

/** Whose address is whose: the namespace's name, or its host's. */
function namesOf(topology: TopologySnapshot): Map<string, string> {
  const names = new Map<string, string>();
  for (const host of topology.hosts) {
    for (const netns of host.netnses) {
      const name = netns.name === '' ? host.name : netns.name;
      for (const device of netns.devices) {
        for (const cidr of device.addresses) {
          const address = cidr.split('/')[0] ?? '';
          if (!address.startsWith('127.') && address !== '::1') names.set(address, name);
        }
      }
    }
  }
  return names;
}

const room = new Room();
/** One message after another: an answer never overtakes what was asked before it. */
let queue: Promise<void> = Promise.resolve();

self.onmessage = (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  queue = queue
    .then(() => room.take(message))
    .catch((error: unknown) => {
      post({ kind: 'failed', text: error instanceof Error ? error.message : String(error) });
    });
};
