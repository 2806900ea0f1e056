export type CsvCell = string | number | null;

/**
 * A table as RFC 4180 text, with a byte order mark so that spreadsheets read it as UTF-8. Text that a
 * spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab, return at its start) gets an apostrophe.
 */
export const csv = (rows: readonly (readonly CsvCell[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^\s*[=+\-@]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
