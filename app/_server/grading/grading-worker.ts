import { parentPort } from 'node:worker_threads';
import type { GradingJob, Outcome } from './outcome';

/** Until `sim/lab` can replay, every submission is told so; it stays stored and costs no attempt. */
const notYet = (job: GradingJob): Outcome => ({
  kind: 'error',
  reason: {
    en: `The lab ${job.lab} cannot be graded by this version yet.`,
    ko: `이 버전은 아직 ${job.lab} 실습을 채점하지 못해요.`,
  },
});

parentPort?.on('message', (job: GradingJob) => {
  parentPort?.postMessage(JSON.stringify(notYet(job)));
});
