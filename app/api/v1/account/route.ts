import { eraseAccount, eraseBody, exportAccount, isPassword } from '@/app/_server/account';
import { ApiError, handle } from '@/app/_server/api';
import type { Limit } from '@/app/_server/rate-limit';

/** The password is not to be guessed here either. */
const ERASE_LIMIT: Limit = { name: 'erase', max: 5, windowMs: 15 * 60_000 };

/** Everything that is stored about the viewer, as a JSON file. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async ({ viewer }) =>
    Response.json(await exportAccount(viewer.id), {
      headers: {
        'Content-Disposition': 'attachment; filename="hopwise-account.json"',
        'Cache-Control': 'no-store',
      },
    }),
  );

/** Erases the account; asks for its password once more. */
export const DELETE = (request: Request): Promise<Response> =>
  handle(request, { body: eraseBody, limit: ERASE_LIMIT }, async ({ viewer, body }) => {
    if (!(await isPassword(viewer.id, body.password))) {
      throw new ApiError(403, 'WRONG_PASSWORD', { message: 'The password is wrong.' });
    }
    await eraseAccount(viewer.id);
    return Response.json({ erased: true });
  });
