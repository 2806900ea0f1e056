import { Worker } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import type { Outcome } from './outcome';
import { GradingPool } from './pool';

/** A thread that does what the name of the lab says. */
const SOURCE = `
const { parentPort } = require('node:worker_threads');
const graded = (points) => JSON.stringify({ kind: 'graded', points, maxPoints: 1, passed: true,
  labVersion: 1, engineVersion: '1', checks: [] });
parentPort.on('message', ({ lab, payload }) => {
  if (lab === 'loop') for (;;);
  if (lab === 'memory') { const all = []; for (;;) all.push(new Array(1e5).fill(Math.random())); }
  if (lab === 'crash') throw new Error('broken lab');
  if (lab === 'exit') process.exit(3);
  if (lab === 'huge') return parentPort.postMessage('x'.repeat(1e6));
  if (lab === 'slow') return setTimeout(() => parentPort.postMessage(graded(Number(payload))), 100);
  parentPort.postMessage(graded(Number(payload)));
});`;

let pool: GradingPool;
const makePool = (size = 1, queueMax = 100): GradingPool => {
  pool = new GradingPool({
    makeWorker: () =>
      new Worker(SOURCE, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 64 } }),
    size,
    queueMax,
    wallMs: 1500,
    outputMax: 10_000,
  });
  return pool;
};
let people = 0;
/** A job of somebody new, unless it says whose it is. */
async function grade(lab: string, payload = '1', owner?: string): Promise<Outcome> {
  people += 1;
  const done = await pool.run(owner ?? `person-${people}`, async () => ({ lab, payload }));
  if (!done) throw new Error('nothing was claimed');
  return done.outcome;
}

afterEach(() => pool.close());

test('a job is graded, and the thread is used again', async () => {
  makePool();
  expect(await grade('ok', '0.5')).toMatchObject({ kind: 'graded', points: 0.5 });
  expect(await grade('ok', '0.75')).toMatchObject({ kind: 'graded', points: 0.75 });
});

test.each([
  ['loop', 'stopped', /1\.5 s/],
  ['memory', 'stopped', /memory/],
  ['huge', 'stopped', /larger/],
  ['crash', 'error', /No attempt/],
  ['exit', 'error', /No attempt/],
] as const)('%s: only that job ends, as %s', async (lab, kind, en) => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  makePool(2);
  const [bad, ...good] = await Promise.all([
    grade(lab),
    ...Array.from({ length: 6 }, () => grade('ok')),
  ]);
  expect(bad).toMatchObject({ kind, reason: { en: expect.stringMatching(en) } });
  expect(good.map((outcome) => outcome.kind)).toEqual(Array(6).fill('graded'));
  expect(await grade('ok')).toMatchObject({ kind: 'graded' });
  silent.mockRestore();
});

test('a full queue says so before a job is given to it', async () => {
  makePool(1, 2);
  const running: Promise<Outcome>[] = [];
  for (let i = 0; i < 3; i += 1) {
    expect(pool.isFull).toBe(false);
    running.push(grade('slow'));
  }
  expect(pool.isFull).toBe(true);
  await Promise.all(running);
  expect(pool.isFull).toBe(false);
});

test('one person cannot take every thread', async () => {
  makePool(2);
  const loops = [grade('loop', '1', 'eve'), grade('loop', '1', 'eve'), grade('loop', '1', 'eve')];
  const started = performance.now();
  expect(await grade('ok', '1', 'ada')).toMatchObject({ kind: 'graded' });
  expect(performance.now() - started).toBeLessThan(1400);
  const outcomes = await Promise.all(loops);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['stopped', 'stopped', 'stopped']);
});

test('a claim that fails or finds nothing frees the thread', async () => {
  makePool();
  const nothing = await pool.run('a', async () => null);
  expect(nothing).toBeNull();
  const broken = pool.run('a', () => Promise.reject(new Error('no database')));
  await expect(broken).rejects.toThrow('no database');
  expect(await grade('ok')).toMatchObject({ kind: 'graded' });
});
