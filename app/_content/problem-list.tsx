import { getTranslations } from 'next-intl/server';
import type { ContentProblem } from './lesson-schema';

/** For instructors: files of the course that are not served, with the place and what was expected. */
export async function ProblemList({ problems }: { readonly problems: readonly ContentProblem[] }) {
  const t = await getTranslations('course');
  if (problems.length === 0) return null;
  return (
    <section className="mt-6 rounded border border-warn bg-warn-soft px-4 py-3">
      <h2 className="font-semibold text-warn">{t('broken')}</h2>
      <p className="text-sm">{t('brokenText')}</p>
      <ul className="mt-2 grid gap-1 font-mono text-sm">
        {problems.map((problem) => (
          <li key={`${problem.file}:${problem.line}:${problem.field}:${problem.message}`}>
            {problem.file}
            {problem.line !== null && `:${problem.line}`}
            {problem.field !== null && ` ${problem.field}`}: {problem.message}
          </li>
        ))}
      </ul>
    </section>
  );
}
