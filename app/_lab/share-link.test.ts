import { expect, test } from 'vitest';
import type { Log } from '@/sim/lab/log';
import { fragmentOf, logOf } from './share-link';

const log: Log = {
  format: 1,
  engine: '1',
  lab: { slug: 'a-bridge', version: 2 },
  seed: 'seed',
  entries: [
    { kind: 'open', atUs: 1, events: 10, terminal: 0, host: 'node01' },
    { kind: 'line', atUs: 5, events: 12, terminal: 0, text: 'echo 한글' },
  ],
  endUs: 9,
  endEvents: 20,
  stateHash: 'abc',
};

test('a link gives back the log that it was made of', async () => {
  const fragment = await fragmentOf(log);
  expect(fragment).toMatch(/^#s=[A-Za-z0-9_-]+$/);
  expect(await logOf(fragment)).toEqual({ kind: 'log', log });
});

test('a link without a log, a cut one and one with another shape are told apart', async () => {
  expect(await logOf('#tasks')).toEqual({ kind: 'none' });
  const fragment = await fragmentOf(log);
  expect((await logOf(fragment.slice(0, 40))).kind).toBe('broken');
  const wrong = await fragmentOf({ ...log, endUs: -1 });
  expect(await logOf(wrong)).toMatchObject({
    kind: 'broken',
    text: expect.stringContaining('endUs'),
  });
});
