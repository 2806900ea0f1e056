import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runBashScript } from '../cli/bash-script';
import { drive } from '../cli/drive';

const CASES = join(dirname(fileURLToPath(import.meta.url)), 'recordings/bash/cases.json');
const caseSchema = z.object({
  name: z.string(),
  script: z.string(),
  stdout: z.string(),
  stderr: z.string(),
  code: z.int(),
});
const casesSchema = z.union([z.array(caseSchema), z.object({ cases: z.array(caseSchema) })]);
const parsed = casesSchema.parse(JSON.parse(readFileSync(CASES, 'utf8')));
const cases = Array.isArray(parsed) ? parsed : parsed.cases;

const bare = (stderr: string): string => stderr.replace(/^script\.sh: line \d+: /gm, '');

describe('scripts as GNU bash runs them', () => {
  test.each(cases)('$name', { timeout: 30_000 }, async ({ script, stdout, stderr, code }) => {
    const ran = await drive(runBashScript(script));
    expect({ stdout: ran.stdout, code: ran.code, stderr: bare(ran.stderr) }).toEqual({
      stdout,
      code,
      stderr: bare(stderr),
    });
  });
});
