import { RE2JS } from 're2js';

/**
 * A POSIX extended regular expression for `[[ =~ ]]`, on a linear-time engine with
 * leftmost-longest matches.
 */
export function compileRegex(source: string, nocase: boolean): RE2JS | undefined {
  const flags = RE2JS.LONGEST_MATCH | (nocase ? RE2JS.CASE_INSENSITIVE : 0);
  const translated = fromPosix(source);
  return isValid(translated) ? RE2JS.compile(translated, flags | RE2JS.DOTALL) : undefined;
}

/** RE2 reports a bad pattern by throwing; this is the one place that turns that into a value. */
function isValid(source: string): boolean {
  try {
    RE2JS.compile(source);
    return true;
  } catch {
    return false;
  }
}

/**
 * What GNU's regcomp reads differently from RE2: brackets without escapes, `\<`, `\>`, literal
 * `{`.
 */
export function fromPosix(source: string): string {
  let out = '';
  for (let at = 0; at < source.length; at++) {
    const c = source[at] ?? '';
    if (c === '[') {
      const end = bracketEnd(source, at);
      if (end < 0) return '[';
      out += bracketText(source.slice(at + 1, end));
      at = end;
    } else if (c === '\\') {
      const next = source[++at] ?? '\\';
      out += ESCAPES[next] ?? (/[A-Za-z0-9]/.test(next) ? next : `\\${next}`);
    } else if (c === '{' && !/^\{\d*,?\d*\}/.test(source.slice(at))) out += '\\{';
    else if (c === '$' || c === '^') out += c;
    else out += c;
  }
  return out;
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\\b', B: '\\B', w: '\\w', W: '\\W', s: '\\s', S: '\\S', '<': '\\b', '>': '\\b', "'": '\\z', '`': '\\A',
}; // biome-ignore format: a table

function bracketEnd(source: string, start: number): number {
  let at = start + 1;
  if (source[at] === '^') at++;
  if (source[at] === ']') at++;
  for (; at < source.length; at++) {
    if (source[at] === '[' && /[:.=]/.test(source[at + 1] ?? '')) {
      const close = source.indexOf(`${source[at + 1]}]`, at + 2);
      if (close > 0) at = close + 1;
    } else if (source[at] === ']') return at;
  }
  return -1;
}

function bracketText(inner: string): string {
  const negated = inner.startsWith('^');
  const body = negated ? inner.slice(1) : inner;
  const escaped = body.replace(/\[:[a-z]+:\]|[\\[\]&~]/g, (one) =>
    one.length > 1 ? one : `\\${one}`,
  );
  return `[${negated ? '^' : ''}${escaped}]`;
}

/** The characters that a quoted part of a pattern may not mean. */
export const escapeRegex = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
