'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { LabClient, type LabState, STARTING } from './lab-client';
import type { SandboxSpec } from './messages';

const noSubscription = () => () => undefined;
const starting = () => STARTING;

export interface LabHandle {
  /** Null on the server and until the worker has been asked for. */
  readonly client: LabClient | null;
  readonly state: LabState;
}

const makeWorker = (): Worker =>
  new Worker(new URL('./lab-worker.ts', import.meta.url), { type: 'module' });

let spare: Worker | null = null;

/** Loads the engine while the page is still being brought to life; the first sandbox takes this worker. */
export function warmWorker(): void {
  if (typeof window !== 'undefined') spare ??= makeWorker();
}

function takeWorker(): Worker {
  const worker = spare ?? makeWorker();
  spare = null;
  return worker;
}

/** Starts a worker with a sandbox in it; a new spec ends the old one. */
export function useLab(spec: SandboxSpec | null): LabHandle {
  const [client, setClient] = useState<LabClient | null>(null);
  useEffect(() => {
    if (spec === null) return;
    const made = new LabClient(takeWorker());
    made.start(spec);
    setClient(made);
    return () => made.end();
  }, [spec]);
  const state = useSyncExternalStore(
    client?.subscribe ?? noSubscription,
    client?.getState ?? starting,
    starting,
  );
  return { client, state };
}
