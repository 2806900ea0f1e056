'use client';

import { useEffect } from 'react';
import type { LabClient } from './lab-client';

/** A lesson's "run in sandbox" leads here with `?on=&run=`: types it once, then cleans the address. */
export function useCommandOfLink(client: LabClient | null, isReady: boolean): void {
  useEffect(() => {
    const query = new URLSearchParams(window.location.search);
    const run = query.get('run');
    if (!client || !isReady || run === null) return;
    window.history.replaceState(null, '', window.location.pathname + window.location.hash);
    const { terminals } = client.getState();
    const terminal = terminals.find(({ host }) => host === query.get('on')) ?? terminals[0];
    if (!terminal) return;
    const data = `${run.replaceAll('\n', '\r')}\r`;
    client.send({ kind: 'key', terminal: terminal.id, data });
  }, [client, isReady]);
}
