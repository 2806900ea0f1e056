'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { Group, type Layout, Panel, Separator } from 'react-resizable-panels';
import { Button } from '@/app/_ui/button';
import { TerminalSkeleton } from './terminal-pane';

interface Props {
  readonly bar: ReactNode;
  readonly tasks: ReactNode;
  readonly hasTasks: boolean;
  readonly terminal: ReactNode;
  readonly network: ReactNode;
  readonly packets: ReactNode;
  readonly timeLine: ReactNode;
  readonly failure: string | null;
  readonly retry: () => void;
  readonly isPast: boolean;
}

type View = 'tasks' | 'terminal' | 'network' | 'packets';
const NARROW = '(max-width: 899px)';
const COLUMNS_KEY = 'hopwise.layout.columns';
const ROWS_KEY = 'hopwise.layout.rows';

function savedLayout(key: string): Layout | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof value !== 'object' || value === null) return undefined;
    const sizes = Object.entries(value).filter(([, size]) => typeof size === 'number');
    return sizes.length > 0 ? Object.fromEntries(sizes) : undefined;
  } catch {
    return undefined;
  }
}

const saveLayout = (key: string) => (layout: Layout) =>
  localStorage.setItem(key, JSON.stringify(layout));

/** Panes side by side where there is room; on a narrow screen one at a time, behind tabs. */
export function LabLayout(props: Props) {
  const t = useTranslations('lab');
  const [isNarrow, setNarrow] = useState<boolean | null>(null);
  useEffect(() => {
    const query = window.matchMedia(NARROW);
    const look = () => setNarrow(query.matches);
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return (
    <main id="main" className="flex h-[calc(100dvh-3rem-1px)] flex-col">
      {props.bar}
      {props.failure !== null && (
        <div
          role="alert"
          className="flex flex-wrap items-center gap-3 bg-fail-soft px-3 py-2 text-sm"
        >
          <strong className="text-fail">{t('failed')}</strong>
          <span className="grow">{t('failedText', { text: props.failure })}</span>
          <Button onClick={props.retry}>{t('resetConfirm')}</Button>
        </div>
      )}
      <div
        className={`min-h-0 grow ${props.isPast ? 'outline-2 outline-warn -outline-offset-2' : ''}`}
      >
        {isNarrow === null ? (
          <Unmeasured {...props} />
        ) : isNarrow ? (
          <Narrow {...props} />
        ) : (
          <Wide {...props} />
        )}
      </div>
      <div className="shrink-0 border-line border-t bg-panel">{props.timeLine}</div>
    </main>
  );
}

/** What the server sends: the instructions can be read before the page knows its width. */
function Unmeasured({ tasks, hasTasks }: Props) {
  if (!hasTasks) return <TerminalSkeleton />;
  return (
    <div className="grid h-full min-[900px]:grid-cols-[27%_minmax(0,1fr)]">
      <TaskColumn>{tasks}</TaskColumn>
      <div className="border-line border-l max-[899px]:hidden">
        <TerminalSkeleton />
      </div>
    </div>
  );
}

const HANDLE =
  'bg-line outline-none transition-colors hover:bg-accent focus-visible:bg-accent data-[separator=active]:bg-accent';

function Wide({ tasks, hasTasks, terminal, network, packets }: Props) {
  const t = useTranslations('lab');
  const [columns] = useState(() => savedLayout(`${COLUMNS_KEY}.${hasTasks}`));
  const [rows] = useState(() => savedLayout(ROWS_KEY));
  return (
    <Group
      orientation="horizontal"
      className="h-full"
      {...(columns ? { defaultLayout: columns } : {})}
      onLayoutChanged={saveLayout(`${COLUMNS_KEY}.${hasTasks}`)}
    >
      {hasTasks && (
        <>
          <Panel id="tasks" defaultSize="27%" minSize="220px" collapsible>
            <TaskColumn>{tasks}</TaskColumn>
          </Panel>
          <Separator aria-label={t('resize.tasks')} className={`w-1 ${HANDLE}`} />
        </>
      )}
      <Panel id="terminal" defaultSize={hasTasks ? '41%' : '60%'} minSize="320px">
        {terminal}
      </Panel>
      <Separator aria-label={t('resize.right')} className={`w-1 ${HANDLE}`} />
      <Panel id="right" defaultSize={hasTasks ? '32%' : '40%'} minSize="260px" collapsible>
        <Group
          orientation="vertical"
          className="h-full"
          {...(rows ? { defaultLayout: rows } : {})}
          onLayoutChanged={saveLayout(ROWS_KEY)}
        >
          <Panel id="network" defaultSize="40%" minSize="120px" collapsible>
            <div className="h-full bg-panel">{network}</div>
          </Panel>
          <Separator aria-label={t('resize.below')} className={`h-1 ${HANDLE}`} />
          <Panel id="packets" defaultSize="60%" minSize="120px" collapsible>
            <div className="h-full bg-panel">{packets}</div>
          </Panel>
        </Group>
      </Panel>
    </Group>
  );
}

const TaskColumn = ({ children }: { readonly children: ReactNode }) => {
  const t = useTranslations('lab');
  return (
    <section
      aria-label={t('tasks')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
      tabIndex={0}
      className="grid h-full grid-cols-[minmax(0,1fr)] content-start gap-3 overflow-y-auto p-3 -outline-offset-2"
    >
      {children}
    </section>
  );
};

function Narrow({ tasks, hasTasks, terminal, network, packets }: Props) {
  const t = useTranslations('lab');
  const views: readonly View[] = hasTasks
    ? ['tasks', 'terminal', 'network', 'packets']
    : ['terminal', 'network', 'packets'];
  const [view, setView] = useState<View>(views[0] ?? 'terminal');
  const panes = { tasks: <TaskColumn>{tasks}</TaskColumn>, terminal, network, packets };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div
        role="tablist"
        aria-label={t('layoutOf.tasks')}
        className="flex border-line border-b bg-panel"
      >
        {views.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={view === name}
            aria-controls={`view-${name}`}
            onClick={() => setView(name)}
            className={`grow border-b-2 px-2 py-2.5 text-sm ${view === name ? 'border-accent font-semibold' : 'border-transparent text-quiet'}`}
          >
            {t(`layoutOf.${name}`)}
          </button>
        ))}
      </div>
      {views.map((name) => (
        <div
          key={name}
          role="tabpanel"
          id={`view-${name}`}
          aria-labelledby={`tab-${name}`}
          hidden={view !== name}
          className="min-h-0 grow"
        >
          {panes[name]}
        </div>
      ))}
    </div>
  );
}
