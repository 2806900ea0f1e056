'use client';

import { Save, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useAnnounce } from '@/app/_ui/announcer';
import { Button, IconButton } from '@/app/_ui/button';
import { type Files, fileKey } from './use-files';

const CodeEditor = dynamic(() => import('./editor/code-editor').then((it) => it.CodeEditor), {
  ssr: false,
  loading: () => <Loading />,
});

function Loading() {
  const t = useTranslations('lab.file');
  return <p className="p-4 text-quiet text-sm">{t('loading')}</p>;
}

interface Props {
  readonly files: Files;
  readonly hosts: readonly string[];
}

/** Files of the hosts: a tab each, and a field that opens one by its path. */
export function FilePane({ files, hosts }: Props) {
  const t = useTranslations('lab.file');
  const announce = useAnnounce();
  const { current } = files;
  const save = async (text: string) => {
    const saved = await files.save(text);
    if (saved) announce(t('saved', { path: saved.path, host: saved.host }));
  };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-1 border-line border-b px-2 py-1">
        {files.open.map((file) => (
          <span
            key={fileKey(file)}
            className={`flex items-center rounded text-xs ${file === current ? 'bg-raised' : ''}`}
          >
            <button
              type="button"
              aria-pressed={file === current}
              onClick={() => files.show(file)}
              className="px-2 py-1 font-mono"
            >
              {file.host}:{file.path}
              {file.text !== file.saved && <span className="text-warn"> · {t('unsaved')}</span>}
            </button>
            <IconButton
              label={t('close', { path: file.path })}
              onClick={() => files.close(file)}
              className="size-6"
            >
              <X size={12} aria-hidden />
            </IconButton>
          </span>
        ))}
        <OpenForm hosts={hosts} open={files.read} />
        {current && (
          <Button
            className="ml-auto"
            onClick={() => void save(current.text)}
            disabled={current.text === current.saved}
          >
            <Save size={14} aria-hidden />
            {t('save')}
          </Button>
        )}
      </div>
      {files.failure && (
        <p role="alert" className="bg-fail-soft px-3 py-1 text-fail text-sm">
          {t('failed', files.failure)}
        </p>
      )}
      <div className="min-h-0 grow">
        {current && (
          <CodeEditor
            key={fileKey(current)}
            path={current.path}
            label={`${current.host}:${current.path}`}
            initial={current.text}
            onChange={files.edit}
            onSave={(text) => void save(text)}
          />
        )}
      </div>
    </div>
  );
}

interface OpenFormProps {
  readonly hosts: readonly string[];
  readonly open: (host: string, path: string) => Promise<void>;
}

function OpenForm({ hosts, open }: OpenFormProps) {
  const t = useTranslations('lab.file');
  const [host, setHost] = useState('');
  const [path, setPath] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (path.startsWith('/')) void open(host || (hosts[0] ?? ''), path);
  };
  return (
    <form onSubmit={submit} className="flex items-center gap-1 text-xs">
      <select
        aria-label={t('host')}
        value={host || (hosts[0] ?? '')}
        onChange={(event) => setHost(event.target.value)}
        className="rounded border border-line bg-ground px-1 py-1"
      >
        {hosts.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <input
        aria-label={t('path')}
        placeholder={t('path')}
        value={path}
        onChange={(event) => setPath(event.target.value)}
        spellCheck={false}
        autoComplete="off"
        className="w-52 rounded border border-line bg-ground px-2 py-1 font-mono placeholder:text-quiet"
      />
      <Button type="submit" className="min-h-7!" disabled={!path.startsWith('/')}>
        {t('openButton')}
      </Button>
    </form>
  );
}
