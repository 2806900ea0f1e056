import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import type { Log } from '../sim/lab/log';
import {
  bodyOf,
  expectAccessible,
  freshEmail,
  INSTRUCTOR,
  post,
  signIn,
  signUp,
} from './support/site';
import { logOf, mutantsOf, solutionsOf } from './support/work';

const LAB = 'veth-pair';
/** Virtual time that somebody watches a script that never ends. */
const BAD_SCRIPT_US = 8_000_000;

const words = z.object({ en: z.string(), ko: z.string() });
const view = z.object({
  id: z.string(),
  status: z.string(),
  points: z.number().nullable(),
  maxPoints: z.number().nullable(),
  reason: words.nullable(),
  checks: z.array(
    z.object({
      checkId: z.string(),
      verdict: z.string(),
      visibility: z.string(),
      explanation: words.nullable(),
    }),
  ),
});
type View = z.infer<typeof view>;

/** Submits and waits for the outcome. */
async function graded(page: Page, log: Log): Promise<View> {
  const body = { log, idempotencyKey: randomUUID() };
  const sent = await bodyOf(await post(page.request, '/api/v1/submissions', body), view);
  const look = async () => bodyOf(await page.request.get(`/api/v1/submissions/${sent.id}`), view);
  await expect
    .poll(async () => (await look()).status, { timeout: 100_000 })
    .not.toMatch(/queued|grading/);
  return look();
}

test('a solution gets full marks; the grade is on both pages', async ({ page }) => {
  await signIn(page, 'learner1@example.org');
  const solution = solutionsOf(LAB)[0]?.text ?? '';
  const outcome = await graded(page, await logOf(LAB, solution));
  expect(outcome.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(outcome).toMatchObject({ status: 'graded', points: outcome.maxPoints });
  await page.goto('/ko/grades');
  const row = page.getByRole('row').filter({ hasText: '네임스페이스 두 개와 케이블 하나' });
  await expect(row).toContainText('100 %');
  await expect(row).toContainText('통과');
  await page.locator('details').first().locator('summary').click();
  await expectAccessible(page);
  await page.context().clearCookies();
  await signIn(page, INSTRUCTOR);
  await page.goto('/en/teach');
  const learner = page.getByRole('row').filter({ hasText: 'learner1@example.org' });
  await expect(learner).toContainText('100 %');
  const csv = await (await page.request.get('/api/v1/classes/demo/gradebook')).text();
  expect(csv).toMatch(/learner1@example\.org.*100/);
});

test('wrong work is told what was seen, and its lost packet', async ({ page }) => {
  await signUp(page, freshEmail());
  const mutant = mutantsOf(LAB)[0]?.text ?? '';
  const named = /^# fails: (.*)$/m.exec(mutant)?.[1]?.split(/,\s*/) ?? [];
  const outcome = await graded(page, await logOf(LAB, mutant));
  const failed = outcome.checks.filter(({ verdict }) => verdict === 'fail');
  expect(failed.map(({ checkId }) => checkId).sort()).toEqual([...named].sort());
  for (const check of failed.filter(({ visibility }) => visibility === 'visible')) {
    expect(check.explanation?.en).toBeTruthy();
    expect(check.explanation?.ko).toBeTruthy();
  }
  const hidden = outcome.checks.filter(({ visibility }) => visibility !== 'visible');
  expect(hidden.every(({ explanation }) => explanation === null)).toBe(true);
});

test('a log that was tampered with is refused with the reason', async ({ page }) => {
  await signUp(page, freshEmail());
  const log = await logOf(LAB, solutionsOf(LAB)[0]?.text ?? '');
  const other = await graded(page, { ...log, stateHash: 'f'.repeat(16) });
  expect(other).toMatchObject({ status: 'refused', points: null });
  expect(other.reason?.en).toContain('the state at the end is not the one that the log claims');
  const shorter = await graded(page, { ...log, entries: log.entries.slice(0, -2) });
  expect(shorter.status).toBe('refused');
  const newer = await graded(page, { ...log, lab: { ...log.lab, version: 999 } });
  expect(newer.reason?.en).toContain('version 999');
  const { grades } = await bodyOf(
    await page.request.get('/api/v1/grades'),
    z.object({ grades: z.array(z.unknown()) }),
  );
  expect(grades).toEqual([]);
});

for (const { name, script } of [
  { name: 'an endless loop', script: 'while :; do :; done' },
  { name: 'a fork bomb', script: 'bomb() { bomb | bomb & }; bomb; wait' },
  { name: 'yes', script: 'yes > /root/all' },
]) {
  test(`${name} is stopped or graded, and others are graded meanwhile`, async ({
    browser,
    page,
  }) => {
    test.setTimeout(240_000);
    await signUp(page, freshEmail());
    const bad = graded(page, await logOf(LAB, script, BAD_SCRIPT_US));
    const other = await browser.newPage();
    await signUp(other, freshEmail());
    const good = await graded(other, await logOf(LAB, solutionsOf(LAB)[0]?.text ?? ''));
    expect(good).toMatchObject({ status: 'graded', points: good.maxPoints });
    await other.close();
    const outcome = await bad;
    expect(['graded', 'stopped']).toContain(outcome.status);
    if (outcome.status === 'stopped') expect(outcome.reason?.en).toContain('stopped: ');
    else expect(outcome.points).toBeLessThan(outcome.maxPoints ?? 0);
  });
}
