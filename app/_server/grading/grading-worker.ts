import { parentPort } from 'node:worker_threads';
import { contentDir } from '@/sim/cli/content-dir';
import { drive } from '@/sim/cli/drive';
import { problemText, readAllLabs } from '@/sim/cli/lab-folder';
import { gradeWork } from '@/sim/lab/grade';
import { logSchema } from '@/sim/lab/log';
import type { GradingJob, Outcome, Words } from './outcome';

type Labs = ReturnType<typeof readAllLabs>;

let known: Labs | undefined;

/** Read once a thread; anew each time while labs are being written. */
function labs(): Labs {
  if (known === undefined || process.env.NODE_ENV === 'development') {
    known = readAllLabs(contentDir());
  }
  return known;
}

const refused = (en: string, ko: string): Outcome => ({ kind: 'refused', reason: { en, ko } });
const error = (reason: Words): Outcome => ({ kind: 'error', reason });

/** Replays the submission on the engine that also runs in the browser, and carries its checks out. */
async function grade({ lab: slug, payload }: GradingJob): Promise<Outcome> {
  const log = logSchema.safeParse(JSON.parse(payload));
  if (!log.success) {
    const issue = log.error.issues[0];
    const where = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
    return refused(`The log is broken: ${where}`, `기록이 깨져 있어요: ${where}`);
  }
  const folder = labs().labs.get(slug);
  if (!folder) return noLab(slug);
  const result = await drive(gradeWork(folder.lab, { kind: 'log', log: log.data }));
  if (result.kind !== 'graded') return result;
  const { kind, points, maxPoints, passed, labVersion, engineVersion } = result;
  // The probes' events are for the page: they would make a result of many megabytes.
  const checks = result.checks.map(({ events: _, ...check }) => check);
  return { kind, points, maxPoints, passed, labVersion, engineVersion, checks };
}

/** A lab whose folder has a mistake is our fault; one that never was is not. */
function noLab(slug: string): Outcome {
  const problem = labs().problems.find(({ file }) => file.includes(`/labs/${slug}/`));
  if (!problem) return refused(`There is no lab ${slug}.`, `${slug} 실습이 없어요.`);
  console.error(problemText(problem));
  return error({
    en: 'The lab has a mistake and cannot be graded now. No attempt was spent.',
    ko: '실습에 오류가 있어 지금은 채점할 수 없어요. 시도 횟수는 줄지 않아요.',
  });
}

parentPort?.on('message', async (job: GradingJob) => {
  const outcome = await grade(job);
  parentPort?.postMessage(JSON.stringify(outcome));
});
