import { ApiError, handle } from '@/app/_server/api';
import { classBody, createClass } from '@/app/_server/classes';
import { mayTeach } from '@/app/_server/session';

/** A new class of the instructor. */
export const POST = (request: Request): Promise<Response> =>
  handle(request, { body: classBody }, async ({ viewer, body }) => {
    if (!mayTeach(viewer)) throw new ApiError(403, 'ROLE', { message: 'Only instructors.' });
    return Response.json(await createClass(viewer, body.name), { status: 201 });
  });
