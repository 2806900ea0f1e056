'use client';

import { useCallback, useRef, useState } from 'react';
import { z } from 'zod';
import type { LabClient } from './lab-client';
import type { Words } from './messages';

const wordsSchema = z.object({ en: z.string(), ko: z.string() });
const submissionSchema = z.object({
  id: z.string(),
  status: z.string(),
  points: z.number().nullable(),
  maxPoints: z.number().nullable(),
  reason: wordsSchema.nullable(),
});

export type SubmitState =
  | { readonly kind: 'idle' | 'sending' | 'queued' | 'grading' | 'busy' | 'failed' | 'error' }
  | { readonly kind: 'graded'; readonly points: number; readonly max: number }
  | { readonly kind: 'stopped' | 'refused'; readonly text: Words };

const POLL_MS = 700;
const BUSY_MS = 15_000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function stateOf(submission: z.infer<typeof submissionSchema>): SubmitState {
  const { status, points, maxPoints, reason } = submission;
  if (status === 'graded') return { kind: 'graded', points: points ?? 0, max: maxPoints ?? 0 };
  if (status === 'grading') return { kind: 'grading' };
  if (status === 'stopped' || status === 'refused') {
    return { kind: status, text: reason ?? { en: status, ko: status } };
  }
  return { kind: status === 'error' ? 'error' : 'queued' };
}

const isOver = (state: SubmitState): boolean =>
  state.kind !== 'queued' && state.kind !== 'grading' && state.kind !== 'sending';

async function parsed(response: Response): Promise<z.infer<typeof submissionSchema> | null> {
  if (!response.ok) return null;
  const result = submissionSchema.safeParse(await response.json());
  return result.success ? result.data : null;
}

export interface Submit {
  readonly state: SubmitState;
  readonly submit: () => void;
}

/** Sends the input log (never a score) and follows it until it is graded. One press, one submission. */
export function useSubmit(client: LabClient | null): Submit {
  const [state, setState] = useState<SubmitState>({ kind: 'idle' });
  const isUnderWay = useRef(false);

  const send = useCallback(async () => {
    const answer = await client?.ask({ kind: 'log' });
    if (answer?.kind !== 'log') return setState({ kind: 'failed' });
    const body = JSON.stringify({ log: answer.log, idempotencyKey: crypto.randomUUID() });
    const post = () =>
      fetch('/api/v1/submissions', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    let response = await post();
    while (response.status === 503) {
      setState({ kind: 'busy' });
      await wait(Number(response.headers.get('retry-after')) * 1000 || BUSY_MS);
      response = await post();
    }
    let submission = await parsed(response);
    while (submission !== null) {
      const next = stateOf(submission);
      setState(next);
      if (isOver(next)) return;
      await wait(POLL_MS);
      submission = await parsed(await fetch(`/api/v1/submissions/${submission.id}`));
    }
    setState({ kind: 'failed' });
  }, [client]);

  const submit = useCallback(() => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setState({ kind: 'sending' });
    send()
      .catch(() => setState({ kind: 'failed' }))
      .finally(() => {
        isUnderWay.current = false;
      });
  }, [send]);
  return { state, submit };
}
