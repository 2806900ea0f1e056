import { regcomp } from '../glibc/regex';
import type { Token } from './lexer';
import type { ArrayRef, Expr, LValue } from './node';
import type { TokenCursor } from './token-cursor';

const EMPTY: Expr = { kind: 'string', value: '' };
const ASSIGN = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);
const COMPARE = new Set(['<', '<=', '==', '!=', '>', '>=']);

/** The expressions of mawk's grammar (parse.y), loosest binding first. */
export class ExpressionParser {
  /** The parameters of the function whose body is read. */
  params: readonly string[] = [];
  /** Every call of a function, to be checked when all are known. */
  readonly called: Token[] = [];
  /** Inside `print a > b` and `for (x in y)` some operators mean something else. */
  #noGreater = false;
  #noIn = false;
  /** `(a, b)` before `in`, or as the list of a print. */
  #grouped: readonly Expr[] | undefined;

  constructor(readonly cursor: TokenCursor) {}

  /** Reads with `>` as a redirection. */
  withoutGreater<T>(parse: () => T): T {
    const saved = this.#noGreater;
    this.#noGreater = true;
    const made = parse();
    this.#noGreater = saved;
    return made;
  }

  /** The list of a print: `>` in it redirects, unless within brackets. */
  printList(): readonly Expr[] {
    const items = this.list();
    const [only] = items;
    return items.length === 1 && only?.kind === 'group' && this.#grouped ? this.#grouped : items;
  }

  list(): readonly Expr[] {
    const items = [this.expr()];
    while (this.cursor.eat(',')) {
      this.cursor.newlines();
      items.push(this.expr());
    }
    return items;
  }

  expr(): Expr {
    this.cursor.enter();
    const made = this.#ternary();
    this.cursor.leave();
    return made;
  }

