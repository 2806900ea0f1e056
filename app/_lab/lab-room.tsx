'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useProgress } from '@/app/_content/use-progress';
import { useAnnounce } from '@/app/_ui/announcer';
import type { Lab } from '@/sim/lab/lab-schema';
import { drawVariant } from '@/sim/lab/variant';
import { LabBar } from './lab-bar';
import { LabContext } from './lab-context';
import { LabLayout } from './lab-layout';
import type { SandboxSpec } from './messages';
import { NetworkPane } from './network-pane';
import { PacketPane } from './packet-pane';
import type { Station } from './packet-view';
import { ResetDialog } from './reset-dialog';
import { truncatedAt } from './rewind';
import { fragmentOf } from './share-link';
import { findStart, type Start } from './start-spec';
import { TerminalPane } from './terminal-pane';
import { TimeLine } from './time-line';
import type { Moving } from './topology';
import { useAutosave } from './use-autosave';
import { useChecks } from './use-checks';
import { useFiles } from './use-files';
import { useLab } from './use-lab';
import { usePackets } from './use-packets';
import { useSubmit } from './use-submit';

interface Props {
  /** Without its hidden checks. */
  readonly lab: Lab;
  /** Path of the lesson, or null (playground). */
  readonly lessonPath: string | null;
  /** In the bar, beside the title. */
  readonly choice?: ReactNode;
  /** The instructions, rendered. */
  readonly children: ReactNode;
}

