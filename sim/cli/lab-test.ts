import { writeFileSync } from 'node:fs';
import { type ProofStep, prove } from '../lab/proof';
import { contentDir } from './content-dir';
import { drive } from './drive';
import { type LabFolder, problemText, readAllLabs } from './lab-folder';

interface Proved {
  readonly slug: string;
  readonly steps: readonly ProofStep[];
  readonly ms: number;
}

/** `hopwise lab test [SLUG...] [--junit FILE]`: a table a lab, and `N passed, N failed` at the end. */
export async function labTest(args: readonly string[]): Promise<number> {
  const at = args.indexOf('--junit');
  const junitFile = at < 0 ? undefined : args[at + 1];
  const slugs = args.filter(
    (arg, i) => !arg.startsWith('--') && i !== at + (at < 0 ? args.length + 1 : 1),
  );
  const { labs, problems } = readAllLabs(contentDir());
  for (const problem of problems) process.stdout.write(`not ok ${problemText(problem)}\n`);
  const wanted = slugs.length === 0 ? [...labs.keys()] : slugs;
  const proved: Proved[] = [];
  let failed = problems.length;
  for (const slug of wanted) {
    const folder = labs.get(slug);
    if (folder) proved.push(await proveOne(slug, folder));
    else {
      process.stdout.write(`not ok ${slug}: no such lab\n`);
      failed++;
    }
  }
  const steps = proved.flatMap((one) => one.steps);
  failed += steps.filter((step) => step.problem !== undefined).length;
  if (junitFile !== undefined) writeFileSync(junitFile, junit(proved));
  process.stdout.write(
    `${steps.length - steps.filter((s) => s.problem).length} passed, ${failed} failed\n`,
  );
  return failed === 0 ? 0 : 1;
}

async function proveOne(slug: string, folder: LabFolder): Promise<Proved> {
  const started = performance.now();
  const steps: ProofStep[] = [];
  process.stdout.write(`${slug}\n`);
  await drive(
    prove(folder, (step) => {
      steps.push(step);
      const mark = step.problem === undefined ? 'ok    ' : 'not ok';
      const why = step.problem === undefined ? '' : `  ${step.problem}`;
      process.stdout.write(`  ${mark} ${step.what.padEnd(28)} ${step.variant}${why}\n`);
    }),
  );
  const ms = performance.now() - started;
  process.stdout.write(`  ${steps.length} steps in ${(ms / 1000).toFixed(1)} s\n`);
  return { slug, steps, ms };
}

const xml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function junit(proved: readonly Proved[]): string {
  const suites = proved.map(({ slug, steps, ms }) => {
    const cases = steps.map(({ what, variant, problem }) => {
      const open = `    <testcase classname="${xml(slug)}" name="${xml(`${what} [${variant}]`)}"`;
      return problem === undefined
        ? `${open}/>`
        : `${open}><failure message="${xml(problem)}"/></testcase>`;
    });
    const failures = steps.filter((step) => step.problem !== undefined).length;
    return `  <testsuite name="${xml(slug)}" tests="${steps.length}" failures="${failures}" time="${(ms / 1000).toFixed(3)}">\n${cases.join('\n')}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}
