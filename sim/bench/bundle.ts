import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Row, row } from './row';

/** The browser's engine as the worker loads it, minified and compressed, without jq and editor. */
export async function bundleRows(): Promise<readonly Row[]> {
  const root = process.env.HOPWISE_ROOT ?? process.cwd();
  const { build } = await import('esbuild');
  const built = await build({
    entryPoints: [join(root, 'sim/lab/sandbox.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['jq-wasm'],
  });
  const bytes = gzipSync(built.outputFiles[0]?.contents ?? new Uint8Array(0)).length;
  const chunks = join(root, '.next/static/chunks');
  const rows = [row('engine and shell, gzip', bytes, 'bytes')];
  if (!existsSync(chunks)) return rows;
  const all = readdirSync(chunks, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.js'))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(chunks, name))).length, 0);
  return [...rows, row('all scripts of the site, gzip', all, 'bytes')];
}
