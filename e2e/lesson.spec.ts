import { expect, test } from '@playwright/test';
import { expectAccessible, watchErrors } from './support/site';

const LANGUAGES = [
  { locale: 'en', read: 'Mark as read', done: 'Read', answer: 'Answer', other: 'ko' },
  { locale: 'ko', read: '읽음으로 표시', done: '읽음', answer: '답하기', other: 'en' },
] as const;

for (const words of LANGUAGES) {
  test(`the course map leads to a lesson and remembers it (${words.locale})`, async ({ page }) => {
    const errors = watchErrors(page);
    await page.goto(`/${words.locale}`);
    await expect(page.locator('html')).toHaveAttribute('lang', words.locale);
    await expect(page.getByRole('listitem').filter({ has: page.locator('h3') })).toHaveCount(16);
    await expectAccessible(page);
    await page.locator('main a[href*="/course/"]').first().click();
    await page.waitForURL(/\/course\/\d\d-/);
    await expect(page.locator('article h1')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: words.read }).click();
    await expect(page.getByText(words.done, { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByText(words.done, { exact: true })).toBeVisible();
    await page.goto(page.url().replace(`/${words.locale}/`, `/${words.other}/`));
    await expect(page.locator('html')).toHaveAttribute('lang', words.other);
    expect(errors).toEqual([]);
  });

  test(`a prediction is asked before the reveal, and kept (${words.locale})`, async ({ page }) => {
    await page.goto(`/${words.locale}`);
    await page.locator('main a[href*="/course/"]').first().click();
    await page.waitForURL(/\/course\//);
    const predict = page.locator('section:has(> form)').first();
    const form = predict.locator('form');
    await expect(form).toBeVisible();
    const radios = form.getByRole('radio');
    if ((await radios.count()) > 0) await radios.first().check();
    else await form.getByRole('textbox').fill('10.0.0.1');
    const question = await predict.locator('p').first().innerText();
    await form.getByRole('button', { name: words.answer }).click();
    const answered = page.locator('section').filter({ hasText: question }).last();
    await expect(answered.locator('form')).toHaveCount(0);
    await page.reload();
    await expect(
      page.locator('section').filter({ hasText: question }).last().locator('form'),
    ).toHaveCount(0);
  });
}

test('the site chooses the language of the browser', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ locale: 'ko-KR', ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  await page.goto('/');
  await expect(page).toHaveURL(/\/ko$/);
  await context.close();
});

test('search finds a lesson by keyboard alone', async ({ page }) => {
  await page.goto('/en');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('bridge');
  const hit = page.getByRole('option').first();
  await expect(hit).toContainText(/bridge/i);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/(course|lab)\//);
});

test('a page that does not exist says so in the language of its address', async ({ page }) => {
  const answer = await page.goto('/ko/nowhere');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: '없는 페이지예요' })).toBeVisible();
  await expectAccessible(page);
});

test('the colours follow the choice without a flash', async ({ page }) => {
  await page.goto('/en');
  const toggle = page.getByRole('button', { name: /Colours/ });
  await toggle.click();
  await toggle.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

for (const { locale, status, saysSo, simulated } of [
  { locale: 'en', status: 'Status', saysSo: 'Says so', simulated: 'Simulated' },
  { locale: 'ko', status: '상태', saysSo: '알려 줌', simulated: '시뮬레이션' },
] as const) {
  test(`what is simulated can be searched by keyboard (${locale})`, async ({ page }) => {
    const errors = watchErrors(page);
    await page.goto(`/${locale}/fidelity`);
    const search = page.getByRole('searchbox');
    const rows = page.locator('main ul > li');
    await expect(rows.filter({ hasText: 'iproute2' }).first()).toBeVisible();
    expect(await page.locator('details[open]').count()).toBe(0);
    await expectAccessible(page);
    await search.focus();
    await page.keyboard.type('ip vxlan nolearning');
    const open = page.locator('details[open]');
    await expect(open.getByText('nolearning')).toBeVisible();
    await expect(open.getByText(simulated, { exact: true }).first()).toBeVisible();
    await expectAccessible(page);
    await search.fill('');
    await page.getByLabel(status).selectOption({ label: saysSo });
    await expect(rows.filter({ hasText: /^kubectl/ })).toHaveCount(1);
    await page.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('details[open]')).toHaveCount(1);
    await expectAccessible(page);
    expect(errors).toEqual([]);
  });
}

test('reading works on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/ko');
  const isWide = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
  expect(await isWide()).toBe(false);
  await page.locator('main a[href*="/course/"]').first().click();
  await page.waitForURL(/\/course\//);
  expect(await isWide()).toBe(false);
});
