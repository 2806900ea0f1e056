import 'server-only';
import { db } from './db';

export interface GradeView {
  readonly lab: string;
  readonly points: number;
  readonly maxPoints: number;
  readonly score: number;
  readonly passedAt: string | null;
  readonly updatedAt: string;
  readonly submissionId: string;
}

/** The best graded submission of each lab. */
export async function gradesOf(userId: string): Promise<readonly GradeView[]> {
  const rows = await db.grade.findMany({ where: { userId }, orderBy: { lab: 'asc' } });
  return rows.map((row) => ({
    lab: row.lab,
    points: row.points,
    maxPoints: row.maxPoints,
    score: row.score,
    passedAt: row.passedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
    submissionId: row.submissionId,
  }));
}
