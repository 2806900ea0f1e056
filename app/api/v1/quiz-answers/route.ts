import { handle } from '@/app/_server/api';
import { quizBody, saveAnswer } from '@/app/_server/progress';

export const PUT = (request: Request): Promise<Response> =>
  handle(request, { body: quizBody }, async ({ viewer, body }) => {
    await saveAnswer(viewer.id, body);
    return Response.json({ saved: true });
  });
