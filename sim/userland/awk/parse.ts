import { err, ok, type Result } from '../../base/result';
import { regcomp } from '../glibc/regex';
import { type Token, tokenize } from './lexer';
import type { ArrayRef, AwkProgram, Expr, Func, LValue, Redirect, Rule, Stmt } from './node';

/** The grammar of mawk (parse.y) by recursive descent. */
export function parseAwk(text: string): Result<AwkProgram, string> {
  const tokens = tokenize(text);
  if ('error' in tokens) return err(tokens.error);
  const parser = new Parser(tokens);
  const program = parser.program();
  return parser.error === undefined ? ok(program) : err(parser.error);
}

const MAX_DEPTH = 500;
const END: Token = { kind: 'end', text: 'end of file', line: 1 };
const EMPTY: Expr = { kind: 'string', value: '' };
const ASSIGN = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);
const COMPARE = new Set(['<', '<=', '==', '!=', '>', '>=']);

class Parser {
  error: string | undefined;
  #at = 0;
  #depth = 0;
  #params: readonly string[] = [];
  /** Inside `print a > b` and `for (x in y)` some operators mean something else. */
  #noGreater = false;
  #noIn = false;
  readonly #functions = new Map<string, Func>();
  readonly #called: Token[] = [];

  constructor(readonly tokens: readonly Token[]) {}

  get #token(): Token {
    return this.tokens[this.#at] ?? this.tokens.at(-1) ?? END;
  }

