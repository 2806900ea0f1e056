import { existsSync } from 'node:fs';
import { defineConfig } from 'prisma/config';

/**
 * `prisma generate` only asks that a schema engine exists, and never runs it; without a path the CLI
 * would download one. Migrations are written by scripts/make-migration.mjs and applied by
 * scripts/migrate.mjs, both without that engine.
 */
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;

const provider = process.env['HOPWISE_PROVIDER'] === 'postgresql' ? 'postgresql' : 'sqlite';
const derived = 'generated/schema/postgresql.prisma';

export default defineConfig({
  schema: provider === 'postgresql' && existsSync(derived) ? derived : 'prisma/schema.prisma',
  migrations: { path: `prisma/migrations/${provider}` },
});
