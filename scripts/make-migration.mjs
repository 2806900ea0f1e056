// Writes the next migration for both databases: `node scripts/make-migration.mjs NAME [OLD_SCHEMA]`.
// The difference is taken from OLD_SCHEMA (default: prisma/schema.prisma of the last commit; `empty`
// for the first migration) to prisma/schema.prisma, by Prisma's schema engine in WebAssembly.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { postgresqlSchema } from './generate.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

async function loadEngine() {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const dir = dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const module = new WebAssembly.Module(readFileSync(join(dir, 'schema_engine_bg.wasm')));
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine;
}

const engineOf = loadEngine();

/** PostgreSQL's engine asks for its version and makes its schema before it compares. */
function offlineFactory(provider) {
  const connection = {
    provider,
    adapterName: 'offline',
    queryRaw: async () => ({ columnNames: [], columnTypes: [], rows: [] }),
    executeRaw: async () => 0,
    executeScript: async () => {},
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: false }),
    dispose: async () => {},
  };
  return {
    provider,
    adapterName: 'offline',
    connect: async () => connection,
    connectToShadowDb: async () => connection,
  };
}

function target(schema) {
  if (schema === null) return { tag: 'empty' };
  return {
    tag: 'schemaDatamodel',
    files: [{ path: 'schema.prisma', content: schema }],
  };
}

/** SQL that leads from one schema to another; no database is opened. */
export async function migrationSql(provider, from, to) {
  const flavour = provider === 'postgresql' ? 'postgres' : 'sqlite';
  const SchemaEngine = await engineOf;
  const adapter = bindMigrationAwareSqlAdapterFactory(offlineFactory(flavour));
  const variant = (schema) =>
    schema !== null && provider === 'postgresql' ? postgresqlSchema(schema) : schema;
  const engine = await SchemaEngine.new(
    { datamodels: [['schema.prisma', variant(to)]] },
    () => {},
    adapter,
  );
  const result = await engine.diff({
    from: target(variant(from)),
    to: target(variant(to)),
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.stdout ?? '';
}

async function main() {
  const [name, old] = process.argv.slice(2);
  if (!name || !/^[a-z0-9_]+$/.test(name)) {
    console.error(
      'usage: node scripts/make-migration.mjs NAME [OLD_SCHEMA|empty]   (NAME: a-z, 0-9, _)',
    );
    process.exit(2);
  }
  const to = readFileSync(join(ROOT, 'prisma/schema.prisma'), 'utf8');
  const committed = () =>
    execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { cwd: ROOT, encoding: 'utf8' });
  const from = old === 'empty' ? null : old ? readFileSync(old, 'utf8') : committed();
  const stamp = new Date().toISOString().replace(/[-:T]/g, '').slice(0, 14);
  for (const provider of ['sqlite', 'postgresql']) {
    const dir = join(ROOT, 'prisma/migrations', provider, `${stamp}_${name}`);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'migration.sql'), await migrationSql(provider, from, to));
    console.log(dir);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
