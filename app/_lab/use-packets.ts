'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import { download } from './download';
import type { LabClient } from './lab-client';
import { LAYER_TEXT } from './layer-look';
import { mainHeader } from './packet-layers';
import type { PacketRow, Station } from './packet-view';
import type { Moving } from './topology';

const FILTER_PAUSE_MS = 200;

/** What is open in the packet pane: a packet of the list, or one that a check sent. */
export interface OpenJourney {
  readonly row: PacketRow | null;
  readonly stations: readonly Station[];
}

export interface Packets {
  readonly rows: readonly PacketRow[];
  /** Housekeeping of IPv6 that is left out, unless a filter asks for it. */
  readonly hidden: number;
  readonly showsBackground: boolean;
  readonly toggleBackground: () => void;
  readonly filter: string;
  readonly filterError: string | null;
  readonly journey: OpenJourney | null;
  readonly setFilter: (text: string) => void;
  readonly choose: (id: number) => void;
  readonly showJourney: (stations: readonly Station[]) => void;
  readonly close: () => void;
  readonly move: (step: -1 | 1) => void;
  readonly save: () => void;
  readonly onStep: (station: Station | null) => void;
}

/** The packet list with its filter, the packet that is open, and where it is in the picture. */
export function usePackets(
  client: LabClient | null,
  all: readonly PacketRow[],
  setMoving: (moving: Moving | null) => void,
): Packets {
  const [filter, setFilter] = useState('');
  const [matching, setMatching] = useState<ReadonlySet<number> | null>(null);
  const [filterError, setFilterError] = useState<string | null>(null);
  const [journey, setJourney] = useState<OpenJourney | null>(null);

  useEffect(() => {
    if (client === null || filter.trim() === '') {
      setMatching(null);
      setFilterError(null);
      return;
    }
    let isLate = false;
    // The worker filters: it holds the bytes. `all` asks again when packets come.
    const timer = setTimeout(
      async () => {
        const answer = await client.ask({ kind: 'filter', text: filter });
        if (isLate) return;
        setFilterError(answer.kind === 'refused' ? answer.text : null);
        if (answer.kind === 'filter') setMatching(new Set(answer.ids));
      },
      all.length > 0 ? FILTER_PAUSE_MS : 0,
    );
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [client, filter, all]);

  const [showsBackground, setShowsBackground] = useState(false);
  const rows = useMemo(() => {
    if (matching !== null) return all.filter(({ id }) => matching.has(id));
    return showsBackground ? all : all.filter((row) => !row.isBackground);
  }, [all, matching, showsBackground]);

  const choose = useCallback(
    async (id: number) => {
      const answer = await client?.ask({ kind: 'journey', packetId: id });
      if (answer?.kind !== 'journey') return;
      setJourney({ row: all.find((row) => row.id === id) ?? null, stations: answer.stations });
    },
    [client, all],
  );
  const move = (step: -1 | 1) => {
    const at = rows.findIndex(({ id }) => id === journey?.row?.id);
    const next = rows[at + step];
    if (next) void choose(next.id);
  };
  const save = async () => {
    const answer = await client?.ask({ kind: 'pcap', ids: rows.map(({ id }) => id) });
    if (answer?.kind === 'pcap')
      download(answer.bytes, 'application/vnd.tcpdump.pcap', 'hopwise.pcap');
  };
  const onStep = useCallback(
    (station: Station | null) => {
      if (station?.deviceId == null) return setMoving(null);
      const layer = mainHeader(station.headers)?.layer ?? 'l2';
      setMoving({
        at: station.deviceId,
        layerClass: LAYER_TEXT[layer],
        isDropped: station.verdict === 'drop',
      });
    },
    [setMoving],
  );
  const showJourney = useCallback(
    (stations: readonly Station[]) => setJourney({ row: null, stations }),
    [],
  );
  return {
    rows,
    hidden: matching === null ? all.length - rows.length : 0,
    showsBackground,
    toggleBackground: () => setShowsBackground((before) => !before),
    filter,
    filterError,
    journey,
    setFilter,
    choose: (id) => void choose(id),
    showJourney,
    close: () => setJourney(null),
    move,
    save: () => void save(),
    onStep,
  };
}
