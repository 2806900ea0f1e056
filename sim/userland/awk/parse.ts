import { err, ok, type Result } from '../../base/result';
import { ExpressionParser } from './expression';
import { tokenize } from './lexer';
import type { AwkProgram, Expr, Func, Redirect, Rule, Stmt } from './node';
import { TokenCursor } from './token-cursor';

/** The grammar of mawk (parse.y) by recursive descent. */
export function parseAwk(text: string): Result<AwkProgram, readonly string[]> {
  const tokens = tokenize(text);
  if ('error' in tokens) return err([tokens.error]);
  const cursor = new TokenCursor(tokens);
  const parser = new ProgramParser(cursor, new ExpressionParser(cursor));
  const program = parser.program();
  if (cursor.error !== undefined) return err([cursor.error]);
  const missing = parser.undefinedCalls();
  return missing.length === 0 ? ok(program) : err(missing);
}

/** Rules, functions and statements. */
class ProgramParser {
  readonly #functions = new Map<string, Func>();

  constructor(
    readonly cursor: TokenCursor,
    readonly expressions: ExpressionParser,
  ) {}

  program(): AwkProgram {
    const begin: Stmt[] = [];
    const end: Stmt[] = [];
    const rules: Rule[] = [];
    this.cursor.terminators();
    while (this.cursor.token.kind !== 'end') {
      if (this.cursor.is('BEGIN', 'END')) {
        const to = this.cursor.eat('BEGIN') ? begin : end;
        if (to === end) this.cursor.eat('END');
        to.push(this.#block());
      } else if (this.cursor.is('function', 'func')) this.#function();
      else rules.push(this.#rule());
      this.cursor.terminators();
    }
    return { begin, end, rules, functions: this.#functions };
  }

  /** first_pass() of fcall.c: one error for each call, the last call first. */
  undefinedCalls(): readonly string[] {
    const { line } = this.cursor.token;
    return this.expressions.called
      .filter(({ text }) => !this.#functions.has(text))
      .map(({ text }) => `line ${line}: function ${text} never defined`)
      .toReversed();
  }

  #rule(): Rule {
    if (this.cursor.is('{')) return { pattern: undefined, until: undefined, body: this.#block() };
    const pattern = this.expressions.expr();
    let until: Expr | undefined;
    if (this.cursor.eat(',')) {
      this.cursor.newlines();
      until = this.expressions.expr();
    }
    const body = this.cursor.is('{') ? this.#block() : undefined;
    if (
      !body &&
      this.cursor.token.kind !== 'newline' &&
      this.cursor.token.kind !== 'end' &&
      !this.cursor.is(';')
    )
      this.cursor.fail();
    return { pattern, until, body };
  }

  #function(): void {
    this.cursor.at++;
    const name = this.cursor.token.text;
    if (this.cursor.token.kind !== 'name' && this.cursor.token.kind !== 'func') this.cursor.fail();
    this.cursor.at++;
    this.cursor.expect('(');
    const params: string[] = [];
    while (!this.cursor.is(')') && this.cursor.error === undefined) {
      params.push(this.cursor.token.text);
      this.cursor.at++;
      if (!this.cursor.eat(',')) break;
      this.cursor.newlines();
    }
    this.cursor.expect(')');
    this.cursor.newlines();
    const made: Func = { params, body: { kind: 'block', body: [] } };
    this.#functions.set(name, made);
    this.expressions.params = params;
    made.body = this.#block();
    this.expressions.params = [];
  }

  #block(): Stmt {
    this.cursor.expect('{');
    const body: Stmt[] = [];
    this.cursor.terminators();
    while (!this.cursor.is('}') && this.cursor.token.kind !== 'end') {
      body.push(this.#statement());
      this.cursor.terminators();
    }
    this.cursor.expect('}');
    return { kind: 'block', body };
  }

  #simpleEnd(): void {
    if (this.cursor.is(';') || this.cursor.token.kind === 'newline') this.cursor.at++;
    else if (!this.cursor.is('}') && this.cursor.token.kind !== 'end') this.cursor.fail();
  }

  #body(): Stmt {
    this.cursor.newlines();
    if (this.cursor.eat(';')) return { kind: 'block', body: [] };
    return this.#statement();
  }

  #statement(): Stmt {
    this.cursor.enter();
    const made = this.#statementInner();
    this.cursor.leave();
    return made;
  }

