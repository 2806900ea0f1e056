import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { freeLab } from '@/app/_lab/free-lab';
import { LabRoom } from '@/app/_lab/lab-room';
import { PLAYGROUND_WORLDS } from '@/app/_lab/playground-worlds';
import { WorldChoice } from '@/app/_lab/world-choice';

interface Props {
  readonly params: Promise<{ readonly locale: string }>;
  readonly searchParams: Promise<{ readonly world?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lab.playground');
  return { title: t('title'), description: t('text') };
}

export default async function PlaygroundPage({ params, searchParams }: Props) {
  const locale = (await params).locale === 'ko' ? 'ko' : 'en';
  const { world: asked } = await searchParams;
  const chosen =
    asked === undefined
      ? PLAYGROUND_WORLDS[0]
      : PLAYGROUND_WORLDS.find(({ slug }) => slug === asked);
  if (!chosen) notFound();
  const t = await getTranslations('lab.playground');
  const title = { en: t('title'), ko: t('title') };
  const lab = freeLab({ title, world: chosen.world, slug: `playground-${chosen.slug}` });
  const worlds = PLAYGROUND_WORLDS.map(({ slug, title }) => ({ slug, title: title[locale] }));
  return (
    <LabRoom
      key={chosen.slug}
      lab={lab}
      lessonPath={null}
      choice={<WorldChoice worlds={worlds} chosen={chosen.slug} />}
    >
      {null}
    </LabRoom>
  );
}
