import { chromium, defineConfig } from '@playwright/test';
import { findChromium, NO_CHROMIUM } from './scripts/chromium.mjs';

const port = Number(process.env['HOPWISE_E2E_PORT'] ?? 3177);
const baseURL = `http://127.0.0.1:${port}`;
const executablePath = findChromium(process.env, chromium.executablePath());
if (executablePath === undefined) throw new Error(NO_CHROMIUM);

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    baseURL,
    browserName: 'chromium',
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  /** The production build on a temporary data folder, with the demo class of `npm run seed`. */
  webServer: {
    command: 'node scripts/serve-e2e.mjs',
    url: `${baseURL}/healthz`,
    timeout: 300_000,
    reuseExistingServer: false,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    env: { PORT: String(port), HOST: '127.0.0.1' },
  },
});
