import { DriverAdapterError, type MappedError } from '@prisma/driver-adapter-utils';

/** SQLITE_ERROR of sqlite3.h, used where the driver gives no number. */
const SQLITE_ERROR = 1;

/** An error of the driver as Prisma knows it. The message text is that of SQLite's own sources. */
export function driverAdapterError(error: unknown): DriverAdapterError {
  if (error instanceof DriverAdapterError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = textField(error, 'code');
  return new DriverAdapterError({
    ...mappedError(message, code, numberField(error, 'errno')),
    originalMessage: message,
    ...(code === undefined ? {} : { originalCode: code }),
  });
}

function mappedError(message: string, code: string | undefined, errno: number): MappedError {
  if (/UNIQUE constraint failed|PRIMARY KEY must be unique/.test(message)) {
    return { kind: 'UniqueConstraintViolation', constraint: { fields: failedFields(message) } };
  }
  if (/NOT NULL constraint failed/.test(message)) {
    return { kind: 'NullConstraintViolation', constraint: { fields: failedFields(message) } };
  }
  if (/FOREIGN KEY constraint failed/.test(message)) {
    return { kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } };
  }
  const table = /no such table: (\S+)/.exec(message)?.[1];
  if (table !== undefined) return { kind: 'TableDoesNotExist', table };
  const column = /(?:no such column: |has no column named )(\S+)/.exec(message)?.[1];
  if (column !== undefined) return { kind: 'ColumnNotFound', column };
  if (code === 'SQLITE_BUSY') return { kind: 'SocketTimeout' };
  return { kind: 'sqlite', extendedCode: errno, message };
}

/** `… constraint failed: table.first, table.second` -> first, second. */
const failedFields = (message: string): string[] =>
  (message.split('constraint failed: ')[1] ?? '')
    .split(', ')
    .map((field) => field.split('.').at(-1) ?? field);

function textField(error: unknown, name: string): string | undefined {
  const value = error instanceof Error ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function numberField(error: unknown, name: string): number {
  const value = error instanceof Error ? Reflect.get(error, name) : undefined;
  return typeof value === 'number' ? value : SQLITE_ERROR;
}
