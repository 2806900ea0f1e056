// Serves the production build for the browser tests: a data folder of its own, seeded, removed at the end.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './bootstrap.mjs';

/** Known to the tests alone; the seed command makes random ones otherwise. */
export const E2E_PASSWORD = 'correct-horse-7';

const data = mkdtempSync(join(tmpdir(), 'hopwise-e2e-'));
const env = {
  ...process.env,
  HOPWISE_DATA: data,
  DATABASE_URL: process.env.HOPWISE_E2E_DATABASE_URL ?? '',
};
const script = (name, ...args) =>
  spawn(process.execPath, [join(ROOT, 'scripts', name), ...args], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  });
const ended = (child) => new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));

process.on('exit', () => rmSync(data, { recursive: true, force: true }));
if ((await ended(script('seed.mjs', '--password', E2E_PASSWORD))) !== 0) process.exit(1);
const site = script('start.mjs');
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => site.kill(signal));
process.exit(await ended(site));
