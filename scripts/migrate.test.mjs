import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate.mjs';
import { openSqlite } from './migration-database.mjs';

let dir;
let database;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'hopwise-migrate-'));
  const path = join(dir, 'nested', 'hopwise.db');
  database = { provider: 'sqlite', path, label: path };
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a fresh database gets every migration, once', async () => {
  expect((await migrate(database)).length).toBeGreaterThan(0);
  expect(await migrate(database)).toEqual([]);
});

test('two starts at the same time apply each migration once', async () => {
  const [first, second] = await Promise.all([migrate(database), migrate(database)]);
  expect(first.length + second.length).toBeGreaterThan(0);
  expect(await migrate(database)).toEqual([]);
});

test('a database of a newer version is refused in words and stays as it was', async () => {
  await migrate(database);
  const connection = await openSqlite(database.path);
  await connection.apply(
    { name: '29990101000000_future', sql: 'CREATE TABLE t (a)', checksum: 'x' },
    'id',
  );
  await connection.close();
  await expect(migrate(database)).rejects.toThrow(
    /newer version of Hopwise.*29990101000000_future/,
  );
});

test('a migration that fails leaves nothing behind', async () => {
  await migrate(database);
  const connection = await openSqlite(database.path);
  const sql = 'CREATE TABLE half (a); CREATE TABLE half (a);';
  await expect(connection.apply({ name: 'bad', sql, checksum: 'x' }, 'id')).rejects.toThrow(/half/);
  await connection.apply({ name: 'good', sql: 'CREATE TABLE half (a)', checksum: 'x' }, 'id2');
  await connection.close();
});
