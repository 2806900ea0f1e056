'use client';

import {
  ChevronFirst,
  ChevronLast,
  ChevronLeft,
  ChevronRight,
  List,
  Pause,
  Play as PlayIcon,
  Route,
  X,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '@/app/_ui/button';
import { HeaderView } from './header-view';
import { type Station, secondsOf } from './packet-view';
import { type Play, usePlay } from './use-play';

interface Props {
  readonly title: string;
  readonly summary: string | null;
  readonly stations: readonly Station[];
  /** Told at each step, so that the picture can show the packet. */
  readonly onStep: (station: Station | null) => void;
  readonly close: () => void;
  /** Another packet of the list: -1 or 1. */
  readonly move: ((step: -1 | 1) => void) | null;
}

/** One packet's way, station by station: who decided, what changed. */
export function Journey({ title, summary, stations, onStep, close, move }: Props) {
  const t = useTranslations('packets');
  const play = usePlay(stations.length, true);
  const [isList, setList] = useState(false);
  const station = stations[play.at] ?? null;
  useEffect(() => {
    onStep(station);
  }, [station, onStep]);
  useEffect(() => () => onStep(null), [onStep]);

  const keys = (event: KeyboardEvent) => {
    const actions: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowRight: () => play.go(play.at + 1),
      ArrowLeft: () => play.go(play.at - 1),
      Home: () => play.go(0),
      End: () => play.go(stations.length - 1),
      '[': move ? () => move(-1) : undefined,
      ']': move ? () => move(1) : undefined,
      Escape: close,
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  return (
    <section aria-label={title} onKeyDown={keys} className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-1 border-line border-b px-2 py-1">
        <h3 className="mt-0! min-w-0 grow truncate font-semibold text-sm">{title}</h3>
        {move && (
          <>
            <IconButton label={`${t('previousPacket')} [`} onClick={() => move(-1)}>
              <ChevronLeft size={16} aria-hidden />
            </IconButton>
            <IconButton label={`${t('nextPacket')} ]`} onClick={() => move(1)}>
              <ChevronRight size={16} aria-hidden />
            </IconButton>
          </>
        )}
        <IconButton label={isList ? t('asWay') : t('asList')} onClick={() => setList(!isList)}>
          {isList ? <Route size={15} aria-hidden /> : <List size={15} aria-hidden />}
        </IconButton>
        <IconButton label={t('close')} onClick={close}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      {summary !== null && (
        <p className="break-words border-line border-b px-3 py-1 font-mono text-quiet text-xs">
          {summary}
        </p>
      )}
      {isList ? (
        <StationList stations={stations} />
      ) : (
        <>
          <Way stations={stations} play={play} />
          <Controls steps={stations.length} play={play} />
          {station && <StationDetail station={station} />}
        </>
      )}
    </section>
  );
}

interface WayProps {
  readonly stations: readonly Station[];
  readonly play: Play;
}

const placeOf = (station: Station): string =>
  station.netns === '' ? station.host : `${station.netns} · ${station.host}`;

/** Stations in a row, a caption where the namespace changes. */
function Way({ stations, play }: WayProps) {
  const current = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the step changes
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [play.at]);
  return (
    <ol className="flex shrink-0 overflow-x-auto px-2 pt-2 pb-1">
      {stations.map((station, index) => {
        const before = stations[index - 1];
        const isNewPlace = !before || placeOf(before) !== placeOf(station);
        const isCurrent = index === play.at;
        const isDrop = station.verdict === 'drop';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a way never changes its order
          <li key={index} className="flex shrink-0 flex-col">
            <span className="h-4 whitespace-nowrap pl-1 text-quiet text-xs leading-4">
              {isNewPlace ? placeOf(station) : ''}
            </span>
            <span className="flex items-center">
              <button
                ref={isCurrent ? current : null}
                type="button"
                onClick={() => play.go(index)}
                aria-current={isCurrent ? 'step' : undefined}
                className={`rounded border px-2 py-0.5 text-left font-mono text-xs ${isDrop ? 'border-drop text-drop' : 'border-line-strong'} ${isCurrent ? 'bg-accent-soft outline outline-accent' : 'bg-panel hover:bg-raised'}`}
              >
                <span className="block whitespace-nowrap font-semibold">
                  {station.dev ?? station.stage}
                  {isDrop && ' ✗'}
                </span>
                <span className="block whitespace-nowrap text-quiet">{station.stage}</span>
              </button>
              {index < stations.length - 1 && (
                <span
                  aria-hidden
                  className={`px-0.5 ${index < play.at ? 'text-accent' : 'text-line-strong'}`}
                >
                  ▸
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

interface ControlsProps {
  readonly steps: number;
  readonly play: Play;
}

function Controls({ steps, play }: ControlsProps) {
  const t = useTranslations('packets');
  return (
    <div className="flex shrink-0 items-center gap-0.5 border-line border-b px-2">
      <IconButton label={t('first')} onClick={() => play.go(0)}>
        <ChevronFirst size={16} aria-hidden />
      </IconButton>
      <IconButton label={t('previous')} onClick={() => play.go(play.at - 1)}>
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      <IconButton label={play.isPlaying ? t('pause') : t('play')} onClick={play.toggle}>
        {play.isPlaying ? <Pause size={15} aria-hidden /> : <PlayIcon size={15} aria-hidden />}
      </IconButton>
      <IconButton label={t('next')} onClick={() => play.go(play.at + 1)}>
        <ChevronRight size={16} aria-hidden />
      </IconButton>
      <IconButton label={t('last')} onClick={() => play.go(steps - 1)}>
        <ChevronLast size={16} aria-hidden />
      </IconButton>
      <span className="ml-2 text-quiet text-xs tabular-nums">
        {t('step', { step: play.at + 1, steps })}
      </span>
    </div>
  );
}

/** Who decided at this station, what changed, and the packet's headers here. */
function StationDetail({ station }: { readonly station: Station }) {
  const t = useTranslations('packets');
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
      tabIndex={0}
      aria-label={station.stage}
      className="min-h-0 grow overflow-auto px-3 py-2 text-sm"
    >
      <p>
        <span className="font-mono font-semibold">{station.stage}</span>{' '}
        <Verdict station={station} />{' '}
        <span className="text-quiet text-xs">{t('at', { time: secondsOf(station.atUs) })}</span>
      </p>
      {(station.detail !== null || station.rule !== null) && (
        <p className="mt-1">
          <span className="text-quiet">{t('decided')}: </span>
          {station.rule && <span>{t('rule', station.rule)} </span>}
          {station.detail !== null && <code className="font-mono text-xs">{station.detail}</code>}
        </p>
      )}
      {station.changes.length > 0 && (
        <div className="mt-2">
          <p className="text-quiet">{t('changed')}</p>
          <ul className="font-mono text-xs">
            {station.changes.map((change) => (
              <li key={`${change.protocol} ${change.name}`} className="text-nat">
                {change.protocol} {change.name}: <del className="opacity-80">{change.before}</del>{' '}
                <ins className="font-semibold no-underline">{change.after}</ins>
              </li>
            ))}
          </ul>
        </div>
      )}
      <HeaderView headers={station.headers} bytes={station.bytes} />
    </section>
  );
}

function Verdict({ station }: { readonly station: Station }) {
  const t = useTranslations('packets');
  const isDrop = station.verdict === 'drop';
  return (
    <span className={isDrop ? 'font-semibold text-drop' : 'text-quiet'}>
      {isDrop && '✗ '}
      {t(`verdicts.${station.verdict}`)}
      {station.reason !== null && ` (${station.reason})`}
    </span>
  );
}

/** The text twin of the way. */
function StationList({ stations }: { readonly stations: readonly Station[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <ol tabIndex={0} className="min-h-0 grow list-decimal overflow-auto py-2 pr-3 pl-9 text-sm">
      {stations.map((station, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a way never changes its order
        <li key={index} className="py-0.5">
          {placeOf(station)}
          {station.dev !== null && `, ${station.dev}`}:{' '}
          <span className="font-mono">{station.stage}</span>
          {station.detail !== null && ` (${station.detail})`} <Verdict station={station} />
          {station.changes.map((change) => (
            <span key={`${change.protocol} ${change.name}`} className="block text-nat text-xs">
              {change.protocol} {change.name}: {change.before} → {change.after}
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}
