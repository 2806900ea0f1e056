import { ApiError, handle, parsed } from '@/app/_server/api';
import { findSandbox, labSlug, saveBody, saveSandbox } from '@/app/_server/sandboxes';
import { MAX_LOG_BYTES } from '@/sim/lab/log';

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
    if (body.log.lab.slug !== lab) {
      throw new ApiError(400, 'BAD_INPUT', { message: 'log.lab.slug: it is another lab' });
    }
    const result = await saveSandbox(viewer.id, body);
    if (result.kind === 'saved') return Response.json({ revision: result.revision });
    return Response.json(
      { error: { code: 'CONFLICT', message: 'Another browser saved this lab.' }, ...result },
      { status: 409 },
    );
  });
