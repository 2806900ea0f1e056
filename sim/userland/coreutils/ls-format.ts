import type { Inode } from '../../linux/inode';
import { lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import { quoteName } from '../args';
import { strftime } from '../glibc/strftime';
import { modeString } from './mode';
import { humanSize } from './size';
import { groupName, userName } from './user';

export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly inode: Inode;
}

export interface LsStyle {
  readonly long: boolean;
  readonly layout: 'one' | 'columns' | 'rows' | 'commas';
  readonly width: number;
  readonly classify: 'all' | 'slash' | undefined;
  readonly human: 1000 | 1024 | undefined;
  readonly inode: boolean;
  readonly blocks: boolean;
  readonly numeric: boolean;
  readonly owner: boolean;
  readonly group: boolean;
  readonly quote: 'always' | 'shell' | 'never';
  readonly time: 'mtimeUs' | 'ctimeUs' | 'atimeUs';
  readonly timeStyle: string;
}

export const sizeOf = (bytes: number, human: 1000 | 1024 | undefined): string =>
  human ? humanSize(bytes, human) : String(bytes);

/** st_size. */
export function inodeSize(proc: Proc, inode: Inode): number {
  const body = inode.body;
  if (body.kind === 'file') return body.size;
  if (body.kind === 'symlink') return body.target.length;
  if (body.kind === 'handler-link') return body.target(proc).length;
  return body.kind === 'dir' ? 4096 : 0;
}

export function linkTarget(proc: Proc, inode: Inode): string | undefined {
  if (inode.body.kind === 'symlink') return inode.body.target;
  return inode.body.kind === 'handler-link' ? inode.body.target(proc) : undefined;
}

function indicator(inode: Inode, style: LsStyle): string {
  const kind = inode.body.kind;
  if (kind === 'dir' || kind === 'handler-dir') return style.classify ? '/' : '';
  if (style.classify !== 'all') return '';
  if (kind === 'symlink' || kind === 'handler-link') return style.long ? '' : '@';
  if (kind === 'fifo') return '|';
  if (kind === 'socket') return '=';
  return kind === 'file' && inode.mode & 0o111 ? '*' : '';
}

function shownName(name: string, style: LsStyle): string {
  if (style.quote === 'always') return `"${name.replace(/["\\]/g, '\\$&')}"`;
  return style.quote === 'shell' ? quoteName(name) : name;
}

const HALF_YEAR_S = 31_556_952 / 2;

function timeText(proc: Proc, inode: Inode, style: LsStyle): string {
  const us = inode[style.time];
  const seconds = Math.floor(us / 1e6);
  const nanos = (us % 1e6) * 1000;
  if (style.timeStyle.startsWith('+')) return strftime(style.timeStyle.slice(1), seconds, nanos);
  if (style.timeStyle === 'full-iso') return strftime('%Y-%m-%d %H:%M:%S.%N %z', seconds, nanos);
  if (style.timeStyle === 'long-iso') return strftime('%Y-%m-%d %H:%M', seconds);
  const now = proc.host.clockUs / 1e6;
  const recent = seconds > now - HALF_YEAR_S && seconds <= now + 1;
  if (style.timeStyle === 'iso') return strftime(recent ? '%m-%d %H:%M' : '%Y-%m-%d ', seconds);
  return strftime(recent ? '%b %e %H:%M' : '%b %e  %Y', seconds);
}

/** The lines of a list of entries. */
export function listing(proc: Proc, entries: readonly Entry[], style: LsStyle): string {
  if (style.long) return longListing(proc, entries, style);
  const names = entries.map((entry) => {
    const number = style.inode ? `${entry.inode.ino} ` : '';
    return number + shownName(entry.name, style) + indicator(entry.inode, style);
  });
  if (style.layout === 'columns') return columns(names, style.width, true);
  if (style.layout === 'rows') return columns(names, style.width, false);
  if (style.layout === 'commas') return names.length === 0 ? '' : `${names.join(', ')}\n`;
  return names.map((name) => `${name}\n`).join('');
}

function longListing(proc: Proc, entries: readonly Entry[], style: LsStyle): string {
  const rows = entries.map((entry) => {
    const { inode } = entry;
    const target = linkTarget(proc, inode);
    let name = shownName(entry.name, style) + indicator(inode, style);
    if (target !== undefined) {
      const at = lookupPath(proc, entry.path);
      const mark = typeof at === 'string' ? '' : indicator(at, style);
      name += ` -> ${shownName(target, style)}${mark}`;
    }
    const { body } = inode;
    const size =
      body.kind === 'char'
        ? (body.device ?? [0, 0]).join(', ')
        : sizeOf(inodeSize(proc, inode), style.human);
    return {
      ino: String(inode.ino),
      mode: modeString(inode),
      links: String(inode.nlink),
      user: style.numeric ? String(inode.uid) : userName(proc, inode.uid),
      group: style.numeric ? String(inode.gid) : groupName(proc, inode.gid),
      size,
      time: timeText(proc, inode, style),
      name,
    };
  });
  const widest = (key: 'ino' | 'links' | 'user' | 'group' | 'size'): number =>
    Math.max(0, ...rows.map((row) => row[key].length));
  const width = { ino: widest('ino'), links: widest('links'), size: widest('size') };
  const [user, group] = [widest('user'), widest('group')];
  return rows
    .map((row) => {
      const parts = style.inode ? [row.ino.padStart(width.ino)] : [];
      parts.push(row.mode, row.links.padStart(width.links));
      if (style.owner) parts.push(row.user.padEnd(user));
      if (style.group) parts.push(row.group.padEnd(group));
      parts.push(row.size.padStart(width.size), row.time, row.name);
      return `${parts.join(' ')}\n`;
    })
    .join('');
}

/** calculate_columns(): the fewest lines that fit. */
function columns(names: readonly string[], width: number, vertical: boolean): string {
  if (names.length === 0) return '';
  const lengths = names.map((name) => [...name].length);
  for (let count = Math.min(names.length, Math.floor(width / 3) || 1); count >= 1; count--) {
    const rows = Math.ceil(names.length / count);
    const widths: number[] = new Array<number>(count).fill(0);
    for (const [i, length] of lengths.entries()) {
      const column = vertical ? Math.floor(i / rows) : i % count;
      const gap = column === count - 1 ? 0 : 2;
      widths[column] = Math.max(widths[column] ?? 0, length + gap);
    }
    if (count > 1 && widths.reduce((a, b) => a + b, 0) >= width) continue;
    return table(names, { rows, count, widths, vertical });
  }
  return '';
}

interface Grid {
  readonly rows: number;
  readonly count: number;
  readonly widths: readonly number[];
  readonly vertical: boolean;
}

function table(names: readonly string[], grid: Grid): string {
  let text = '';
  for (let row = 0; row < grid.rows; row++) {
    let line = '';
    let at = 0;
    for (let column = 0; column < grid.count; column++) {
      const name = names[grid.vertical ? column * grid.rows + row : row * grid.count + column];
      if (name === undefined) break;
      line = line.padEnd(at) + name;
      at += grid.widths[column] ?? 0;
    }
    text += `${line}\n`;
  }
  return text;
}
