import { z } from 'zod';

const lessonState = z.enum(['started', 'done']);
export type LessonState = z.infer<typeof lessonState>;

const answerSchema = z.object({ answer: z.string(), correct: z.boolean() });
export type SavedAnswer = z.infer<typeof answerSchema>;

/** What this browser knows of one person's progress. */
const progressSchema = z.object({
  lessons: z.record(z.string(), lessonState).default({}),
  /** By `<lesson>#<question>`. */
  answers: z.record(z.string(), answerSchema).default({}),
  labs: z.record(z.string(), z.enum(['started', 'passed'])).default({}),
  /** Path of the page that was worked on last, without the language. */
  last: z.string().nullable().default(null),
});
export type LocalProgress = z.infer<typeof progressSchema>;

export const NO_PROGRESS: LocalProgress = { lessons: {}, answers: {}, labs: {}, last: null };

/** An account keeps its own entry, so that a shared computer does not mix people. */
export const storageKey = (userId: string | null): string =>
  `hopwise.progress.${userId ?? 'guest'}`;

export function readProgress(text: string | null): LocalProgress {
  if (text === null) return NO_PROGRESS;
  try {
    const result = progressSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : NO_PROGRESS;
  } catch {
    return NO_PROGRESS;
  }
}

export const answerKey = (lesson: string, question: string): string => `${lesson}#${question}`;

/** A lesson that is done stays done. */
export function withLesson(
  progress: LocalProgress,
  lesson: string,
  state: LessonState,
): LocalProgress {
  if (progress.lessons[lesson] === 'done') return progress;
  return { ...progress, lessons: { ...progress.lessons, [lesson]: state } };
}

/** The first answer is the prediction: it stays. */
export function withAnswer(
  progress: LocalProgress,
  key: string,
  answer: SavedAnswer,
): LocalProgress {
  if (progress.answers[key]) return progress;
  return { ...progress, answers: { ...progress.answers, [key]: answer } };
}

export function withLab(
  progress: LocalProgress,
  lab: string,
  state: 'started' | 'passed',
): LocalProgress {
  if (progress.labs[lab] === 'passed') return progress;
  return { ...progress, labs: { ...progress.labs, [lab]: state } };
}

/** What `GET /api/v1/progress` answers, as far as pages need it. */
export const accountProgressSchema = z.object({
  lessons: z.array(z.object({ lesson: z.string(), status: z.string() })),
  quiz: z.array(
    z.object({
      lesson: z.string(),
      question: z.string(),
      answer: z.string(),
      correct: z.boolean(),
    }),
  ),
  sandboxes: z.array(z.object({ lab: z.string() })),
  grades: z.array(z.object({ lab: z.string(), score: z.number(), passed: z.boolean() })),
});

/** The account's own progress on top of what this browser had. */
export function mergeAccount(
  local: LocalProgress,
  account: z.infer<typeof accountProgressSchema>,
): LocalProgress {
  let merged = local;
  for (const { lesson, status } of account.lessons) {
    merged = withLesson(merged, lesson, status === 'done' ? 'done' : 'started');
  }
  for (const { lesson, question, ...answer } of account.quiz) {
    const answers = { ...merged.answers, [answerKey(lesson, question)]: answer };
    merged = { ...merged, answers };
  }
  for (const { lab } of account.sandboxes) merged = withLab(merged, lab, 'started');
  for (const { lab, passed } of account.grades) {
    merged = withLab(merged, lab, passed ? 'passed' : 'started');
  }
  return merged;
}
