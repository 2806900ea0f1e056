'use client';

import { useEffect, useState } from 'react';

const STEP_MS = 450;

export interface Play {
  readonly at: number;
  readonly isPlaying: boolean;
  readonly go: (step: number) => void;
  readonly toggle: () => void;
}

const wantsStillness = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Walks the steps of a packet's way, from the first as soon as there are some. It reads the trace only: slow
 * motion and pause change nothing in the world. Who prefers less motion walks by hand.
 */
export function usePlay(steps: number, startsPlaying: boolean): Play {
  const [at, setAt] = useState(0);
  const [isPlaying, setPlaying] = useState(() => startsPlaying && !wantsStillness());
  const isOver = at >= steps - 1;
  useEffect(() => {
    if (!isPlaying) return;
    if (isOver) {
      setPlaying(false);
      return;
    }
    const timer = setInterval(() => setAt((before) => before + 1), STEP_MS);
    return () => clearInterval(timer);
  }, [isPlaying, isOver]);
  const go = (step: number) => {
    setPlaying(false);
    setAt(Math.max(0, Math.min(step, steps - 1)));
  };
  const toggle = () => {
    if (!isPlaying && isOver) setAt(0);
    setPlaying(!isPlaying);
  };
  return { at: Math.min(at, Math.max(0, steps - 1)), isPlaying, go, toggle };
}
