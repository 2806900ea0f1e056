import { db } from '@/app/_server/db';

export const dynamic = 'force-dynamic';

/** Liveness: the process answers, and so does its database. */
export async function GET(): Promise<Response> {
  try {
    await db.user.count({ take: 1 });
    return Response.json({ status: 'ok' });
  } catch {
    return Response.json({ status: 'no database' }, { status: 503 });
  }
}
