import { getTranslations } from 'next-intl/server';
import type { Gradebook, GradebookRow } from '@/app/_server/classes';

const PERCENT = 100;

interface TableProps {
  readonly book: Gradebook;
  readonly titles: ReadonlyMap<string, string>;
}

/** Learners by labs; a cell is the best score in percent. Scrolls sideways, with the names staying. */
export async function GradebookTable({ book, titles }: TableProps) {
  const t = await getTranslations('teach');
  if (book.rows.length === 0) return <p className="text-quiet">{t('noLearners')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <section className="overflow-x-auto" aria-label={book.name} tabIndex={0}>
      <table className="border-collapse text-left">
        <thead>
          <tr className="border-line-strong border-b">
            <th scope="col" className="sticky left-0 bg-ground py-1.5 pr-4">
              {t('learner')}
            </th>
            <th scope="col" className="py-1.5 pr-4">
              {t('email')}
            </th>
            {book.labs.map((lab) => (
              <th scope="col" key={lab} className="py-1.5 pr-4 text-right">
                {titles.get(lab) ?? lab}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {book.rows.map((row) => (
            <LearnerRow key={row.email} row={row} labs={book.labs} absent={t('notGraded')} />
          ))}
        </tbody>
        {book.labs.length > 0 && (
          <tfoot>
            <tr className="border-line-strong border-t">
              <th
                scope="row"
                colSpan={2}
                className="sticky left-0 bg-ground py-1.5 pr-4 font-medium"
              >
                {t('average')}
              </th>
              {book.labs.map((lab, index) => (
                <td key={lab} className="py-1.5 pr-4 text-right tabular-nums">
                  {percent(average(book.rows.map(({ scores }) => scores[index] ?? null)))}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      {book.labs.length === 0 && <p className="mt-2 text-quiet">{t('noLabs')}</p>}
    </section>
  );
}

interface RowProps {
  readonly row: GradebookRow;
  readonly labs: readonly string[];
  readonly absent: string;
}

function LearnerRow({ row, labs, absent }: RowProps) {
  return (
    <tr className="border-line border-b">
      <th scope="row" className="sticky left-0 bg-ground py-1.5 pr-4 font-medium">
        {row.name}
      </th>
      <td className="py-1.5 pr-4 text-quiet">{row.email}</td>
      {labs.map((lab, index) => {
        const score = row.scores[index] ?? null;
        return (
          <td key={lab} className="py-1.5 pr-4 text-right tabular-nums">
            {score === null ? (
              <span className="text-quiet">
                <span aria-hidden="true">–</span>
                <span className="sr-only">{absent}</span>
              </span>
            ) : (
              percent(score)
            )}
          </td>
        );
      })}
    </tr>
  );
}

const percent = (score: number | null): string =>
  score === null ? '–' : `${Math.round(score * PERCENT)} %`;

/** Of those who have a grade. */
function average(scores: readonly (number | null)[]): number | null {
  const graded = scores.filter((score) => score !== null);
  if (graded.length === 0) return null;
  return graded.reduce((sum, score) => sum + score, 0) / graded.length;
}
