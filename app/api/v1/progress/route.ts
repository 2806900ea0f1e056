import { handle } from '@/app/_server/api';
import { progressOf } from '@/app/_server/progress';

/** Lessons, answers, drafts and grades of the viewer. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async ({ viewer }) => Response.json(await progressOf(viewer.id)));
