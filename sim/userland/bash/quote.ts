/** sh_single_quote(): for `${x@Q}`, `set`, `declare -p` of scalars in ANSI-C form when needed. */
export function singleQuote(text: string): string {
  if (needsAnsi(text)) return ansiQuote(text);
  return `'${text.replace(/'/g, "'\\''")}'`;
}

const needsAnsi = (text: string): boolean => /[\x00-\x1f\x7f]/.test(text);

/** ansic_quote(). */
export function ansiQuote(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '\x07': '\\a', '\b': '\\b', '\x1b': '\\E', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v',
    '\\': '\\\\', "'": "\\'",
  }; // biome-ignore format: a table
  const body = text.replace(
    /[\x00-\x1f\x7f\\']/g,
    (c) => names[c] ?? `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `$'${body}'`;
}

/** sh_backslash_quote(): printf %q. */
export function backslashQuote(text: string): string {
  if (text === '') return "''";
  if (needsAnsi(text)) return ansiQuote(text);
  return text
    .replace(/[ \t\n'"\\|&;()<>!{}*[\]?^$`]/g, '\\$&')
    .replace(/^[~#]/, '\\$&')
    .replace(/([=:])~/g, '$1\\~')
    .replace(/,/g, '\\,');
}

/** sh_double_quote(): values of `declare -p`. */
export function doubleQuote(text: string): string {
  if (needsAnsi(text)) return ansiQuote(text);
  return `"${text.replace(/["$`\\]/g, '\\$&')}"`;
}

/**
 * Values as `set` and xtrace print them: quoted only when that is needed
 * (sh_contains_shell_metas).
 */
export function quoteIfNeeded(text: string): string {
  if (text === '') return '';
  if (needsAnsi(text)) return ansiQuote(text);
  if (/[ \t\n'"\\|&;()<>!{}*[\]?^$`]/.test(text) || /^[~#]/.test(text) || /[=:]~/.test(text)) {
    return singleQuote(text);
  }
  return text;
}
