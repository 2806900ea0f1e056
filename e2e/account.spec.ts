import { expect, test } from '@playwright/test';
import { expectAccessible, freshEmail, PASSWORD, post, signUp, watchErrors } from './support/site';

const LANGUAGES = [
  { locale: 'en', signUp: 'Sign up', signIn: 'Sign in', signOut: 'Sign out', name: 'Name' },
  { locale: 'ko', signUp: '가입', signIn: '로그인', signOut: '로그아웃', name: '이름' },
] as const;

for (const words of LANGUAGES) {
  test(`sign up, sign out and sign in again (${words.locale})`, async ({ page }) => {
    const errors = watchErrors(page);
    const email = freshEmail();
    await page.goto(`/${words.locale}/sign-up?next=/${words.locale}/grades`);
    await expect(page.locator('html')).toHaveAttribute('lang', words.locale);
    await expectAccessible(page);
    await page.getByLabel(words.name, { exact: true }).fill('Ada Lovelace');
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('main').getByRole('button', { name: words.signUp }).click();
    await page.waitForURL(`**/${words.locale}/grades`);
    await expect(page.getByText(email)).toBeVisible();
    await page.locator('main').getByRole('button', { name: words.signOut }).click();
    await page.waitForURL(new RegExp(`/${words.locale}/?$`));
    await page.goto(`/${words.locale}/grades`);
    await page.waitForURL(/sign-in\?next=/);
    await expectAccessible(page);
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('main').getByRole('button', { name: words.signIn }).click();
    await page.waitForURL(`**/${words.locale}/grades`);
    await expect(page.getByText(email)).toBeVisible();
    expect(errors).toEqual([]);
  });
}

test('a wrong password and a taken address are told in words', async ({ page }) => {
  const email = freshEmail();
  await signUp(page, email);
  await page.context().clearCookies();
  await page.goto('/en/sign-in');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill('not-the-password');
  await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.locator('main').getByRole('alert')).toHaveText(
    'E-mail address or password is wrong.',
  );
  await page.goto('/en/sign-up');
  await page.getByLabel('Name', { exact: true }).fill('Ada');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('main').getByRole('button', { name: 'Sign up' }).click();
  await expect(page.locator('main').getByRole('alert')).toContainText('There is an account');
});

test('after signing in, only a path of this site is followed', async ({ page, baseURL }) => {
  const email = freshEmail();
  await signUp(page, email);
  await page.context().clearCookies();
  await page.goto('/en/sign-in?next=//evil.example/x');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/en\/?$/);
  expect(new URL(page.url()).origin).toBe(baseURL);
});

test('nobody makes himself an instructor', async ({ page }) => {
  const refused = await post(page.request, '/api/auth/sign-up/email', {
    email: freshEmail(),
    name: 'Eve',
    password: PASSWORD,
    role: 'instructor',
  });
  expect(refused.status()).toBe(400);
  await signUp(page, freshEmail());
  const changed = await post(page.request, '/api/auth/update-user', { role: 'admin' });
  expect(changed.ok()).toBe(false);
  const promoted = await post(page.request, '/api/auth/admin/set-role', {
    userId: 'x',
    role: 'admin',
  });
  expect(promoted.status()).toBe(403);
  await page.goto('/en/teach');
  await expect(page.getByText('This page is for instructors.')).toBeVisible();
  expect((await post(page.request, '/api/v1/classes', { name: 'x' })).status()).toBe(403);
});

test('guessing a password is slowed down', async ({ page }) => {
  const email = freshEmail();
  await signUp(page, email);
  const guess = async (): Promise<number> =>
    (await post(page.request, '/api/auth/sign-in/email', { email, password: 'guess' })).status();
  const answers: number[] = [];
  for (let i = 0; i < 21; i += 1) answers.push(await guess());
  expect(answers.slice(0, 20)).toEqual(Array(20).fill(401));
  expect(answers[20]).toBe(429);
});

test('an account can be taken along and erased', async ({ page }) => {
  const email = freshEmail();
  await signUp(page, email, 'Gone Soon');
  await page.goto('/en/grades');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /Download everything/ }).click();
  expect((await download).suggestedFilename()).toBe('hopwise-account.json');
  const stored = await (await page.request.get('/api/v1/account')).text();
  expect(stored).toContain('Gone Soon');
  expect(stored).not.toMatch(/password|token/i);
  await page.getByText('Erase this account').click();
  await expectAccessible(page);
  await page.getByLabel('Your password').fill('wrong-password');
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByText('The password is wrong.')).toBeVisible();
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await page.waitForURL(/\/en\/?$/);
  const again = await post(page.request, '/api/auth/sign-in/email', { email, password: PASSWORD });
  expect(again.status()).toBe(401);
});
