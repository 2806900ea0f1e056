import { MDXContent } from '@content-collections/mdx/react';
import { ArrowLeft, ArrowRight, FlaskConical } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { findLesson, labsOf, neighboursOf } from '@/app/_content/catalogue';
import { COURSE } from '@/app/_content/course';
import { LessonProvider } from '@/app/_content/lesson-context';
import { lessonComponents } from '@/app/_content/mdx-components';
import { Outline } from '@/app/_content/outline';
import { ReadMark } from '@/app/_content/read-mark';
import { Link } from '@/app/_i18n/navigation';
import type { Locale } from '@/app/_i18n/routing';
import { buttonClass } from '@/app/_ui/button';

interface Props {
  readonly params: Promise<{
    readonly locale: string;
    readonly module: string;
    readonly lesson: string;
  }>;
}

async function lessonOf({ params }: Props) {
  const { locale: asked, module, lesson } = await params;
  const locale: Locale = asked === 'ko' ? 'ko' : 'en';
  const slug = `${module}/${lesson}`;
  return { locale, slug, module, found: findLesson(slug, locale) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { found } = await lessonOf(props);
  return found ? { title: found.head.title, description: found.head.summary } : {};
}

export default async function LessonPage(props: Props) {
  const { locale, slug, module, found } = await lessonOf(props);
  if (!found) notFound();
  setRequestLocale(locale);
  const t = await getTranslations('lesson');
  const labs = labsOf(slug, locale);
  const moduleTitle = COURSE.find((entry) => entry.slug === module)?.title[locale];
  return (
    <main
      id="main"
      className="mx-auto grid max-w-6xl justify-center gap-12 px-4 pt-8 pb-24 lg:grid-cols-[minmax(0,68ch)_14rem]"
    >
      <article className="min-w-0">
        <p className="text-quiet text-sm">
          <Link href="/" className="hover:text-text hover:underline">
            {moduleTitle ?? t('map')}
          </Link>
          {' · '}
          {t('minutes', { minutes: found.head.minutes })}
        </p>
        <h1 className="mt-1 mb-6 font-semibold text-2xl">{found.head.title}</h1>
        <LessonProvider lesson={slug} lab={labs[0]?.slug ?? null}>
          <div className="prose">
            <MDXContent code={found.code} components={lessonComponents} />
          </div>
        </LessonProvider>
        {found.head.sources.length > 0 && (
          <section className="mt-10 text-quiet text-sm">
            <h2 className="font-medium text-text">{t('sources')}</h2>
            <ul className="mt-1 list-disc pl-5">
              {found.head.sources.map((source) => (
                <li key={source} className="break-words">
                  {source}
                </li>
              ))}
            </ul>
          </section>
        )}
        <div className="mt-8">
          <ReadMark lesson={slug} />
        </div>
        {labs.length > 0 && (
          <section className="mt-8 rounded border border-line bg-panel px-5 py-4">
            <h2 className="font-semibold">{t('labs')}</h2>
            <ul className="mt-3 grid justify-items-start gap-2">
              {labs.map((lab) => (
                <li key={lab.slug} className="flex items-center gap-3">
                  <Link href={`/lab/${lab.slug}`} className={buttonClass('primary')}>
                    <FlaskConical size={15} aria-hidden />
                    {t('openLab', { title: lab.title })}
                  </Link>
                  <span className="text-quiet text-sm">
                    {t('labMinutes', { minutes: lab.minutes })}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <Neighbours slug={slug} locale={locale} />
      </article>
      <aside className="max-lg:hidden">
        <div className="sticky top-20">
          <Outline entries={found.outline} />
        </div>
      </aside>
    </main>
  );
}

interface NeighboursProps {
  readonly slug: string;
  readonly locale: Locale;
}

async function Neighbours({ slug, locale }: NeighboursProps) {
  const t = await getTranslations('lesson');
  const { previous, next } = neighboursOf(slug, locale);
  return (
    <nav className="mt-10 flex flex-wrap justify-between gap-4 border-line border-t pt-4">
      {previous ? (
        <Link
          href={`/course/${previous.slug}`}
          className="inline-flex items-center gap-2 text-accent hover:underline"
        >
          <ArrowLeft size={15} aria-hidden />
          {t('previous', { title: previous.title })}
        </Link>
      ) : (
        <span />
      )}
      {next && (
        <Link
          href={`/course/${next.slug}`}
          className="inline-flex items-center gap-2 text-accent hover:underline"
        >
          {t('next', { title: next.title })}
          <ArrowRight size={15} aria-hidden />
        </Link>
      )}
    </nav>
  );
}
