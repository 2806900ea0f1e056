import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runBashScript } from '../cli/bash-script';
import { drive } from '../cli/drive';

const HERE = join(dirname(fileURLToPath(import.meta.url)), 'recordings', 'bash');
const PASSING = join(HERE, 'passing.json');
const caseSchema = z.object({
  name: z.string(),
  script: z.string(),
  stdout: z.string(),
  stderr: z.string(),
  code: z.int(),
});
const casesSchema = z.union([z.array(caseSchema), z.object({ cases: z.array(caseSchema) })]);
const parsed = casesSchema.parse(JSON.parse(readFileSync(join(HERE, 'cases.json'), 'utf8')));
const cases = Array.isArray(parsed) ? parsed : parsed.cases;
/** Names that have passed once must go on passing. */
const passing = new Set(
  existsSync(PASSING) ? z.array(z.string()).parse(JSON.parse(readFileSync(PASSING, 'utf8'))) : [],
);
const passed: string[] = [];

const bare = (stderr: string): string => stderr.replace(/^script\.sh: line \d+: /gm, '');

describe('scripts as GNU bash runs them', () => {
  test.each(cases)('$name', { timeout: 30_000 }, async ({ name, script, stdout, stderr, code }) => {
    const ran = await drive(runBashScript(script));
    const same = ran.stdout === stdout && ran.code === code && bare(ran.stderr) === bare(stderr);
    if (same) passed.push(name);
    if (passing.has(name)) {
      expect({ ...ran, stderr: bare(ran.stderr) }).toMatchObject({
        stdout,
        code,
        stderr: bare(stderr),
      });
    }
  });
});

afterAll(() => {
  console.log(`bash: ${passed.length} of ${cases.length} cases`);
  if (process.env.UPDATE !== '1') return;
  const all = [...new Set([...passing, ...passed])].sort();
  writeFileSync(PASSING, `${JSON.stringify(all, null, 2)}\n`);
});
