'use client';

import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

const Announce = createContext<(text: string) => void>(() => undefined);

/** Says a sentence to screen readers, politely. */
export const useAnnounce = () => useContext(Announce);

export function AnnouncerProvider({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', turn: 0 });
  const announce = useCallback(
    (text: string) => setSaid((before) => ({ text, turn: before.turn + 1 })),
    [],
  );
  return (
    <Announce.Provider value={announce}>
      {children}
      <div role="status" aria-live="polite" className="sr-only">
        <span key={said.turn}>{said.text}</span>
      </div>
    </Announce.Provider>
  );
}
