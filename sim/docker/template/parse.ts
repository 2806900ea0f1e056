import { err, ok, type Result } from '../../base/result';
import { lex, type Token, type TokenKind } from './lexer';
import type { Command, Operand, Pipe, TemplateNode } from './node';
import { unquote } from './unquote';

/** Nested actions and parentheses that a template may have. */
const MAX_DEPTH = 100;

class ParseFailure {
  readonly failure = true;

  constructor(readonly text: string) {}
}

type Parsed<T> = T | ParseFailure;
const failed = <T>(value: Parsed<T>): value is ParseFailure => value instanceof ParseFailure;

/** text/template/parse: the tree, or the message of Template.Parse(). */
export function parseTemplate(
  input: string,
  functions: ReadonlySet<string>,
): Result<readonly TemplateNode[], string> {
  const tokens = lex(input);
  if (!tokens.ok) return tokens;
  const parser = new Parser(input, tokens.value, functions);
  const tree = parser.list([], 0);
  if (failed(tree)) return err(tree.text);
  return ok(tree.nodes);
}

interface List {
  readonly nodes: readonly TemplateNode[];
  readonly end: 'eof' | 'end' | 'else' | 'else if';
}

class Parser {
  #at = 0;
  readonly #variables: string[] = ['$'];

  constructor(
    readonly input: string,
    readonly tokens: readonly Token[],
    readonly functions: ReadonlySet<string>,
  ) {}

  /** itemList(): nodes up to the end, or to one of `{{end}}`, `{{else}}` when inside a block. */
  list(inside: readonly string[], depth: number): Parsed<List> {
    if (depth > MAX_DEPTH) return this.#fail('too deeply nested');
    const nodes: TemplateNode[] = [];
    for (;;) {
      const token = this.tokens[this.#at];
      if (!token) {
        return inside.length > 0 ? this.#fail('unexpected EOF') : { nodes, end: 'eof' };
      }
      this.#at++;
      if (token.kind === 'text') {
        nodes.push({ kind: 'text', text: token.text });
        continue;
      }
      const node = this.#action(inside, depth);
      if (failed(node)) return node;
      if (typeof node === 'string') return { nodes, end: node };
      nodes.push(node);
    }
  }

  #action(
    inside: readonly string[],
    depth: number,
  ): Parsed<TemplateNode | 'end' | 'else' | 'else if'> {
    this.#space();
    const token = this.#peek();
    const word = token?.kind === 'identifier' ? token.text : '';
    switch (word) {
      case 'if':
      case 'range':
      case 'with':
        this.#at++;
        return this.#control(word, inside, depth);
      case 'end':
        this.#at++;
        if (inside.length === 0) return this.#fail('unexpected {{end}}');
        return this.#close('end') ?? 'end';
      case 'else':
        return this.#else(inside);
      case 'break':
      case 'continue':
        this.#at++;
        if (!inside.includes('range')) return this.#fail(`{{${word}}} outside {{range}}`);
        return this.#close(word) ?? { kind: word };
      case 'define':
      case 'template':
      case 'block':
        return this.#fail(`hopwise: {{${word}}} is not simulated`);
      default: {
        const pipe = this.#pipeline('command', 'close');
        return failed(pipe) ? pipe : { kind: 'action', pipe };
      }
    }
  }

