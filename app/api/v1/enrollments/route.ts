import { ApiError, handle } from '@/app/_server/api';
import { joinBody, joinClass } from '@/app/_server/classes';
import type { Limit } from '@/app/_server/rate-limit';

/** Codes are not to be guessed. */
const JOIN_LIMIT: Limit = { name: 'join', max: 20, windowMs: 10 * 60_000 };

/** Joins a class by its code. */
export const POST = (request: Request): Promise<Response> =>
  handle(request, { body: joinBody, limit: JOIN_LIMIT }, async ({ viewer, body }) => {
    const name = await joinClass(viewer.id, body.joinCode);
    if (name === null) throw new ApiError(404, 'NOT_FOUND', { message: 'No class has this code.' });
    return Response.json({ class: name });
  });
