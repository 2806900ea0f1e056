import { handle } from '@/app/_server/api';
import { lessonBody, saveLesson } from '@/app/_server/progress';

export const PUT = (request: Request): Promise<Response> =>
  handle(request, { body: lessonBody }, async ({ viewer, body }) => {
    await saveLesson(viewer.id, body);
    return Response.json({ saved: true });
  });
