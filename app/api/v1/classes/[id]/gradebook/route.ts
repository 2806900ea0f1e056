import { ApiError, handle } from '@/app/_server/api';
import { gradebookOf } from '@/app/_server/classes';
import { csv } from '@/app/_server/csv';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

const PERCENT = 100;

/** The gradebook of a class as a CSV file: a score in percent for each lab, empty where none is graded. */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  handle(request, {}, async ({ viewer }) => {
    const book = await gradebookOf(viewer, (await params).id, []);
    if (!book) throw new ApiError(404, 'NOT_FOUND', { message: 'No such class.' });
    const rows = book.rows.map(({ name, email, scores }) => [
      name,
      email,
      ...scores.map((score) => (score === null ? null : Math.round(score * PERCENT))),
    ]);
    return new Response(csv([['name', 'email', ...book.labs], ...rows]), {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="gradebook.csv"',
        'Cache-Control': 'no-store',
      },
    });
  });
