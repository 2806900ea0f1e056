import { MDXContent } from '@content-collections/mdx/react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { setRequestLocale } from 'next-intl/server';
import { labTextOf, lessonOfLab } from '@/app/_content/catalogue';
import { findLab } from '@/app/_content/labs';
import { textComponents } from '@/app/_content/mdx-components';
import type { Locale } from '@/app/_i18n/routing';
import { LabRoom } from '@/app/_lab/lab-room';
import { TaskSection } from '@/app/_lab/task-section';
import { Variable } from '@/app/_lab/variable';

interface Props {
  readonly params: Promise<{ readonly locale: string; readonly slug: string }>;
}

async function labOf({ params }: Props) {
  const { locale: asked, slug } = await params;
  const locale: Locale = asked === 'ko' ? 'ko' : 'en';
  return { locale, slug, lab: findLab(slug), text: labTextOf(slug, locale) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { lab, locale } = await labOf(props);
  return lab ? { title: lab.yaml.title[locale] } : {};
}

const components = { ...textComponents, Task: TaskSection, Var: Variable };

export default async function LabPage(props: Props) {
  const { locale, slug, lab, text } = await labOf(props);
  if (lab === null || text === null) notFound();
  setRequestLocale(locale);
  return (
    <LabRoom lab={lab} lessonPath={lessonOfLab(slug)}>
      <div className="lab-text">
        <MDXContent code={text} components={components} />
      </div>
    </LabRoom>
  );
}
