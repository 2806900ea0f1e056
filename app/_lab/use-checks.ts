'use client';

import { useEffect, useRef, useState } from 'react';
import type { Lab } from '@/sim/lab/lab-schema';
import type { Log } from '@/sim/lab/log';
import type { CheckView, FromChecker, ToChecker } from './messages';

const PAUSE_MS = 250;

/**
 * Carries the checks out in a worker of their own after each change; while one run is under way only the newest
 * log waits, so that a fast typist is never queued up.
 */
export function useChecks(lab: Lab | null, log: Log | null): readonly CheckView[] | null {
  const [checks, setChecks] = useState<readonly CheckView[] | null>(null);
  const worker = useRef<Worker | null>(null);
  const running = useRef(false);
  const waiting = useRef<ToChecker | null>(null);
  const number = useRef(0);
  const hasChecks = lab !== null && lab.yaml.tasks.length > 0;
  /** Not before the sandbox runs: the first prompt does not share the machine with a second engine. */
  const isOn = hasChecks && log !== null;

  useEffect(() => {
    if (!isOn) return;
    const made = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
    worker.current = made;
    made.onmessage = (event: MessageEvent<FromChecker>) => {
      if (event.data.kind === 'checked') setChecks(event.data.checks);
      const next = waiting.current;
      waiting.current = null;
      running.current = next !== null;
      if (next) made.postMessage(next);
    };
    return () => {
      made.terminate();
      worker.current = null;
      running.current = false;
    };
  }, [isOn]);

  useEffect(() => {
    if (lab === null || log === null || !hasChecks) return;
    const timer = setTimeout(() => {
      number.current += 1;
      const asked: ToChecker = { number: number.current, lab, log };
      if (running.current) waiting.current = asked;
      else {
        running.current = true;
        worker.current?.postMessage(asked);
      }
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [lab, log, hasChecks]);
  return checks;
}
