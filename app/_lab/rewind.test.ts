import { expect, test } from 'vitest';
import type { Log, LogEntry } from '@/sim/lab/log';
import { marksOf, truncatedAt } from './rewind';

const open: LogEntry = { kind: 'open', atUs: 1, events: 1, terminal: 0, host: 'a' };
const line = (atUs: number, text: string): LogEntry => ({
  kind: 'line',
  atUs,
  events: atUs,
  terminal: 0,
  text,
});
const size: LogEntry = { kind: 'size', atUs: 25, events: 25, terminal: 0, columns: 80, rows: 24 };
const log = (entries: LogEntry[]): Log => ({
  format: 1,
  engine: '1',
  lab: { slug: 'l', version: 1 },
  seed: 's',
  entries,
  endUs: 99,
  endEvents: 99,
  stateHash: 'x',
});

test('marks are what was done by hand', () => {
  const marks = marksOf(log([open, line(10, 'ip link'), line(15, ' '), size]));
  expect(marks).toEqual([{ atUs: 10, kind: 'command', text: 'ip link' }]);
});

test('the past ends with what had been typed by then', () => {
  const past = truncatedAt(log([open, line(10, 'a'), line(20, 'b'), size]), 19);
  expect(past).toMatchObject({ entries: [open, line(10, 'a')], endUs: 10, endEvents: 10 });
  expect(past).not.toHaveProperty('stateHash');
  expect(truncatedAt(log([open]), 0)).toBeNull();
});
