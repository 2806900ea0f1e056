import type { Program } from '../../linux/inode';
import { notSimulated, parseArgs } from '../args';
import { eachLine, Out } from '../stream';

/** column(1) of util-linux 2.38 (Debian's bsdextrautils). */
export const column: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'tc:s:o:N:R:xnLeJH:T:W:E:O:d',
    long: [
      'table:t',
      'separator=:s',
      'output-separator=:o',
      'table-columns=:N',
      'table-right=:R',
      'output-width=:c',
      'fillrows:x',
      'json:J',
      'keep-empty-lines:L',
      'table-noheadings:d',
    ],
    version: 'column from util-linux 2.38.1',
  });
  if (typeof args === 'number') return args;
  for (const option of ['J', 'H', 'T', 'W', 'E', 'O', 'e']) {
    if (args.has(option)) return yield* notSimulated(proc, 'column', `-${option}`);
  }
  const lines: string[] = [];
  const code = yield* eachLine(proc, args.program, args.operands, function* ({ text }) {
    if (args.has('L') || text.trim() !== '') lines.push(text);
    yield* [];
  });
  const out = new Out(proc);
  const width = Number(args.value('c') ?? proc.tty?.columns ?? 80);
  if (args.has('t')) {
    const separator = args.value('s');
    const rows = lines.map((line) => cells(line, separator));
    const names = args.value('N')?.split(',');
    if (names && !args.has('d')) rows.unshift(names);
    const right = new Set(
      (args.value('R') ?? '')
        .split(',')
        .map((name) => (names?.includes(name) ? names.indexOf(name) : Number(name) - 1)),
    );
    yield* out.text(table(rows, args.value('o') ?? '  ', right));
  } else yield* out.text(fill(lines, width, args.has('x')));
  return yield* out.close(args.program, code);
};

/** Without -s any run of blanks separates; with it every one of its characters does, and empty cells stay. */
function cells(line: string, separator: string | undefined): readonly string[] {
  if (separator === undefined) return line.trim().split(/[ \t]+/);
  const parts: string[] = [];
  let cell = '';
  for (const c of line) {
    if (separator.includes(c)) {
      parts.push(cell);
      cell = '';
    } else cell += c;
  }
  return [...parts, cell];
}

const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, c) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(c) ? 2 : 1),
    0,
  );

function table(
  rows: readonly (readonly string[])[],
  glue: string,
  right: ReadonlySet<number>,
): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
  }
  return rows
    .map((row) => {
      const padded = widths.map((width, i) => {
        const cell = row[i] ?? '';
        const room = ' '.repeat(width - widthOf(cell));
        if (right.has(i)) return room + cell;
        return i === widths.length - 1 ? cell : cell + room;
      });
      return `${padded.join(glue)}\n`;
    })
    .join('');
}

/** Lines as columns of tab stops. */
function fill(lines: readonly string[], width: number, rowsFirst: boolean): string {
  const widest = Math.max(0, ...lines.map(widthOf));
  const stop = (Math.floor(widest / 8) + 1) * 8;
  const count = Math.max(1, Math.floor(width / stop));
  const rows = Math.ceil(lines.length / count);
  let text = '';
  for (let r = 0; r < rows; r++) {
    let line = '';
    let at = 0;
    for (let c = 0; c < count; c++) {
      const cell = lines[rowsFirst ? r * count + c : c * rows + r];
      if (cell === undefined) break;
      while (at < c * stop) {
        line += '\t';
        at = (Math.floor(at / 8) + 1) * 8;
      }
      line += cell;
      at += widthOf(cell);
    }
    text += `${line}\n`;
  }
  return text;
}
