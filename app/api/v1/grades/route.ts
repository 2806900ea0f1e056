import { handle } from '@/app/_server/api';
import { gradesOf } from '@/app/_server/grades';

export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async ({ viewer }) => Response.json({ grades: await gradesOf(viewer.id) }));