  #ternary(): Expr {
    const test = this.#or();
    if (this.cursor.token.kind === 'op' && ASSIGN.has(this.cursor.token.text) && isLValue(test)) {
      const op = this.cursor.token.text;
      this.cursor.at++;
      this.cursor.newlines();
      return { kind: 'assign', op, to: test, value: this.expr() };
    }
    if (!this.cursor.eat('?')) return test;
    this.cursor.newlines();
    const yes = this.expr();
    this.cursor.newlines();
    this.cursor.expect(':');
    this.cursor.newlines();
    return { kind: 'cond', test, yes, no: this.expr() };
  }

  #or(): Expr {
    let left = this.#and();
    while (this.cursor.eat('||')) {
      this.cursor.newlines();
      left = { kind: 'binary', op: '||', left, right: this.#and() };
    }
    return left;
  }

  #and(): Expr {
    let left = this.#in();
    while (this.cursor.eat('&&')) {
      this.cursor.newlines();
      left = { kind: 'binary', op: '&&', left, right: this.#in() };
    }
    return left;
  }

  #in(): Expr {
    let left = this.#match();
    while (!this.#noIn && this.cursor.is('in')) {
      this.cursor.at++;
      const subscripts = left.kind === 'group' && this.#grouped ? this.#grouped : [left];
      left = { kind: 'in', subscripts, array: this.array(this.cursor.token.text) };
      this.#grouped = undefined;
      this.cursor.at++;
    }
    return left;
  }

  #match(): Expr {
    let left = this.#comparison();
    for (;;) {
      const negated = this.cursor.is('!') && this.cursor.tokens[this.cursor.at + 1]?.text === '~';
      if (negated) this.cursor.at++;
      if (!this.cursor.eat('~')) return left;
      left = { kind: 'binary', op: negated ? '!~' : '~', left, right: this.#comparison() };
    }
  }

  #comparison(): Expr {
    const left = this.#piped(this.concat());
    const op = this.cursor.token.text;
    if (this.cursor.token.kind !== 'op' || !COMPARE.has(op)) return left;
    if (op === '>' && this.#noGreater) return left;
    this.cursor.at++;
    return { kind: 'binary', op, left, right: this.concat() };
  }

  /** `cmd | getline [var]`. */
  #piped(command: Expr): Expr {
    let left = command;
    while (this.cursor.is('|') && this.cursor.tokens[this.cursor.at + 1]?.text === 'getline') {
      this.cursor.at += 2;
      left = { kind: 'getline', from: 'command', source: left, to: this.#target() };
    }
    return left;
  }

  #target(): LValue | undefined {
    const token = this.cursor.token;
    if (token.kind !== 'name' && !(token.kind === 'op' && token.text === '$')) return undefined;
    const made = this.#primary();
    return isLValue(made) ? made : undefined;
  }

  #startsValue(): boolean {
    const { kind, text } = this.cursor.token;
    if (kind === 'number' || kind === 'string' || kind === 'regex' || kind === 'name') return true;
    if (kind === 'func' || kind === 'builtin') return true;
    return kind === 'op' && ['$', '!', '(', '-', '+', '++', '--'].includes(text);
  }

  concat(): Expr {
    let left = this.#additive();
    while (
      this.#startsValue() &&
      !(this.cursor.is('!') && this.cursor.tokens[this.cursor.at + 1]?.text === '~')
    ) {
      left = { kind: 'binary', op: ' ', left, right: this.#additive() };
    }
    return left;
  }

  #additive(): Expr {
    let left = this.#term();
    while (this.cursor.is('+', '-')) {
      const op = this.cursor.token.text;
      this.cursor.at++;
      left = { kind: 'binary', op, left, right: this.#term() };
    }
    return left;
  }

  #term(): Expr {
    let left = this.#unary();
    while (this.cursor.is('*', '/', '%')) {
      const op = this.cursor.token.text;
      this.cursor.at++;
      left = { kind: 'binary', op, left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Expr {
    if (this.cursor.is('!', '-', '+')) {
      const op = this.cursor.token.text;
      this.cursor.at++;
      return { kind: 'unary', op, of: this.#unary() };
    }
    return this.#power();
  }

  #power(): Expr {
    const base = this.#postfix();
    if (!this.cursor.eat('^')) return base;
    return {
      kind: 'binary',
      op: '^',
      left: base,
      right: this.cursor.is('-', '+', '!') ? this.#unary() : this.#power(),
    };
  }

  #postfix(): Expr {
    const made = this.#primary();
    if (!isLValue(made) || !this.cursor.is('++', '--')) return made;
    const by = this.cursor.token.text === '++' ? 1 : -1;
    this.cursor.at++;
    return { kind: 'step', by, prefix: false, of: made };
  }

  variable(name: string): LValue {
    return { kind: 'var', name, local: this.params.indexOf(name) };
  }

  array(name: string): ArrayRef {
    return { name, local: this.params.indexOf(name) };
  }

  #primary(): Expr {
    const token = this.cursor.token;
    this.cursor.at++;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'string':
        return { kind: 'string', value: token.text };
      case 'regex': {
        const made = regcomp(token.text, { syntax: 'awk' });
        if (made.ok) return { kind: 'regex', regex: made.value };
        this.cursor.fail(`regular expression compile failed (${made.error})\n${token.text}`);
        return EMPTY;
      }
      case 'name':
        return this.#nameOrIndex(token.text);
      case 'func':
        this.called.push(token);
        return { kind: 'call', name: token.text, args: this.#arguments() };
      case 'builtin':
        return {
          kind: 'builtin',
          name: token.text,
          args: this.cursor.is('(') ? this.#arguments() : [],
        };
      case 'keyword':
        if (token.text === 'getline') return this.#getline();
        break;
      case 'op':
        return this.#operator(token);
    }
    this.cursor.at--;
    this.cursor.fail();
    return EMPTY;
  }

  #nameOrIndex(name: string): Expr {
    if (!this.cursor.eat('[')) return this.variable(name);
    const saved = [this.#noGreater, this.#noIn] as const;
    [this.#noGreater, this.#noIn] = [false, false];
    const subscripts = this.list();
    [this.#noGreater, this.#noIn] = saved;
    this.cursor.expect(']');
    return { kind: 'index', array: this.array(name), subscripts };
  }

  #arguments(): readonly Expr[] {
    this.cursor.expect('(');
    const saved = this.#noGreater;
    this.#noGreater = false;
    this.cursor.newlines();
    const args = this.cursor.is(')') ? [] : this.list();
    this.cursor.newlines();
    this.#noGreater = saved;
    this.cursor.expect(')');
    return args;
  }

  #getline(): Expr {
    const to = this.#target();
    if (!this.cursor.eat('<')) return { kind: 'getline', from: 'main', source: undefined, to };
    return { kind: 'getline', from: 'file', source: this.#postfix(), to };
  }

  #operator(token: Token): Expr {
    if (token.text === '$') {
      const index = this.cursor.is('++', '--', '-', '+') ? this.#unary() : this.#primary();
      return { kind: 'field', index };
    }
    if (token.text === '++' || token.text === '--') {
      const of = this.#primary();
      if (isLValue(of)) return { kind: 'step', by: token.text === '++' ? 1 : -1, prefix: true, of };
    }
    if (token.text === '-' || token.text === '+' || token.text === '!') {
      return { kind: 'unary', op: token.text, of: this.#unary() };
    }
    if (token.text === '(') return this.#group();
    this.cursor.at--;
    this.cursor.fail();
    return EMPTY;
  }

  #group(): Expr {
    const saved = this.#noGreater;
    this.#noGreater = false;
    this.cursor.newlines();
    const items = this.list();
    this.cursor.newlines();
    this.#noGreater = saved;
    this.cursor.expect(')');
    this.#grouped = items.length > 1 ? items : undefined;
    return { kind: 'group', of: items[0] ?? EMPTY };
  }
}

const isLValue = (expr: Expr): expr is LValue =>
  expr.kind === 'var' || expr.kind === 'field' || expr.kind === 'index';
