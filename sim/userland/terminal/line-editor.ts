import {
  blankWordStart,
  cut,
  type EditLine,
  EMPTY_LINE,
  edited,
  insert,
  lineOf,
  textOf,
  wordEnd,
} from './edit-line';
import { searchBack } from './history-search';
import type { Key } from './keys';
import { charWidth, textWidth } from './width';

/** What Tab found: the text that stands from `start` to the cursor can become any of `candidates`. */
export interface Completion {
  readonly start: number;
  readonly candidates: readonly string[];
  /** What is added behind the only candidate: a blank, or a slash is part of it. */
  readonly suffix: string;
}

/** What the editor asks of the shell in front of it. */
export interface EditorContext {
  readonly history: readonly string[];
  complete(text: string): Completion | undefined;
  /** What stands before the input on its line, without control sequences. */
  readonly prompt: string;
  readonly columns: number;
}

/** What came of a key. */
export type Edited =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'eof' }
  | { readonly kind: 'signal'; readonly key: '^C' | '^Z' | '^\\' };

interface Search {
  readonly query: string;
  readonly index: number;
}

const CLEAR_SCREEN = '\x1b[H\x1b[2J\x1b[3J';
const CLEAR_DOWN = '\x1b[J';
const BELL = '\x07';
/** MAX_CANON of a terminal is 4096; pasted lines may be longer, but not without bound. */
const LINE_MAX = 16_000;

/**
 * The line in front of a prompt, edited with readline's emacs keys. It belongs to the screen, not to the world: only
 * whole lines, signals and end of file leave it. Drawing is a full redraw of the line from where it began.
 */
export class LineEditor {
  #line: EditLine = EMPTY_LINE;
  /** Row of the cursor below the row where the prompt stands, as drawn. */
  #row = 0;
  #drawn = false;
  #killed = '';
  #historyAt: number | undefined;
  #draft = '';
  #search: Search | undefined;
  #tabs = 0;
  #out = '';

  get text(): string {
    return textOf(this.#line);
  }

  get isEmpty(): boolean {
    return this.#line.chars.length === 0 && !this.#search;
  }

  takeOutput(): string {
    const out = this.#out;
    this.#out = '';
    return out;
  }

  /** Handles one key; a result has to enter the world, in order. */
  key(key: Key, context: EditorContext): readonly Edited[] {
    if (key.kind === 'paste') return this.#paste(key.text, context);
    if (this.#search) return this.#searchKey(key, context);
    this.#tabs = key.kind === 'control' && key.name === 'tab' ? this.#tabs + 1 : 0;
    if (key.kind === 'text') {
      this.#set(insert(this.#line, key.text), context);
      return [];
    }
    return this.#command(key.name, context);
  }

  /** Takes the drawn line off the screen (before the world prints, or its echo of the line). */
  erase(context: EditorContext): string {
    if (!this.#drawn) return '';
    const column = textWidth(context.prompt) % context.columns;
    const up = this.#row > 0 ? `\x1b[${this.#row}A` : '';
    this.#row = 0;
    this.#drawn = false;
    return `${up}\x1b[${column + 1}G${CLEAR_DOWN}`;
  }

  /** Draws the line where the cursor is now. */
  draw(context: EditorContext): string {
    if (this.isEmpty) return '';
    const at = layout(context, this.#line);
    this.#row = at.cursorRow;
    this.#drawn = true;
    const up = at.endRow > at.cursorRow ? `\x1b[${at.endRow - at.cursorRow}A` : '';
    const search = this.#search ? `  (reverse-i-search: ${this.#search.query})` : '';
    return `${this.text}${at.wraps ? ' \b' : ''}${search}${up}\x1b[${at.cursorColumn + 1}G`;
  }

  #redraw(context: EditorContext): void {
    this.#out += this.erase(context) + this.draw(context);
  }

  #set(line: EditLine, context: EditorContext): void {
    if (line.chars.length > LINE_MAX) {
      this.#out += BELL;
      return;
    }
    this.#line = line;
    this.#redraw(context);
  }

  #paste(text: string, context: EditorContext): readonly Edited[] {
    const lines = text.replace(/\r\n?/g, '\n').split('\n');
    const done: Edited[] = [];
    for (const [i, part] of lines.entries()) {
      this.#line = insert(this.#line, part.slice(0, LINE_MAX));
      if (i < lines.length - 1) done.push(...this.#enter(context));
    }
    this.#redraw(context);
    return done;
  }

  #enter(context: EditorContext): readonly Edited[] {
    const text = this.text;
    this.#out += this.erase(context);
    this.#line = EMPTY_LINE;
    this.#historyAt = undefined;
    return [{ kind: 'line', text }];
  }

  #command(name: string, context: EditorContext): readonly Edited[] {
    switch (name) {
      case 'enter':
        return this.#enter(context);
      case '^D':
        if (this.#line.chars.length === 0) return [{ kind: 'eof' }];
        this.#set(cut(this.#line, this.#line.cursor, this.#line.cursor + 1), context);
        return [];
      case '^C':
      case '^Z':
      case '^\\':
        return this.#signal(name);
      case 'up':
      case 'down':
        this.#recall(name === 'up' ? -1 : 1, context);
        return [];
      case 'tab':
        this.#tab(context);
        return [];
      case 'search':
        this.#search = { query: '', index: context.history.length };
        this.#redraw(context);
        return [];
      case 'clear':
        this.#out += CLEAR_SCREEN + context.prompt;
        this.#drawn = false;
        this.#out += this.draw(context);
        return [];
      default:
        this.#edit(name, context);
        return [];
    }
  }

  /** The typed text stays on the screen, as it does at a real prompt. */
  #signal(key: '^C' | '^Z' | '^\\'): readonly Edited[] {
    if (key !== '^Z') {
      this.#line = EMPTY_LINE;
      this.#drawn = false;
      this.#row = 0;
      this.#historyAt = undefined;
    }
    return [{ kind: 'signal', key }];
  }

