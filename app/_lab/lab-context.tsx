'use client';

import { createContext, useContext } from 'react';
import type { TaskSpec } from '@/sim/lab/lab-schema';
import type { CheckView } from './messages';
import type { Station } from './packet-view';

interface LabContextValue {
  readonly tasks: readonly TaskSpec[];
  readonly variant: Readonly<Record<string, string>>;
  /** Whether the learner has done anything yet; before that nothing is called wrong. */
  readonly hasWork: boolean;
  /** Null until the first report. */
  readonly checks: readonly CheckView[] | null;
  readonly answers: ReadonlyMap<string, string>;
  readonly say: (check: string, value: string) => void;
  readonly showJourney: (stations: readonly Station[]) => void;
}

export const LabContext = createContext<LabContextValue>({
  tasks: [],
  variant: {},
  hasWork: false,
  checks: null,
  answers: new Map(),
  say: () => undefined,
  showJourney: () => undefined,
});

export const useLabContext = () => useContext(LabContext);
