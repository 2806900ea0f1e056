import { ApiError, handle, parsed } from '@/app/_server/api';
import { gradeStored, isQueueFull } from '@/app/_server/grading/grader';
import { SUBMISSION_LIMIT } from '@/app/_server/rate-limit';
import { labSlug } from '@/app/_server/sandboxes';
import { listOwnSubmissions, submissionView } from '@/app/_server/submission-view';
import { findByKey, insertSubmission, submissionBody } from '@/app/_server/submissions';
import { MAX_LOG_BYTES } from '@/sim/lab/log';

const RETRY_AFTER_SECONDS = 15;

/** Stored before the answer says so, and before grading starts; 202 with the submission as it stands. */
export const POST = (request: Request): Promise<Response> =>
  handle(
    request,
    { body: submissionBody, maxBytes: MAX_LOG_BYTES, limit: SUBMISSION_LIMIT },
    async ({ viewer, body }) => {
      const known = await findByKey(viewer.id, body.idempotencyKey);
      if (!known && isQueueFull()) {
        throw new ApiError(503, 'BUSY', {
          message: 'Many submissions are being graded. Your draft is saved; try again soon.',
          headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
        });
      }
      const { row, isNew } = await insertSubmission(viewer.id, body);
      if (isNew) void gradeStored(row);
      return Response.json(submissionView(row, []), { status: 202 });
    },
  );

export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async ({ viewer }) => {
    const lab = new URL(request.url).searchParams.get('lab');
    const asked = lab === null ? undefined : parsed(labSlug, lab);
    return Response.json({ submissions: await listOwnSubmissions(viewer.id, asked) });
  });
