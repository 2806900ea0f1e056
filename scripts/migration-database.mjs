// The two databases as scripts/migrate.mjs sees them: applied(), apply(), lock(), close().

const TABLE_SQLITE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;
const TABLE_POSTGRESQL = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;
const APPLIED = `SELECT migration_name AS name, checksum FROM "_prisma_migrations"
  WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL`;
/** Key of the advisory lock under which one process at a time migrates a PostgreSQL database. */
const LOCK_KEY = 72_707_369;

/** How long one start waits for another. */
const BUSY_MS = 20_000;
const RETRY_MS = 20;

/** Two starts that switch a new database at once: SQLite tells the second at once that it is locked, whatever its timeout. */
async function switchToWal(change) {
  const until = Date.now() + BUSY_MS;
  for (;;) {
    try {
      return await change();
    } catch (error) {
      if (error?.code !== 'SQLITE_BUSY' || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

export async function openSqlite(path) {
  const { default: sqlite3 } = await import('sqlite3');
  const database = await new Promise((resolve, reject) => {
    const opened = new sqlite3.Database(path, (error) => (error ? reject(error) : resolve(opened)));
  });
  const call = (method, ...args) =>
    new Promise((resolve, reject) => {
      database[method](...args, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  await call('exec', `PRAGMA busy_timeout = ${BUSY_MS}`);
  await switchToWal(() => call('exec', 'PRAGMA journal_mode = WAL'));
  const isApplied = async (name) =>
    (await call('all', `${APPLIED} AND migration_name = ?`, [name])).length > 0;

  return {
    lock: () => call('exec', TABLE_SQLITE),
    all: (sql) => call('all', sql),
    applied: () => call('all', APPLIED),
    close: () => call('close'),
    async apply({ name, sql, checksum }, id) {
      await call('exec', 'PRAGMA foreign_keys = OFF');
      await call('exec', 'BEGIN IMMEDIATE');
      try {
        if (!(await isApplied(name))) {
          await call(
            'exec',
            sql.replace(/^\s*PRAGMA\s+(foreign_keys|defer_foreign_keys)\s*=.*$/gim, ''),
          );
          const now = new Date().toISOString().replace('Z', '+00:00');
          await call(
            'run',
            `INSERT INTO "_prisma_migrations"(id, checksum, finished_at, migration_name, started_at, applied_steps_count)
             VALUES (?, ?, ?, ?, ?, 1)`,
            [id, checksum, now, name, now],
          );
        }
        const broken = await call('all', 'PRAGMA foreign_key_check');
        if (broken.length > 0) throw new Error(`migration ${name} leaves broken foreign keys`);
        await call('exec', 'COMMIT');
      } catch (error) {
        await call('exec', 'ROLLBACK').catch(() => undefined);
        throw error;
      }
    },
  };
}

export async function openPostgresql(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    async lock() {
      await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
      await client.query(TABLE_POSTGRESQL);
    },
    applied: async () => (await client.query(APPLIED)).rows,
    close: () => client.end(),
    async apply({ name, sql, checksum }, id) {
      await client.query('BEGIN');
      try {
        await client.query(sql);
        await client.query(
          `INSERT INTO "_prisma_migrations"(id, checksum, finished_at, migration_name, applied_steps_count)
           VALUES ($1, $2, now(), $3, 1)`,
          [id, checksum, name],
        );
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    },
  };
}
