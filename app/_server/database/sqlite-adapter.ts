import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { SqliteConnection } from './sqlite-connection';
import { driverAdapterError } from './sqlite-error';
import { resultSet, sqliteValues } from './sqlite-values';

const ADAPTER_NAME = 'hopwise-sqlite3';
/** SQLITE_MAX_VARIABLE_NUMBER since SQLite 3.32. */
const MAX_BIND_VALUES = 32_766;

/** synchronous=FULL: a commit in WAL mode is on the disk before it is acknowledged. */
const PRAGMAS = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;`;
const READ_PRAGMAS = 'PRAGMA query_only = ON; PRAGMA busy_timeout = 10000;';

/**
 * Prisma driver adapter over the asynchronous `sqlite3` driver.
 *
 * One connection writes, and one holder at a time has it: a plain write waits while another request's
 * transaction is open. (Let it through, and it joins that transaction and vanishes with its rollback,
 * although it was acknowledged.) Plain reads use a second connection, which WAL keeps free of that wait.
 */
export class SqliteAdapterFactory implements SqlDriverAdapterFactory {
  readonly provider = 'sqlite' as const;
  readonly adapterName = ADAPTER_NAME;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async connect(): Promise<SqlDriverAdapter> {
    try {
      const writer = await SqliteConnection.open(this.#path, PRAGMAS);
      const reader = await SqliteConnection.open(this.#path, READ_PRAGMAS);
      return new SqliteAdapter(writer, reader);
    } catch (error) {
      throw driverAdapterError(error);
    }
  }
}

class SqliteAdapter implements SqlDriverAdapter {
  readonly provider = 'sqlite' as const;
  readonly adapterName = ADAPTER_NAME;
  readonly #writer: SqliteConnection;
  readonly #reader: SqliteConnection;
  readonly #writeLock = new Lock();

  constructor(writer: SqliteConnection, reader: SqliteConnection) {
    this.#writer = writer;
    this.#reader = reader;
  }

  getConnectionInfo(): { maxBindValues: number; supportsRelationJoins: boolean } {
    return { maxBindValues: MAX_BIND_VALUES, supportsRelationJoins: false };
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    if (/^\s*SELECT\b/i.test(query.sql)) return select(this.#reader, query);
    return this.#writeLock.hold(() => select(this.#writer, query));
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#writeLock.hold(() => execute(this.#writer, query));
  }

  executeScript(script: string): Promise<void> {
    return this.#writeLock.hold(() => mapped(() => this.#writer.exec(script)));
  }

  /** SQLite is always serializable, so that the level asked for needs no look. */
  async startTransaction(): Promise<Transaction> {
    const release = await this.#writeLock.acquire();
    try {
      await mapped(() => this.#writer.exec('BEGIN IMMEDIATE'));
    } catch (error) {
      release();
      throw error;
    }
    return new SqliteTransaction(this.#writer, release);
  }

  async dispose(): Promise<void> {
    await this.#writeLock.hold(() => mapped(() => this.#writer.close()));
    await mapped(() => this.#reader.close());
  }
}

class SqliteTransaction implements Transaction {
  readonly provider = 'sqlite' as const;
  readonly adapterName = ADAPTER_NAME;
  /** COMMIT and ROLLBACK are ours to send: the lock is given back only after the database answered. */
  readonly options = { usePhantomQuery: true };
  readonly #connection: SqliteConnection;
  readonly #release: () => void;
  #open = true;

  constructor(connection: SqliteConnection, release: () => void) {
    this.#connection = connection;
    this.#release = release;
  }

  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    this.#mustBeOpen();
    return select(this.#connection, query);
  }

  async executeRaw(query: SqlQuery): Promise<number> {
    this.#mustBeOpen();
    return execute(this.#connection, query);
  }

  async commit(): Promise<void> {
    this.#mustBeOpen();
    this.#open = false;
    try {
      await mapped(() => this.#connection.exec('COMMIT'));
    } catch (error) {
      await this.#connection.exec('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      this.#release();
    }
  }

  async rollback(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    try {
      // A full disk or a failed statement may have rolled back already; then there is nothing to undo.
      await this.#connection.exec('ROLLBACK').catch(() => undefined);
    } finally {
      this.#release();
    }
  }

  createSavepoint(name: string): Promise<void> {
    return mapped(() => this.#connection.exec(`SAVEPOINT ${name}`));
  }

  rollbackToSavepoint(name: string): Promise<void> {
    return mapped(() => this.#connection.exec(`ROLLBACK TO ${name}`));
  }

  releaseSavepoint(name: string): Promise<void> {
    return mapped(() => this.#connection.exec(`RELEASE SAVEPOINT ${name}`));
  }

  #mustBeOpen(): void {
    if (this.#open) return;
    throw new DriverAdapterError({ kind: 'TransactionAlreadyClosed', cause: 'already ended' });
  }
}

/** Held by one at a time, first come first served. */
class Lock {
  #last: Promise<void> = Promise.resolve();

  acquire(): Promise<() => void> {
    const before = this.#last;
    let release = (): void => undefined;
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    return before.then(() => release);
  }

  async hold<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }
}

const select = (connection: SqliteConnection, query: SqlQuery): Promise<SqlResultSet> =>
  mapped(async () => resultSet(await connection.all(query.sql, sqliteValues(query))));

const execute = (connection: SqliteConnection, query: SqlQuery): Promise<number> =>
  mapped(() => connection.run(query.sql, sqliteValues(query)));

async function mapped<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw driverAdapterError(error);
  }
}
