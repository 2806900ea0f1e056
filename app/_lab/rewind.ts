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

/** The log as it was at a moment: what had been typed by then, ending with the last of it. */
export function truncatedAt(log: Log, untilUs: number): Log | null {
  const entries = log.entries.filter(({ atUs }) => atUs <= untilUs);
  const last = entries.at(-1);
  if (!last) return null;
  return { ...withoutHash(log), entries, endUs: last.atUs, endEvents: last.events };
}
