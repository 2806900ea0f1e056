import {
  type ArgType,
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import type { SqlRow, SqlValue } from './sqlite-connection';

/** A Prisma argument as SQLite stores it; dates as ISO 8601 text, as Prisma's own adapters write them. */
function sqliteValue(arg: unknown, type: ArgType | undefined): SqlValue {
  if (arg === null || arg === undefined) return null;
  if (typeof arg === 'boolean') return arg ? 1 : 0;
  if (typeof arg === 'bigint') return safeInteger(Number(arg));
  if (typeof arg === 'number') return arg;
  if (arg instanceof Date) return isoDate(arg);
  if (arg instanceof Uint8Array) return Buffer.from(arg);
  if (typeof arg !== 'string') throw invalid(`a value of type ${typeof arg}`);
  switch (type?.scalarType) {
    case 'int':
    case 'bigint':
      return safeInteger(Number(arg));
    case 'float':
    case 'decimal':
      return Number.parseFloat(arg);
    case 'datetime':
      return isoDate(new Date(arg));
    case 'bytes':
      return Buffer.from(arg, 'base64');
    default:
      return arg;
  }
}

export const sqliteValues = (query: SqlQuery): SqlValue[] =>
  query.args.map((arg, index) => sqliteValue(arg, query.argTypes[index]));

/** Rows as Prisma reads them. The driver tells no column types: they follow from the values. */
export function resultSet(rows: readonly SqlRow[]): SqlResultSet {
  const columnNames = Object.keys(rows[0] ?? {});
  const columnTypes = columnNames.map((name) => columnType(rows, name));
  return {
    columnNames,
    columnTypes,
    rows: rows.map((row) =>
      columnNames.map((name, index) => {
        const value = row[name] ?? null;
        return columnTypes[index] === ColumnTypeEnum.Int64 && value !== null
          ? String(value)
          : value;
      }),
    ),
  };
}

function columnType(rows: readonly SqlRow[], name: string): ColumnType {
  let type: ColumnType = ColumnTypeEnum.Int32;
  for (const row of rows) {
    const value = row[name] ?? null;
    if (value === null) continue;
    if (typeof value === 'string') return ColumnTypeEnum.Text;
    if (typeof value !== 'number') return ColumnTypeEnum.Bytes;
    if (!Number.isInteger(value)) return ColumnTypeEnum.Double;
    type = ColumnTypeEnum.Int64;
  }
  return type;
}

const isoDate = (date: Date): string => date.toISOString().replace('Z', '+00:00');

/** The driver passes integers as doubles: beyond 2^53 digits would be lost in silence. */
function safeInteger(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new DriverAdapterError({ kind: 'ValueOutOfRange', cause: `${value} is beyond 2^53` });
}

const invalid = (what: string): DriverAdapterError =>
  new DriverAdapterError({ kind: 'InvalidInputValue', message: `SQLite cannot store ${what}` });
