import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runBashScript } from '../../cli/bash-script';
import { drive } from '../../cli/drive';

const caseSchema = z.object({
  name: z.string(),
  script: z.string(),
  stdout: z.string(),
  stderr: z.string(),
  code: z.int(),
});
/**
 * Recorded: Debian 12, GNU bash 5.2.15, each script as `bash script.sh` in an empty home without
 * input.
 */
const file = new URL('recorded/cases.json', import.meta.url);
const cases = z.array(caseSchema).parse(JSON.parse(readFileSync(file, 'utf8')));

describe('scripts print what bash printed, to the letter', () => {
  test.each(cases)('$name', { timeout: 30_000 }, async ({ script, stdout, stderr, code }) => {
    const ran = await drive(runBashScript(script));
    expect({ stdout: ran.stdout, stderr: ran.stderr, code: ran.code }).toEqual({
      stdout,
      stderr,
      code,
    });
  });
});
