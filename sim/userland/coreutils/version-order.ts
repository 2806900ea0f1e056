/** filevercmp() of gnulib: how `sort -V` and `ls -v` order names. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  for (const special of ['', '.', '..']) {
    if (a === special) return -1;
    if (b === special) return 1;
  }
  const hidden = Number(b.startsWith('.')) - Number(a.startsWith('.'));
  if (hidden !== 0) return hidden;
  const [x, y] = [prefix(a), prefix(b)];
  return verrevcmp(x, y) || verrevcmp(a, b) || (a < b ? -1 : 1);
}

/** The name without its file suffix. */
const prefix = (name: string): string => name.replace(/(\.[A-Za-z~][A-Za-z0-9~]*)*$/, '');

function rank(c: string | undefined): number {
  if (c === undefined || (c >= '0' && c <= '9')) return 0;
  if (c === '~') return -1;
  const code = c.codePointAt(0) ?? 0;
  return /[A-Za-z]/.test(c) ? code : code + 65_536;
}

const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9';

function verrevcmp(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a[i])) || (j < b.length && !isDigit(b[j]))) {
      const c = rank(a[i]) - rank(b[j]);
      if (c !== 0) return c;
      i++;
      j++;
    }
    const x = /^\d*/.exec(a.slice(i))?.[0] ?? '';
    const y = /^\d*/.exec(b.slice(j))?.[0] ?? '';
    const [p, q] = [BigInt(x || '0'), BigInt(y || '0')];
    if (p !== q) return p < q ? -1 : 1;
    i += x.length;
    j += y.length;
  }
  return 0;
}
