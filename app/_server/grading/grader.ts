import 'server-only';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { claimSubmission, type Queued, recoverSubmissions, storeOutcome } from '../submissions';
import { GradingPool } from './pool';

/** Two at least, so that one submission that uses up its time does not hold up the others. */
const MIN_THREADS = 2;
const MAX_THREADS = 4;
const QUEUE_MAX = 200;
const WALL_MS = 20_000;
const OUTPUT_MAX = 2_000_000;
const HEAP_MB = 512;

declare global {
  var hopwiseGradingPool: GradingPool | undefined;
}

/** One pool a process, made with the first submission. */
function pool(): GradingPool {
  globalThis.hopwiseGradingPool ??= new GradingPool({
    makeWorker: () =>
      new Worker(new URL('./grading-worker.ts', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      }),
    size: Math.min(MAX_THREADS, Math.max(MIN_THREADS, availableParallelism() - 1)),
    queueMax: QUEUE_MAX,
    wallMs: WALL_MS,
    outputMax: OUTPUT_MAX,
  });
  return globalThis.hopwiseGradingPool;
}

export const isQueueFull = (): boolean => pool().isFull;

/** Grades a stored submission and stores its outcome; returns when that is done. */
export async function gradeStored({ id, userId }: Queued): Promise<void> {
  try {
    const done = await pool().run(userId, () => claimSubmission(id));
    if (done) await storeOutcome(done.job, done.outcome);
  } catch (error) {
    console.error(`submission ${id} waits for the next start of the site`, error);
  }
}

/** At the start of the site: grades what an earlier process left behind, in the background. */
export async function resumeGrading(): Promise<void> {
  await Promise.all((await recoverSubmissions()).map(gradeStored));
}