  #edit(name: string, context: EditorContext): void {
    const moved = edited(this.#line, name);
    if (moved) this.#set(moved, context);
    else if (name === 'yank') this.#set(insert(this.#line, this.#killed), context);
    else if (name === 'last-argument') {
      const last = context.history.at(-1)?.split(/\s+/).at(-1) ?? '';
      this.#set(insert(this.#line, last), context);
    } else this.#killBy(name, context);
  }

  #killBy(name: string, context: EditorContext): void {
    const { cursor, chars } = this.#line;
    if (name === 'kill-end') this.#kill(cursor, chars.length, context);
    else if (name === 'kill-start') this.#kill(0, cursor, context);
    else if (name === 'rubout-word') this.#kill(blankWordStart(this.#line), cursor, context);
    else if (name === 'kill-word') this.#kill(cursor, wordEnd(this.#line), context);
  }

  #kill(from: number, to: number, context: EditorContext): void {
    const killed = this.#line.chars.slice(from, to).join('');
    if (killed !== '') this.#killed = killed;
    this.#set(cut(this.#line, from, to), context);
  }

  #recall(step: number, context: EditorContext): void {
    const { history } = context;
    const at = (this.#historyAt ?? history.length) + step;
    if (at < 0 || at > history.length) {
      this.#out += BELL;
      return;
    }
    if (this.#historyAt === undefined) this.#draft = this.text;
    this.#historyAt = at === history.length ? undefined : at;
    this.#set(lineOf(at === history.length ? this.#draft : (history[at] ?? '')), context);
  }

  #tab(context: EditorContext): void {
    const before = this.#line.chars.slice(0, this.#line.cursor).join('');
    const found = context.complete(before);
    if (!found || found.candidates.length === 0) {
      this.#out += BELL;
      return;
    }
    const typed = before.slice(found.start);
    const [only] = found.candidates;
    if (found.candidates.length === 1 && only !== undefined) {
      this.#set(insert(this.#line, only.slice(typed.length) + found.suffix), context);
      return;
    }
    const common = commonPrefix(found.candidates);
    if (common.length > typed.length) {
      this.#set(insert(this.#line, common.slice(typed.length)), context);
      return;
    }
    if (this.#tabs < 2) this.#out += BELL;
    else this.#list(found.candidates, context);
  }

  /** The second Tab shows what there is, in columns, and the prompt again. */
  #list(candidates: readonly string[], context: EditorContext): void {
    const names = candidates
      .slice(0, 100)
      .map((one) => one.replace(/\/$/, '').split('/').at(-1) ?? one);
    const width = Math.max(...names.map(textWidth)) + 2;
    const perRow = Math.max(1, Math.floor(context.columns / width));
    let text = '';
    for (const [i, name] of names.entries()) {
      const last = i % perRow === perRow - 1 || i === names.length - 1;
      text += last ? `${name}\r\n` : name + ' '.repeat(width - textWidth(name));
    }
    this.#drawn = false;
    this.#out += `\r\n${text}${context.prompt}${this.draw(context)}`;
  }

  #searchKey(key: Key, context: EditorContext): readonly Edited[] {
    const search = this.#search ?? { query: '', index: context.history.length };
    if (key.kind === 'text') {
      this.#find({ query: search.query + key.text, index: search.index + 1 }, context);
      return [];
    }
    const name = key.kind === 'control' ? key.name : '';
    if (name === 'search') this.#find(search, context);
    else if (name === 'backspace') {
      this.#find({ query: search.query.slice(0, -1), index: context.history.length }, context);
    } else {
      this.#search = undefined;
      if (name === 'abort' || name === '^C') this.#line = EMPTY_LINE;
      this.#redraw(context);
      return name === 'enter' ? this.#enter(context) : [];
    }
    return [];
  }

  #find(search: Search, context: EditorContext): void {
    const index = searchBack(context.history, search.query, search.index);
    if (index === undefined) this.#out += BELL;
    else this.#line = lineOf(context.history[index] ?? '');
    this.#search = { query: search.query, index: index ?? search.index };
    this.#redraw(context);
  }
}

interface Layout {
  readonly endRow: number;
  readonly cursorRow: number;
  readonly cursorColumn: number;
  /** The text ends exactly at the right edge: the cursor has to be pushed over. */
  readonly wraps: boolean;
}

/** Where the end of the line and the cursor come to stand, counted from the row of the prompt. */
function layout({ prompt, columns }: EditorContext, line: EditLine): Layout {
  let row = 0;
  let column = textWidth(prompt) % columns;
  let cursorRow = 0;
  let cursorColumn = column;
  for (const [i, char] of line.chars.entries()) {
    if (i === line.cursor) [cursorRow, cursorColumn] = [row, column];
    const width = charWidth(char);
    if (column + width > columns) [row, column] = [row + 1, 0];
    column += width;
    if (column === columns) [row, column] = [row + 1, 0];
  }
  if (line.cursor === line.chars.length) [cursorRow, cursorColumn] = [row, column];
  return { endRow: row, cursorRow, cursorColumn, wraps: column === 0 && row > 0 };
}

function commonPrefix(texts: readonly string[]): string {
  let prefix = texts[0] ?? '';
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}
