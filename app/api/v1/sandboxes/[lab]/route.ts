import { ApiError, handle, parsed } from '@/app/_server/api';
import {
  findSandbox,
  labSlug,
  MAX_LOG_BYTES,
  saveBody,
  saveSandbox,
} from '@/app/_server/sandboxes';

interface Context {
  readonly params: Promise<{ readonly lab: string }>;
}

/** The viewer's draft of a lab. */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  handle(request, {}, async ({ viewer }) => {
    const lab = parsed(labSlug, (await params).lab);
    const draft = await findSandbox(viewer.id, lab);
    if (!draft) throw new ApiError(404, 'NOT_FOUND', { message: 'No draft of this lab yet.' });
    return Response.json(draft);
  });

/** Autosave: 200 with the new revision once it is stored, 409 with the newer draft. */
export const PUT = (request: Request, { params }: Context): Promise<Response> =>
  handle(request, { body: saveBody, maxBytes: MAX_LOG_BYTES }, async ({ viewer, body }) => {
    const lab = parsed(labSlug, (await params).lab);
    const result = await saveSandbox(viewer.id, lab, body);
    if (result.kind === 'saved') return Response.json({ revision: result.revision });
    return Response.json(
      { error: { code: 'CONFLICT', message: 'Another browser saved this lab.' }, ...result },
      { status: 409 },
    );
  });
