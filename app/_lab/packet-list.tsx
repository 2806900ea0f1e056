'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { Download, Filter } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Button, IconButton } from '@/app/_ui/button';
import { LAYER_TEXT } from './layer-look';
import { type PacketRow, secondsOf } from './packet-view';
import type { Packets } from './use-packets';

interface Props {
  readonly packets: Packets;
}

const ROW_PX = 26;

/** Every packet that was on a wire, one line each, newest at the end. */
export function PacketList({ packets }: Props) {
  const t = useTranslations('packets');
  const { rows, filter, filterError, setFilter, save, hidden, showsBackground } = packets;
  const isFiltered = filter.trim() !== '';
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-1 border-line border-b px-2 py-1">
        <label className="flex min-w-0 grow items-center gap-1.5">
          <Filter size={14} aria-hidden className="shrink-0 text-quiet" />
          <span className="sr-only">{t('filter')}</span>
          <input
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            placeholder={t('filterPlaceholder')}
            title={t('filter')}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={filterError !== null}
            className="w-full min-w-0 bg-transparent py-1 font-mono text-xs outline-none placeholder:text-quiet focus-visible:outline-2"
          />
        </label>
        <span className="shrink-0 text-quiet text-xs">{t('count', { count: rows.length })}</span>
        {(hidden > 0 || showsBackground) && !isFiltered && (
          <Button
            look="quiet"
            className="min-h-7! px-1.5! text-xs!"
            aria-pressed={showsBackground}
            title={t('backgroundHelp')}
            onClick={packets.toggleBackground}
          >
            {showsBackground ? t('background.hide') : t('background.show', { count: hidden })}
          </Button>
        )}
        <IconButton label={t('save')} onClick={save} disabled={rows.length === 0}>
          <Download size={15} aria-hidden />
        </IconButton>
      </div>
      {filterError !== null && (
        <p role="alert" className="bg-fail-soft px-3 py-1 font-mono text-fail text-xs">
          {filterError}
        </p>
      )}
      {rows.length === 0 ? (
        <p className="p-4 text-quiet text-sm">{isFiltered ? t('noMatch') : t('none')}</p>
      ) : (
        <Rows packets={packets} />
      )}
    </div>
  );
}

function Rows({ packets }: Props) {
  const t = useTranslations('packets');
  const { rows, choose } = packets;
  const chosen = packets.journey?.row?.id ?? null;
  const scroller = useRef<HTMLDivElement>(null);
  const followsEnd = useRef(true);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  useEffect(() => {
    if (followsEnd.current && rows.length > 0) virtual.scrollToIndex(rows.length - 1);
  }, [rows.length, virtual]);
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    followsEnd.current = left < ROW_PX * 2;
  };
  const walk = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = Number(document.activeElement?.getAttribute('data-index') ?? -1) + step;
    if (at < 0 || at >= rows.length) return;
    virtual.scrollToIndex(at);
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${at}"]`)?.focus();
    });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys walk the buttons inside
    <div ref={scroller} onScroll={onScroll} onKeyDown={walk} className="min-h-0 grow overflow-auto">
      <ol
        aria-label={t('list')}
        className="relative font-mono text-xs"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <li
              key={row.id}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)`, height: ROW_PX }}
            >
              <Row
                row={row}
                index={item.index}
                isChosen={row.id === chosen}
                choose={() => choose(row.id)}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

interface RowProps {
  readonly row: PacketRow;
  readonly index: number;
  readonly isChosen: boolean;
  readonly choose: () => void;
}

function Row({ row, index, isChosen, choose }: RowProps) {
  const t = useTranslations('packets');
  const state = t(`states.${row.state}`, { reason: row.reason ?? '' });
  return (
    <button
      type="button"
      data-index={index}
      onClick={choose}
      aria-pressed={isChosen}
      title={`${row.source} → ${row.target}\n${row.summary}\n${state}`}
      className={`flex h-full w-full items-center gap-2 whitespace-nowrap px-2 text-left -outline-offset-2 hover:bg-raised ${isChosen ? 'bg-accent-soft' : ''}`}
    >
      <span className="w-8 shrink-0 text-right text-quiet">{row.number}</span>
      <span className="w-20 shrink-0 text-right text-quiet">{secondsOf(row.atUs)}</span>
      <span className={`w-12 shrink-0 font-semibold ${LAYER_TEXT[row.layer]}`}>{row.protocol}</span>
      <span
        className={`w-4 shrink-0 text-center ${row.state === 'dropped' ? 'font-bold text-drop' : 'text-ok'}`}
      >
        <span aria-hidden>
          {row.state === 'dropped' ? '✗' : row.state === 'delivered' ? '✓' : '·'}
        </span>
        <span className="sr-only">{state}</span>
      </span>
      <span className="shrink-0">
        {row.source} → {row.target}
      </span>
      <span className="min-w-0 grow truncate text-quiet">{row.summary}</span>
    </button>
  );
}