  #statementInner(): Stmt {
    const word = this.cursor.token.kind === 'keyword' ? this.cursor.token.text : '';
    if (this.cursor.is('{')) return this.#block();
    switch (word) {
      case 'if':
        return this.#if();
      case 'while': {
        this.cursor.at++;
        const test = this.#parenthesised();
        if (this.cursor.eat(';')) return { kind: 'while', test, body: { kind: 'block', body: [] } };
        return { kind: 'while', test, body: this.#body() };
      }
      case 'do': {
        this.cursor.at++;
        const body = this.#body();
        this.cursor.terminators();
        this.cursor.expect('while');
        const test = this.#parenthesised();
        this.#simpleEnd();
        return { kind: 'do', test, body };
      }
      case 'for':
        return this.#for();
      default: {
        const made = this.#simple();
        this.#simpleEnd();
        return made;
      }
    }
  }

  #parenthesised(): Expr {
    this.cursor.expect('(');
    const test = this.expressions.expr();
    this.cursor.expect(')');
    return test;
  }

  #if(): Stmt {
    this.cursor.at++;
    const test = this.#parenthesised();
    const yes = this.#body();
    const before = this.cursor.at;
    this.cursor.terminators();
    if (this.cursor.eat('else')) return { kind: 'if', test, yes, no: this.#body() };
    this.cursor.at = Math.max(before, this.cursor.error === undefined ? before : this.cursor.at);
    return { kind: 'if', test, yes, no: undefined };
  }

  #for(): Stmt {
    this.cursor.at++;
    this.cursor.expect('(');
    const [name, word, array, close] = this.cursor.tokens.slice(this.cursor.at, this.cursor.at + 4);
    if (name?.kind === 'name' && word?.text === 'in' && array && close?.text === ')') {
      this.cursor.at += 4;
      return {
        kind: 'forin',
        to: this.expressions.variable(name.text),
        array: this.expressions.array(array.text),
        body: this.#body(),
      };
    }
    const init = this.cursor.is(';') ? undefined : this.#simple();
    this.cursor.expect(';');
    this.cursor.newlines();
    const test = this.cursor.is(';') ? undefined : this.expressions.expr();
    this.cursor.expect(';');
    this.cursor.newlines();
    const step = this.cursor.is(')') ? undefined : this.#simple();
    this.cursor.expect(')');
    return { kind: 'for', init, test, step, body: this.#body() };
  }

  #simple(): Stmt {
    const word = this.cursor.token.kind === 'keyword' ? this.cursor.token.text : '';
    switch (word) {
      case 'print':
      case 'printf':
        return this.#print(word);
      case 'next':
      case 'nextfile':
      case 'break':
      case 'continue':
        this.cursor.at++;
        return { kind: word };
      case 'exit':
      case 'return': {
        this.cursor.at++;
        const none =
          this.cursor.is(';', '}') ||
          this.cursor.token.kind === 'newline' ||
          this.cursor.token.kind === 'end';
        return { kind: word, value: none ? undefined : this.expressions.expr() };
      }
      case 'delete': {
        this.cursor.at++;
        const array = this.expressions.array(this.cursor.token.text);
        this.cursor.at++;
        if (!this.cursor.eat('[')) return { kind: 'delete', array, subscripts: undefined };
        const subscripts = this.expressions.list();
        this.cursor.expect(']');
        return { kind: 'delete', array, subscripts };
      }
      default:
        return { kind: 'expr', expr: this.expressions.expr() };
    }
  }

  #print(kind: 'print' | 'printf'): Stmt {
    this.cursor.at++;
    return this.expressions.withoutGreater(() => {
      const args = this.#printEnds() ? [] : this.expressions.printList();
      return { kind, args, redirect: this.#redirect() };
    });
  }

  #printEnds(): boolean {
    const { kind } = this.cursor.token;
    return this.cursor.is(';', '}', '>', '>>', '|') || kind === 'newline' || kind === 'end';
  }

  #redirect(): Redirect | undefined {
    if (!this.cursor.is('>', '>>', '|')) return undefined;
    const op = this.cursor.token.text;
    this.cursor.at++;
    const to = this.expressions.concat();
    return { kind: op === '|' ? '|' : op === '>' ? '>' : '>>', to };
  }
}
