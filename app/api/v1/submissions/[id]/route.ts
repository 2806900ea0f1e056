import { ApiError, handle } from '@/app/_server/api';
import { findOwnSubmission } from '@/app/_server/submission-view';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

export const GET = (request: Request, { params }: Context): Promise<Response> =>
  handle(request, {}, async ({ viewer }) => {
    const view = await findOwnSubmission(viewer.id, (await params).id);
    if (!view) throw new ApiError(404, 'NOT_FOUND', { message: 'No such submission.' });
    return Response.json(view);
  });
