// Applies prisma/migrations/<provider>/*/migration.sql in order and records them in Prisma's own table
// `_prisma_migrations`. Needs neither the Prisma CLI nor its engine nor a network.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { databaseOf } from './data-dir.mjs';
import { openPostgresql, openSqlite } from './migration-database.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A problem that the person who starts the site can act on: printed without a stack. */
export class MigrationError extends Error {}

function migrationsOf(provider) {
  const dir = join(ROOT, 'prisma/migrations', provider);
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(dir, entry.name, 'migration.sql')))
    .map((entry) => {
      const sql = readFileSync(join(dir, entry.name, 'migration.sql'), 'utf8');
      return { name: entry.name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names of a database made by a newer Hopwise are unknown here: going on would harm its data. */
function refuseUnknown(applied, known, where) {
  const names = new Set(known.map((migration) => migration.name));
  const unknown = applied.filter((row) => !names.has(row.name)).map((row) => row.name);
  if (unknown.length === 0) return;
  throw new MigrationError(
    `The database ${where} was made by a newer version of Hopwise (it has the migration ${unknown.join(', ')}, ` +
      'which this version does not know).\nStart the newer version, or point HOPWISE_DATA at another folder. ' +
      'Nothing was changed.',
  );
}

function refuseEdited(applied, known) {
  for (const row of applied) {
    const migration = known.find((candidate) => candidate.name === row.name);
    if (migration && migration.checksum !== row.checksum) {
      throw new MigrationError(
        `The migration ${row.name} was edited after it had been applied: restore its file.`,
      );
    }
  }
}

/** Brings the database up to date; the names of the migrations that were applied now. */
export async function migrate(database, log = () => {}) {
  const known = migrationsOf(database.provider);
  if (database.provider === 'sqlite') mkdirSync(dirname(database.path), { recursive: true });
  const connection = await (database.provider === 'sqlite'
    ? openSqlite(database.path)
    : openPostgresql(database.url));
  const done = [];
  try {
    await connection.lock();
    const applied = await connection.applied();
    refuseUnknown(applied, known, database.label);
    refuseEdited(applied, known);
    const names = new Set(applied.map((row) => row.name));
    for (const migration of known.filter((candidate) => !names.has(candidate.name))) {
      await connection.apply(migration, randomUUID());
      log(`applied ${migration.name}`);
      done.push(migration.name);
    }
  } finally {
    await connection.close();
  }
  return done;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const done = await migrate(databaseOf(process.env), console.log);
    console.log(done.length > 0 ? `${done.length} migration(s) applied` : 'database is up to date');
  } catch (error) {
    console.error(error instanceof MigrationError ? error.message : error);
    process.exit(1);
  }
}
