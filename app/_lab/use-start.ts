'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Lab } from '@/sim/lab/lab-schema';
import type { Log } from '@/sim/lab/log';
import { drawVariant, type Variant } from '@/sim/lab/variant';
import { findStart, type Start } from './start-spec';

export interface Started {
  readonly start: Start | null;
  /** What the seed drew; empty until there is a seed. */
  readonly variant: Variant;
  /** Begins again from a log, or anew, with the same seed. */
  readonly restart: (log: Log | null) => void;
}

/** What the page's sandbox begins from. */
export function useStart(lab: Lab, userId: string | null): Started {
  const [start, setStart] = useState<Start | null>(null);
  useEffect(() => {
    let isLate = false;
    void findStart(lab, userId).then((found) => {
      if (!isLate) setStart(found);
    });
    return () => {
      isLate = true;
    };
  }, [lab, userId]);
  const variant = useMemo(
    () => (start === null ? {} : drawVariant(lab.yaml, start.spec.seed)),
    [lab, start],
  );
  const restart = useCallback(
    (log: Log | null) =>
      setStart(
        (before) =>
          before && { ...before, spec: { lab, seed: before.spec.seed, log, untilUs: null } },
      ),
    [lab],
  );
  return { start, variant, restart };
}
