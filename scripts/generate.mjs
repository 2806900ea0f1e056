// Generates the two Prisma clients (SQLite, PostgreSQL) from the one schema, without network.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The schema of prisma/schema.prisma with the other provider and output. */
export function postgresqlSchema(schema) {
  return schema
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../generated/sqlite"', '"../postgresql"');
}

export function generateClients() {
  mkdirSync(join(ROOT, 'generated/schema'), { recursive: true });
  const schema = readFileSync(join(ROOT, 'prisma/schema.prisma'), 'utf8');
  writeFileSync(join(ROOT, 'generated/schema/postgresql.prisma'), postgresqlSchema(schema));
  for (const provider of ['sqlite', 'postgresql']) {
    const run = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/prisma/build/index.js'), 'generate', '--no-hints'],
      {
        cwd: ROOT,
        env: { ...process.env, HOPWISE_PROVIDER: provider, CHECKPOINT_DISABLE: '1' },
        encoding: 'utf8',
      },
    );
    if (run.status !== 0) {
      throw new Error(`prisma generate (${provider}) failed:\n${run.stdout}${run.stderr}`);
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) generateClients();
