import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { classesOf, type Gradebook, gradebookOf } from '@/app/_server/classes';
import { labTitles } from '@/app/_server/lab-titles';
import { currentViewer, mayTeach } from '@/app/_server/session';
import { buttonClass } from '@/app/_ui/button';
import { GradebookTable } from './gradebook-table';
import { NewClass } from './new-class';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('teach');
  return { title: t('title') };
}

export default async function TeachPage() {
  const locale = await getLocale();
  const viewer = await currentViewer();
  if (!viewer) redirect(`/${locale}/sign-in?next=/${locale}/teach`);
  const t = await getTranslations('teach');
  if (!mayTeach(viewer)) {
    return (
      <main id="main" className="mx-auto w-full max-w-3xl px-4 py-8">
        <h1 className="font-semibold text-2xl">{t('title')}</h1>
        <p className="mt-2">{t('onlyInstructors')}</p>
      </main>
    );
  }
  const classes = await classesOf(viewer);
  const titles = labTitles(locale);
  const labs = [...titles.keys()];
  const books = await Promise.all(classes.map(({ id }) => gradebookOf(viewer, id, labs)));
  return (
    <main id="main" className="mx-auto grid w-full max-w-5xl gap-8 px-4 py-8">
      <header className="grid gap-1">
        <h1 className="font-semibold text-2xl">{t('title')}</h1>
        <p className="text-quiet">{t('text')}</p>
      </header>
      {classes.length === 0 && <p>{t('none')}</p>}
      {books.map((book) => book && <ClassSection key={book.id} book={book} titles={titles} />)}
      <NewClass />
    </main>
  );
}

interface SectionProps {
  readonly book: Gradebook;
  readonly titles: ReadonlyMap<string, string>;
}

async function ClassSection({ book, titles }: SectionProps) {
  const t = await getTranslations('teach');
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-semibold text-xl">{book.name}</h2>
        <a className={buttonClass('plain')} href={`/api/v1/classes/${book.id}/gradebook`} download>
          {t('csv')}
        </a>
      </div>
      <p className="text-quiet">
        {t('joinCode')} <code className="font-mono text-text">{book.joinCode}</code>
      </p>
      <GradebookTable book={book} titles={titles} />
    </section>
  );
}
