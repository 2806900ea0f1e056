'use client';

import { Accessibility, FileText, Plus, RotateCcw, Undo2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { IconButton } from '@/app/_ui/button';
import { FilePane } from './file-pane';
import type { LabClient, LabState } from './lab-client';
import type { Files } from './use-files';
import type { Tab, Tabs } from './use-tabs';

const loadTerminal = () => import('./terminal').then((it) => it.Terminal);
// Asked for before the engine is ready, so that the two load side by side.
if (typeof window !== 'undefined') void loadTerminal();

const Terminal = dynamic(loadTerminal, {
  ssr: false,
  loading: () => <TerminalSkeleton />,
});

const SCREEN_READER_KEY = 'hopwise.screen-reader';

/** What stands where the terminal will be. */
export function TerminalSkeleton() {
  const t = useTranslations('lab');
  return (
    <div className="flex h-full items-start gap-3 bg-terminal p-3 text-quiet text-xs">
      <span aria-hidden className="h-4 w-2 animate-pulse bg-line-strong" />
      {t('starting')}
    </div>
  );
}

interface Props {
  readonly client: LabClient | null;
  readonly state: LabState;
  readonly files: Files;
  readonly isReadOnly: boolean;
  readonly tabs: Tabs;
  readonly undo: () => void;
  readonly reset: () => void;
}

/** Tabs of terminals, one a prompt, and the files pane. */
export function TerminalPane(props: Props) {
  const { client, state, files, isReadOnly, undo, reset } = props;
  const { shown: chosen, choose } = props.tabs;
  const t = useTranslations('lab');
  const [screenReader, setScreenReader] = useState(false);
  useEffect(() => setScreenReader(localStorage.getItem(SCREEN_READER_KEY) === 'on'), []);
  const toggleReader = () => {
    localStorage.setItem(SCREEN_READER_KEY, screenReader ? 'off' : 'on');
    setScreenReader(!screenReader);
  };
  const isRunning = state.phase === 'running';
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-wrap items-center border-line border-b bg-panel">
        <TerminalTabs state={state} chosen={chosen} choose={choose} />
        {!isReadOnly && <NewTerminal state={state} client={client} />}
        <span className="ml-auto flex items-center pr-1">
          <IconButton
            label={t('files')}
            aria-pressed={chosen === 'files'}
            onClick={() => choose(chosen === 'files' ? (state.terminals[0]?.id ?? 0) : 'files')}
            disabled={!isRunning}
            className={chosen === 'files' ? 'bg-raised' : ''}
          >
            <FileText size={15} aria-hidden />
          </IconButton>
          <IconButton
            label={t('screenReader')}
            aria-pressed={screenReader}
            onClick={toggleReader}
            className={screenReader ? 'bg-raised text-accent' : ''}
          >
            <Accessibility size={15} aria-hidden />
          </IconButton>
          <IconButton
            label={t('undo')}
            onClick={undo}
            disabled={isReadOnly || state.marks.length === 0}
          >
            <Undo2 size={15} aria-hidden />
          </IconButton>
          <IconButton label={t('reset')} onClick={reset} disabled={isReadOnly}>
            <RotateCcw size={15} aria-hidden />
          </IconButton>
        </span>
      </div>
      {state.stopped && (
        <p role="alert" className="border-line border-b bg-fail-soft px-3 py-2 text-sm">
          <strong className="text-fail">{t('stopped')}</strong>{' '}
          {t('stoppedText', { text: state.stopped.text })}
        </p>
      )}
      <div className="min-h-0 grow">
        {state.phase === 'starting' && <TerminalSkeleton />}
        {client &&
          state.terminals.map(({ id, host }) => (
            <Terminal
              key={`${id} ${host} ${isReadOnly}`}
              client={client}
              terminal={id}
              host={host}
              isShown={chosen === id}
              isReadOnly={isReadOnly}
              screenReader={screenReader}
              onEdit={(path) => {
                void files.read(host, path);
                choose('files');
              }}
            />
          ))}
        {chosen === 'files' && <FilePane files={files} hosts={state.hosts} />}
      </div>
    </div>
  );
}

interface TabsProps {
  readonly state: LabState;
  readonly chosen: Tab;
  readonly choose: (tab: Tab) => void;
}

function TerminalTabs({ state, chosen, choose }: TabsProps) {
  const t = useTranslations('lab');
  return (
    <fieldset className="flex flex-wrap items-center">
      <legend className="sr-only">{t('terminalTabs')}</legend>
      {state.terminals.map(({ id, host }, index) => {
        const twin = state.terminals.findIndex((other) => other.host === host) !== index;
        return (
          <button
            key={id}
            type="button"
            aria-pressed={chosen === id}
            onClick={() => choose(id)}
            className={`border-b-2 px-3 py-2 font-mono text-xs ${chosen === id ? 'border-accent font-semibold' : 'border-transparent text-quiet hover:text-text'}`}
          >
            {host}
            {twin && ` ${id + 1}`}
          </button>
        );
      })}
    </fieldset>
  );
}

interface NewProps {
  readonly state: LabState;
  readonly client: LabClient | null;
}

/** With one host a press opens another terminal; with several, a choice of the host. */
function NewTerminal({ state, client }: NewProps) {
  const t = useTranslations('lab');
  const open = (host: string) => client?.send({ kind: 'open', host });
  const [first] = state.hosts;
  if (state.hosts.length <= 1) {
    return (
      <IconButton
        label={t('newTerminal')}
        disabled={first === undefined}
        onClick={() => first !== undefined && open(first)}
      >
        <Plus size={15} aria-hidden />
      </IconButton>
    );
  }
  return (
    <span className="relative inline-grid size-8 place-items-center rounded text-quiet hover:bg-raised">
      <Plus size={15} aria-hidden />
      <select
        aria-label={t('newTerminal')}
        title={t('newTerminal')}
        value=""
        onChange={(event) => open(event.target.value)}
        className="absolute inset-0 cursor-pointer opacity-0"
      >
        <option value="" disabled />
        {state.hosts.map((host) => (
          <option key={host}>{host}</option>
        ))}
      </select>
    </span>
  );
}
