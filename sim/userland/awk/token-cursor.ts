import type { Token } from './lexer';

const MAX_DEPTH = 150;
const END: Token = { kind: 'end', text: 'end of file', line: 1 };

/** Where the parser stands among the tokens, and its first error in the words of mawk. */
export class TokenCursor {
  error: string | undefined;
  at = 0;
  #depth = 0;

  constructor(readonly tokens: readonly Token[]) {}

  get token(): Token {
    return this.tokens[this.at] ?? this.tokens.at(-1) ?? END;
  }

  is(...texts: readonly string[]): boolean {
    const token = this.token;
    return (token.kind === 'op' || token.kind === 'keyword') && texts.includes(token.text);
  }

  eat(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  fail(text?: string): void {
    const { line, kind, text: near } = this.token;
    const shown = kind === 'newline' ? 'newline' : kind === 'string' ? `"${near}` : near;
    this.error ??= `line ${line}: ${text ?? `syntax error at or near ${shown}`}`;
    this.at = this.tokens.length - 1;
  }

  expect(text: string): void {
    if (this.eat(text)) return;
    const { kind, text: near } = this.token;
    if (text === ')' || text === '}')
      this.fail(`missing ${text} near ${kind === 'newline' ? 'newline' : near}`);
    else this.fail();
  }

  newlines(): void {
    while (this.token.kind === 'newline') this.at++;
  }

  terminators(): void {
    while (this.token.kind === 'newline' || this.is(';')) this.at++;
  }

  /** One level of the grammar down; bounded, as a deep program would exhaust our own stack. */
  enter(): void {
    if (++this.#depth > MAX_DEPTH) this.fail('program too deeply nested');
  }

  leave(): void {
    this.#depth--;
  }
}
