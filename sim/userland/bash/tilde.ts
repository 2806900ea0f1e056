import type { Shell } from './shell';
import type { Piece } from './word';

/** Home directories of the accounts of a Debian container. */
const HOMES: Readonly<Record<string, string>> = {
  root: '/root',
  daemon: '/usr/sbin',
  nobody: '/nonexistent',
};

/** Tilde prefixes of a literal piece (tilde_expand, bash_tilde_expand). */
export function tilde(sh: Shell, text: string, first: boolean, assignment: boolean): Piece[] {
  const out: Piece[] = [];
  let rest = text;
  let atStart = first;
  while (rest !== '') {
    const prefix = atStart ? /^~([A-Za-z_][\w-]*|[+-])?(?=[/:]|$)/.exec(rest) : null;
    const home = prefix ? homeOf(sh, prefix[1]) : undefined;
    if (prefix && home !== undefined) {
      out.push({ kind: 'quoted', text: home });
      rest = rest.slice(prefix[0].length);
    }
    const colon = assignment ? rest.indexOf(':', home === undefined && atStart ? 1 : 0) : -1;
    const end = colon < 0 ? rest.length : colon + 1;
    if (end > 0) out.push({ kind: 'literal', text: rest.slice(0, end) });
    rest = rest.slice(end);
    atStart = true;
  }
  return out;
}

function homeOf(sh: Shell, name: string | undefined): string | undefined {
  if (name === undefined) return sh.get('HOME') ?? '/root';
  if (name === '+') return sh.get('PWD');
  if (name === '-') return sh.get('OLDPWD');
  return HOMES[name];
}
