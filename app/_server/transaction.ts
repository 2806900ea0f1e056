import 'server-only';
import { db } from './db';

/** The tables inside a transaction. */
export type Tables = Parameters<Parameters<typeof db.$transaction>[0]>[0];

const MAX_TRIES = 6;
/** Prisma: a unique key is taken (by a row that was not there when we looked); a write conflict. */
const AGAIN = new Set(['P2002', 'P2034']);

/**
 * Runs `work` as if it were alone (serializable), again where another transaction came in between. SQLite has
 * one writer, so that this never happens there; PostgreSQL detects it and lets one of the two try again.
 */
export async function inTransaction<T>(work: (tables: Tables) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.$transaction(work, { isolationLevel: 'Serializable' });
    } catch (error) {
      const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
      if (typeof code !== 'string' || !AGAIN.has(code) || tries === MAX_TRIES) throw error;
    }
  }
}
