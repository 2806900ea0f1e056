import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { bodyOf, freshEmail, PASSWORD, post, put, signIn, signUp } from './support/site';

const withId = z.object({ id: z.string() });
const progressBody = z.object({ lessons: z.array(z.unknown()), quiz: z.array(z.unknown()) });

const draft = (text: string, slug = 'veth-pair') => ({
  log: {
    format: 1,
    engine: '1',
    lab: { slug, version: 1 },
    seed: 's',
    entries: [{ kind: 'line', terminal: 0, text, atUs: 0, events: 0 }],
    endUs: 0,
    endEvents: 0,
    stateHash: '0'.repeat(16),
  },
});

test('what a guest did moves into the new account, once', async ({ page }) => {
  const lesson = '02-namespaces/01-netns-and-veth';
  const guest = {
    lessons: [{ lesson, status: 'done' }],
    quiz: [{ lesson, question: 'q1', answer: 'veth', correct: true }],
  };
  await page.goto('/en/sign-up');
  const kept = {
    lessons: { [lesson]: 'done' },
    answers: { [`${lesson}#q1`]: { answer: 'veth', correct: true } },
  };
  await page.evaluate((progress) => {
    localStorage.setItem('hopwise.progress.guest', JSON.stringify(progress));
  }, kept);
  await page.getByLabel('Name', { exact: true }).fill('Guest');
  await page.locator('input[name=email]').fill(freshEmail());
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('main').getByRole('button', { name: 'Sign up' }).click();
  await page.waitForURL(/\/en\/?$/);
  const progress = await bodyOf(await page.request.get('/api/v1/progress'), progressBody);
  expect(progress.lessons).toEqual(guest.lessons);
  expect(progress.quiz).toEqual(guest.quiz);
  const left = await page.evaluate(() => localStorage.getItem('hopwise.progress.guest'));
  expect(left).toBeNull();
  const again = await post(page.request, '/api/v1/progress/import', { ...guest, sandboxes: [] });
  expect(await again.json()).toEqual({ imported: { lessons: 0, quiz: 0, sandboxes: 0 } });
});

test('a draft is there for another browser, and is not overwritten unseen', async ({ page }) => {
  const email = freshEmail();
  await signUp(page, email);
  const path = '/api/v1/sandboxes/veth-pair';
  expect((await page.request.get(path)).status()).toBe(404);
  const first = await put(page.request, path, { ...draft('one'), baseRevision: 0 });
  expect(await first.json()).toEqual({ revision: 1 });
  await page.context().clearCookies();
  await signIn(page, email);
  expect(await (await page.request.get(path)).json()).toMatchObject({
    ...draft('one'),
    revision: 1,
  });
  await put(page.request, path, { ...draft('two'), baseRevision: 1 });
  const late = await put(page.request, path, { ...draft('three'), baseRevision: 1 });
  expect(late.status()).toBe(409);
  expect(await late.json()).toMatchObject({ current: { ...draft('two'), revision: 2 } });
});

test('learners see their own work only', async ({ page }) => {
  await signUp(page, freshEmail());
  await put(page.request, '/api/v1/sandboxes/veth-pair', draft('mine'));
  const submitted = await post(page.request, '/api/v1/submissions', {
    ...draft('mine'),
    idempotencyKey: 'key-0001',
  });
  expect(submitted.status()).toBe(202);
  const { id } = await bodyOf(submitted, withId);
  expect((await page.request.get(`/api/v1/submissions/${id}`)).status()).toBe(200);
  await page.context().clearCookies();
  expect((await page.request.get(`/api/v1/submissions/${id}`)).status()).toBe(401);
  await signUp(page, freshEmail());
  expect((await page.request.get(`/api/v1/submissions/${id}`)).status()).toBe(404);
  expect((await page.request.get('/api/v1/sandboxes/veth-pair')).status()).toBe(404);
});

test('the same idempotency key gives the same submission', async ({ page }) => {
  await signUp(page, freshEmail());
  const body = {
    ...draft('x', 'no-such-lab'),
    idempotencyKey: 'key-0002',
  };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => post(page.request, '/api/v1/submissions', body)),
  );
  const ids = await Promise.all(answers.map(async (answer) => (await bodyOf(answer, withId)).id));
  expect(new Set(ids).size).toBe(1);
  const list = z.object({ submissions: z.array(withId) });
  const { submissions } = await bodyOf(await page.request.get('/api/v1/submissions'), list);
  expect(submissions).toHaveLength(1);
});

test('a request from another site, or with a broken body, is refused', async ({ page }) => {
  await signUp(page, freshEmail());
  const foreign = await page.request.put('/api/v1/lessons', {
    data: { lesson: 'a', status: 'done' },
    headers: { Origin: 'https://evil.example' },
  });
  expect(foreign.status()).toBe(403);
  const cases = [
    ['/api/v1/lessons', { lesson: '../../etc/passwd', status: 'done' }],
    ['/api/v1/lessons', { lesson: 'a', status: 'won' }],
    ['/api/v1/lessons', []],
    ['/api/v1/sandboxes/..%2F..%2Fetc', draft('x')],
    ["/api/v1/sandboxes/x';DROP TABLE user;--", draft('x')],
    ['/api/v1/sandboxes/veth-pair', { log: 'no log' }],
    ['/api/v1/sandboxes/another-lab', draft('x')],
    ['/api/v1/sandboxes/veth-pair', draft('x'.repeat(20_000))],
  ] as const;
  for (const [path, body] of cases) {
    expect([400, 404]).toContain((await put(page.request, path, body)).status());
  }
  const badKey = { ...draft('x'), idempotencyKey: '../../../etc/passwd' };
  expect((await post(page.request, '/api/v1/submissions', badKey)).status()).toBe(400);
  const large = await put(
    page.request,
    '/api/v1/sandboxes/veth-pair',
    draft('x'.repeat(3_000_000)),
  );
  expect(large.status()).toBe(413);
  const progress = await bodyOf(await page.request.get('/api/v1/progress'), progressBody);
  expect(progress.lessons).toEqual([]);
});
