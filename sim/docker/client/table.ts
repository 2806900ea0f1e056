import { err, ok, type Result } from '../../base/result';
import { Template } from '../template/execute';
import { GoMethods } from '../template/value';

/** One column of a list: its name in templates, its heading, and what a row shows. */
export interface Column<Row> {
  readonly name: string;
  readonly header: string;
  readonly cell: (row: Row, argument?: string) => string;
  /** Wants an argument (`.Label "x"`), and is not in `{{json .}}`. */
  readonly withArgument?: boolean | undefined;
}

export interface TableOptions<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly format: string;
  /** The Go type that errors name. */
  readonly type: string;
}

/** tabwriter of Go with minimal width 10 and padding 3: cells end at tabs, the last of a line is not padded. */
export function alignColumns(text: string, minWidth = 10, padding = 3): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const out: string[] = lines.map(() => '');
  const walk = (from: number, to: number, column: number): void => {
    let at = from;
    while (at < to) {
      if ((lines[at]?.length ?? 0) - 1 <= column) {
        at++;
        continue;
      }
      let end = at;
      let width = 0;
      while (end < to && (lines[end]?.length ?? 0) - 1 > column) {
        width = Math.max(width, [...(lines[end]?.[column] ?? '')].length);
        end++;
      }
      const cell = width === 0 ? 0 : Math.max(width + padding, minWidth);
      for (let i = at; i < end; i++) {
        const own = lines[i]?.[column] ?? '';
        out[i] += own + ' '.repeat(Math.max(0, cell - [...own].length));
      }
      walk(at, end, column + 1);
      at = end;
    }
  };
  walk(0, lines.length, 0);
  return lines.map((cells, i) => (out[i] ?? '') + (cells.at(-1) ?? '')).join('\n');
}

/** Context.Write() of the client's formatter: each row through the template, with headings for `table`. */
export function formatTable<Row>(options: TableOptions<Row>): Result<string, string> {
  const isTable = options.format.startsWith('table');
  const source = (isTable ? options.format.slice('table'.length).trim() : options.format)
    .replaceAll('\\t', '\t')
    .replaceAll('\\n', '\n');
  const template = Template.parse(source);
  if (!template.ok) return err(`Template parsing error: ${template.error}`);
  let text = '';
  for (const row of options.rows) {
    const done = template.value.execute(rowValue(options, row));
    if (done.error !== undefined) return err(`template parsing error: ${done.error}\n`);
    text += `${done.text}\n`;
  }
  if (!isTable) return ok(text);
  const header = template.value.execute(headerValue(options));
  return ok(alignColumns(`${header.text}\n${text}`));
}

function rowValue<Row>({ columns, type }: TableOptions<Row>, row: Row): GoMethods {
  const methods = columns.map(
    (column) => [column.name, (argument?: string) => column.cell(row, argument)] as const,
  );
  return new GoMethods(type, new Map(methods), hiddenOf(columns));
}

function headerValue<Row>({ columns, type }: TableOptions<Row>): GoMethods {
  const methods = columns.map((column) => {
    const named = (argument?: string) => (argument ? labelHeader(argument) : column.header);
    return [column.name, column.withArgument ? named : () => column.header] as const;
  });
  return new GoMethods(type, new Map(methods), hiddenOf(columns));
}

/** The heading of `.Label "com.example.x"` is its last part. */
const labelHeader = (name: string): string =>
  (name.split('.').at(-1) ?? '').replaceAll('-', ' ').replaceAll('_', ' ');

const hiddenOf = <Row>(columns: readonly Column<Row>[]): ReadonlySet<string> =>
  new Set(columns.filter((one) => one.withArgument).map((one) => one.name));
