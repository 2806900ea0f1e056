import { resolve } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient as PostgresqlClient } from '../../generated/postgresql/client';
import { PrismaClient } from '../../generated/sqlite/client';
import { SqliteAdapterFactory } from './database/sqlite-adapter';

/** How long a request waits for the writer, and how long its transaction may last. */
const TRANSACTION = { maxWait: 10_000, timeout: 20_000 };

const url = process.env['DATABASE_URL'] ?? '';
export const isPostgresql = /^postgres(ql)?:\/\//.test(url);

/** The file that `npm start` names; the fallback serves tools that are run without it. */
export const sqlitePath = (): string =>
  url.startsWith('file:') ? resolve(url.slice('file:'.length)) : resolve('data/hopwise.db');

/** Both clients are generated from one schema: what one type says holds for the other. */
function isClient(client: unknown): client is PrismaClient {
  return typeof client === 'object' && client !== null && '$transaction' in client;
}

export function openClient(): PrismaClient {
  const client: unknown = isPostgresql
    ? new PostgresqlClient({
        adapter: new PrismaPg({ connectionString: url }),
        transactionOptions: TRANSACTION,
      })
    : new PrismaClient({
        adapter: new SqliteAdapterFactory(sqlitePath()),
        transactionOptions: TRANSACTION,
      });
  if (!isClient(client)) throw new Error('the generated database clients differ');
  return client;
}

/** Development reloads modules: the client stays with the process. */
declare global {
  var hopwiseDb: PrismaClient | undefined;
}

globalThis.hopwiseDb ??= openClient();
export const db: PrismaClient = globalThis.hopwiseDb;
