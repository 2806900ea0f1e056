import type { Regex } from '../glibc/regex';
import { fromInput, type Value } from './value';

/** How FS and split() cut a text. */
export type Separator =
  | { readonly kind: 'space' }
  | { readonly kind: 'regex'; readonly regex: Regex }
  | { readonly kind: 'char'; readonly text: string }
  | { readonly kind: 'each' };

export function splitText(text: string, separator: Separator): string[] {
  switch (separator.kind) {
    case 'space': {
      const parts = text.split(/[ \t\n]+/);
      if (parts[0] === '') parts.shift();
      if (parts.at(-1) === '') parts.pop();
      return parts;
    }
    case 'each':
      return text === '' ? [] : text.split('');
    case 'char':
      return text === '' ? [] : text.split(separator.text);
    case 'regex':
      return splitRegex(text, separator.regex);
  }
}

function splitRegex(text: string, regex: Regex): string[] {
  const parts: string[] = [];
  if (text === '') return parts;
  let from = 0;
  let at = 0;
  while (at <= text.length) {
    const match = regex.exec(text, at);
    if (!match) break;
    if (match.end === match.start) {
      at = match.end + 1;
      continue;
    }
    parts.push(text.slice(from, match.start));
    from = match.end;
    at = match.end;
  }
  parts.push(text.slice(from));
  return parts;
}

/** $0 and its fields; each is made from the other when it is asked for. */
export class RecordFields {
  #text: Value = '';
  #fields: Value[] = [];
  #split = true;
  #joined = true;

  constructor(
    readonly separator: () => Separator,
    readonly outputSeparator: () => string,
    readonly textOf: (value: Value) => string,
  ) {}

  set(text: Value): void {
    this.#text = text;
    this.#joined = true;
    this.#split = false;
  }

  get text(): Value {
    if (!this.#joined) {
      const parts = this.#fields.map((field) => this.textOf(field));
      this.#text = parts.join(this.outputSeparator());
      this.#joined = true;
    }
    return this.#text;
  }

  get count(): number {
    this.#cut();
    return this.#fields.length;
  }

  set count(count: number) {
    this.#cut();
    while (this.#fields.length < count) this.#fields.push('');
    this.#fields.length = count;
    this.#joined = false;
  }

  get(index: number): Value {
    if (index === 0) return this.text;
    this.#cut();
    return this.#fields[index - 1];
  }

  put(index: number, value: Value): void {
    if (index === 0) {
      this.set(fromInput(this.textOf(value)));
      return;
    }
    this.#cut();
    while (this.#fields.length < index) this.#fields.push('');
    this.#fields[index - 1] = value;
    this.#joined = false;
  }

  /** A change of FS counts from the next record on. */
  cutNow(): void {
    this.#cut();
  }

  #cut(): void {
    if (this.#split) return;
    this.#split = true;
    this.#fields = splitText(this.textOf(this.#text), this.separator()).map(fromInput);
  }
}
