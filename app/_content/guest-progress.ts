import { NO_PROGRESS, readProgress, storageKey } from './progress-store';

/** What POST /api/v1/progress/import takes, but for the drafts of labs. */
export interface GuestProgress {
  readonly lessons: readonly { readonly lesson: string; readonly status: 'started' | 'done' }[];
  readonly quiz: readonly {
    readonly lesson: string;
    readonly question: string;
    readonly answer: string;
    readonly correct: boolean;
  }[];
}

const stored = () => {
  try {
    return readProgress(localStorage.getItem(storageKey(null)));
  } catch {
    return NO_PROGRESS; // storage is switched off
  }
};

/** Progress of somebody without an account, as this browser keeps it. */
export function readGuestProgress(): GuestProgress {
  const { lessons, answers } = stored();
  return {
    lessons: Object.entries(lessons).map(([lesson, status]) => ({ lesson, status })),
    quiz: Object.entries(answers).map(([key, answer]) => {
      const [lesson = '', question = ''] = key.split('#');
      return { lesson, question, ...answer };
    }),
  };
}

export function clearGuestProgress(): void {
  try {
    localStorage.removeItem(storageKey(null));
  } catch {
    // storage is switched off: there is nothing to remove
  }
}