/** The page of a lab: tasks, terminals, the network, its packets and the time line, around one sandbox. */
export function LabRoom({ lab, lessonPath, choice = null, children }: Props) {
  const { userId, setLab } = useProgress();
  const [start, setStart] = useState<Start | null>(null);
  useEffect(() => {
    let isLate = false;
    void findStart(lab, userId).then((found) => {
      if (!isLate) setStart(found);
    });
    return () => {
      isLate = true;
    };
  }, [lab, userId]);
  const variant = useMemo(
    () => (start === null ? {} : drawVariant(lab.yaml, start.spec.seed)),
    [lab, start],
  );
  const present = useLab(start?.spec ?? null);
  const [pastUs, setPastUs] = useState<number | null>(null);
  const pastSpec = useMemo<SandboxSpec | null>(
    () =>
      pastUs === null || present.client === null
        ? null
        : { lab, seed: start?.spec.seed ?? '', log: present.state.log, untilUs: pastUs },
    [pastUs, lab, start, present.client, present.state.log],
  );
  const past = useLab(pastSpec);
  const isPast = pastSpec !== null;
  const { client, state } = isPast ? past : present;

  const checks = useChecks(lab, present.state.log);
  const autosave = useAutosave({
    userId,
    log: present.state.log,
    revision: start?.revision ?? 0,
    isOn: start !== null && !isPast,
  });
  const submit = useSubmit(present.client);
  const files = useFiles(present.client);
  const [moving, setMoving] = useState<Moving | null>(null);
  const packets = usePackets(client, state.packets, setMoving);
  const [tab, setTab] = useState<number | 'files'>(0);
  const [isResetting, setResetting] = useState(false);
  const t = useTranslations('lab');
  const announce = useAnnounce();

  const hasWork = (present.state.log?.entries.length ?? 0) > 0 && present.state.marks.length > 0;
  const isPassed =
    checks !== null && checks.length > 0 && checks.every(({ verdict }) => verdict === 'pass');
  useEffect(() => {
    if (lab.yaml.tasks.length > 0 && hasWork) setLab(lab.slug, isPassed ? 'passed' : 'started');
    if (isPassed) announce(t('allDone'));
  }, [lab, hasWork, isPassed, setLab, announce, t]);

  useCommandOfLink(present.client, state.terminals.length > 0);

  // A tab that is gone (undo, the past) gives way to the first; one that was asked for is shown.
  const ids = state.terminals.map(({ id }) => id);
  const before = useRef(ids.length);
  useEffect(() => {
    const newest = ids.at(-1);
    const isAdded = before.current > 0 && ids.length === before.current + 1;
    before.current = ids.length;
    if (isAdded && newest !== undefined) setTab(newest);
  });
  const shownTab = tab === 'files' || ids.includes(tab) ? tab : (ids[0] ?? 0);

  const restart = useCallback(
    (log: SandboxSpec['log']) => {
      setPastUs(null);
      setStart(
        (before) =>
          before && { ...before, spec: { lab, seed: before.spec.seed, log, untilUs: null } },
      );
    },
    [lab],
  );
  const share = async () => {
    const answer = await present.client?.ask({ kind: 'log' });
    if (answer?.kind !== 'log') return;
    const { origin, pathname } = window.location;
    const url = `${origin}${pathname}${await fragmentOf(answer.log)}`;
    const isCopied = await navigator.clipboard.writeText(url).then(
      () => true,
      () => false,
    );
    window.history.replaceState(null, '', url);
    announce(isCopied ? t('shared') : t('shareFailed', { url }));
    setNote(isCopied ? t('shared') : t('shareFailed', { url }));
  };
  const [note, setNote] = useState<string | null>(null);
  useEffect(() => {
    if (start?.broken) setNote(t('sharedBroken', { text: start.broken }));
    else if (start?.from === 'shared') setNote(t('sharedOpen'));
  }, [start, t]);

  const openTerminal = (host: string) => {
    const known = state.terminals.find((terminal) => terminal.host === host);
    if (known) setTab(known.id);
    else client?.send({ kind: 'open', host });
  };
  const context = useMemo(
    () => ({
      tasks: lab.yaml.tasks,
      variant,
      hasWork,
      checks,
      answers: answersOf(present.state.log),
      say: (check: string, value: string) => present.client?.send({ kind: 'say', check, value }),
      showJourney: (stations: readonly Station[]) => packets.showJourney(stations),
    }),
    [lab, variant, hasWork, present.state.log, present.client, checks, packets.showJourney],
  );
  return (
    <LabContext value={context}>
      <LabLayout
        bar={
          <LabBar
            lab={lab}
            lessonPath={lessonPath}
            choice={choice}
            save={autosave.state}
            keepMine={autosave.keepMine}
            submit={submit}
            share={share}
            isPassed={isPassed}
            note={note}
            closeNote={() => setNote(null)}
            canShare={present.state.phase === 'running'}
          />
        }
        failure={present.state.failure}
        retry={() => restart(null)}
        tasks={children}
        hasTasks={lab.yaml.tasks.length > 0}
        terminal={
          <TerminalPane
            client={client}
            state={state}
            files={files}
            isReadOnly={isPast}
            chosen={shownTab}
            choose={setTab}
            undo={() => {
              client?.send({ kind: 'undo' });
              announce(t('undone'));
            }}
            reset={() => setResetting(true)}
          />
        }
        network={
          <NetworkPane
            topology={state.topology}
            moving={moving}
            onTerminal={isPast ? undefined : openTerminal}
            onFilter={(device) => packets.setFilter(`ether host ${device.mac}`)}
          />
        }
        packets={<PacketPane packets={packets} />}
        timeLine={
          <TimeLine
            marks={present.state.marks}
            nowUs={present.state.nowUs}
            pastUs={pastUs}
            look={setPastUs}
            branch={() => {
              const { log } = present.state;
              if (log !== null && pastUs !== null) restart(truncatedAt(log, pastUs));
            }}
          />
        }
        isPast={isPast}
      />
      <ResetDialog
        isOpen={isResetting}
        close={() => setResetting(false)}
        confirm={() => {
          setResetting(false);
          setPastUs(null);
          present.client?.send({ kind: 'reset' });
        }}
      />
    </LabContext>
  );
}

/** What was answered to the lab's questions, from the log; the last answer counts. */
const answersOf = (log: SandboxSpec['log']): ReadonlyMap<string, string> =>
  new Map(
    (log?.entries ?? []).flatMap((entry) =>
      entry.kind === 'answer' ? [[entry.check, entry.value] as const] : [],
    ),
  );

/** A lesson's "run in sandbox" leads here with `?on=&run=`: types it once, then cleans the address. */
function useCommandOfLink(client: ReturnType<typeof useLab>['client'], isReady: boolean): void {
  useEffect(() => {
    const query = new URLSearchParams(window.location.search);
    const run = query.get('run');
    if (!client || !isReady || run === null) return;
    window.history.replaceState(null, '', window.location.pathname + window.location.hash);
    const on = query.get('on');
    const terminal =
      client.getState().terminals.find(({ host }) => host === on) ?? client.getState().terminals[0];
    if (terminal)
      client.send({ kind: 'key', terminal: terminal.id, data: `${run.replaceAll('\n', '\r')}\r` });
  }, [client, isReady]);
}
