import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import { bodyOf, PASSWORD } from './support/site';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** A site of its own, which a test may kill: the same build, another data folder. */
class Site {
  readonly origin: string;
  readonly #data = mkdtempSync(join(tmpdir(), 'hopwise-kill-'));
  readonly #port: number;
  #process: ChildProcess | undefined;

  constructor(port: number) {
    this.#port = port;
    this.origin = `http://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    const env = { HOPWISE_DATA: this.#data, DATABASE_URL: '', HOST: '127.0.0.1' };
    this.#process = spawn(process.execPath, ['scripts/start.mjs'], {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, ...env, PORT: String(this.#port) },
    });
    await expect
      .poll(
        () =>
          fetch(`${this.origin}/healthz`).then(
            ({ ok }) => ok,
            () => false,
          ),
        {
          timeout: 60_000,
        },
      )
      .toBe(true);
  }

  /** The whole process group at once, without a chance to tidy up. */
  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.#process?.once('exit', resolve));
    if (this.#process?.pid) process.kill(-this.#process.pid, 'SIGKILL');
    await ended;
  }

  remove(): void {
    rmSync(this.#data, { recursive: true, force: true });
  }
}

const log = (text: string) => ({
  format: 1,
  engine: '1',
  lab: { slug: 'no-such-lab', version: 1 },
  seed: 's',
  entries: [{ kind: 'line', terminal: 0, text, atUs: 0, events: 0 }],
  endUs: 0,
  endEvents: 0,
  stateHash: '0'.repeat(16),
});

const submission = z.object({ id: z.string(), status: z.string() });

test('what was acknowledged survives a server that is killed', async ({ page }) => {
  test.setTimeout(180_000);
  const site = new Site(await freePort());
  try {
    await site.start();
    await signUpAt(page, site);
    const send = (method: 'put' | 'post', path: string, data: unknown) =>
      page.request[method](`${site.origin}${path}`, { data, headers: { Origin: site.origin } });
    for (let round = 1; round <= 3; round += 1) {
      const saved = await send('put', '/api/v1/sandboxes/no-such-lab', { log: log(`r${round}`) });
      expect(await saved.json()).toEqual({ revision: round });
      const idempotencyKey = `round-000${round}`;
      const sent = await send('post', '/api/v1/submissions', { log: log('x'), idempotencyKey });
      const { id } = await bodyOf(sent, submission);
      await site.kill();
      await site.start();
      const draft = await page.request.get(`${site.origin}/api/v1/sandboxes/no-such-lab`);
      expect(await draft.json()).toMatchObject({ log: log(`r${round}`), revision: round });
      const status = async () => {
        const answer = await page.request.get(`${site.origin}/api/v1/submissions/${id}`);
        return (await bodyOf(answer, submission)).status;
      };
      await expect.poll(status, { timeout: 30_000 }).toBe('refused');
      const again = await send('post', '/api/v1/submissions', { log: log('x'), idempotencyKey });
      expect((await bodyOf(again, submission)).id).toBe(id);
    }
  } finally {
    await site.kill();
    site.remove();
  }
});

async function signUpAt(page: Page, site: Site): Promise<void> {
  const data = { email: 'kill@example.org', name: 'Kill', password: PASSWORD };
  const headers = { Origin: site.origin };
  const answer = await page.request.post(`${site.origin}/api/auth/sign-up/email`, {
    data,
    headers,
  });
  expect(answer.status()).toBe(200);
}
