import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { runBashScript } from '../../cli/bash-script';
import { drive } from '../../cli/drive';

/** Recorded on Debian 12: bash 5.2.15, coreutils 9.1, sed 4.9, grep 3.8, mawk 1.3.4, jq 1.6, findutils 4.9. */
const cases = z
  .array(
    z.object({
      name: z.string(),
      script: z.string(),
      stdout: z.string(),
      stderr: z.string(),
      code: z.number(),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('./recorded.json', import.meta.url), 'utf8')));

test.each(cases)('$name', async ({ script, stdout, stderr, code }) => {
  const ran = await drive(runBashScript(script));
  expect(ran.stdout).toBe(stdout);
  expect(ran.stderr).toBe(stderr);
  expect(ran.code).toBe(code);
});
