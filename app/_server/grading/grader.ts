import 'server-only';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { claimSubmission, recoverSubmissions, storeOutcome } from '../submissions';
import { GradingPool } from './pool';

const MAX_THREADS = 4;
const QUEUE_MAX = 200;
const WALL_MS = 30_000;
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
    size: Math.min(MAX_THREADS, Math.max(1, availableParallelism() - 1)),
    queueMax: QUEUE_MAX,
    wallMs: WALL_MS,
    outputMax: OUTPUT_MAX,
  });
  return globalThis.hopwiseGradingPool;
}

export const isQueueFull = (): boolean => pool().isFull;

/** Grades a stored submission and stores its outcome; returns when that is done. */
export async function gradeStored(id: string): Promise<void> {
  try {
    const row = await claimSubmission(id);
    if (!row) return;
    const outcome = await pool().run({ lab: row.lab, payload: row.payload });
    await storeOutcome(row, outcome);
  } catch (error) {
    console.error(`submission ${id} stays queued`, error);
  }
}

/** At the start of the site: grades what an earlier process left behind, in the background. */
export async function resumeGrading(): Promise<void> {
  for (const id of await recoverSubmissions()) await gradeStored(id);
}
