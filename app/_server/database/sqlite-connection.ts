import sqlite3 from 'sqlite3';

export type SqlValue = string | number | Buffer | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** Statements kept prepared per connection; the least recently used one is finalized first. */
const MAX_PREPARED = 200;

/**
 * One SQLite connection. Statements run strictly in the order in which they were asked for: the driver
 * hands each one to a thread pool, where two statements of one connection may otherwise overtake each other.
 */
export class SqliteConnection {
  readonly #database: sqlite3.Database;
  readonly #prepared = new Map<string, sqlite3.Statement>();
  #last: Promise<unknown> = Promise.resolve();

  private constructor(database: sqlite3.Database) {
    this.#database = database;
  }

  static async open(path: string, pragmas: string): Promise<SqliteConnection> {
    const database = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened = new sqlite3.Database(path, (error) =>
        error ? reject(error) : resolve(opened),
      );
    });
    const connection = new SqliteConnection(database);
    await connection.exec(pragmas);
    return connection;
  }

  all(sql: string, args: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    return this.#inOrder(async () => {
      const statement = await this.#prepare(sql);
      return new Promise<readonly SqlRow[]>((resolve, reject) => {
        statement.all<SqlRow>([...args], (error, rows) => (error ? reject(error) : resolve(rows)));
      });
    });
  }

  /** Runs a statement without rows; the number of rows that it changed. */
  run(sql: string, args: readonly SqlValue[]): Promise<number> {
    return this.#inOrder(async () => {
      const statement = await this.#prepare(sql);
      return new Promise<number>((resolve, reject) => {
        statement.run([...args], function done(error: Error | null) {
          if (error) reject(error);
          else resolve(this.changes);
        });
      });
    });
  }

  /** Runs a script of any number of statements. */
  exec(sql: string): Promise<void> {
    return this.#inOrder(
      () =>
        new Promise<void>((resolve, reject) => {
          this.#database.exec(sql, (error) => (error ? reject(error) : resolve()));
        }),
    );
  }

  close(): Promise<void> {
    return this.#inOrder(async () => {
      for (const statement of this.#prepared.values()) await finalize(statement);
      this.#prepared.clear();
      await new Promise<void>((resolve, reject) => {
        this.#database.close((error) => (error ? reject(error) : resolve()));
      });
    });
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #prepare(sql: string): Promise<sqlite3.Statement> {
    const known = this.#prepared.get(sql);
    if (known) {
      this.#prepared.delete(sql);
      this.#prepared.set(sql, known);
      return known;
    }
    const statement = await new Promise<sqlite3.Statement>((resolve, reject) => {
      const made = this.#database.prepare(sql, (error: Error | null) =>
        error ? reject(error) : resolve(made),
      );
    });
    this.#prepared.set(sql, statement);
    for (const [oldSql, old] of this.#prepared) {
      if (this.#prepared.size <= MAX_PREPARED) break;
      this.#prepared.delete(oldSql);
      await finalize(old);
    }
    return statement;
  }
}

const finalize = (statement: sqlite3.Statement): Promise<void> =>
  new Promise((resolve) => {
    statement.finalize(() => resolve());
  });
