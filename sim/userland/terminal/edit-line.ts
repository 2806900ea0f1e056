/** A line under edit: characters (code points) and the cursor between them. Pure; readline's emacs commands. */
export interface EditLine {
  readonly chars: readonly string[];
  readonly cursor: number;
}

export const EMPTY_LINE: EditLine = { chars: [], cursor: 0 };

export const lineOf = (text: string): EditLine => {
  const chars = [...text];
  return { chars, cursor: chars.length };
};

export const textOf = (line: EditLine): string => line.chars.join('');

export function insert(line: EditLine, text: string): EditLine {
  const added = [...text];
  const chars = [...line.chars.slice(0, line.cursor), ...added, ...line.chars.slice(line.cursor)];
  return { chars, cursor: line.cursor + added.length };
}

/** Takes the characters between two places away; the cursor stays with its neighbours. */
export function cut(line: EditLine, from: number, to: number): EditLine {
  const chars = [...line.chars.slice(0, from), ...line.chars.slice(to)];
  const cursor = line.cursor <= from ? line.cursor : Math.max(from, line.cursor - (to - from));
  return { chars, cursor };
}

export const moveTo = (line: EditLine, cursor: number): EditLine => ({
  ...line,
  cursor: Math.max(0, Math.min(line.chars.length, cursor)),
});

const isWordChar = (char: string | undefined): boolean =>
  char !== undefined && /[\p{L}\p{N}_]/u.test(char);

/** Where the word before the cursor begins (backward-word). */
export function wordStart(line: EditLine): number {
  let at = line.cursor;
  while (at > 0 && !isWordChar(line.chars[at - 1])) at--;
  while (at > 0 && isWordChar(line.chars[at - 1])) at--;
  return at;
}

/** Where the word after the cursor ends (forward-word). */
export function wordEnd(line: EditLine): number {
  let at = line.cursor;
  while (at < line.chars.length && !isWordChar(line.chars[at])) at++;
  while (at < line.chars.length && isWordChar(line.chars[at])) at++;
  return at;
}

/** Where the blank-separated word before the cursor begins (unix-word-rubout). */
export function blankWordStart(line: EditLine): number {
  let at = line.cursor;
  while (at > 0 && line.chars[at - 1] === ' ') at--;
  while (at > 0 && line.chars[at - 1] !== ' ') at--;
  return at;
}

/** transpose-chars: at the end the last two, else those around the cursor. */
export function transpose(line: EditLine): EditLine {
  const { chars } = line;
  if (chars.length < 2 || line.cursor === 0) return line;
  const right = Math.min(line.cursor, chars.length - 1);
  const swapped = [...chars];
  swapped[right - 1] = chars[right] ?? '';
  swapped[right] = chars[right - 1] ?? '';
  return { chars: swapped, cursor: right + 1 };
}

/** The commands that only move or take one character; undefined for any other. */
export function edited(line: EditLine, command: string): EditLine | undefined {
  const { cursor, chars } = line;
  switch (command) {
    case 'left':
      return moveTo(line, cursor - 1);
    case 'right':
      return moveTo(line, cursor + 1);
    case 'home':
      return moveTo(line, 0);
    case 'end':
      return moveTo(line, chars.length);
    case 'word-left':
      return moveTo(line, wordStart(line));
    case 'word-right':
      return moveTo(line, wordEnd(line));
    case 'backspace':
      return cut(line, Math.max(0, cursor - 1), cursor);
    case 'delete':
      return cut(line, cursor, cursor + 1);
    case 'transpose':
      return transpose(line);
    default:
      return undefined;
  }
}
