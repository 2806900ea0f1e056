import { regcomp } from './regex';

/** fnmatch(3), in linear time: `*` and `?` match any character, also `/` (no FNM_PATHNAME). */
export function compileGlob(glob: string, ignoreCase = false): (name: string) => boolean {
  const made = regcomp(`^(${globSource(glob)})$`, { syntax: 'extended', ignoreCase });
  return made.ok ? (name) => made.value.test(name) : (name) => glob === name;
}

/** fnmatch(3) of one name. */
export const globMatch = (glob: string, name: string, ignoreCase = false): boolean =>
  compileGlob(glob, ignoreCase)(name);

function globSource(glob: string): string {
  let out = '';
  for (let i = 0; i < glob.length; i++) {
    const c = glob[i] ?? '';
    if (c === '*') out += '.*';
    else if (c === '?') out += '.';
    else if (c === '\\') out += escape1(glob[++i] ?? '\\');
    else if (c === '[') {
      const end = closing(glob, i);
      if (end < 0) out += '\\[';
      else {
        out += `[${glob.slice(i + 1, end).replace(/^!/, '^')}]`;
        i = end;
      }
    } else out += escape1(c);
  }
  return out;
}

const escape1 = (c: string): string => (/[.[\]*^$+?(){}|\\]/.test(c) ? `\\${c}` : c);

function closing(glob: string, start: number): number {
  let at = start + 1;
  if (glob[at] === '!' || glob[at] === '^') at++;
  if (glob[at] === ']') at++;
  for (; at < glob.length; at++) {
    if (glob[at] === '[' && glob[at + 1] === ':') {
      const end = glob.indexOf(':]', at + 2);
      if (end > 0) at = end + 1;
    } else if (glob[at] === ']') return at;
  }
  return -1;
}
