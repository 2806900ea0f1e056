/** The table of ss: misc/ss.c of iproute2 6.1, `columns[]` and render(). */
export type ColumnName =
  | 'netid'
  | 'state'
  | 'recvq'
  | 'sendq'
  | 'localAddr'
  | 'localPort'
  | 'peerAddr'
  | 'peerPort'
  | 'process';

interface Column {
  readonly name: ColumnName;
  readonly header: string;
  readonly align: 'left' | 'right';
  readonly delimiter: string;
}

const COLUMNS: readonly Column[] = [
  { name: 'netid', header: 'Netid', align: 'left', delimiter: '' },
  { name: 'state', header: 'State', align: 'left', delimiter: ' ' },
  { name: 'recvq', header: 'Recv-Q', align: 'left', delimiter: ' ' },
  { name: 'sendq', header: 'Send-Q', align: 'left', delimiter: ' ' },
  { name: 'localAddr', header: 'Local Address:', align: 'right', delimiter: ' ' },
  { name: 'localPort', header: 'Port', align: 'left', delimiter: '' },
  { name: 'peerAddr', header: 'Peer Address:', align: 'right', delimiter: ' ' },
  { name: 'peerPort', header: 'Port', align: 'left', delimiter: '' },
  { name: 'process', header: 'Process', align: 'left', delimiter: '' },
];

export type Row = Readonly<Record<ColumnName, string>> & {
  /** COL_EXT: details that follow the line. */
  readonly extra?: string | undefined;
};

export interface TableOptions {
  readonly hidden: ReadonlySet<ColumnName>;
  readonly header: boolean;
  /** Columns of the terminal; undefined where standard output is none. */
  readonly screen: number | undefined;
}

/** render(): every column as wide as its longest field; a terminal's width is used up. */
export function renderTable(rows: readonly Row[], options: TableOptions): string {
  const shown = COLUMNS.filter((c) => !options.hidden.has(c.name));
  const widths = shown.map((c, i) => {
    const texts = rows.map((row) => row[c.name].length);
    const content = Math.max(options.header ? c.header.length : 0, ...texts, 0);
    return content === 0 ? 0 : content + (i === 0 ? 0 : c.delimiter.length);
  });
  if (options.screen !== undefined) distribute(widths, options.screen);
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => cell(shown[i], text, { width: widths[i] ?? 0, first: i === 0 }))
      .join('');
  const head = options.header ? `${line(shown.map((c) => c.header))}\n` : '';
  const body = rows.map((row) => `${line(shown.map((c) => row[c.name]))}${row.extra ?? ''}\n`);
  return head + body.join('');
}

function cell(
  column: Column | undefined,
  text: string,
  { width, first }: { readonly width: number; readonly first: boolean },
): string {
  if (!column || width === 0) return '';
  const delimiter = first ? '' : column.delimiter;
  const room = Math.max(0, width - delimiter.length);
  return delimiter + (column.align === 'left' ? text.padEnd(room) : text.padStart(room));
}

/** render_calc_width(), where everything fits into one line. */
function distribute(widths: number[], screen: number): void {
  const used = widths.reduce((a, b) => a + b, 0);
  const count = widths.filter((w) => w > 0).length;
  if (used >= screen || count === 0) return;
  const spacing = Math.trunc((screen - used) / count);
  let rest = (screen - used) % count;
  for (let i = widths.length - 1; i >= 0; i--) {
    const width = widths[i] ?? 0;
    if (width === 0) continue;
    widths[i] = width + spacing + (rest > 0 ? 1 : 0);
    if (rest > 0) rest--;
  }
}
