import 'server-only';
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { db } from './db';
import { mayTeach, type Viewer } from './session';
import { inTransaction } from './transaction';

export const classBody = z.object({ name: z.string().trim().min(1).max(80) });
export const joinBody = z.object({ joinCode: z.string().trim().min(4).max(40) });

const JOIN_CODE_BYTES = 6;

export interface ClassView {
  readonly id: string;
  readonly name: string;
  readonly joinCode: string;
}

/** One learner's row: a score from 0 to 1 by lab, null where nothing was graded. */
export interface GradebookRow {
  readonly name: string;
  readonly email: string;
  readonly scores: readonly (number | null)[];
}

export interface Gradebook extends ClassView {
  readonly labs: readonly string[];
  readonly rows: readonly GradebookRow[];
}

/** The classes that this person teaches; an admin sees all. */
export async function classesOf(viewer: Viewer): Promise<readonly ClassView[]> {
  if (!mayTeach(viewer)) return [];
  return db.class.findMany({
    where: viewer.role === 'admin' ? {} : { ownerId: viewer.id },
    orderBy: { createdAt: 'asc' },
    select: { id: true, name: true, joinCode: true },
  });
}

/** Learners by labs. Null when there is no such class, or it is another's. */
export async function gradebookOf(
  viewer: Viewer,
  classId: string,
  knownLabs: readonly string[],
): Promise<Gradebook | null> {
  const found = (await classesOf(viewer)).find(({ id }) => id === classId);
  if (!found) return null;
  const enrollments = await db.enrollment.findMany({
    where: { classId },
    orderBy: { user: { name: 'asc' } },
    select: {
      user: {
        select: { name: true, email: true, grades: { select: { lab: true, score: true } } },
      },
    },
  });
  const learners = enrollments.map(({ user }) => user);
  const graded = learners.flatMap(({ grades }) => grades.map(({ lab }) => lab));
  const labs = [...new Set([...knownLabs, ...graded])];
  const rows = learners.map(({ name, email, grades }) => {
    const scores = new Map(grades.map(({ lab, score }) => [lab, score]));
    return { name, email, scores: labs.map((lab) => scores.get(lab) ?? null) };
  });
  return { ...found, labs, rows };
}

export async function createClass(viewer: Viewer, name: string): Promise<ClassView> {
  const joinCode = randomBytes(JOIN_CODE_BYTES).toString('base64url');
  return db.class.create({
    data: { id: randomUUID(), name, joinCode, ownerId: viewer.id },
    select: { id: true, name: true, joinCode: true },
  });
}

/** The class that was joined (again); null when no class has this code. */
export async function joinClass(userId: string, joinCode: string): Promise<string | null> {
  const found = await db.class.findUnique({ where: { joinCode } });
  if (!found) return null;
  const enrollment = { classId: found.id, userId };
  await inTransaction((tx) =>
    tx.enrollment.upsert({
      where: { classId_userId: enrollment },
      create: { id: randomUUID(), ...enrollment },
      update: {},
    }),
  );
  return found.name;
}

export const classesJoined = async (userId: string): Promise<readonly string[]> => {
  const rows = await db.enrollment.findMany({
    where: { userId },
    select: { class: { select: { name: true } } },
  });
  return rows.map((row) => row.class.name);
};
