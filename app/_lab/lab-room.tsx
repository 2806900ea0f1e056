'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo, useState } from 'react';
import { useProgress } from '@/app/_content/use-progress';
import { useAnnounce } from '@/app/_ui/announcer';
import type { Lab } from '@/sim/lab/lab-schema';
import type { Log } from '@/sim/lab/log';
import { LabBar } from './lab-bar';
import { LabContext } from './lab-context';
import { LabLayout } from './lab-layout';
import type { SandboxSpec } from './messages';
import { PacketPane } from './packet-pane';
import { ResetDialog } from './reset-dialog';
import { marksOf, truncatedAt } from './rewind';
import { TerminalPane } from './terminal-pane';
import { TimeLine } from './time-line';
import { type Moving, Topology } from './topology';
import { useAutosave } from './use-autosave';
import { useChecks } from './use-checks';
import { useCommandOfLink } from './use-command-of-link';
import { useFiles } from './use-files';
import { useLab, warmWorker } from './use-lab';
import { useLabProgress } from './use-lab-progress';
import { usePackets } from './use-packets';
import { useShare } from './use-share';
import { type Started, useStart } from './use-start';
import { useSubmit } from './use-submit';
import { useTabs } from './use-tabs';

warmWorker();

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
  const room = useRoom(lab);
  const { client, present, isPast, tabs, packets } = room;
  const t = useTranslations('lab');
  const announce = useAnnounce();
  const [isResetting, setResetting] = useState(false);
  const undo = () => {
    client?.send({ kind: 'undo' });
    announce(t('undone'));
  };
  return (
    <LabContext value={room.context}>
      <LabLayout
        bar={<LabBar lab={lab} lessonPath={lessonPath} choice={choice} room={room} />}
        failure={present.state.failure}
        retry={() => room.restart(null)}
        tasks={children}
        hasTasks={lab.yaml.tasks.length > 0}
        terminal={
          <TerminalPane
            client={client}
            state={room.state}
            files={room.files}
            isReadOnly={isPast}
            tabs={tabs}
            undo={undo}
            reset={() => setResetting(true)}
          />
        }
        network={
          <Topology
            topology={room.state.topology}
            moving={room.moving}
            onTerminal={isPast ? undefined : tabs.openTerminal}
            onFilter={(device) => packets.setFilter(`ether host ${device.mac}`)}
          />
        }
        packets={<PacketPane packets={packets} />}
        timeLine={
          <TimeLine
            marks={present.state.marks}
            nowUs={present.state.nowUs}
            pastUs={room.pastUs}
            look={room.look}
            branch={room.branch}
          />
        }
        isPast={isPast}
      />
      <ResetDialog
        isOpen={isResetting}
        close={() => setResetting(false)}
        confirm={() => {
          setResetting(false);
          room.look(null);
          present.client?.send({ kind: 'reset' });
        }}
      />
    </LabContext>
  );
}

export type Room = ReturnType<typeof useRoom>;

/** Everything that the parts of the page share: the sandbox, its past, what is saved, checked and shown. */
function useRoom(lab: Lab) {
  const { userId } = useProgress();
  const started = useStart(lab, userId);
  const present = useLab(started.start?.spec ?? null);
  const { client: live, state: now } = present;
  const past = usePast(lab, now.log, started);
  const isPast = past.spec !== null;
  const { client, state } = isPast ? past.handle : present;
  const checks = useChecks(lab, now.log);
  const hasWork = now.marks.length > 0;
  const isPassed = useLabProgress(lab, hasWork, checks);
  const autosave = useAutosave({
    userId,
    log: now.log,
    revision: started.start?.revision ?? 0,
    isOn: started.start !== null && !isUntouched(started, now.log),
  });
  const [moving, setMoving] = useState<Moving | null>(null);
  const packets = usePackets(client, state.packets, setMoving);
  useCommandOfLink(live, now.terminals.length > 0);
  const { variant } = started;
  const context = useMemo(
    () => ({
      tasks: lab.yaml.tasks,
      variant,
      hasWork,
      checks,
      answers: answersOf(now.log),
      say: (check: string, value: string) => live?.send({ kind: 'say', check, value }),
      showJourney: packets.showJourney,
    }),
    [lab, variant, hasWork, checks, now.log, live, packets.showJourney],
  );
  return {
    client,
    state,
    present,
    isPast,
    pastUs: past.spec?.untilUs ?? null,
    look: past.look,
    branch: past.branch,
    restart: started.restart,
    isPassed,
    autosave,
    submit: useSubmit(live),
    sharing: useShare(live, started.start),
    files: useFiles(live),
    tabs: useTabs(client, state),
    moving,
    packets,
    context,
  };
}

/** The world as it was: the story is taken as it is now, so that what happens meanwhile does not change its past. */
function usePast(lab: Lab, log: Log | null, { restart }: Started) {
  const [spec, setSpec] = useState<SandboxSpec | null>(null);
  const handle = useLab(spec);
  const look = (atUs: number | null) =>
    setSpec(atUs === null || log === null ? null : { lab, seed: log.seed, log, untilUs: atUs });
  const branch = () => {
    if (spec?.log && spec.untilUs !== null) restart(truncatedAt(spec.log, spec.untilUs));
    setSpec(null);
  };
  return { spec, handle, look, branch };
}

/** A shared sandbox becomes one's own draft with the first change, not by being looked at. */
function isUntouched({ start }: Started, log: Log | null): boolean {
  if (start?.from !== 'shared' || start.spec.log === null) return false;
  return log === null || marksOf(log).length === marksOf(start.spec.log).length;
}

/** What was answered to the lab's questions, from the log; the last answer counts. */
const answersOf = (log: Log | null): ReadonlyMap<string, string> =>
  new Map(
    (log?.entries ?? []).flatMap((entry) =>
      entry.kind === 'answer' ? [[entry.check, entry.value] as const] : [],
    ),
  );
