// Finds a Chromium for the browser tests: nothing is downloaded.
import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/opt/homebrew/bin/chromium',
  '/usr/local/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

export const NO_CHROMIUM = `No Chromium was found, so that the browser tests cannot run. Get one:
  Debian, Ubuntu: sudo apt-get install chromium
  macOS:          brew install --cask chromium   (Google Chrome does as well)
  anywhere:       npx playwright install chromium
or name one: CHROMIUM_PATH=/path/to/chromium npm test`;

/** The path of a Chromium, or undefined. `own` is where Playwright would have installed one. */
export function findChromium(env = process.env, own = '', exists = existsSync) {
  if (env.CHROMIUM_PATH) return exists(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
  return [...PLACES, own].find((path) => path !== '' && exists(path));
}
