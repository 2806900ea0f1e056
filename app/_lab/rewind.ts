import type { Log, LogEntry } from '@/sim/lab/log';
import type { TimeMark } from './messages';

/** What a learner did by hand, as against opening and resizing terminals. */
const isDeed = (entry: LogEntry): boolean =>
  entry.kind === 'file' ||
  entry.kind === 'answer' ||
  entry.kind === 'signal' ||
  (entry.kind === 'line' && entry.text.trim() !== '');

const textOf = (entry: LogEntry): string => {
  switch (entry.kind) {
    case 'line':
    case 'script':
      return entry.text;
    case 'file':
      return `${entry.host}:${entry.path}`;
    case 'answer':
      return entry.value;
    case 'signal':
      return entry.key;
    case 'open':
      return entry.host;
    case 'eof':
      return '^D';
    case 'keys':
      return entry.data;
    case 'size':
      return `${entry.columns}x${entry.rows}`;
  }
};

/** The deeds of a log, for the time line. */
export const marksOf = (log: Log): readonly TimeMark[] =>
  log.entries.filter(isDeed).map((entry) => ({
    atUs: entry.atUs,
    kind:
      entry.kind === 'file' || entry.kind === 'answer' || entry.kind === 'signal'
        ? entry.kind
        : 'command',
    text: textOf(entry),
  }));

const withoutHash = ({ stateHash: _, ...log }: Log): Log => log;

/** The log up to the moment before its last deed; null when there is none. */
export function withoutLastDeed(log: Log): Log | null {
  const at = log.entries.findLastIndex(isDeed);
  const deed = log.entries[at];
  if (!deed) return null;
  const entries = log.entries.slice(0, at);
  return { ...withoutHash(log), entries, endUs: deed.atUs, endEvents: deed.events };
}

/** What had been typed by a moment; how many events led there, only the replay can tell. */
export const entriesUntil = (log: Log, untilUs: number): readonly LogEntry[] =>
  log.entries.filter(({ atUs }) => atUs <= untilUs);
