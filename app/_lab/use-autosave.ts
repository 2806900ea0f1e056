'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import type { Log } from '@/sim/lab/log';
import { saveDraft } from './draft-store';

/** What the page says about the draft: nothing yet, in the browser, in the account, or not. */
export type SaveState = 'none' | 'saving' | 'browser' | 'account' | 'failed' | 'conflict';

const PAUSE_MS = 400;
const RETRY_MS = 5_000;
const savedSchema = z.object({ revision: z.number() });
const conflictSchema = z.object({ current: z.object({ revision: z.number() }) });

type PutResult = { readonly kind: 'saved' | 'conflict'; readonly revision: number } | null;

async function putDraft(log: Log, baseRevision: number): Promise<PutResult> {
  const response = await fetch(`/api/v1/sandboxes/${log.lab.slug}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ log, baseRevision }),
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const saved = savedSchema.safeParse(body);
    return saved.success ? { kind: 'saved', revision: saved.data.revision } : null;
  }
  const conflict = conflictSchema.safeParse(body);
  if (response.status !== 409 || !conflict.success) return null;
  return { kind: 'conflict', revision: conflict.data.current.revision };
}

interface Options {
  readonly userId: string | null;
  readonly log: Log | null;
  /** The revision that the sandbox was loaded from; 0 for a new one. */
  readonly revision: number;
  readonly isOn: boolean;
}

export interface Autosave {
  readonly state: SaveState;
  /** After a conflict: this browser's state wins. */
  readonly keepMine: () => void;
}

/** Keeps the log: in the browser first, then with the account; "saved" is said only after it was stored. */
export function useAutosave({ userId, log, revision, isOn }: Options): Autosave {
  const [state, setState] = useState<SaveState>('none');
  const base = useRef(revision);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    base.current = revision;
  }, [revision]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for another try
  useEffect(() => {
    if (log === null || !isOn || log.entries.length === 0) return;
    let isLate = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const save = async () => {
      const stored = await saveDraft(userId, { lab: log.lab.slug, log }).then(
        () => true,
        () => false,
      );
      if (isLate) return;
      if (userId === null) {
        setState(stored ? 'browser' : 'failed');
        return;
      }
      const put = await putDraft(log, base.current).catch(() => null);
      if (put) base.current = put.kind === 'saved' ? put.revision : base.current;
      if (isLate) return;
      setState(put === null ? 'failed' : put.kind === 'saved' ? 'account' : 'conflict');
      if (put === null) retry = setTimeout(() => setTurn((before) => before + 1), RETRY_MS);
    };
    setState('saving');
    const timer = setTimeout(() => void save(), PAUSE_MS);
    // A page that is left may not come to the end of the pause.
    const saveIfLeft = () => {
      if (document.visibilityState === 'hidden') void save();
    };
    document.addEventListener('visibilitychange', saveIfLeft);
    return () => {
      isLate = true;
      clearTimeout(timer);
      clearTimeout(retry);
      document.removeEventListener('visibilitychange', saveIfLeft);
    };
  }, [log, userId, isOn, turn]);

  const keepMine = useCallback(() => {
    if (log === null) return;
    const force = async () => {
      const first = await putDraft(log, base.current).catch(() => null);
      if (first) base.current = first.revision;
      setTurn((before) => before + 1);
    };
    void force();
  }, [log]);
  return { state, keepMine };
}
