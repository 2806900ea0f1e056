// Makes a clone ready to serve: packages, database clients, migrations, production build; each step only
// when its inputs have changed. Built-in modules only, since it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { databaseOf, dataDirOf, secretOf } from './data-dir.mjs';
import { installHint, inWords, Problem, runMain } from './problem.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const STAMPS = join(ROOT, 'node_modules/.cache/hopwise/stamps');
const NODE_WANTED = [20, 19];
const SECONDS_BETWEEN_SIGNS_OF_LIFE = 10;
const CLIENT_INPUTS = [
  'prisma/schema.prisma',
  'prisma.config.ts',
  'scripts/generate.mjs',
  'package-lock.json',
];
const BUILD_INPUTS = [
  'app',
  'content',
  'sim',
  'generated',
  'content-collections.ts',
  'instrumentation.ts',
  'next.config.js',
  'package-lock.json',
  'postcss.config.mjs',
  'proxy.ts',
  'public',
  'tsconfig.base.json',
  'tsconfig.json',
];
const NOT_BUILT = /^(bench|test|node_modules)$|\.test\.tsx?$|\.md$/;

export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = NODE_WANTED;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Problem(
    `Hopwise needs Node.js ${NODE_WANTED.join('.')} or newer; this is ${version}.\n` +
      'Install a current one from https://nodejs.org (or with nvm: nvm install 24) and start again.',
  );
}

/** The environment of the site: data folder, database, secret. Writes to the data folder to prove that it can. */
export function siteEnvironment(env = process.env) {
  const dir = dataDirOf(env);
  try {
    mkdirSync(dir, { recursive: true });
    const probe = join(dir, `.probe-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
    const database = databaseOf(env);
    return {
      ...env,
      NEXT_TELEMETRY_DISABLED: '1',
      // Password hashes and database calls share libuv's threads: four would let one kind stall the other.
      UV_THREADPOOL_SIZE: env.UV_THREADPOOL_SIZE ?? '16',
      CHECKPOINT_DISABLE: '1',
      HOPWISE_DATA: dir,
      HOPWISE_ROOT: ROOT,
      DATABASE_URL: database.provider === 'sqlite' ? `file:${database.path}` : database.url,
      BETTER_AUTH_SECRET: secretOf(env),
    };
  } catch (error) {
    throw inWords(error, dir);
  }
}

/** Whether node_modules holds what package-lock.json names (npm keeps its own list of what it installed). */
function isInstalled() {
  const list = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(list)) return false;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(list, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || entry.optional || entry.devOptional || found[path]?.version === entry.version,
  );
}

function hashInto(hash, path) {
  if (!existsSync(path)) return;
  const entries = readdirSafe(path);
  if (entries === null) {
    hash.update(path.slice(ROOT.length)).update('\0').update(readFileSync(path));
    return;
  }
  for (const entry of entries.sort()) {
    if (!NOT_BUILT.test(entry)) hashInto(hash, join(path, entry));
  }
}

/** The names in a folder; null for a file. */
function readdirSafe(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  }
}

export function hashOf(inputs) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]);
  for (const input of inputs) hashInto(hash, join(ROOT, input));
  return hash.digest('hex');
}

/** Runs a command with its output shown; the last part of the output is kept to explain a failure. */
export function run(command, args, { env = process.env, quiet = false, label = command } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const started = Date.now();
    const alive = setInterval(() => {
      const seconds = Math.round((Date.now() - started) / 1000);
      console.log(`hopwise: ${label} … ${seconds} s`);
    }, SECONDS_BETWEEN_SIGNS_OF_LIFE * 1000);
    const take = (stream) => (chunk) => {
      output = (output + chunk).slice(-200_000);
      if (!quiet) stream.write(chunk);
    };
    child.stdout.on('data', take(process.stdout));
    child.stderr.on('data', take(process.stderr));
    child.on('error', (error) => {
      clearInterval(alive);
      resolve({ code: 1, output: String(error.message) });
    });
    child.on('close', (code) => {
      clearInterval(alive);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Runs a step unless its inputs are those of the last success and its result is there. */
async function step(name, { inputs, result, work }) {
  const stamp = join(STAMPS, name.replaceAll(' ', '-'));
  const sum = hashOf(inputs);
  const isDone = existsSync(join(ROOT, result)) && existsSync(stamp);
  if (isDone && readFileSync(stamp, 'utf8') === sum) return;
  const started = Date.now();
  console.log(`hopwise: ${name} …`);
  await work();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, sum);
  console.log(`hopwise: ${name} done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

export async function install() {
  if (isInstalled()) return;
  const started = Date.now();
  console.log('hopwise: installing packages (the first time takes a minute or two) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { code, output } = await run(npm, ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    // The schema engine is not needed (see prisma.config.ts): a path keeps it from being downloaded.
    env: { ...process.env, NODE_ENV: '', PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
    label: 'installing packages',
  });
  if (code !== 0) throw new Problem(`npm ci failed.\n${installHint(output)}`);
  console.log(`hopwise: packages installed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

export async function generate() {
  await step('generating the database clients', {
    inputs: CLIENT_INPUTS,
    result: 'generated/postgresql/client.ts',
    work: async () => {
      const { generateClients } = await import('./generate.mjs');
      generateClients();
    },
  });
}

/** The typed list of lessons, which the type check reads; `next build` makes it anew. */
export async function collectContent() {
  const inputs = ['content', 'content-collections.ts', 'package-lock.json'];
  const work = async () => {
    const { createBuilder } = await import('@content-collections/core');
    const builder = await createBuilder(join(ROOT, 'content-collections.ts'));
    await builder.build();
  };
  await step('collecting the lessons', {
    inputs,
    result: '.content-collections/generated/index.js',
    work,
  });
}

export async function migrateDatabase(env) {
  const { migrate, MigrationError } = await import('./migrate.mjs');
  try {
    await migrate(databaseOf(env), (line) => console.log(`hopwise: database: ${line}`));
  } catch (error) {
    if (error instanceof MigrationError) throw new Problem(error.message);
    if (error?.code === 'SQLITE_FULL') throw inWords({ code: 'ENOSPC' }, databaseOf(env).label);
    if (error?.code === 'SQLITE_READONLY' || error?.code === 'SQLITE_CANTOPEN') {
      throw inWords({ code: 'EACCES' }, databaseOf(env).label);
    }
    if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', '28P01', '3D000'].includes(error?.code)) {
      const { label } = databaseOf(env);
      throw new Problem(`The database ${label} cannot be opened: ${error.message}`);
    }
    if (error?.code === 'SQLITE_NOTADB') {
      throw new Problem(
        `${databaseOf(env).label} is not a database. Move it away and start again.`,
      );
    }
    throw error;
  }
}

export async function build(env) {
  const dist = env.HOPWISE_DIST_DIR ?? '.next';
  await step('building the site', {
    inputs: BUILD_INPUTS,
    result: `${dist}/BUILD_ID`,
    work: async () => {
      const next = join(ROOT, 'node_modules/next/dist/bin/next');
      const { code } = await run(process.execPath, [next, 'build'], {
        env: { ...env, NODE_ENV: 'production' },
        label: 'building the site',
      });
      if (code !== 0) throw new Problem('The build failed; the lines above say where.');
    },
  });
}

/** Everything that must be there before the site can be served; the environment to serve it with. */
export async function bootstrap({ production = true } = {}) {
  checkNode();
  const env = siteEnvironment();
  await install();
  await generate();
  await migrateDatabase(env);
  if (production) await build(env);
  return env;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(bootstrap);
