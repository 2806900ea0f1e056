'use client';

import { FlaskConical, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLesson } from '@/app/_content/lesson-context';
import { Link } from '@/app/_i18n/navigation';
import { Button, buttonClass } from '@/app/_ui/button';
import type { Lab } from '@/sim/lab/lab-schema';
import { Journey } from './journey';
import { LAYER_TEXT } from './layer-look';
import type { SandboxSpec } from './messages';
import { type Moving, Topology } from './topology';
import { useLab } from './use-lab';
import { usePackets } from './use-packets';

interface Props {
  readonly lab: Lab;
  readonly on: string;
  readonly run: string;
  readonly caption: string;
}

/** The same for everyone, so that the text can speak of what is seen. */
const SEED = 'lesson';
const FIRST_PACKETS = 12;

/** Starts its world when it comes into view; runs one command; its packets can be walked through. */
export function LivePicture({ lab, on, run, caption }: Props) {
  const t = useTranslations('lesson.live');
  const packetWords = useTranslations('packets');
  const { lab: lessonLab } = useLesson();
  const holder = useRef<HTMLElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!holder.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { rootMargin: '200px' },
    );
    observer.observe(holder.current);
    return () => observer.disconnect();
  }, []);
  const spec = useMemo<SandboxSpec | null>(
    () => (isSeen ? { lab, seed: SEED, log: null, untilUs: null } : null),
    [isSeen, lab],
  );
  const { client, state } = useLab(spec);
  const [moving, setMoving] = useState<Moving | null>(null);
  const packets = usePackets(client, state.packets, setMoving);
  const [before, setBefore] = useState<number | null>(null);
  const terminal = state.terminals.find(({ host }) => host === on);
  const output = useOutput(client, terminal?.id ?? null, before !== null);

  const start = () => {
    if (!terminal || !client) return;
    packets.close();
    setBefore(state.packets.at(-1)?.number ?? 0);
    client.send({ kind: 'key', terminal: terminal.id, data: `${run}\r` });
  };
  const rows =
    before === null
      ? []
      : state.packets.filter(({ number, isBackground }) => number > before && !isBackground);
  return (
    <figure
      ref={holder}
      aria-label={t('label')}
      className="overflow-hidden rounded border border-line bg-panel"
    >
      <div className="h-72">
        <Topology topology={state.topology} moving={moving} />
      </div>
      <div className="flex flex-wrap items-center gap-2 border-line border-t px-3 py-2">
        <Button look="primary" onClick={start} disabled={!terminal}>
          <Play size={14} aria-hidden />
          {t('start')}
        </Button>
        <code className="border-0! bg-transparent! text-sm">
          <span className="text-quiet">{on}#</span> {run}
        </code>
        {lessonLab !== null && (
          <Link href={`/lab/${lessonLab}`} className={buttonClass('quiet', 'ml-auto')}>
            <FlaskConical size={14} aria-hidden />
            {t('open')}
          </Link>
        )}
      </div>
      {state.failure !== null && (
        <p role="alert" className="px-3 py-2 text-fail text-sm">
          {t('failed', { text: state.failure })}
        </p>
      )}
      {output !== '' && (
        <section
          aria-label={t('output')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
          tabIndex={0}
          className="max-h-40 overflow-auto whitespace-pre border-line border-t bg-terminal px-3 py-2 font-mono text-xs"
        >
          {output}
        </section>
      )}
      {rows.length > 0 && (
        <ol
          aria-label={packetWords('list')}
          className="list-none! border-line border-t p-0! font-mono text-xs"
        >
          {rows.slice(0, FIRST_PACKETS).map((row) => (
            <li key={row.id} className="mt-0!">
              <button
                type="button"
                aria-pressed={packets.journey?.row?.id === row.id}
                onClick={() => packets.choose(row.id)}
                className={`flex w-full items-center gap-2 px-3 py-1 text-left hover:bg-raised ${packets.journey?.row?.id === row.id ? 'bg-accent-soft' : ''}`}
              >
                <span className={`w-12 shrink-0 font-semibold ${LAYER_TEXT[row.layer]}`}>
                  {row.protocol}
                </span>
                <span className="shrink-0">
                  {row.source} → {row.target}
                </span>
                <span className={`shrink-0 ${row.state === 'dropped' ? 'text-drop' : 'text-ok'}`}>
                  {row.state === 'dropped'
                    ? `✗ ${row.reason}`
                    : row.state === 'delivered'
                      ? '✓'
                      : ''}
                </span>
                <span className="truncate text-quiet">{row.summary}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
      {packets.journey && (
        <div className="h-80 border-line border-t text-base">
          <Journey
            key={packets.journey.row?.id}
            title={packetWords('journey', { number: packets.journey.row?.number ?? 0 })}
            summary={null}
            stations={packets.journey.stations}
            onStep={packets.onStep}
            close={packets.close}
            move={packets.move}
          />
        </div>
      )}
      <figcaption className="border-line border-t px-3 py-2 text-quiet text-sm">
        {caption}
      </figcaption>
    </figure>
  );
}

const ESCAPES = /\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07]*\x07|\r/g;

/** What the terminal printed since the command was started, without colours. */
function useOutput(
  client: ReturnType<typeof useLab>['client'],
  terminal: number | null,
  isOn: boolean,
): string {
  const [text, setText] = useState('');
  useEffect(() => {
    if (!client || terminal === null || !isOn) return;
    return client.onScreen((id, data) => {
      if (id !== terminal) return;
      setText((shown) => (data === null ? '' : shown + data.replace(ESCAPES, '')));
    });
  }, [client, terminal, isOn]);
  return withoutPrompts(text);
}

/** The command is shown above, and a prompt invites to type: neither belongs to the output. */
function withoutPrompts(text: string): string {
  const lines = text.split('\n').slice(1);
  return lines
    .filter((line) => !/^\w+@[\w-]+:\S*# ?$/.test(line))
    .join('\n')
    .trimEnd();
}
