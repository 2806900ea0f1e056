import { z } from 'zod';

/** Words in both languages of the site. */
const words = z.object({ en: z.string(), ko: z.string() });
export type Words = z.infer<typeof words>;

const checkOutcome = z.object({
  taskId: z.string(),
  checkId: z.string(),
  verdict: z.enum(['pass', 'fail', 'error']),
  points: z.number(),
  maxPoints: z.number(),
  visibility: z.enum(['visible', 'hidden', 'after-due']),
  explanation: words.nullable(),
  /** The packet that the explanation speaks of. */
  packetId: z.number().nullable(),
});
export type CheckOutcome = z.infer<typeof checkOutcome>;

/**
 * What became of a submission: graded; stopped by a bound that its work passed (no points); refused, since
 * it does not replay as it claims; or an error of ours or of the lab, which costs no attempt.
 */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('graded'),
    points: z.number(),
    maxPoints: z.number(),
    passed: z.boolean(),
    labVersion: z.int(),
    engineVersion: z.string(),
    checks: z.array(checkOutcome),
  }),
  z.object({ kind: z.literal('stopped'), reason: words }),
  z.object({ kind: z.literal('refused'), reason: words }),
  z.object({ kind: z.literal('error'), reason: words }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** What a grading thread is asked. `payload` is the submission's JSON as it was received. */
export interface GradingJob {
  readonly lab: string;
  readonly payload: string;
}
