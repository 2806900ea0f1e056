import { escapePattern } from './pattern';

/** A word after expansion: its text, and the same with quoted characters escaped, as a pattern. */
export interface Field {
  readonly text: string;
  readonly pattern: string;
}

interface OpenField {
  text: string;
  pattern: string;
  started: boolean;
}

const empty = (): OpenField => ({ text: '', pattern: '', started: false });

/** Collects what expansions give into fields, split by IFS (word_split, list_string of subst.c). */
export class FieldBuilder {
  readonly #fields: Field[] = [];
  #field = empty();
  /** White space of IFS ended the last field: one more separator may still belong to it. */
  #afterSpace = false;

  constructor(
    /** IFS, or undefined where nothing is split. */
    readonly ifs: string | undefined,
  ) {}

  /** Characters in the field that is being built. */
  get length(): number {
    return this.#field.text.length;
  }

  /** Text between quotes, never split or matched. */
  addQuoted(text: string): void {
    this.#field.text += text;
    this.#field.pattern += escapePattern(text);
    this.#field.started = true;
    this.#afterSpace = false;
  }

  /** Text of the word itself: not split, but a pattern. */
  addLiteral(text: string): void {
    if (text === '') return;
    this.#field.text += text;
    this.#field.pattern += text;
    this.#field.started = true;
    this.#afterSpace = false;
  }

  /** The result of an unquoted expansion. */
  addSplit(text: string): void {
    const { ifs } = this;
    if (ifs === undefined || ifs === '') {
      this.addLiteral(text);
      return;
    }
    let run = 0;
    for (let at = 0; at < text.length; at++) {
      const c = text[at] ?? '';
      if (!ifs.includes(c)) continue;
      if (at > run) this.addLiteral(text.slice(run, at));
      run = at + 1;
      this.#separator(c);
    }
    if (run < text.length) this.addLiteral(text.slice(run));
  }

  /** Between two values of "$@" or an array. */
  breakField(): void {
    if (this.ifs === undefined) {
      this.addQuoted(' ');
      return;
    }
    if (this.#field.started) this.#finish();
    this.#afterSpace = false;
  }

  finish(): Field[] {
    if (this.#field.started) this.#finish();
    return this.#fields;
  }

  /** Everything as one field. */
  joined(): Field {
    const last = this.finish();
    if (last.length === 1 && last[0]) return last[0];
    return {
      text: last.map((field) => field.text).join(' '),
      pattern: last.map((field) => field.pattern).join(' '),
    };
  }

  #separator(c: string): void {
    const space = c === ' ' || c === '\t' || c === '\n';
    if (space) {
      if (!this.#field.started) return;
      this.#finish();
      this.#afterSpace = true;
      return;
    }
    if (this.#afterSpace && !this.#field.started) this.#afterSpace = false;
    else this.#finish();
  }

  #finish(): void {
    this.#fields.push({ text: this.#field.text, pattern: this.#field.pattern });
    this.#field = empty();
    this.#afterSpace = false;
  }
}
