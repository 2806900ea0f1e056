import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { Link } from '@/app/_i18n/navigation';
import { classesJoined } from '@/app/_server/classes';
import { type GradeView, gradesOf } from '@/app/_server/grades';
import { labTitles } from '@/app/_server/lab-titles';
import { currentViewer } from '@/app/_server/session';
import { listOwnSubmissions } from '@/app/_server/submission-view';
import { LocalTime } from '../local-time';
import { EraseAccount } from './erase-account';
import { JoinClass } from './join-class';
import { SignOutButton } from './sign-out-button';
import { SubmissionCard } from './submission-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('grades');
  return { title: t('title') };
}

export default async function GradesPage() {
  const locale = await getLocale();
  const viewer = await currentViewer();
  if (!viewer) redirect(`/${locale}/sign-in?next=/${locale}/grades`);
  const t = await getTranslations('grades');
  const titles = labTitles(locale);
  const [grades, submissions, classes] = await Promise.all([
    gradesOf(viewer.id),
    listOwnSubmissions(viewer.id),
    classesJoined(viewer.id),
  ]);
  return (
    <main id="main" className="mx-auto grid w-full max-w-3xl gap-8 px-4 py-8">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div className="grid gap-1">
          <h1 className="font-semibold text-2xl">{t('title')}</h1>
          <p className="text-quiet">{t('text')}</p>
          <p className="text-quiet">
            {t('signedInAs', { name: viewer.name, email: viewer.email })}
          </p>
        </div>
        <SignOutButton />
      </header>
      {grades.length === 0 ? (
        <NoGrades text={t('empty')} />
      ) : (
        <GradeTable grades={grades} titles={titles} />
      )}
      {submissions.length > 0 && (
        <section className="grid gap-3">
          <h2 className="font-semibold text-xl">{t('attempts')}</h2>
          {submissions.map((submission) => (
            <SubmissionCard
              key={submission.id}
              submission={submission}
              title={titles.get(submission.lab) ?? submission.lab}
            />
          ))}
        </section>
      )}
      <section className="grid gap-3">
        <h2 className="font-semibold text-xl">{t('classes')}</h2>
        <p>{classes.length === 0 ? t('noClass') : t('inClasses', { names: classes.join(', ') })}</p>
        <JoinClass />
      </section>
      <section className="grid gap-3">
        <h2 className="font-semibold text-xl">{t('account')}</h2>
        <p>
          <a className="text-accent underline" href="/api/v1/account" download>
            {t('export')}
          </a>
        </p>
        <EraseAccount />
      </section>
    </main>
  );
}

async function NoGrades({ text }: { readonly text: string }) {
  const t = await getTranslations('grades');
  return (
    <p>
      {text}{' '}
      <Link href="/" className="text-accent underline">
        {t('toCourse')}
      </Link>
    </p>
  );
}

const PERCENT = 100;

interface TableProps {
  readonly grades: readonly GradeView[];
  readonly titles: ReadonlyMap<string, string>;
}

async function GradeTable({ grades, titles }: TableProps) {
  const t = await getTranslations('grades');
  return (
    <table className="w-full border-collapse text-left">
      <thead>
        <tr className="border-line-strong border-b">
          <th scope="col" className="py-1.5 pr-3">
            {t('lab')}
          </th>
          <th scope="col" className="py-1.5 pr-3 text-right">
            {t('score')}
          </th>
          <th scope="col" className="py-1.5 pr-3">
            {t('state')}
          </th>
          <th scope="col" className="py-1.5">
            {t('submitted')}
          </th>
        </tr>
      </thead>
      <tbody>
        {grades.map(({ lab, score, points, maxPoints, passedAt, updatedAt }) => (
          <tr key={lab} className="border-line border-b">
            <th scope="row" className="py-1.5 pr-3 font-medium">
              {titles.get(lab) ?? lab}
            </th>
            <td className="py-1.5 pr-3 text-right tabular-nums">
              {Math.round(score * PERCENT)} %{' '}
              <span className="text-quiet">
                ({points} / {maxPoints})
              </span>
            </td>
            <td className={`py-1.5 pr-3 ${passedAt ? 'text-ok' : 'text-quiet'}`}>
              {t(passedAt ? 'passed' : 'notPassed')}
            </td>
            <td className="py-1.5">
              <LocalTime iso={updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
