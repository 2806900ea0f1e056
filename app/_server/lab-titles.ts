import 'server-only';
import { allLabs } from 'content-collections';

const place = (lab: (typeof allLabs)[number]): string =>
  `${lab.moduleSlug}/${lab.lessonSlug}/${lab.slug}`;

/** The labs that learners are offered, in the order of the course, with their titles. */
export const labTitles = (locale: string): ReadonlyMap<string, string> =>
  new Map(
    allLabs
      .filter(({ head }) => head?.status === 'active')
      .sort((a, b) => place(a).localeCompare(place(b)))
      .map(({ slug, head }) => [slug, (locale === 'ko' ? head?.title.ko : head?.title.en) ?? slug]),
  );