  #else(inside: readonly string[]): Parsed<'else' | 'else if'> {
    this.#at++;
    if (inside.length === 0) return this.#fail('unexpected {{else}}');
    this.#space();
    const next = this.#peek();
    if (inside.at(-1) === 'if' && next?.kind === 'identifier' && next.text === 'if') {
      this.#at++;
      return 'else if';
    }
    return this.#close('else') ?? 'else';
  }

  /** parseControl(). */
  #control(
    kind: 'if' | 'range' | 'with',
    inside: readonly string[],
    depth: number,
  ): Parsed<TemplateNode> {
    const within = [...inside, kind];
    const scope = this.#variables.length;
    const pipe = this.#pipeline(kind, 'close');
    if (failed(pipe)) return pipe;
    const body = this.list(within, depth + 1);
    if (failed(body)) return body;
    let otherwise: readonly TemplateNode[] = [];
    if (body.end === 'else if') {
      const nested = this.#control('if', inside, depth + 1);
      if (failed(nested)) return nested;
      otherwise = [nested];
    } else if (body.end === 'else') {
      const rest = this.list(within, depth + 1);
      if (failed(rest)) return rest;
      if (rest.end !== 'end') return this.#fail('expected end; found {{else}}');
      otherwise = rest.nodes;
    }
    this.#variables.length = scope;
    return { kind, pipe, body: body.nodes, otherwise };
  }

  #close(context: string): ParseFailure | undefined {
    this.#space();
    const token = this.#peek();
    if (token?.kind !== 'close') return this.#unexpected(token, context);
    this.#at++;
    return undefined;
  }

  /** pipeline(): declarations, then commands with `|` between them. */
  #pipeline(context: string, end: TokenKind): Parsed<Pipe> {
    const start = this.#position();
    const declares: string[] = [];
    const assigns = this.#declarations(context, declares);
    if (failed(assigns)) return assigns;
    const commands: Command[] = [];
    for (;;) {
      this.#space();
      const token = this.#peek();
      if (token?.kind === end) {
        if (commands.length === 0) return this.#fail(`missing value for ${context}`);
        const text = this.input.slice(start, token.pos).trim();
        this.#at++;
        return { declares, assigns, commands, text };
      }
      const command = this.#command(context, end);
      if (failed(command)) return command;
      commands.push(command);
    }
  }

  #declarations(context: string, declares: string[]): Parsed<boolean> {
    this.#space();
    for (;;) {
      const variable = this.#peek();
      if (variable?.kind !== 'variable') return false;
      const back = this.#at;
      this.#at++;
      this.#space();
      const next = this.#peek();
      if (next?.kind === 'declare' || next?.kind === 'assign') {
        this.#at++;
        const assigns = next.kind === 'assign';
        declares.push(variable.text);
        if (!assigns) this.#variables.push(...declares);
        return assigns;
      }
      if (next?.kind === 'comma' && context === 'range' && declares.length === 0) {
        this.#at++;
        this.#space();
        declares.push(variable.text);
        continue;
      }
      this.#at = back;
      return false;
    }
  }

  /** command(): operands with spaces between them. */
  #command(context: string, end: TokenKind): Parsed<Command> {
    const args: Operand[] = [];
    const pos = this.#position();
    for (;;) {
      this.#space();
      const token = this.#peek();
      if (token?.kind === 'pipe') {
        this.#at++;
        if (args.length === 0) return this.#fail(`missing value for ${context}`);
        const after = this.tokens.slice(this.#at).find((t) => t.kind !== 'space');
        if (after?.kind === end) return this.#fail(`missing value for ${context}`);
        return { args, pos, text: this.input.slice(pos, token.pos).trim() };
      }
      if (!token || token.kind === end) {
        if (args.length === 0) return this.#unexpected(token, context);
        const text = this.input.slice(pos, token?.pos ?? this.input.length).trim();
        return { args, pos, text };
      }
      const operand = this.#operand(context);
      if (failed(operand)) return operand;
      args.push(operand);
    }
  }

  /** operand(): a term and the fields behind it. */
  #operand(context: string): Parsed<Operand> {
    const start = this.#position();
    const term = this.#term(context);
    if (failed(term)) return term;
    const names: string[] = [];
    let pos = term.pos;
    for (let token = this.#peek(); token?.kind === 'field'; token = this.#peek()) {
      if (names.length === 0) pos = token.pos;
      names.push(token.text.slice(1));
      this.#at++;
    }
    if (names.length === 0) return term;
    if (term.kind === 'nil' || term.kind === 'literal') {
      return this.#fail(`unexpected . after term "${term.text}"`);
    }
    const text = this.input.slice(start, this.#position());
    if (term.kind === 'field' && term.base === undefined) {
      return { kind: 'field', pos, text, base: undefined, names: [...term.names, ...names] };
    }
    return { kind: 'field', pos, text, base: term, names };
  }

  /** term(). */
  #term(context: string): Parsed<Operand> {
    const token = this.#peek();
    if (!token) return this.#fail('unclosed action');
    this.#at++;
    const { pos, text } = token;
    switch (token.kind) {
      case 'dot':
        return { kind: 'dot', pos, text };
      case 'field':
        return { kind: 'field', pos, text, base: undefined, names: [text.slice(1)] };
      case 'variable':
        if (!this.#variables.includes(text)) return this.#fail(`undefined variable "${text}"`);
        return { kind: 'variable', pos, text, name: text };
      case 'identifier':
        if (text === 'nil') return { kind: 'nil', pos, text };
        if (text === 'true' || text === 'false') {
          return { kind: 'literal', pos, text, value: text === 'true' };
        }
        if (!this.functions.has(text)) return this.#fail(`function "${text}" not defined`);
        return { kind: 'function', pos, text, name: text };
      case 'string':
      case 'char':
        return { kind: 'literal', pos, text, value: unquote(text) };
      case 'number':
        return { kind: 'literal', pos, text, value: Number(text) };
      case '(': {
        const pipe = this.#pipeline('parenthesized pipeline', ')');
        if (failed(pipe)) return pipe;
        return { kind: 'pipe', pos, text: `(${pipe.text})`, pipe };
      }
      default:
        return this.#unexpected(token, context);
    }
  }

  #unexpected(token: Token | undefined, context: string): ParseFailure {
    if (!token) return this.#fail('unclosed action');
    if (token.kind === 'close') return this.#fail(`missing value for ${context}`);
    const quoted = token.kind === 'string' ? JSON.stringify(token.text) : `"${token.text}"`;
    const shown = token.kind === 'identifier' ? `<${token.text}>` : quoted;
    return this.#fail(`unexpected ${shown} in ${context}`);
  }

  #fail(text: string): ParseFailure {
    const line = this.input.slice(0, this.#position()).split('\n').length;
    return new ParseFailure(`template: :${line}: ${text}`);
  }

  #peek(): Token | undefined {
    return this.tokens[this.#at];
  }

  #position(): number {
    return this.tokens[this.#at]?.pos ?? this.input.length;
  }

  #space(): void {
    while (this.tokens[this.#at]?.kind === 'space') this.#at++;
  }
}
