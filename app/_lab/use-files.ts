'use client';

import { useCallback, useState } from 'react';
import type { LabClient } from './lab-client';

export interface OpenFile {
  readonly host: string;
  readonly path: string;
  /** As it was read or saved last. */
  readonly saved: string;
  readonly text: string;
}

export interface Files {
  readonly open: readonly OpenFile[];
  readonly current: OpenFile | null;
  readonly failure: { readonly path: string; readonly text: string } | null;
  readonly read: (host: string, path: string) => Promise<void>;
  readonly show: (file: OpenFile) => void;
  readonly edit: (text: string) => void;
  /** Resolves to what was saved; null when it was refused. */
  readonly save: (text: string) => Promise<OpenFile | null>;
  readonly close: (file: OpenFile) => void;
}

export const fileKey = ({ host, path }: Pick<OpenFile, 'host' | 'path'>): string =>
  `${host}:${path}`;

/** The files that are open in the editor; saving enters the world, and its log. */
export function useFiles(client: LabClient | null): Files {
  const [open, setOpen] = useState<readonly OpenFile[]>([]);
  const [shown, setShown] = useState<string | null>(null);
  const [failure, setFailure] = useState<Files['failure']>(null);
  const current = open.find((file) => fileKey(file) === shown) ?? null;

  const put = useCallback((file: OpenFile) => {
    const key = fileKey(file);
    setOpen((before) =>
      before.some((other) => fileKey(other) === key)
        ? before.map((other) => (fileKey(other) === key ? file : other))
        : [...before, file],
    );
  }, []);

  const read = useCallback(
    async (host: string, path: string) => {
      const answer = await client?.ask({ kind: 'read', host, path });
      if (answer?.kind === 'refused') setFailure({ path, text: answer.text });
      if (answer?.kind !== 'file') return;
      setFailure(null);
      put({ host, path, saved: answer.text, text: answer.text });
      setShown(`${host}:${path}`);
    },
    [client, put],
  );

  const save = async (text: string): Promise<OpenFile | null> => {
    if (!current) return null;
    const { host, path } = current;
    const answer = await client?.ask({ kind: 'write', host, path, text });
    if (answer?.kind !== 'written') {
      setFailure({ path, text: answer?.kind === 'refused' ? answer.text : '' });
      return null;
    }
    setFailure(null);
    put({ ...current, text, saved: text });
    return current;
  };

  return {
    open,
    current,
    failure,
    read,
    save,
    show: (file) => setShown(fileKey(file)),
    edit: (text) => current && put({ ...current, text }),
    close: (file) =>
      setOpen((before) => before.filter((other) => fileKey(other) !== fileKey(file))),
  };
}
