'use client';

import { ChevronLeft, ChevronRight, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, IconButton } from '@/app/_ui/button';
import type { TimeMark } from './messages';

interface Props {
  readonly marks: readonly TimeMark[];
  readonly nowUs: number;
  readonly pastUs: number | null;
  readonly look: (atUs: number | null) => void;
  readonly branch: () => void;
}

const secondsAt = (atUs: number): string => (atUs / 1_000_000).toFixed(1);
/** A moment just after what was typed, so that its first effects show. */
const AFTER_US = 1_000;

/** Every command of the sandbox; going back shows the world as it was. */
export function TimeLine({ marks, nowUs, pastUs, look, branch }: Props) {
  const t = useTranslations('lab.timeLine');
  const [draft, setDraft] = useState<number | null>(null);
  if (marks.length === 0)
    return <p className="flex h-10 items-center px-3 text-quiet text-xs">{t('empty')}</p>;
  const start = marks[0]?.atUs ?? 0;
  const end = Math.max(nowUs, (marks.at(-1)?.atUs ?? start) + AFTER_US + 1);
  const shown = draft ?? pastUs ?? end;
  const before = marks.findLast(({ atUs }) => atUs + AFTER_US < shown);
  const after = marks.find(({ atUs }) => atUs + AFTER_US > shown);
  const settle = (atUs: number) => {
    setDraft(null);
    look(atUs >= end ? null : atUs);
  };
  return (
    <section aria-label={t('title')} className="flex min-h-10 flex-wrap items-center gap-x-2 px-2">
      <IconButton
        label={before ? label(t, before) : t('title')}
        disabled={!before}
        onClick={() => before && settle(before.atUs + AFTER_US)}
      >
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      <div className="relative min-w-40 grow">
        <input
          type="range"
          aria-label={t('slider')}
          aria-valuetext={t('seconds', { time: secondsAt(shown) })}
          min={start}
          max={end}
          step={1000}
          value={shown}
          onChange={(event) => setDraft(Number(event.target.value))}
          onPointerUp={() => draft !== null && settle(draft)}
          onKeyUp={() => draft !== null && settle(draft)}
          className="relative z-10 w-full accent-accent"
        />
        <div aria-hidden className="pointer-events-none absolute inset-x-2 top-0 h-1.5">
          {marks.map((mark) => (
            <span
              key={`${mark.atUs} ${mark.text}`}
              title={label(t, mark)}
              className={`absolute h-1.5 w-0.5 ${mark.kind === 'command' ? 'bg-accent' : 'bg-nat'}`}
              style={{ left: `${((mark.atUs - start) / (end - start)) * 100}%` }}
            />
          ))}
        </div>
      </div>
      <IconButton
        label={after ? label(t, after) : t('now')}
        disabled={pastUs === null}
        onClick={() => (after ? settle(after.atUs + AFTER_US) : look(null))}
      >
        <ChevronRight size={16} aria-hidden />
      </IconButton>
      <span className="w-16 text-right font-mono text-quiet text-xs tabular-nums">
        {t('seconds', { time: secondsAt(shown) })}
      </span>
      {pastUs !== null && (
        <div
          role="status"
          className="flex w-full flex-wrap items-center gap-2 rounded bg-warn-soft px-3 py-1 text-sm"
        >
          <span className="grow">{t('past', { time: secondsAt(pastUs) })}</span>
          <Button onClick={branch} title={t('branchText')}>
            {t('branch')}
          </Button>
          <Button look="primary" onClick={() => look(null)}>
            <RotateCcw size={14} aria-hidden />
            {t('now')}
          </Button>
        </div>
      )}
    </section>
  );
}

type Translate = ReturnType<typeof useTranslations<'lab.timeLine'>>;

const label = (t: Translate, mark: TimeMark): string =>
  t('at', { kind: t(`kinds.${mark.kind}`), time: secondsAt(mark.atUs), text: mark.text });
