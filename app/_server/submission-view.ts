import 'server-only';
import { z } from 'zod';
import { db } from './db';
import { type CheckOutcome, outcomeSchema, type Words } from './grading/outcome';
import type { SubmissionRow } from './submissions';

/** A submission as its owner (or a teacher) sees it. */
export interface SubmissionView {
  readonly id: string;
  readonly lab: string;
  readonly labVersion: number;
  readonly status: string;
  readonly submittedAt: string;
  readonly gradedAt: string | null;
  readonly points: number | null;
  readonly maxPoints: number | null;
  readonly reason: Words | null;
  readonly checks: readonly CheckOutcome[];
}

const words = z.object({ en: z.string(), ko: z.string() });
const explanation = z.object({ words: words.nullable(), packetId: z.number().nullable() });
const verdict = outcomeSchema.options[0].shape.checks.element.shape.verdict;
const visibility = outcomeSchema.options[0].shape.checks.element.shape.visibility;

/** What a hidden check says stays on the server: its owner sees that it passed or failed, no more. */
function checkView(row: CheckRow): CheckOutcome {
  const { words: said, packetId } = explanation.parse(JSON.parse(row.explanation));
  const seen = visibility.parse(row.visibility);
  return {
    taskId: row.taskId,
    checkId: row.checkId,
    verdict: verdict.parse(row.verdict),
    points: row.points,
    maxPoints: row.maxPoints,
    visibility: seen,
    explanation: seen === 'visible' ? said : null,
    packetId: seen === 'visible' ? packetId : null,
  };
}

type CheckRow = NonNullable<Awaited<ReturnType<typeof db.checkResult.findUnique>>>;

export const submissionView = (
  row: SubmissionRow,
  checks: readonly CheckRow[],
): SubmissionView => ({
  id: row.id,
  lab: row.lab,
  labVersion: row.labVersion,
  status: row.status,
  submittedAt: row.createdAt.toISOString(),
  gradedAt: row.gradedAt?.toISOString() ?? null,
  points: row.points,
  maxPoints: row.maxPoints,
  reason: row.reason === null ? null : words.parse(JSON.parse(row.reason)),
  checks: checks.map(checkView),
});

/** One submission of this person; another's is not found. */
export async function findOwnSubmission(
  userId: string,
  id: string,
): Promise<SubmissionView | null> {
  const row = await db.submission.findFirst({
    where: { id, userId },
    include: { checks: { orderBy: { position: 'asc' } } },
  });
  return row && submissionView(row, row.checks);
}

const MAX_LISTED = 100;

export async function listOwnSubmissions(
  userId: string,
  lab?: string,
): Promise<readonly SubmissionView[]> {
  const rows = await db.submission.findMany({
    where: { userId, ...(lab === undefined ? {} : { lab }) },
    orderBy: { createdAt: 'desc' },
    take: MAX_LISTED,
    include: { checks: { orderBy: { position: 'asc' } } },
  });
  return rows.map((row) => submissionView(row, row.checks));
}
