import 'server-only';
import { allLabs, allLabTexts, allLessons } from 'content-collections';
import type { Locale } from '@/app/_i18n/routing';
import { COURSE, type CourseModule } from './course';
import type { ContentProblem } from './lesson-schema';

type LessonFile = (typeof allLessons)[number];
export type HealthyLesson = LessonFile & {
  readonly head: NonNullable<LessonFile['head']>;
  readonly code: string;
};

export interface LabEntry {
  readonly slug: string;
  readonly moduleSlug: string;
  readonly lessonSlug: string;
  readonly title: string;
  readonly minutes: number;
}

export interface LessonEntry {
  /** `02-namespaces/01-veth`: the key of progress and of addresses. */
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly labs: readonly LabEntry[];
}

export interface ModuleEntry {
  readonly module: CourseModule;
  readonly lessons: readonly LessonEntry[];
}

const isHealthy = (lesson: LessonFile): lesson is HealthyLesson =>
  lesson.problems.length === 0 && lesson.head !== null && lesson.code !== null;

const slugOf = (lesson: LessonFile): string => `${lesson.moduleSlug}/${lesson.lessonSlug}`;

/** The labs of a lesson; a lab without instructions in this language is not offered. */
export function labsOf(lessonPath: string, locale: Locale): readonly LabEntry[] {
  return allLabs
    .filter((lab) => `${lab.moduleSlug}/${lab.lessonSlug}` === lessonPath && lab.head !== null)
    .filter((lab) => labTextOf(lab.slug, locale) !== null)
    .sort((a, b) => difficulty(a) - difficulty(b) || a.slug.localeCompare(b.slug))
    .map((lab) => ({
      slug: lab.slug,
      moduleSlug: lab.moduleSlug,
      lessonSlug: lab.lessonSlug,
      title: lab.head?.title[locale] ?? lab.slug,
      minutes: lab.head?.minutes ?? 0,
    }));
}

/** Easier labs first; those that ask for others after those that do not. */
const difficulty = ({ head }: (typeof allLabs)[number]): number =>
  (head?.level ?? 0) * 100 + (head?.requires.length ?? 0) * 10;

export const labTextOf = (slug: string, locale: Locale): string | null =>
  allLabTexts.find((text) => text.lab === slug && text.locale === locale)?.code ?? null;

/** The course in one language: every module, with the lessons that are there and right. */
export const courseOf = (locale: Locale): readonly ModuleEntry[] =>
  COURSE.map((module) => ({
    module,
    lessons: allLessons
      .filter((lesson) => lesson.moduleSlug === module.slug && lesson.locale === locale)
      .filter(isHealthy)
      .sort((a, b) => a.lessonSlug.localeCompare(b.lessonSlug))
      .map((lesson) => ({
        slug: slugOf(lesson),
        title: lesson.head.title,
        summary: lesson.head.summary,
        minutes: lesson.head.minutes,
        labs: labsOf(slugOf(lesson), locale),
      })),
  }));

export const findLesson = (slug: string, locale: Locale): HealthyLesson | null =>
  allLessons
    .filter(isHealthy)
    .find((lesson) => slugOf(lesson) === slug && lesson.locale === locale) ?? null;

export interface LessonNeighbours {
  readonly previous: LessonEntry | null;
  readonly next: LessonEntry | null;
}

export function neighboursOf(slug: string, locale: Locale): LessonNeighbours {
  const all = courseOf(locale).flatMap((entry) => entry.lessons);
  const at = all.findIndex((lesson) => lesson.slug === slug);
  return { previous: all[at - 1] ?? null, next: at < 0 ? null : (all[at + 1] ?? null) };
}

/** Everything in `content/` that is not served, for those who can repair it. */
export function contentProblems(): readonly ContentProblem[] {
  const found = [...allLessons, ...allLabTexts].flatMap((file) => file.problems);
  return [...found, ...missingLanguages()];
}

function missingLanguages(): readonly ContentProblem[] {
  const files = [
    ...allLessons.map(({ file, locale }) => ({ file, locale })),
    ...allLabTexts.map(({ file, locale }) => ({ file, locale })),
  ];
  const known = new Set(files.map(({ file }) => file));
  return files.flatMap(({ file, locale }) => {
    const other = locale === 'en' ? 'ko' : 'en';
    const twin = file.replace(`.${locale}.mdx`, `.${other}.mdx`);
    if (known.has(twin)) return [];
    return [{ file: twin, line: null, field: null, message: `missing; ${file} has no twin` }];
  });
}

/** Path of the lesson that a lab belongs to. */
export function lessonOfLab(slug: string): string | null {
  const lab = allLabs.find((entry) => entry.slug === slug);
  return lab ? `${lab.moduleSlug}/${lab.lessonSlug}` : null;
}
