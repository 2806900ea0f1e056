// Runs sim/cli/main.ts: bundles it with esbuild into node_modules/.cache when a source has changed,
// then imports the bundle. Relative paths in the arguments are those of the caller's directory.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const ENTRY = join(ROOT, 'sim/cli/main.ts');
const CACHE = join(ROOT, 'node_modules/.cache/hopwise');
const KEEP_BUNDLES = 4;
/** Read from their own folder at run time (WebAssembly beside the code, native code). */
const EXTERNAL = ['jq-wasm', 'esbuild', 'sqlite3', 'typescript', 'vitest', '@ngrok/*'];

/** One line a source file: path, size, time of change. */
function sourceStamp(dir, hash) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) sourceStamp(path, hash);
    else if (/\.(ts|json)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) {
      const stat = statSync(path);
      hash.update(`${relative(ROOT, path)} ${stat.size} ${stat.mtimeMs}\n`);
    }
  }
}

function stamp() {
  const hash = createHash('sha256').update(process.version);
  sourceStamp(join(ROOT, 'sim'), hash);
  const lock = statSync(join(ROOT, 'package-lock.json'));
  return hash.update(String(lock.mtimeMs)).digest('hex').slice(0, 20);
}

async function bundle(outfile) {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    external: EXTERNAL,
    logLevel: 'error',
    banner: {
      js: "import { createRequire as hopwiseRequire } from 'node:module'; const require = hopwiseRequire(import.meta.url);",
    },
  });
  mkdirSync(CACHE, { recursive: true });
  const temporary = `${outfile}.${process.pid}`;
  writeFileSync(temporary, result.outputFiles[0].contents);
  renameSync(temporary, outfile);
  dropOldBundles();
}

function dropOldBundles() {
  const found = readdirSync(CACHE)
    .filter((name) => name.startsWith('cli-') && name.endsWith('.mjs'))
    .map((name) => ({ path: join(CACHE, name), at: statSync(join(CACHE, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const old of found.slice(KEEP_BUNDLES)) rmSync(old.path, { force: true });
}

if (!existsSync(join(ROOT, 'node_modules/esbuild'))) {
  console.error('hopwise: packages are not installed: run "npm ci" (or "npm start") once');
  process.exit(1);
}
const outfile = join(CACHE, `cli-${stamp()}.mjs`);
if (!existsSync(outfile)) {
  try {
    await bundle(outfile);
  } catch {
    process.exit(1); // esbuild has printed file, line and cause
  }
}
process.env.HOPWISE_ROOT = ROOT;
const fromNpm = ['sim', 'hopwise'].includes(process.env.npm_lifecycle_event ?? '');
if (fromNpm && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.setSourceMapsEnabled(true);
await import(pathToFileURL(outfile).href);