  #is(...texts: readonly string[]): boolean {
    const token = this.#token;
    return (token.kind === 'op' || token.kind === 'keyword') && texts.includes(token.text);
  }

  #eat(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at++;
    return true;
  }

  #fail(text?: string): void {
    const { line, kind, text: near } = this.#token;
    const shown = kind === 'newline' ? 'newline' : kind === 'string' ? `"${near}` : near;
    this.error ??= `line ${line}: ${text ?? `syntax error at or near ${shown}`}`;
    this.#at = this.tokens.length - 1;
  }

  #expect(text: string): void {
    if (this.#eat(text)) return;
    const { kind, text: near } = this.#token;
    if (text === ')' || text === '}')
      this.#fail(`missing ${text} near ${kind === 'newline' ? 'newline' : near}`);
    else this.#fail();
  }

  #newlines(): void {
    while (this.#token.kind === 'newline') this.#at++;
  }

  #terminators(): void {
    while (this.#token.kind === 'newline' || this.#is(';')) this.#at++;
  }

  program(): AwkProgram {
    const begin: Stmt[] = [];
    const end: Stmt[] = [];
    const rules: Rule[] = [];
    this.#terminators();
    while (this.#token.kind !== 'end') {
      if (this.#is('BEGIN', 'END')) {
        const to = this.#eat('BEGIN') ? begin : end;
        if (to === end) this.#eat('END');
        to.push(this.#block());
      } else if (this.#is('function', 'func')) this.#function();
      else rules.push(this.#rule());
      this.#terminators();
    }
    for (const token of this.#called) {
      if (!this.#functions.has(token.text)) {
        this.error ??= `line ${token.line}: function ${token.text} never defined`;
      }
    }
    return { begin, end, rules, functions: this.#functions };
  }

  #rule(): Rule {
    if (this.#is('{')) return { pattern: undefined, until: undefined, body: this.#block() };
    const pattern = this.#expr();
    let until: Expr | undefined;
    if (this.#eat(',')) {
      this.#newlines();
      until = this.#expr();
    }
    const body = this.#is('{') ? this.#block() : undefined;
    if (!body && this.#token.kind !== 'newline' && this.#token.kind !== 'end' && !this.#is(';'))
      this.#fail();
    return { pattern, until, body };
  }

  #function(): void {
    this.#at++;
    const name = this.#token.text;
    if (this.#token.kind !== 'name' && this.#token.kind !== 'func') this.#fail();
    this.#at++;
    this.#expect('(');
    const params: string[] = [];
    while (!this.#is(')') && this.error === undefined) {
      params.push(this.#token.text);
      this.#at++;
      if (!this.#eat(',')) break;
      this.#newlines();
    }
    this.#expect(')');
    this.#newlines();
    const made: Func = { params, body: { kind: 'block', body: [] } };
    this.#functions.set(name, made);
    this.#params = params;
    made.body = this.#block();
    this.#params = [];
  }

  #block(): Stmt {
    this.#expect('{');
    const body: Stmt[] = [];
    this.#terminators();
    while (!this.#is('}') && this.#token.kind !== 'end') {
      body.push(this.#statement());
      this.#terminators();
    }
    this.#expect('}');
    return { kind: 'block', body };
  }

  #simpleEnd(): void {
    if (this.#is(';') || this.#token.kind === 'newline') this.#at++;
    else if (!this.#is('}') && this.#token.kind !== 'end') this.#fail();
  }

  #body(): Stmt {
    this.#newlines();
    if (this.#eat(';')) return { kind: 'block', body: [] };
    return this.#statement();
  }

  #statement(): Stmt {
    if (++this.#depth > MAX_DEPTH) this.#fail('program too deeply nested');
    const made = this.#statementInner();
    this.#depth--;
    return made;
  }

  #statementInner(): Stmt {
    const word = this.#token.kind === 'keyword' ? this.#token.text : '';
    if (this.#is('{')) return this.#block();
    switch (word) {
      case 'if':
        return this.#if();
      case 'while': {
        this.#at++;
        const test = this.#parenthesised();
        if (this.#eat(';')) return { kind: 'while', test, body: { kind: 'block', body: [] } };
        return { kind: 'while', test, body: this.#body() };
      }
      case 'do': {
        this.#at++;
        const body = this.#body();
        this.#terminators();
        this.#expect('while');
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
    this.#expect('(');
    const test = this.#expr();
    this.#expect(')');
    return test;
  }

  #if(): Stmt {
    this.#at++;
    const test = this.#parenthesised();
    const yes = this.#body();
    const before = this.#at;
    this.#terminators();
    if (this.#eat('else')) return { kind: 'if', test, yes, no: this.#body() };
    this.#at = Math.max(before, this.error === undefined ? before : this.#at);
    return { kind: 'if', test, yes, no: undefined };
  }

  #for(): Stmt {
    this.#at++;
    this.#expect('(');
    const [name, word, array, close] = this.tokens.slice(this.#at, this.#at + 4);
    if (name?.kind === 'name' && word?.text === 'in' && array && close?.text === ')') {
      this.#at += 4;
      return {
        kind: 'forin',
        to: this.#variable(name.text),
        array: this.#array(array.text),
        body: this.#body(),
      };
    }
    const init = this.#is(';') ? undefined : this.#simple();
    this.#expect(';');
    this.#newlines();
    const test = this.#is(';') ? undefined : this.#expr();
    this.#expect(';');
    this.#newlines();
    const step = this.#is(')') ? undefined : this.#simple();
    this.#expect(')');
    return { kind: 'for', init, test, step, body: this.#body() };
  }

  #simple(): Stmt {
    const word = this.#token.kind === 'keyword' ? this.#token.text : '';
    switch (word) {
      case 'print':
      case 'printf':
        return this.#print(word);
      case 'next':
      case 'nextfile':
      case 'break':
      case 'continue':
        this.#at++;
        return { kind: word };
      case 'exit':
      case 'return': {
        this.#at++;
        const none =
          this.#is(';', '}') || this.#token.kind === 'newline' || this.#token.kind === 'end';
        return { kind: word, value: none ? undefined : this.#expr() };
      }
      case 'delete': {
        this.#at++;
        const array = this.#array(this.#token.text);
        this.#at++;
        if (!this.#eat('[')) return { kind: 'delete', array, subscripts: undefined };
        const subscripts = this.#list();
        this.#expect(']');
        return { kind: 'delete', array, subscripts };
      }
      default:
        return { kind: 'expr', expr: this.#expr() };
    }
  }

  #print(kind: 'print' | 'printf'): Stmt {
    this.#at++;
    const saved = this.#noGreater;
    this.#noGreater = true;
    let args: readonly Expr[] = [];
    const ends = (): boolean =>
      this.#is(';', '}', '>', '>>', '|') ||
      this.#token.kind === 'newline' ||
      this.#token.kind === 'end';
    if (!ends()) {
      args = this.#list();
      const [only] = args;
      if (args.length === 1 && only?.kind === 'group' && this.#grouped) args = this.#grouped;
    }
    let redirect: Redirect | undefined;
    if (this.#is('>', '>>', '|')) {
      const op = this.#token.text;
      this.#at++;
      const to = this.#concat();
      redirect = { kind: op === '|' ? '|' : op === '>' ? '>' : '>>', to };
    }
    this.#noGreater = saved;
    return { kind, args, redirect };
  }

  /** `(a, b)` before `in`, or as the list of a print. */
  #grouped: readonly Expr[] | undefined;

  #list(): readonly Expr[] {
    const items = [this.#expr()];
    while (this.#eat(',')) {
      this.#newlines();
      items.push(this.#expr());
    }
    return items;
  }

  #expr(): Expr {
    if (++this.#depth > MAX_DEPTH) this.#fail('program too deeply nested');
    const made = this.#ternary();
    this.#depth--;
    return made;
  }

  #ternary(): Expr {
    const test = this.#or();
    if (this.#token.kind === 'op' && ASSIGN.has(this.#token.text) && isLValue(test)) {
      const op = this.#token.text;
      this.#at++;
      this.#newlines();
      return { kind: 'assign', op, to: test, value: this.#expr() };
    }
    if (!this.#eat('?')) return test;
    this.#newlines();
    const yes = this.#expr();
    this.#newlines();
    this.#expect(':');
    this.#newlines();
    return { kind: 'cond', test, yes, no: this.#expr() };
  }

  #or(): Expr {
    let left = this.#and();
    while (this.#eat('||')) {
      this.#newlines();
      left = { kind: 'binary', op: '||', left, right: this.#and() };
    }
    return left;
  }

  #and(): Expr {
    let left = this.#in();
    while (this.#eat('&&')) {
      this.#newlines();
      left = { kind: 'binary', op: '&&', left, right: this.#in() };
    }
    return left;
  }

  #in(): Expr {
    let left = this.#match();
    while (!this.#noIn && this.#is('in')) {
      this.#at++;
      const subscripts = left.kind === 'group' && this.#grouped ? this.#grouped : [left];
      left = { kind: 'in', subscripts, array: this.#array(this.#token.text) };
      this.#grouped = undefined;
      this.#at++;
    }
    return left;
  }

  #match(): Expr {
    let left = this.#comparison();
    for (;;) {
      const negated = this.#is('!') && this.tokens[this.#at + 1]?.text === '~';
      if (negated) this.#at++;
      if (!this.#eat('~')) return left;
      left = { kind: 'binary', op: negated ? '!~' : '~', left, right: this.#comparison() };
    }
  }

  #comparison(): Expr {
    const left = this.#piped(this.#concat());
    const op = this.#token.text;
    if (this.#token.kind !== 'op' || !COMPARE.has(op)) return left;
    if (op === '>' && this.#noGreater) return left;
    this.#at++;
    return { kind: 'binary', op, left, right: this.#concat() };
  }

  /** `cmd | getline [var]`. */
  #piped(command: Expr): Expr {
    let left = command;
    while (this.#is('|') && this.tokens[this.#at + 1]?.text === 'getline') {
      this.#at += 2;
      left = { kind: 'getline', from: 'command', source: left, to: this.#target() };
    }
    return left;
  }

  #target(): LValue | undefined {
    const token = this.#token;
    if (token.kind !== 'name' && !(token.kind === 'op' && token.text === '$')) return undefined;
    const made = this.#primary();
    return isLValue(made) ? made : undefined;
  }

  #startsValue(): boolean {
    const { kind, text } = this.#token;
    if (kind === 'number' || kind === 'string' || kind === 'regex' || kind === 'name') return true;
    if (kind === 'func' || kind === 'builtin') return true;
    return kind === 'op' && ['$', '!', '(', '-', '+', '++', '--'].includes(text);
  }

  #concat(): Expr {
    let left = this.#additive();
    while (this.#startsValue() && !(this.#is('!') && this.tokens[this.#at + 1]?.text === '~')) {
      left = { kind: 'binary', op: ' ', left, right: this.#additive() };
    }
    return left;
  }

  #additive(): Expr {
    let left = this.#term();
    while (this.#is('+', '-')) {
      const op = this.#token.text;
      this.#at++;
      left = { kind: 'binary', op, left, right: this.#term() };
    }
    return left;
  }

  #term(): Expr {
    let left = this.#unary();
    while (this.#is('*', '/', '%')) {
      const op = this.#token.text;
      this.#at++;
      left = { kind: 'binary', op, left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Expr {
    if (this.#is('!', '-', '+')) {
      const op = this.#token.text;
      this.#at++;
      return { kind: 'unary', op, of: this.#unary() };
    }
    return this.#power();
  }

  #power(): Expr {
    const base = this.#postfix();
    if (!this.#eat('^')) return base;
    return {
      kind: 'binary',
      op: '^',
      left: base,
      right: this.#is('-', '+', '!') ? this.#unary() : this.#power(),
    };
  }

  #postfix(): Expr {
    const made = this.#primary();
    if (!isLValue(made) || !this.#is('++', '--')) return made;
    const by = this.#token.text === '++' ? 1 : -1;
    this.#at++;
    return { kind: 'step', by, prefix: false, of: made };
  }

  #variable(name: string): LValue {
    return { kind: 'var', name, local: this.#params.indexOf(name) };
  }

  #array(name: string): ArrayRef {
    return { name, local: this.#params.indexOf(name) };
  }

  #primary(): Expr {
    const token = this.#token;
    this.#at++;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'string':
        return { kind: 'string', value: token.text };
      case 'regex': {
        const made = regcomp(token.text, { syntax: 'awk' });
        if (made.ok) return { kind: 'regex', regex: made.value };
        this.#fail(`regular expression compile failed (${made.error})\n${token.text}`);
        return EMPTY;
      }
      case 'name':
        return this.#nameOrIndex(token.text);
      case 'func':
        this.#called.push(token);
        return { kind: 'call', name: token.text, args: this.#arguments() };
      case 'builtin':
        return { kind: 'builtin', name: token.text, args: this.#is('(') ? this.#arguments() : [] };
      case 'keyword':
        if (token.text === 'getline') return this.#getline();
        break;
      case 'op':
        return this.#operator(token);
    }
    this.#at--;
    this.#fail();
    return EMPTY;
  }

  #nameOrIndex(name: string): Expr {
    if (!this.#eat('[')) return this.#variable(name);
    const saved = [this.#noGreater, this.#noIn] as const;
    [this.#noGreater, this.#noIn] = [false, false];
    const subscripts = this.#list();
    [this.#noGreater, this.#noIn] = saved;
    this.#expect(']');
    return { kind: 'index', array: this.#array(name), subscripts };
  }

  #arguments(): readonly Expr[] {
    this.#expect('(');
    const saved = this.#noGreater;
    this.#noGreater = false;
    this.#newlines();
    const args = this.#is(')') ? [] : this.#list();
    this.#newlines();
    this.#noGreater = saved;
    this.#expect(')');
    return args;
  }

  #getline(): Expr {
    const to = this.#target();
    if (!this.#eat('<')) return { kind: 'getline', from: 'main', source: undefined, to };
    return { kind: 'getline', from: 'file', source: this.#postfix(), to };
  }

  #operator(token: Token): Expr {
    if (token.text === '$') {
      const index = this.#is('++', '--', '-', '+') ? this.#unary() : this.#primary();
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
    this.#at--;
    this.#fail();
    return EMPTY;
  }

  #group(): Expr {
    const saved = this.#noGreater;
    this.#noGreater = false;
    this.#newlines();
    const items = this.#list();
    this.#newlines();
    this.#noGreater = saved;
    this.#expect(')');
    this.#grouped = items.length > 1 ? items : undefined;
    return { kind: 'group', of: items[0] ?? EMPTY };
  }
}

const isLValue = (expr: Expr): expr is LValue =>
  expr.kind === 'var' || expr.kind === 'field' || expr.kind === 'index';
