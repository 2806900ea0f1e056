import { gradeWork } from '@/sim/lab/grade';
import { checkTitle } from './check-title';
import { drive } from './host-services';
import type { CheckView, FromChecker, ToChecker } from './messages';
import { stationsOf } from './packet-log';

const post = (message: FromChecker): void => self.postMessage(message);

/** Replays the log and carries the visible checks out on forks; the same function grades on the server. */
async function check({ number, lab, log }: ToChecker): Promise<void> {
  const grade = await drive(gradeWork(lab, { kind: 'log', log }));
  if (grade.kind !== 'graded') {
    post({ kind: 'unchecked', number, text: grade.reason });
    return;
  }
  const specs = new Map(
    lab.yaml.tasks.flatMap((task) =>
      task.checks.map((spec) => [`${task.id} ${spec.id}`, spec] as const),
    ),
  );
  const checks = grade.checks.map((result): CheckView => {
    const spec = specs.get(`${result.taskId} ${result.checkId}`);
    const steps = result.events.filter(({ packetId }) => packetId === result.packetId);
    return {
      task: result.taskId,
      id: result.checkId,
      title: spec ? checkTitle(spec) : { en: result.checkId, ko: result.checkId },
      verdict: result.verdict,
      explanation: result.explanation,
      journey: steps.length > 0 ? stationsOf(steps) : null,
    };
  });
  post({ kind: 'checked', number, checks });
}

self.onmessage = (event: MessageEvent<ToChecker>) => {
  const { number } = event.data;
  check(event.data).catch((error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    post({ kind: 'unchecked', number, text: { en: text, ko: text } });
  });
};
