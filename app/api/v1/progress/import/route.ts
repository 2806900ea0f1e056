import { handle } from '@/app/_server/api';
import { importBody, importProgress, MAX_IMPORT_BYTES } from '@/app/_server/progress';

/** A guest's progress moves into the account; answers with the number of rows that were new. */
export const POST = (request: Request): Promise<Response> =>
  handle(request, { body: importBody, maxBytes: MAX_IMPORT_BYTES }, async ({ viewer, body }) =>
    Response.json({ imported: await importProgress(viewer.id, body) }),
  );
