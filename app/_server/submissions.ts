import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { logSchema } from '@/sim/lab/log';
import { db } from './db';
import type { Outcome } from './grading/outcome';
import { inTransaction, type Tables } from './transaction';

/** What a browser submits: the input log, with the hash of the state that it led to. Never a score. */
export const submissionBody = z.object({
  log: logSchema.required({ stateHash: true }),
  idempotencyKey: z.string().regex(/^[A-Za-z0-9_-]{8,100}$/),
});
export type SubmissionBody = z.infer<typeof submissionBody>;

export type SubmissionRow = NonNullable<Awaited<ReturnType<typeof db.submission.findUnique>>>;

/** A submission that waits for its grade. */
export type Queued = Pick<SubmissionRow, 'id' | 'userId'>;

/** A submission that crashes the grader again and again is given up after this many tries. */
const MAX_ATTEMPTS = 3;

export const findByKey = (userId: string, idempotencyKey: string): Promise<SubmissionRow | null> =>
  db.submission.findUnique({ where: { userId_idempotencyKey: { userId, idempotencyKey } } });

/** Stores a submission as queued. The same key gives the first one, whatever else is in the body. */
export async function insertSubmission(
  userId: string,
  body: SubmissionBody,
): Promise<{ readonly row: SubmissionRow; readonly isNew: boolean }> {
  const { idempotencyKey, log } = body;
  return inTransaction(async (tx) => {
    const where = { userId_idempotencyKey: { userId, idempotencyKey } };
    const known = await tx.submission.findUnique({ where });
    if (known) return { row: known, isNew: false };
    const row = await tx.submission.create({
      data: {
        id: randomUUID(),
        userId,
        idempotencyKey,
        lab: log.lab.slug,
        labVersion: log.lab.version,
        engineVersion: log.engine,
        seed: log.seed,
        stateHash: log.stateHash,
        payload: JSON.stringify(log),
      },
    });
    return { row, isNew: true };
  });
}

/** Takes a queued submission for grading; null when another process has it or it is done. */
export async function claimSubmission(id: string): Promise<SubmissionRow | null> {
  const claimed = await db.submission.updateMany({
    where: { id, status: 'queued' },
    data: { status: 'grading', attempts: { increment: 1 } },
  });
  return claimed.count === 1 ? db.submission.findUnique({ where: { id } }) : null;
}

/**
 * After a stop or a crash: what was being graded is queued again, unless it was tried too often.
 * All that waits, oldest first.
 */
export async function recoverSubmissions(): Promise<readonly Queued[]> {
  const reason = JSON.stringify({
    en: 'The grader stopped several times on this submission.',
    ko: '이 제출물에서 채점기가 여러 번 멈췄어요.',
  });
  await db.submission.updateMany({
    where: { status: 'grading', attempts: { gte: MAX_ATTEMPTS } },
    data: { status: 'error', reason },
  });
  await db.submission.updateMany({ where: { status: 'grading' }, data: { status: 'queued' } });
  return db.submission.findMany({
    where: { status: 'queued' },
    orderBy: { createdAt: 'asc' },
    select: { id: true, userId: true },
  });
}

/** Result, checks and best grade in one transaction; a second outcome of the same submission is dropped. */
export async function storeOutcome(row: SubmissionRow, outcome: Outcome): Promise<void> {
  const done = {
    status: outcome.kind,
    gradedAt: new Date(),
    durationMs: Date.now() - row.createdAt.getTime(),
    ...(outcome.kind === 'graded'
      ? { points: outcome.points, maxPoints: outcome.maxPoints }
      : { reason: JSON.stringify(outcome.reason) }),
  };
  await inTransaction(async (tx) => {
    const where = { id: row.id, status: 'grading' };
    const updated = await tx.submission.updateMany({ where, data: done });
    if (updated.count === 0 || outcome.kind !== 'graded') return;
    await tx.checkResult.createMany({
      data: outcome.checks.map(({ explanation, packetId, ...check }, position) => ({
        id: randomUUID(),
        submissionId: row.id,
        position,
        explanation: JSON.stringify({ words: explanation, packetId }),
        ...check,
      })),
    });
    await keepBest(tx, row, outcome);
  });
}

type Graded = Extract<Outcome, { kind: 'graded' }>;

async function keepBest(
  tx: Pick<Tables, 'grade'>,
  row: SubmissionRow,
  outcome: Graded,
): Promise<void> {
  const { userId, lab } = row;
  const { points, maxPoints, labVersion } = outcome;
  const score = maxPoints > 0 ? points / maxPoints : 0;
  const where = { userId_lab: { userId, lab } };
  const known = await tx.grade.findUnique({ where });
  const passedAt = known?.passedAt ?? (outcome.passed ? row.createdAt : null);
  const isBest = !known || score >= known.score;
  const best = { labVersion, submissionId: row.id, points, maxPoints, score };
  await tx.grade.upsert({
    where,
    create: { id: randomUUID(), userId, lab, passedAt, ...best },
    update: { passedAt, ...(isBest ? best : {}) },
  });
}
