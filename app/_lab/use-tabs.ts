'use client';

import { useEffect, useRef, useState } from 'react';
import type { LabClient, LabState } from './lab-client';

export type Tab = number | 'files';

export interface Tabs {
  readonly shown: Tab;
  readonly choose: (tab: Tab) => void;
  /** Shows the host's terminal, or opens one. */
  readonly openTerminal: (host: string) => void;
}

/** A tab that is gone (undo, the past) gives way to the first; a terminal that was asked for is shown. */
export function useTabs(client: LabClient | null, state: LabState): Tabs {
  const [tab, setTab] = useState<Tab>(0);
  const { terminals } = state;
  const before = useRef(0);
  useEffect(() => {
    const newest = terminals.at(-1);
    const isAdded = before.current > 0 && terminals.length === before.current + 1;
    before.current = terminals.length;
    if (isAdded && newest) setTab(newest.id);
  }, [terminals]);
  const isThere = tab === 'files' || terminals.some(({ id }) => id === tab);
  const openTerminal = (host: string) => {
    const known = terminals.find((terminal) => terminal.host === host);
    if (known) setTab(known.id);
    else client?.send({ kind: 'open', host });
  };
  return { shown: isThere ? tab : (terminals[0]?.id ?? 0), choose: setTab, openTerminal };
}
