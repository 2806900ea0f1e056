import type { Select } from 'unbash';
import type { Blocking } from '../../linux/wait-queue';
import { assign } from './assign';
import { loopEnds } from './loop';
import { readLine } from './read-line';
import type { Shell } from './shell';

/** execute_select_command(): the menu goes to stderr, the answer comes from stdin. */
export function* runSelect(sh: Shell, node: Select, values: readonly string[]): Blocking<number> {
  sh.status = 0;
  if (values.length === 0) return 0;
  sh.loops++;
  let show = true;
  for (;;) {
    if (show) yield* sh.raw(2, menu(values, Number(sh.get('COLUMNS') ?? '') || 80));
    yield* sh.raw(2, sh.get('PS3') ?? '#? ');
    const line = yield* readLine(sh, { fd: 0, raw: true, delimiter: '\n' });
    sh.setPlain('REPLY', line.text);
    if (!line.delimited) {
      yield* sh.raw(1, '\n');
      sh.status = 1;
      break;
    }
    show = line.text === '';
    if (show) continue;
    const choice = values[Number(line.text.trim()) - 1] ?? '';
    yield* assign(sh, { name: node.name.text }, choice);
    yield* sh.interpreter.runStatements(sh, node.body.commands);
    if (loopEnds(sh)) break;
    show = sh.get('REPLY') === '';
  }
  sh.loops--;
  return sh.status;
}

/** print_select_list(). */
function menu(values: readonly string[], columns: number): string {
  const digits = String(values.length).length;
  const longest = Math.max(...values.map((value) => value.length));
  const width = longest + digits + 2 + 2;
  let perRow = Math.max(1, Math.floor(columns / width));
  const rows = Math.ceil(values.length / perRow);
  perRow = Math.ceil(values.length / rows);
  if (rows === 1 || perRow === 1) {
    return values.map((value, i) => `${String(i + 1).padStart(digits)}) ${value}\n`).join('');
  }
  let out = '';
  for (let row = 0; row < rows; row++) {
    const cells = [];
    for (let i = row; i < values.length; i += rows) {
      cells.push(`${String(i + 1).padStart(digits)}) ${values[i] ?? ''}`);
    }
    out += `${cells.map((cell, i) => (i < cells.length - 1 ? cell.padEnd(width) : cell)).join('')}\n`;
  }
  return out;
}
