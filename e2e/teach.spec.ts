import { expect, test } from '@playwright/test';
import { z } from 'zod';
import {
  bodyOf,
  expectAccessible,
  freshEmail,
  INSTRUCTOR,
  post,
  signIn,
  signUp,
  watchErrors,
} from './support/site';

for (const { locale, title, csv } of [
  { locale: 'en', title: 'Classes', csv: 'Download as CSV' },
  { locale: 'ko', title: '수업', csv: 'CSV로 내려받기' },
] as const) {
  test(`the instructor sees the demo class and downloads it (${locale})`, async ({ page }) => {
    const errors = watchErrors(page);
    await signIn(page, INSTRUCTOR);
    await page.goto(`/${locale}/teach`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    const demo = page.locator('section').filter({ hasText: 'Demo class' }).first();
    await expect(demo.getByRole('rowheader', { name: /^Demo learner/ })).toHaveCount(5);
    await expectAccessible(page);
    const download = page.waitForEvent('download');
    await demo.getByRole('link', { name: csv }).click();
    expect((await download).suggestedFilename()).toBe('gradebook.csv');
    expect(errors).toEqual([]);
  });
}

test('a hostile name runs nowhere: not in the page, not in the spreadsheet', async ({ page }) => {
  const errors = watchErrors(page);
  await signIn(page, INSTRUCTOR);
  const hostile = `<img src=x onerror=alert(1)>'); DROP TABLE "Class";--`;
  const made = await post(page.request, '/api/v1/classes', { name: hostile });
  expect(made.status()).toBe(201);
  const { id, joinCode } = await bodyOf(made, z.object({ id: z.string(), joinCode: z.string() }));
  await page.context().clearCookies();
  const formula = '=HYPERLINK("http://evil.example","x")';
  await signUp(page, freshEmail(), formula);
  await page.goto('/en/grades');
  await page.getByLabel('Code of the class').fill(joinCode);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByText('You are now in')).toBeVisible();
  await expectAccessible(page);
  await page.context().clearCookies();
  await signIn(page, INSTRUCTOR);
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await page.goto('/en/teach');
  await expect(page.getByRole('heading', { name: hostile })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: formula })).toBeVisible();
  const file = await (await page.request.get(`/api/v1/classes/${id}/gradebook`)).text();
  expect(file).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`);
  expect(dialogs).toBe(0);
  expect(errors).toEqual([]);
});

test('a gradebook is for the one who teaches the class', async ({ page }) => {
  await signUp(page, freshEmail());
  expect((await page.request.get('/api/v1/classes/demo/gradebook')).status()).toBe(404);
  await page.context().clearCookies();
  expect((await page.request.get('/api/v1/classes/demo/gradebook')).status()).toBe(401);
});

test('every answer carries the policy, and no page of another site may frame it', async ({
  page,
}) => {
  const answer = await page.goto('/en');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
  const nonces = await page.locator('script[nonce]').count();
  expect(nonces).toBe(await page.locator('script').count());
});
