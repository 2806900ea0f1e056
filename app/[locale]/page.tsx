import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { contentProblems, courseOf, type ModuleEntry } from '@/app/_content/catalogue';
import { ContinueButton, ModuleProgress, StateMark } from '@/app/_content/course-progress';
import { labProblems } from '@/app/_content/labs';
import { ProblemList } from '@/app/_content/problem-list';
import { Link } from '@/app/_i18n/navigation';
import type { Locale } from '@/app/_i18n/routing';
import { currentViewer, mayTeach } from '@/app/_server/session';
import { buttonClass } from '@/app/_ui/button';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('course');
  return { title: { absolute: `Hopwise · ${t('title')}` } };
}

export default async function CourseMapPage() {
  const locale: Locale = (await getLocale()) === 'ko' ? 'ko' : 'en';
  const t = await getTranslations('course');
  const shell = await getTranslations('shell');
  const viewer = await currentViewer();
  const course = courseOf(locale);
  const lessons = course.flatMap((entry) => entry.lessons);
  return (
    <main id="main" className="mx-auto max-w-4xl px-4 pt-10 pb-20">
      <h1 className="font-semibold text-2xl">{t('title')}</h1>
      <p className="mt-2 max-w-[62ch] text-lg text-quiet">{t('intro')}</p>
      <div className="mt-5 flex flex-wrap gap-2">
        <ContinueButton lessons={lessons.map(({ slug, title }) => ({ slug, title }))} />
        <Link href="/playground" className={buttonClass('plain')}>
          {t('openLab')}
        </Link>
      </div>
      {viewer !== null && mayTeach(viewer) && (
        <ProblemList problems={[...contentProblems(), ...labProblems()]} />
      )}
      <h2 className="sr-only">{t('modules')}</h2>
      <ol className="mt-8 overflow-hidden rounded border border-line bg-panel">
        {course.map((entry) => (
          <li key={entry.module.slug} className="border-line border-b last:border-b-0">
            <ModuleRow entry={entry} locale={locale} />
          </li>
        ))}
      </ol>
      <p className="mt-4 text-quiet text-sm">
        {viewer === null && `${t('guest')} `}
        <Link href="/fidelity" className="underline underline-offset-2 hover:text-text">
          {shell('fidelity')}
        </Link>
      </p>
    </main>
  );
}

interface RowProps {
  readonly entry: ModuleEntry;
  readonly locale: Locale;
}

async function ModuleRow({ entry, locale }: RowProps) {
  const t = await getTranslations('course');
  const { module, lessons } = entry;
  const labs = lessons.flatMap((lesson) => lesson.labs);
  if (lessons.length === 0) {
    return (
      <div className="flex items-baseline gap-3 px-4 py-3">
        <ModuleNumber value={module.number} isQuiet />
        <div className="min-w-0 grow">
          <h3 className="inline text-quiet">{module.title[locale]}</h3>
          <p className="text-quiet text-sm">{module.summary[locale]}</p>
        </div>
        <span className="shrink-0 text-quiet text-xs">{t('preparing')}</span>
      </div>
    );
  }
  return (
    <details open className="group">
      <summary className="flex items-baseline gap-3 px-4 py-3 hover:bg-raised">
        <ModuleNumber value={module.number} />
        <div className="min-w-0 grow">
          <h3 className="inline font-semibold text-lg">{module.title[locale]}</h3>
          <p className="text-quiet text-sm">{module.summary[locale]}</p>
        </div>
        <div className="flex shrink-0 flex-col items-end gap-1">
          <ModuleProgress
            lessons={lessons.map(({ slug }) => slug)}
            labs={labs.map(({ slug }) => slug)}
          />
          <span className="text-quiet text-xs">
            {t('counts', { lessons: lessons.length, labs: labs.length })}
          </span>
        </div>
      </summary>
      <LessonPath entry={entry} />
    </details>
  );
}

interface NumberProps {
  readonly value: number;
  readonly isQuiet?: boolean;
}

const ModuleNumber = ({ value, isQuiet = false }: NumberProps) => (
  <span
    aria-hidden
    className={`w-5 shrink-0 text-right tabular-nums ${isQuiet ? 'text-quiet' : 'font-semibold text-accent'}`}
  >
    {value}
  </span>
);

async function LessonPath({ entry }: { readonly entry: ModuleEntry }) {
  const t = await getTranslations('course');
  return (
    <ol className="relative pt-1 pr-4 pb-4 pl-12 before:absolute before:top-4 before:bottom-8 before:left-[3.68rem] before:w-px before:bg-line-strong">
      {entry.lessons.map((lesson) => (
        <li key={lesson.slug} className="relative pl-8">
          <StateMark kind="lesson" slug={lesson.slug} />
          <Link
            href={`/course/${lesson.slug}`}
            className="-mx-2 block rounded px-2 py-1.5 hover:bg-raised"
          >
            <span className="font-medium text-base">{lesson.title}</span>{' '}
            <span className="text-quiet text-xs">{t('minutes', { minutes: lesson.minutes })}</span>
            <span className="block text-quiet text-sm">{lesson.summary}</span>
          </Link>
          {lesson.labs.length > 0 && (
            <ul className="mb-1">
              {lesson.labs.map((lab) => (
                <li key={lab.slug} className="relative">
                  <StateMark kind="lab" slug={lab.slug} />
                  <Link
                    href={`/lab/${lab.slug}`}
                    className="-mx-2 block rounded px-2 py-1 hover:bg-raised"
                  >
                    <span className="mr-2 rounded border border-line px-1 text-quiet text-xs">
                      {t('lab')}
                    </span>
                    {lab.title}{' '}
                    <span className="text-quiet text-xs">
                      {t('minutes', { minutes: lab.minutes })}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
