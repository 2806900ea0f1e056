import { err, ok, type Result } from '../base/result';
import type { Limits } from '../linux/limits';
import { advanceToEvent, type Driven } from './drive';
import type { Lab } from './lab-schema';
import type { Log } from './log';
import { attemptOf, Sandbox } from './sandbox';
import { answersIn, fillScript, runSection, SCRIPT_TOO_LONG, sectionsOf } from './script';
import { stateHash } from './state-hash';
import type { Variant } from './variant';
import { engineVersion } from './version';

/** What can be graded: the log of a sandbox, or a script that stands for one. */
export type Work =
  | { readonly kind: 'log'; readonly log: Log }
  | {
      readonly kind: 'script';
      readonly text: string;
      readonly seed: string;
      /** Instead of the seed's draw (the proof goes through all). */
      readonly variant?: Variant | undefined;
    };

/** Why there is no world to grade. */
export interface ReplayFailure {
  readonly kind: 'stopped' | 'refused' | 'error';
  readonly text: string;
}

export interface ReplayOptions {
  readonly limits?: Partial<Limits> | undefined;
  /** Sees the sandbox before the work is put into it (to listen to its trace, say). */
  readonly created?: ((sandbox: Sandbox) => void) | undefined;
}

const refused = (text: string): { ok: false; error: ReplayFailure } =>
  err({ kind: 'refused', text });

/** (lab, work) -> the same world, bit for bit, in the browser and on the server. */
export function* replay(
  lab: Lab,
  work: Work,
  options: ReplayOptions = {},
): Driven<Result<Sandbox, ReplayFailure>> {
  const seed = work.kind === 'log' ? work.log.seed : work.seed;
  const attempt = attemptOf(lab, seed, work.kind === 'script' ? work.variant : undefined);
  if (!attempt.ok) return err({ kind: 'error', text: `lab ${lab.slug}: ${attempt.error}` });
  const created = yield* Sandbox.create(attempt.value, options);
  if (!created.ok) return err({ kind: 'error', text: `lab ${lab.slug}: ${created.error}` });
  const sandbox = created.value;
  options.created?.(sandbox);
  const failure =
    work.kind === 'log' ? yield* replayLog(sandbox, work.log) : yield* replayScript(sandbox, work);
  if (failure) return err(failure);
  // The last entry's work may have passed a bound with its last event: nothing runs in such a world.
  const text = sandbox.world.stopText;
  return text === undefined ? ok(sandbox) : err({ kind: 'stopped', text });
}

function* replayScript(
  sandbox: Sandbox,
  work: Extract<Work, { kind: 'script' }>,
): Driven<ReplayFailure | undefined> {
  const text = fillScript(work.text, sandbox.attempt.variant);
  if (!text.ok) return { kind: 'error', text: text.error };
  for (const [id, value] of answersIn(text.value)) sandbox.answers.set(id, value);
  for (const section of sectionsOf(text.value, sandbox.home)) {
    const ran = yield* runSection(sandbox.world, section);
    if (ran.state.kind === 'stopped') return { kind: 'stopped', text: ran.state.text };
    if (ran.code === undefined) return { kind: 'stopped', text: SCRIPT_TOO_LONG };
  }
  return undefined;
}

function* replayLog(sandbox: Sandbox, log: Log): Driven<ReplayFailure | undefined> {
  const wrong = mismatch(sandbox, log);
  if (wrong) return refused(wrong).error;
  const { world } = sandbox;
  for (const [i, entry] of log.entries.entries()) {
    const state = yield* advanceToEvent(world, entry.events, entry.atUs);
    if (state.kind === 'stopped') return { kind: 'stopped', text: state.text };
    if (!isThere(sandbox, entry)) {
      return refused(`entry ${i + 1} does not fit what the replay came to`).error;
    }
    const applied = yield* sandbox.apply(entry);
    if (applied !== undefined) return refused(`entry ${i + 1}: ${applied}`).error;
  }
  const state = yield* advanceToEvent(world, log.endEvents, log.endUs);
  if (state.kind === 'stopped') return { kind: 'stopped', text: state.text };
  if (!isThere(sandbox, { atUs: log.endUs, events: log.endEvents })) {
    return refused('the end of the log does not fit what the replay came to').error;
  }
  if (log.stateHash !== undefined && log.stateHash !== stateHash(world)) {
    return refused('the state at the end is not the one that the log claims').error;
  }
  return undefined;
}

const isThere = (
  sandbox: Sandbox,
  at: { readonly atUs: number; readonly events: number },
): boolean => sandbox.world.nowUs === at.atUs && sandbox.world.scheduler.events === at.events;

function mismatch(sandbox: Sandbox, log: Log): string | undefined {
  const { lab } = sandbox.attempt;
  if (log.lab.slug !== lab.slug) return `it belongs to the lab ${log.lab.slug}, not ${lab.slug}`;
  if (log.lab.version !== lab.yaml.version) {
    return `it was made with version ${log.lab.version} of the lab, this is ${lab.yaml.version}`;
  }
  if (log.engine !== engineVersion) {
    return `it was made with engine ${log.engine}, this is ${engineVersion}`;
  }
  return undefined;
}
