import { getLocale, getTranslations } from 'next-intl/server';
import type { CheckOutcome } from '@/app/_server/grading/outcome';
import type { SubmissionView } from '@/app/_server/submission-view';
import { LocalTime } from '../local-time';

const LOOKS = { pass: 'text-ok', fail: 'text-fail', error: 'text-warn' } as const;
const SIGNS = { pass: '✓', fail: '✗', error: '!' } as const;

interface Props {
  readonly submission: SubmissionView;
  readonly title: string;
}

/** One submission with its checks; opens to show what was seen where. */
export async function SubmissionCard({ submission, title }: Props) {
  const t = await getTranslations('grades');
  const locale = await getLocale();
  const { status, points, maxPoints, reason, checks, submittedAt } = submission;
  return (
    <details className="rounded border border-line bg-panel">
      <summary className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
        <span className="font-medium">{title}</span>
        <span className="text-quiet">
          <LocalTime iso={submittedAt} />
        </span>
        <span>{t.has(`statuses.${status}`) ? t(`statuses.${status}`) : status}</span>
        {points !== null && maxPoints !== null && (
          <span className="ml-auto tabular-nums">
            {points} / {maxPoints}
          </span>
        )}
      </summary>
      <div className="grid gap-2 border-line border-t px-3 py-2">
        {reason !== null && <p>{locale === 'ko' ? reason.ko : reason.en}</p>}
        {checks.length > 0 && (
          <ul className="grid gap-2">
            {checks.map((check) => (
              <CheckLine key={`${check.taskId}/${check.checkId}`} check={check} />
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

async function CheckLine({ check }: { readonly check: CheckOutcome }) {
  const t = await getTranslations('grades');
  const locale = await getLocale();
  const { verdict, explanation, visibility, points, maxPoints } = check;
  const isShown = visibility === 'visible';
  return (
    <li className="grid grid-cols-[1.5rem_1fr_auto] gap-x-2">
      <span aria-hidden="true" className={LOOKS[verdict]}>
        {SIGNS[verdict]}
      </span>
      <span>
        <span className="font-medium">{t('task', { task: check.taskId })}</span>
        {isShown && <span className="text-quiet"> · {check.checkId}</span>}{' '}
        <span className={LOOKS[verdict]}>{t(`verdicts.${verdict}`)}</span>
        {explanation !== null && (
          <span className="block text-quiet">
            {locale === 'ko' ? explanation.ko : explanation.en}
          </span>
        )}
        {!isShown && <span className="block text-quiet">{t('hidden')}</span>}
      </span>
      <span className="text-quiet tabular-nums">
        {points} / {maxPoints}
      </span>
    </li>
  );
}
