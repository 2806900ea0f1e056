import { AxeBuilder } from '@axe-core/playwright';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { z } from 'zod';

/** The one that scripts/serve-e2e.mjs gives to every account of the demo class. */
export const PASSWORD = 'correct-horse-7';
export const INSTRUCTOR = 'instructor@example.org';

let counter = 0;

/** An e-mail address that no earlier test used. */
export const freshEmail = (): string => {
  counter += 1;
  return `person-${process.pid}-${Date.now()}-${counter}@example.org`;
};

/** No finding of axe in either colour scheme. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' | ')}`,
    );
    expect(told, `axe, ${colorScheme}`).toEqual([]);
  }
}

/** Collects what the browser complains about: errors of scripts, refused by policy, failed loads. */
export function watchErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    const isExpected = /status of 4(00|01|03|04|09|22|29)/.test(message.text());
    if (message.type() === 'error' && !isExpected) errors.push(message.text());
  });
  return errors;
}

/** Signs up through the API; the page's context holds the session afterwards. */
export async function signUp(page: Page, email: string, name = 'Ada'): Promise<void> {
  const answer = await post(page.request, '/api/auth/sign-up/email', {
    email,
    name,
    password: PASSWORD,
  });
  expect(answer.status()).toBe(200);
}

export async function signIn(page: Page, email: string): Promise<void> {
  const answer = await post(page.request, '/api/auth/sign-in/email', { email, password: PASSWORD });
  expect(answer.status()).toBe(200);
}

type Answer = Awaited<ReturnType<APIRequestContext['post']>>;

/** The body of an answer, in the shape that it must have. */
export const bodyOf = async <T>(answer: Answer, schema: z.ZodType<T>): Promise<T> =>
  schema.parse(await answer.json());

/** A request as the site's own pages send it. */
export const post = (request: APIRequestContext, path: string, data: unknown): Promise<Answer> =>
  request.post(path, { data, headers: sameOrigin });

export const put = (request: APIRequestContext, path: string, data: unknown): Promise<Answer> =>
  request.put(path, { data, headers: sameOrigin });

const sameOrigin = { Origin: `http://127.0.0.1:${process.env['HOPWISE_E2E_PORT'] ?? 3177}` };
