// `npm test`: every test there is, one part after another, and one last line that sums them up.
// `npm test -- unit types` runs only the named parts.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  build,
  checkNode,
  collectContent,
  generate,
  install,
  migrateDatabase,
  ROOT,
  run,
  siteEnvironment,
} from './bootstrap.mjs';
import { findChromium, NO_CHROMIUM } from './chromium.mjs';
import { runMain } from './problem.mjs';

const bin = (path) => join(ROOT, 'node_modules', path);
const node = (args, env) =>
  run(process.execPath, args, { label: 'testing', ...(env ? { env } : {}) });
const reports = mkdtempSync(join(tmpdir(), 'hopwise-test-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

/** A command that is one test: its exit code. */
const single = async (args, env) => {
  const { code } = await node(args, env);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

/** A count with a failure when the command failed and its report names none (it crashed). */
function honest(counted, code) {
  if (code !== 0 && counted.failed === 0) return { ...counted, failed: 1 };
  if (counted.passed + counted.failed === 0) return { passed: 0, failed: 1 };
  return counted;
}

const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null);

async function types() {
  let sum = { passed: 0, failed: 0 };
  for (const project of ['tsconfig.json', 'sim/tsconfig.json', 'sim/tsconfig.test.json']) {
    console.log(`tsc -p ${project}`);
    const args = [bin('typescript/bin/tsc'), '-p', project, '--noEmit'];
    sum = add(sum, await single(args));
  }
  return sum;
}

async function unit() {
  const report = join(reports, 'vitest.json');
  const args = [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json'];
  const { code } = await node([...args, `--outputFile.json=${report}`]);
  const found = readReport(report);
  const suites = (found?.testResults ?? []).filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  const failed = (found?.numFailedTests ?? 0) + suites.length;
  return honest({ passed: found?.numPassedTests ?? 0, failed }, code);
}

/** `hopwise lab test` ends in a line `N passed, N failed` (labs). */
async function labs() {
  const { code, output } = await node([join(ROOT, 'scripts/run-cli.mjs'), 'lab', 'test']);
  const found = [...output.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1);
  const counted = { passed: Number(found?.[1] ?? 0), failed: Number(found?.[2] ?? 0) };
  return honest(found ? counted : { passed: code === 0 ? 1 : 0, failed: 0 }, code);
}

async function production() {
  const data = join(reports, 'data');
  const env = siteEnvironment({ ...process.env, HOPWISE_DATA: data, DATABASE_URL: '' });
  try {
    await migrateDatabase(env);
    await build(env);
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  }
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function browser() {
  const { chromium } = await import('playwright');
  if (!findChromium(process.env, chromium.executablePath())) {
    console.error(NO_CHROMIUM);
    return { passed: 0, failed: 1 };
  }
  const report = join(reports, 'playwright.json');
  const { code } = await node([bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'], {
    ...process.env,
    HOPWISE_E2E_PORT: String(await freePort()),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  const stats = readReport(report)?.stats;
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
  return honest({ passed: stats?.expected ?? 0, failed }, code);
}

const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

const PARTS = {
  lint: ['formatter and linter', () => single([bin('@biomejs/biome/bin/biome'), 'check', '.'])],
  types: ['types', types],
  unit: ['unit, transcript and property tests', unit],
  labs: ['labs: solutions pass, mutants fail', labs],
  build: ['production build', production],
  browser: ['browser tests', browser],
};

async function main() {
  checkNode();
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !(name in PARTS));
  if (unknown.length > 0) {
    console.error(
      `no such part: ${unknown.join(', ')} (there are ${Object.keys(PARTS).join(', ')})`,
    );
    process.exit(2);
  }
  await install();
  await generate();
  await collectContent();
  let sum = { passed: 0, failed: 0 };
  const table = [];
  for (const [name, [title, work]] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`\n=== ${title}`);
    const started = Date.now();
    const counted = await work();
    sum = add(sum, counted);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    table.push(
      `${name.padEnd(8)} ${counted.passed} passed, ${counted.failed} failed (${seconds} s)`,
    );
  }
  console.log(`\n${table.join('\n')}`);
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  process.exitCode = sum.failed === 0 ? 0 : 1;
}

await runMain(main);
