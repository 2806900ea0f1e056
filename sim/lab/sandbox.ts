import { err, ok, type Result } from '../base/result';
import { strerror } from '../linux/errno';
import { writeFileAt } from '../linux/files';
import { placeText } from '../linux/filesystem';
import type { Limits } from '../linux/limits';
import type { World } from '../linux/world';
import { TerminalSession } from '../userland/terminal/session';
import { buildWorld } from './build-world';
import { advance, type Driven } from './drive';
import type { Lab } from './lab-schema';
import type { LogEntry } from './log';
import { runProgram } from './place';
import { runSection } from './script';
import { drawVariant, fill, fillDeep, type Variant } from './variant';

/** A lab with its variant drawn: nothing is left to fill in. */
export interface Attempt {
  readonly lab: Lab;
  readonly seed: string;
  readonly variant: Variant;
}

/** Draws the variant that the seed stands for and fills it in everywhere. */
export function attemptOf(lab: Lab, seed: string, variant?: Variant): Result<Attempt, string> {
  const drawn = variant ?? drawVariant(lab.yaml, seed);
  const { variants, ...rest } = lab.yaml;
  const yaml = fillDeep(rest, drawn);
  if (!yaml.ok) return yaml;
  const world = fillDeep(lab.world, drawn);
  if (!world.ok) return world;
  const filled = { ...lab, yaml: { ...yaml.value, variants }, world: world.value };
  return ok({ lab: filled, seed, variant: drawn });
}

export interface SandboxOptions {
  readonly limits?: Partial<Limits> | undefined;
}

/** A lab's world in front of a learner: what was built, and what was answered. */
export class Sandbox {
  readonly answers = new Map<string, string>();
  readonly terminals = new Map<number, TerminalSession>();

  private constructor(
    readonly attempt: Attempt,
    readonly world: World,
    readonly switches: ReadonlySet<string>,
    readonly openHosts: readonly string[],
  ) {}

  /** Builds the room, lays the files, runs the set-up. An error is the lab's fault and says where. */
  static *create(attempt: Attempt, options: SandboxOptions = {}): Driven<Result<Sandbox, string>> {
    const { lab, seed, variant } = attempt;
    const built = yield* buildWorld(lab.world, seed, options.limits);
    if (!built.ok) return err(`world: ${built.error}`);
    const { world, switches, open } = built.value;
    for (const file of lab.files) {
      const host = world.hosts.get(file.host);
      const text = fill(file.text, variant);
      if (!host) return err(`files/${file.host}: no such host`);
      if (!text.ok) return err(`files/${file.host}${file.path}: ${text.error}`);
      placeText(host, file.path, text.value, file.executable ? 0o755 : 0o644);
    }
    for (const [i, step] of lab.yaml.setup.entries()) {
      const host = world.hosts.get(step.on);
      if (!host) return err(`setup[${i}].on: no host ${step.on}`);
      const ran = yield* runProgram(world, { host, netns: host.netns }, [
        'bash',
        '-e',
        '-c',
        step.run,
      ]);
      if (ran.code !== 0)
        return err(`setup[${i}] on ${step.on}: ${ran.stderr.trim() || ran.state.kind}`);
    }
    yield* advance(world, world.nowUs + SETTLE_US);
    return ok(new Sandbox(attempt, world, switches, open));
  }

  /** Puts one entry of a log into the world; in words what does not fit. */
  *apply(entry: LogEntry): Driven<string | undefined> {
    switch (entry.kind) {
      case 'open':
        return this.#open(entry.terminal, entry.host);
      case 'file':
        return this.#write(entry.host, entry.path, entry.text);
      case 'answer':
        this.answers.set(entry.check, entry.value);
        return undefined;
      case 'script': {
        const ran = yield* runSection(this.world, entry);
        return ran.code === undefined ? 'the script did not end' : undefined;
      }
      default: {
        const terminal = this.terminals.get(entry.terminal);
        terminal?.apply(entry);
        return terminal ? undefined : `no terminal ${entry.terminal}`;
      }
    }
  }

  #open(id: number, hostName: string): string | undefined {
    const host = this.openHosts.includes(hostName) ? this.world.hosts.get(hostName) : undefined;
    if (!host) return `no host ${hostName} with a terminal`;
    if (this.terminals.has(id)) return `terminal ${id} is open`;
    this.terminals.set(id, new TerminalSession(host, id));
    return undefined;
  }

  /** A file saved in the editor pane. */
  #write(hostName: string, path: string, text: string): string | undefined {
    const host = this.openHosts.includes(hostName) ? this.world.hosts.get(hostName) : undefined;
    if (!host) return `no host ${hostName}`;
    const errno = writeFileAt(host.init, path, text);
    return errno && `${path}: ${strerror(errno)}`;
  }

  get home(): string {
    return this.attempt.lab.yaml.home ?? this.openHosts[0] ?? '';
  }
}

/** After the set-up the network comes to rest before the learner sees it. */
const SETTLE_US = 2_000_000;
