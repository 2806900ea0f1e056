'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useAnnounce } from '@/app/_ui/announcer';
import { download } from './download';
import type { LabClient } from './lab-client';
import { fragmentOf } from './share-link';
import type { Start } from './start-spec';

export interface Share {
  readonly share: () => Promise<void>;
  /** Saves the sandbox as a file that `hopwise grade` takes. */
  readonly save: () => Promise<void>;
  /** What is to be said about a link, made or opened. */
  readonly note: string | null;
  readonly closeNote: () => void;
}

/** Puts a link to exactly this state into the clipboard and the address; tells of a link that was opened. */
export function useShare(client: LabClient | null, start: Start | null): Share {
  const t = useTranslations('lab');
  const announce = useAnnounce();
  const [note, setNote] = useState<string | null>(null);
  useEffect(() => {
    if (start?.broken) setNote(t('sharedBroken', { text: start.broken }));
    else if (start?.from === 'shared') setNote(t('sharedOpen'));
  }, [start, t]);
  const share = async () => {
    const answer = await client?.ask({ kind: 'log' });
    if (answer?.kind !== 'log') return;
    const { origin, pathname, search } = window.location;
    const url = `${origin}${pathname}${search}${await fragmentOf(answer.log)}`;
    const isCopied = await navigator.clipboard.writeText(url).then(
      () => true,
      () => false,
    );
    window.history.replaceState(null, '', url);
    const told = isCopied ? t('shared') : t('shareFailed', { url });
    announce(told);
    setNote(told);
  };
  const save = async () => {
    const answer = await client?.ask({ kind: 'log' });
    if (answer?.kind !== 'log') return;
    const { log } = answer;
    download(JSON.stringify(log), 'application/json', `${log.lab.slug}.hopwise.json`);
  };
  return { share, save, note, closeNote: () => setNote(null) };
}
