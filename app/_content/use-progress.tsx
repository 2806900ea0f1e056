'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { importGuest } from './guest-import';
import {
  accountProgressSchema,
  answerKey,
  type LessonState,
  type LocalProgress,
  mergeAccount,
  NO_PROGRESS,
  readProgress,
  type SavedAnswer,
  storageKey,
  withAnswer,
  withLab,
  withLesson,
} from './progress-store';

interface ProgressApi extends Actions {
  readonly userId: string | null;
  /** False until the browser's own copy has been read. */
  readonly isReady: boolean;
  readonly progress: LocalProgress;
}

interface Actions {
  readonly setLesson: (lesson: string, state: LessonState) => void;
  readonly setAnswer: (lesson: string, question: string, answer: SavedAnswer) => void;
  readonly setLab: (lab: string, state: 'started' | 'passed') => void;
  readonly setLast: (path: string) => void;
}

const nothing = () => undefined;
const Progress = createContext<ProgressApi>({
  userId: null,
  isReady: false,
  progress: NO_PROGRESS,
  setLesson: nothing,
  setAnswer: nothing,
  setLab: nothing,
  setLast: nothing,
});

export const useProgress = () => useContext(Progress);

const put = (path: string, body: unknown): void => {
  // The browser's copy is already written; the account catches up at the next visit if this fails.
  fetch(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    keepalive: true,
  }).catch(nothing);
};

interface Props {
  readonly userId: string | null;
  readonly children: ReactNode;
}

/** Progress of the person at this browser: local storage first, the account's API behind it. */
export function ProgressProvider({ userId, children }: Props) {
  const [progress, setProgress] = useState(NO_PROGRESS);
  const [isReady, setReady] = useState(false);
  const key = storageKey(userId);

  const change = useCallback(
    (edit: (before: LocalProgress) => LocalProgress) => {
      const before = readProgress(localStorage.getItem(key));
      const next = edit(before);
      const text = JSON.stringify(next);
      if (text === JSON.stringify(before)) return;
      localStorage.setItem(key, text);
      setProgress(next);
    },
    [key],
  );

  useEffect(() => {
    setProgress(readProgress(localStorage.getItem(key)));
    setReady(true);
    if (userId === null) return;
    const load = async () => {
      await importGuest();
      const response = await fetch('/api/v1/progress');
      if (!response.ok) return;
      const account = accountProgressSchema.safeParse(await response.json());
      if (account.success) change((before) => mergeAccount(before, account.data));
    };
    load().catch(nothing);
  }, [key, userId, change]);

  /** These stay the same while progress changes, so that effects which use them do not run again. */
  const actions = useMemo(
    (): Actions => ({
      setLesson: (lesson, state) => {
        change((before) => withLesson(before, lesson, state));
        if (userId !== null) put('/api/v1/lessons', { lesson, status: state });
      },
      setAnswer: (lesson, question, answer) => {
        change((before) => withAnswer(before, answerKey(lesson, question), answer));
        if (userId !== null) put('/api/v1/quiz-answers', { lesson, question, ...answer });
      },
      setLab: (lab, state) => change((before) => withLab(before, lab, state)),
      setLast: (path) => change((before) => ({ ...before, last: path })),
    }),
    [userId, change],
  );
  const api = useMemo<ProgressApi>(
    () => ({ userId, isReady, progress, ...actions }),
    [userId, isReady, progress, actions],
  );
  return <Progress.Provider value={api}>{children}</Progress.Provider>;
}
