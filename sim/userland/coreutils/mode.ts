import type { Inode } from '../../linux/inode';

const BITS = { r: 4, w: 2, x: 1 } as const;
const TYPES: Readonly<Record<Inode['body']['kind'], string>> = {
  file: '-',
  dir: 'd',
  'handler-dir': 'd',
  handler: '-',
  symlink: 'l',
  'handler-link': 'l',
  fifo: 'p',
  char: 'c',
  ns: '-',
  socket: 's',
};

/** The letter of ls for an inode's type. */
export const typeLetter = (inode: Inode): string => TYPES[inode.body.kind];

/** S_IFMT bits of st_mode. */
export function typeBits(inode: Inode): number {
  const letters = {
    '-': 0o100000,
    d: 0o040000,
    l: 0o120000,
    p: 0o010000,
    c: 0o020000,
    s: 0o140000,
  };
  for (const [letter, bits] of Object.entries(letters))
    if (letter === typeLetter(inode)) return bits;
  return 0o100000;
}

/** st_mode's permission bits; those of a symbolic link are always 777. */
export const permissions = (inode: Inode): number =>
  inode.body.kind === 'symlink' || inode.body.kind === 'handler-link' ? 0o777 : inode.mode;

/** filemodestring() of gnulib: `-rwxr-xr-x`. */
export function modeString(inode: Inode): string {
  const mode = permissions(inode);
  const triple = (shift: number, special: number, letters: string): string => {
    const bits = (mode >> shift) & 7;
    const set = (mode & special) !== 0;
    const x = (bits & 1) !== 0;
    const last = set ? (x ? letters[0] : letters[1]) : x ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
  };
  return (
    typeLetter(inode) + triple(6, 0o4000, 'sS') + triple(3, 0o2000, 'sS') + triple(0, 0o1000, 'tT')
  );
}

/** mode_compile() of gnulib: an octal or symbolic mode as a function on the old mode; undefined if it is none. */
export function parseMode(
  text: string,
  umask: number,
): ((mode: number, directory: boolean) => number) | undefined {
  if (/^[0-7]{1,5}$/.test(text) && Number.parseInt(text, 8) <= 0o7777) {
    const value = Number.parseInt(text, 8);
    return (mode, directory) => (directory && text.length < 5 ? value | (mode & 0o6000) : value);
  }
  const clauses: ((mode: number, directory: boolean) => number)[] = [];
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
    if (!found) return undefined;
    const [, who = '', actions = ''] = found;
    for (const [, op = '', perms = ''] of actions.matchAll(/([-+=])([rwxXst]*|[ugo])/g)) {
      clauses.push((mode, directory) => applyClause(mode, { who, op, perms, umask, directory }));
    }
  }
  return (mode, directory) => clauses.reduce((m, clause) => clause(m, directory), mode);
}

interface Clause {
  readonly who: string;
  readonly op: string;
  readonly perms: string;
  readonly umask: number;
  readonly directory: boolean;
}

function applyClause(mode: number, clause: Clause): number {
  const { who, op, perms, umask, directory } = clause;
  const everyone = who === '' || who.includes('a');
  let affected = 0;
  if (everyone || who.includes('u')) affected |= 0o4700;
  if (everyone || who.includes('g')) affected |= 0o2070;
  if (everyone || who.includes('o')) affected |= 0o1007;
  if (everyone) affected |= 0o7000;
  const bits = permBits(mode, perms, directory);
  let value = bits & affected;
  if (who === '') value &= ~umask;
  if (op === '+') return mode | value;
  if (op === '-') return mode & ~value;
  const kept = directory ? 0o6000 : 0;
  const cleared = who === '' ? affected & ~0 : affected;
  return (mode & ~(cleared & ~(kept & ~bits))) | value;
}

function permBits(mode: number, perms: string, directory: boolean): number {
  const copied = { u: 6, g: 3, o: 0 };
  if (perms === 'u' || perms === 'g' || perms === 'o') {
    return ((mode >> copied[perms]) & 7) * 0o111;
  }
  let bits = 0;
  for (const c of perms) {
    if (c === 'r' || c === 'w' || c === 'x') bits |= BITS[c] * 0o111;
    else if (c === 'X' && (directory || mode & 0o111)) bits |= 0o111;
    else if (c === 's') bits |= 0o6000;
    else if (c === 't') bits |= 0o1000;
  }
  return bits;
}
