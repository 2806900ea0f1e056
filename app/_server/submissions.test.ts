import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../scripts/migrate.mjs';
import type { CheckOutcome, Outcome } from './grading/outcome';

const dir = mkdtempSync(join(tmpdir(), 'hopwise-submissions-'));
const path = join(dir, 'test.db');
process.env['DATABASE_URL'] = `file:${path}`;
/** Imported late: the client opens the database that the environment names. */
const { db } = await import('./db');
const { claimSubmission, insertSubmission, recoverSubmissions, storeOutcome } = await import(
  './submissions'
);
const { findOwnSubmission } = await import('./submission-view');
const { gradesOf } = await import('./grades');

let userId = '';

beforeAll(async () => {
  await migrate({ provider: 'sqlite', path, label: path });
});
beforeEach(async () => {
  userId = randomUUID();
  await db.user.create({ data: { id: userId, name: 'n', email: `${userId}@example.org` } });
});
afterAll(async () => {
  await db.$disconnect();
  globalThis.hopwiseDb = undefined;
  rmSync(dir, { recursive: true, force: true });
});

const log = {
  format: 1,
  engine: '1',
  lab: { slug: 'veth-pair', version: 1 },
  seed: 's',
  entries: [],
  endUs: 0,
  endEvents: 0,
  stateHash: '00',
} as const;

const insert = (idempotencyKey: string = randomUUID()) =>
  insertSubmission(userId, { idempotencyKey, log: { ...log, entries: [] } });

const check: CheckOutcome = {
  taskId: 't',
  checkId: 'c',
  verdict: 'fail',
  points: 0,
  maxPoints: 2,
  visibility: 'visible',
  explanation: { en: 'dropped in FORWARD', ko: 'FORWARD에서 버려졌어요' },
  packetId: 7,
};

const graded = (points: number, checks: readonly CheckOutcome[] = [check]): Outcome => ({
  kind: 'graded',
  points,
  maxPoints: 2,
  passed: points >= 1.6,
  labVersion: 1,
  engineVersion: '1',
  checks: [...checks],
});

async function gradeAs(outcome: Outcome): Promise<string> {
  const { row } = await insert();
  const claimed = await claimSubmission(row.id);
  if (!claimed) throw new Error('not claimed');
  await storeOutcome(claimed, outcome);
  return row.id;
}

describe('a submission', () => {
  test('is one for one key, also when it comes twenty times at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => insert('the-same-key')));
    expect(new Set(all.map(({ row }) => row.id)).size).toBe(1);
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  test('is claimed once', async () => {
    const { row } = await insert();
    const claims = await Promise.all([claimSubmission(row.id), claimSubmission(row.id)]);
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  test('keeps its first outcome', async () => {
    const { row } = await insert();
    const claimed = await claimSubmission(row.id);
    if (!claimed) throw new Error('not claimed');
    await storeOutcome(claimed, graded(2));
    await storeOutcome(claimed, graded(0));
    expect(await findOwnSubmission(userId, row.id)).toMatchObject({ points: 2, status: 'graded' });
  });

  test('shows its checks with their words, a hidden one without', async () => {
    const hidden: CheckOutcome = { ...check, checkId: 'h', visibility: 'hidden' };
    const id = await gradeAs(graded(0, [check, hidden]));
    const view = await findOwnSubmission(userId, id);
    expect(view?.checks).toEqual([check, { ...hidden, explanation: null, packetId: null }]);
    expect(await findOwnSubmission('somebody-else', id)).toBeNull();
  });

  test('that was stopped or refused says why and leaves no grade', async () => {
    const reason = { en: 'stopped: more than 9 events', ko: '중단됨' };
    const id = await gradeAs({ kind: 'stopped', reason });
    expect(await findOwnSubmission(userId, id)).toMatchObject({ status: 'stopped', reason });
    expect(await gradesOf(userId)).toEqual([]);
  });
});

describe('a grade', () => {
  test('is the best one; having passed stays', async () => {
    await gradeAs(graded(1));
    expect(await gradesOf(userId)).toMatchObject([{ score: 0.5, passedAt: null }]);
    const best = await gradeAs(graded(2));
    await gradeAs(graded(0));
    expect(await gradesOf(userId)).toMatchObject([{ score: 1, points: 2, submissionId: best }]);
    expect((await gradesOf(userId))[0]?.passedAt).not.toBeNull();
  });
});

describe('after a killed server', () => {
  test('what was being graded is queued again, and given up after three tries', async () => {
    const { row } = await insert();
    for (const _ of [1, 2, 3]) {
      expect(await claimSubmission(row.id)).not.toBeNull();
      await recoverSubmissions();
    }
    expect(await claimSubmission(row.id)).toBeNull();
    expect(await findOwnSubmission(userId, row.id)).toMatchObject({ status: 'error' });
  });

  test('the queue is taken up in the order in which it came', async () => {
    const ids: string[] = [];
    for (const _ of [1, 2, 3]) {
      ids.push((await insert()).row.id);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    const waiting = (await recoverSubmissions()).map(({ id }) => id);
    expect(waiting.filter((id) => ids.includes(id))).toEqual(ids);
  });
});
