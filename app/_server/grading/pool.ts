import type { Worker } from 'node:worker_threads';
import { type GradingJob, type Outcome, outcomeSchema } from './outcome';

export interface PoolOptions {
  readonly makeWorker: () => Worker;
  /** Threads at the same time. */
  readonly size: number;
  /** Jobs that may wait for a thread. */
  readonly queueMax: number;
  /** Wall time of one job: behind the engine's own bounds, for what those do not see. */
  readonly wallMs: number;
  /** Bytes of a result. */
  readonly outputMax: number;
}

/** A job that was graded. */
export interface Done<Job extends GradingJob> {
  readonly job: Job;
  readonly outcome: Outcome;
}

interface Waiting {
  /** Whose job it is: nobody has more than one thread at a time. */
  readonly owner: string;
  readonly start: () => Promise<void>;
}

/**
 * Grades in worker threads. A job that passes a bound ends its own thread and nothing else; the next job gets
 * a new one. Threads are kept between jobs, since loading the engine takes longer than most jobs.
 */
export class GradingPool {
  readonly #options: PoolOptions;
  readonly #waiting: Waiting[] = [];
  readonly #idle: Worker[] = [];
  readonly #owners = new Set<string>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get isFull(): boolean {
    return this.#waiting.length >= this.#options.queueMax;
  }

  /**
   * Claims a job when a thread is free for it and grades it; null when there was nothing to claim. Jobs of one
   * owner run one after another. Rejects only if the claim does.
   */
  run<Job extends GradingJob>(
    owner: string,
    claim: () => Promise<Job | null>,
  ): Promise<Done<Job> | null> {
    return new Promise((resolve, reject) => {
      const start = async (): Promise<void> => {
        const job = await claim();
        resolve(job && { job, outcome: await this.#grade(job) });
      };
      this.#waiting.push({ owner, start: () => start().catch(reject) });
      this.#next();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((worker) => worker.terminate()));
  }

  #next(): void {
    if (this.#owners.size >= this.#options.size) return;
    const at = this.#waiting.findIndex(({ owner }) => !this.#owners.has(owner));
    const [waiting] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (!waiting) return;
    this.#owners.add(waiting.owner);
    waiting.start().finally(() => {
      this.#owners.delete(waiting.owner);
      this.#next();
    });
    this.#next();
  }

  #grade({ lab, payload }: GradingJob): Promise<Outcome> {
    const worker = this.#takeIdle() ?? this.#options.makeWorker();
    return new Promise((resolve) => {
      const end = (outcome: Outcome, isReusable: boolean): void => {
        clearTimeout(timer);
        removeListeners(worker);
        if (isReusable) {
          this.#keepIdle(worker);
        } else {
          worker.on('error', () => undefined);
          void worker.terminate();
        }
        resolve(outcome);
      };
      const timer = setTimeout(() => end(this.#tooSlow(), false), this.#options.wallMs);
      worker.on('message', (message: unknown) => end(this.#read(message), true));
      worker.on('error', (error) => end(failed(error), false));
      worker.on('exit', (code) => end(failed(new Error(`the thread ended with ${code}`)), false));
      worker.ref();
      worker.postMessage({ lab, payload });
    });
  }

  #read(message: unknown): Outcome {
    if (typeof message !== 'string') return failed(new Error('the thread sent no text'));
    if (message.length > this.#options.outputMax) return tooMuchOutput(this.#options.outputMax);
    try {
      return outcomeSchema.parse(JSON.parse(message));
    } catch (error) {
      return failed(error);
    }
  }

  /** A thread that dies while it has nothing to do must not take the site with it. */
  #keepIdle(worker: Worker): void {
    const forget = (): void => {
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
    };
    worker.on('error', forget);
    worker.on('exit', forget);
    worker.unref();
    this.#idle.push(worker);
  }

  #takeIdle(): Worker | undefined {
    const worker = this.#idle.pop();
    if (worker) removeListeners(worker);
    return worker;
  }

  #tooSlow(): Outcome {
    const seconds = this.#options.wallMs / 1000;
    return stopped({
      en: `stopped: grading took more than ${seconds} s`,
      ko: `중단됨: 채점이 ${seconds}초를 넘었어요`,
    });
  }
}

function removeListeners(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}

const stopped = (reason: { readonly en: string; readonly ko: string }): Outcome => ({
  kind: 'stopped',
  reason,
});

const tooMuchOutput = (max: number): Outcome =>
  stopped({
    en: `stopped: the result is larger than ${max} characters`,
    ko: `중단됨: 결과가 ${max}자를 넘었어요`,
  });

/** ERR_WORKER_OUT_OF_MEMORY is the learner's bound; anything else is our fault, and is logged. */
function failed(error: unknown): Outcome {
  if (error instanceof Error && Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY') {
    return stopped({
      en: 'stopped: the work needs more memory than one submission may use',
      ko: '중단됨: 제출물 하나가 쓸 수 있는 메모리를 넘었어요',
    });
  }
  console.error('grading failed', error);
  return {
    kind: 'error',
    reason: {
      en: 'The grader failed. No attempt was spent; submit again or tell your instructor.',
      ko: '채점기에 문제가 생겼어요. 시도 횟수는 줄지 않으니 다시 제출하거나 강사에게 알려 주세요.',
    },
  };
}
