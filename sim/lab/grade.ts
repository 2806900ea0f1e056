import type { Limits } from '../linux/limits';
import type { TraceEvent } from '../linux/trace';
import { evaluate, type Finding } from './check/evaluate';
import type { CheckSpec } from './check-schema';
import type { Driven } from './drive';
import type { Lab, TaskSpec } from './lab-schema';
import { type ReplayFailure, replay, type Work } from './replay';
import type { Sandbox } from './sandbox';
import { engineVersion } from './version';
import type { Words } from './words';

/** One check's verdict, as stored and shown. */
export interface CheckResult {
  readonly taskId: string;
  readonly checkId: string;
  readonly verdict: 'pass' | 'fail' | 'error';
  readonly points: number;
  readonly maxPoints: number;
  readonly visibility: CheckSpec['visibility'];
  readonly explanation: Words | null;
  /** The packet that the explanation speaks of, in `events`. */
  readonly packetId: number | null;
  /** The probe's steps; for the page, not for the store. */
  readonly events: readonly TraceEvent[];
}

/** What became of a piece of work. */
export type Grade =
  | {
      readonly kind: 'graded';
      readonly points: number;
      readonly maxPoints: number;
      readonly passed: boolean;
      readonly labVersion: number;
      readonly engineVersion: string;
      readonly seed: string;
      readonly durationUs: number;
      readonly checks: readonly CheckResult[];
    }
  /** A bound was passed while the work itself ran. */
  | { readonly kind: 'stopped'; readonly reason: Words }
  /** It does not replay as it claims. */
  | { readonly kind: 'refused'; readonly reason: Words }
  /** The lab's fault, or ours; no attempt is spent. */
  | { readonly kind: 'error'; readonly reason: Words };

export interface GradeOptions {
  readonly limits?: Partial<Limits> | undefined;
  /** Only these checks (the page asks for the visible ones). */
  readonly only?: ((check: CheckSpec) => boolean) | undefined;
}

/** Checks that only read share one replay; each of the others gets a fork of its own. */
const onlyReads = (check: CheckSpec): boolean =>
  check.after.length === 0 &&
  check.within === undefined &&
  (check.assert === 'state' || ('truth' in check && 'value' in check.truth));

/** Replays the work and carries every check out. Pure: the same lab and work give the same grade. */
export function* gradeWork(lab: Lab, work: Work, options: GradeOptions = {}): Driven<Grade> {
  const base = yield* replay(lab, work, options);
  if (!base.ok) return failureGrade(base.error);
  const checks: CheckResult[] = [];
  for (const task of base.value.attempt.lab.yaml.tasks) {
    for (const check of task.checks) {
      if (options.only && !options.only(check)) continue;
      const fork = onlyReads(check) ? base.value : yield* forkOf(lab, work, options);
      if (!fork) return failureGrade({ kind: 'error', text: 'the second replay failed' });
      const finding = yield* evaluate(fork.world, check, fork.answers);
      checks.push(resultOf(task, check, finding));
    }
  }
  return graded(base.value, guarded(base.value.attempt.lab, checks));
}

/** A broken guard takes its task's points away. */
function guarded(lab: Lab, checks: readonly CheckResult[]): readonly CheckResult[] {
  const guards = new Set(
    lab.yaml.tasks.flatMap((task) => task.checks.filter((one) => one.guard).map((one) => one.id)),
  );
  const broken = new Set(
    checks
      .filter((one) => guards.has(one.checkId) && one.verdict !== 'pass')
      .map((one) => one.taskId),
  );
  return checks.map((one) => (broken.has(one.taskId) ? { ...one, points: 0 } : one));
}

function* forkOf(lab: Lab, work: Work, options: GradeOptions): Driven<Sandbox | undefined> {
  const fork = yield* replay(lab, work, options);
  return fork.ok ? fork.value : undefined;
}

function resultOf(task: TaskSpec, check: CheckSpec, finding: Finding): CheckResult {
  const maxPoints = pointsOf(task, check);
  return {
    taskId: task.id,
    checkId: check.id,
    verdict: finding.verdict,
    points: finding.verdict === 'pass' ? maxPoints : 0,
    maxPoints,
    visibility: check.visibility,
    explanation: finding.text,
    packetId: finding.packetId,
    events: finding.events,
  };
}

/** A check's own points, or an equal share of what the task's other checks leave. */
export function pointsOf(task: TaskSpec, check: CheckSpec): number {
  if (check.guard) return 0;
  if (check.points !== undefined) return check.points;
  const own = task.checks.reduce((sum, one) => sum + (one.points ?? 0), 0);
  const sharing = task.checks.filter((one) => one.points === undefined && !one.guard).length;
  return Math.max(0, task.points - own) / sharing;
}

function graded(sandbox: Sandbox, checks: readonly CheckResult[]): Grade {
  const { yaml } = sandbox.attempt.lab;
  const wrong = checks.find((check) => check.verdict === 'error');
  if (wrong) {
    const reason = wrong.explanation ?? { en: wrong.checkId, ko: wrong.checkId };
    return { kind: 'error', reason };
  }
  const round = (value: number): number => Math.round(value * 1e6) / 1e6;
  const points = round(checks.reduce((sum, check) => sum + check.points, 0));
  const maxPoints = round(checks.reduce((sum, check) => sum + check.maxPoints, 0));
  return {
    kind: 'graded',
    points,
    maxPoints,
    passed: maxPoints > 0 && points / maxPoints >= yaml.grading.pass,
    labVersion: yaml.version,
    engineVersion,
    seed: sandbox.attempt.seed,
    durationUs: sandbox.world.nowUs,
    checks,
  };
}

function failureGrade(failure: ReplayFailure): Grade {
  const { kind, text } = failure;
  if (kind === 'refused') {
    const reason = {
      en: `The submission was refused: ${text}`,
      ko: `제출을 받아들이지 않았어요: ${text}`,
    };
    return { kind, reason };
  }
  return { kind, reason: { en: text, ko: text } };
}
