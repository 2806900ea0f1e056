// Bundles a TypeScript entry with esbuild into node_modules/.cache/hopwise; packages stay outside.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** `server-only` guards the site's client bundles; a script is a server. */
const serverOnly = {
  name: 'server-only',
  setup(build) {
    build.onResolve({ filter: /^server-only$/ }, () => ({
      path: 'server-only',
      namespace: 'empty',
    }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
  },
};

/** The path of the bundle of `entry` (relative to the root of the repository). */
export async function bundleEntry(entry) {
  const { build } = await import('esbuild');
  const outfile = join(
    ROOT,
    'node_modules/.cache/hopwise',
    `${entry.replaceAll(/[/.]/g, '-')}.mjs`,
  );
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    entryPoints: [join(ROOT, entry)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    plugins: [serverOnly],
    logLevel: 'error',
  });
  return outfile;
}
