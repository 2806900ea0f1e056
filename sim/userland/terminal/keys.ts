/** What a key press means, once its bytes are put together. */
export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'control'; readonly name: string }
  | { readonly kind: 'paste'; readonly text: string };

/** Data table: what xterm sends for keys that are more than one byte. */
const SEQUENCES: Readonly<Record<string, string>> = {
  '\x1b[A': 'up',
  '\x1bOA': 'up',
  '\x1b[B': 'down',
  '\x1bOB': 'down',
  '\x1b[C': 'right',
  '\x1bOC': 'right',
  '\x1b[D': 'left',
  '\x1bOD': 'left',
  '\x1b[H': 'home',
  '\x1bOH': 'home',
  '\x1b[1~': 'home',
  '\x1b[F': 'end',
  '\x1bOF': 'end',
  '\x1b[4~': 'end',
  '\x1b[3~': 'delete',
  '\x1b[1;5C': 'word-right',
  '\x1b[1;5D': 'word-left',
  '\x1b[1;3C': 'word-right',
  '\x1b[1;3D': 'word-left',
  '\x1bf': 'word-right',
  '\x1bb': 'word-left',
  '\x1bd': 'kill-word',
  '\x1b\x7f': 'rubout-word',
  '\x1b.': 'last-argument',
};

const CONTROLS: Readonly<Record<string, string>> = {
  '\x01': 'home',
  '\x02': 'left',
  '\x03': '^C',
  '\x04': '^D',
  '\x05': 'end',
  '\x06': 'right',
  '\x07': 'abort',
  '\x08': 'backspace',
  '\x09': 'tab',
  '\x0a': 'enter',
  '\x0b': 'kill-end',
  '\x0c': 'clear',
  '\x0d': 'enter',
  '\x0e': 'down',
  '\x10': 'up',
  '\x12': 'search',
  '\x14': 'transpose',
  '\x15': 'kill-start',
  '\x17': 'rubout-word',
  '\x19': 'yank',
  '\x1a': '^Z',
  '\x1b': 'escape',
  '\x1c': '^\\',
  '\x7f': 'backspace',
};

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** Cuts what the terminal sent into keys. Unknown sequences are dropped. */
export function keysOf(data: string): readonly Key[] {
  const keys: Key[] = [];
  let at = 0;
  while (at < data.length) {
    if (data.startsWith(PASTE_START, at)) {
      const end = data.indexOf(PASTE_END, at);
      const stop = end < 0 ? data.length : end;
      keys.push({ kind: 'paste', text: data.slice(at + PASTE_START.length, stop) });
      at = end < 0 ? data.length : end + PASTE_END.length;
      continue;
    }
    const [key, length] = keyAt(data, at);
    if (key) keys.push(key);
    at += length;
  }
  return keys;
}

function keyAt(data: string, at: number): readonly [Key | undefined, number] {
  const char = data[at] ?? '';
  if (char === '\x1b') {
    const sequence = /^\x1b(?:\[[0-9;?]*[@-~]|O[@-~]|[.\x7f@-Z^-~])/.exec(
      data.slice(at, at + 12),
    )?.[0];
    if (sequence === undefined) return [{ kind: 'control', name: 'escape' }, 1];
    const name = Object.hasOwn(SEQUENCES, sequence) ? SEQUENCES[sequence] : undefined;
    return [name === undefined ? undefined : { kind: 'control', name }, sequence.length];
  }
  const control = Object.hasOwn(CONTROLS, char) ? CONTROLS[char] : undefined;
  if (control !== undefined) return [{ kind: 'control', name: control }, 1];
  if (char < ' ') return [undefined, 1];
  let end = at;
  while (end < data.length && (data[end] ?? '') >= ' ' && data[end] !== '\x7f') end++;
  return [{ kind: 'text', text: data.slice(at, end) }, end - at];
}
