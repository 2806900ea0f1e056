import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PrismaClient } from '../../../generated/postgresql/client';
import { migrate } from '../../../scripts/migrate.mjs';
import { openSqlite } from '../../../scripts/migration-database.mjs';

/** Where Debian and Homebrew put the server's programs. */
const PLACES = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'];
const NOBODY = 65_534;

function serverPrograms(): string | undefined {
  const found = PLACES.filter((place) => existsSync(place)).flatMap((place) =>
    readdirSync(place).map((version) => join(place, version, 'bin')),
  );
  return found.find((dir) => existsSync(join(dir, 'initdb')));
}

const programs = serverPrograms();
if (programs === undefined) console.log('PostgreSQL is not installed: its tests are skipped');

const dir = mkdtempSync(join(tmpdir(), 'hopwise-pg-'));
/** PostgreSQL refuses to run as root. */
const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
let server: ChildProcess | undefined;
let url = '';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

async function canConnect(): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function startServer(bin: string): Promise<void> {
  const data = join(dir, 'data');
  if ('uid' in user) chownSync(dir, NOBODY, NOBODY);
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'hop'], {
    ...user,
    cwd: dir,
  });
  expect(made.status, String(made.stderr)).toBe(0);
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), '-k', dir, '-c', 'listen_addresses=127.0.0.1'];
  server = spawn(join(bin, 'postgres'), args, { ...user, cwd: dir, stdio: 'ignore' });
  url = `postgres://hop@127.0.0.1:${port}/postgres`;
  await vi.waitUntil(canConnect, { timeout: 20_000, interval: 100 });
}

const database = () => ({ provider: 'postgresql', url, label: url });

describe.skipIf(programs === undefined)('PostgreSQL', () => {
  beforeAll(async () => {
    if (programs !== undefined) await startServer(programs);
  }, 60_000);
  afterAll(async () => {
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    server?.kill('SIGINT');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  });

  test('two starts at once apply each migration once', async () => {
    const [first, second] = await Promise.all([migrate(database()), migrate(database())]);
    expect(first.length + second.length).toBeGreaterThan(0);
    expect(await migrate(database())).toEqual([]);
  });

  test('its tables have the same columns as those of SQLite', async () => {
    await migrate(database());
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public'`,
    );
    await client.end();
    const path = join(dir, 'columns.db');
    await migrate({ provider: 'sqlite', path, label: path });
    const sqlite = await openSqlite(path);
    const other = await sqlite.all(
      `SELECT m.name || '.' || p.name AS name FROM sqlite_master m, pragma_table_info(m.name) p
       WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`,
    );
    await sqlite.close();
    const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).sort();
    expect(names(rows)).toEqual(names(other));
  });

  test('a hundred increments at once lose none (serializable, tried again)', async () => {
    const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
    const id = randomUUID();
    await db.user.create({ data: { id, name: '', email: `${id}@example.org`, banReason: '0' } });
    const step = async (): Promise<void> => {
      const work = db.$transaction(
        async (tx) => {
          const { banReason } = await tx.user.findUniqueOrThrow({ where: { id } });
          const data = { banReason: String(Number(banReason) + 1) };
          await tx.user.update({ where: { id }, data });
        },
        { isolationLevel: 'Serializable', maxWait: 20_000 },
      );
      await work.catch(async (error: unknown) => {
        expect(error).toMatchObject({ code: 'P2034' });
        await step();
      });
    };
    await Promise.all(Array.from({ length: 100 }, step));
    expect(await db.user.findUnique({ where: { id } })).toMatchObject({ banReason: '100' });
    await db.$disconnect();
  }, 60_000);
});
