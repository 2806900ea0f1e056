import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { logSchema, MAX_LOG_BYTES } from '@/sim/lab/log';
import { db } from './db';
import { columnsOf } from './sandboxes';
import { inTransaction, type Tables } from './transaction';

/** Slugs of `content/`: `02-namespaces/01-netns-and-veth`. */
export const lessonSlug = z.string().regex(/^[a-z0-9-]{1,64}(\/[a-z0-9-]{1,64}){0,2}$/);
const question = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);

export const lessonBody = z.object({ lesson: lessonSlug, status: z.enum(['started', 'done']) });
export const quizBody = z.object({
  lesson: lessonSlug,
  question,
  answer: z.string().max(500),
  correct: z.boolean(),
});
export type LessonBody = z.infer<typeof lessonBody>;
export type QuizBody = z.infer<typeof quizBody>;

const MAX_IMPORTED_LESSONS = 500;
const MAX_IMPORTED_ANSWERS = 2000;
const MAX_IMPORTED_SANDBOXES = 50;
export const MAX_IMPORT_BYTES = 4 * MAX_LOG_BYTES;

/** A guest's progress, as the browser kept it. */
export const importBody = z.object({
  lessons: z.array(lessonBody).max(MAX_IMPORTED_LESSONS),
  quiz: z.array(quizBody).max(MAX_IMPORTED_ANSWERS),
  sandboxes: z.array(z.object({ log: logSchema })).max(MAX_IMPORTED_SANDBOXES),
});
export type ImportBody = z.infer<typeof importBody>;

export interface ImportCount {
  readonly lessons: number;
  readonly quiz: number;
  readonly sandboxes: number;
}

/** A lesson that is done stays done. */
export async function saveLesson(userId: string, { lesson, status }: LessonBody): Promise<void> {
  await inTransaction((tx) => upsertLesson(tx, userId, { lesson, status }));
}

async function upsertLesson(tables: Tables, userId: string, body: LessonBody): Promise<boolean> {
  const key = { userId_lesson: { userId, lesson: body.lesson } };
  const known = await tables.lessonProgress.findUnique({ where: key });
  if (known && (known.status === 'done' || known.status === body.status)) return false;
  await tables.lessonProgress.upsert({
    where: key,
    create: { id: randomUUID(), userId, ...body },
    update: { status: body.status },
  });
  return true;
}

/** The first answer is the prediction: it stays. */
export async function saveAnswer(userId: string, body: QuizBody): Promise<void> {
  await inTransaction((tx) => insertAnswer(tx, userId, body));
}

async function insertAnswer(tables: Tables, userId: string, body: QuizBody): Promise<boolean> {
  const { lesson, question: asked } = body;
  const where = { userId_lesson_question: { userId, lesson, question: asked } };
  if (await tables.quizAnswer.findUnique({ where })) return false;
  await tables.quizAnswer.create({ data: { id: randomUUID(), userId, ...body } });
  return true;
}

/** Moves a guest's progress into the account. Doing it twice changes nothing; the account's own wins. */
export async function importProgress(userId: string, body: ImportBody): Promise<ImportCount> {
  return inTransaction(async (tx) => {
    const count = { lessons: 0, quiz: 0, sandboxes: 0 };
    for (const lesson of body.lessons) {
      if (await upsertLesson(tx, userId, lesson)) count.lessons += 1;
    }
    for (const answer of body.quiz) {
      if (await insertAnswer(tx, userId, answer)) count.quiz += 1;
    }
    for (const { log } of body.sandboxes) {
      const lab = log.lab.slug;
      const known = await tx.sandbox.findUnique({ where: { userId_lab: { userId, lab } } });
      if (known) continue;
      const data = { id: randomUUID(), userId, lab, ...columnsOf(log) };
      await tx.sandbox.create({ data });
      count.sandboxes += 1;
    }
    return count;
  });
}

export interface Progress {
  readonly lessons: readonly { readonly lesson: string; readonly status: string }[];
  readonly quiz: readonly QuizBody[];
  readonly sandboxes: readonly { readonly lab: string; readonly revision: number }[];
  readonly grades: readonly {
    readonly lab: string;
    readonly score: number;
    readonly passed: boolean;
  }[];
}

export async function progressOf(userId: string): Promise<Progress> {
  const where = { userId };
  const [lessons, quiz, sandboxes, grades] = await Promise.all([
    db.lessonProgress.findMany({ where, select: { lesson: true, status: true } }),
    db.quizAnswer.findMany({
      where,
      select: { lesson: true, question: true, answer: true, correct: true },
    }),
    db.sandbox.findMany({ where, select: { lab: true, revision: true } }),
    db.grade.findMany({ where, select: { lab: true, score: true, passedAt: true } }),
  ]);
  return {
    lessons,
    quiz,
    sandboxes,
    grades: grades.map(({ lab, score, passedAt }) => ({ lab, score, passed: passedAt !== null })),
  };
}
