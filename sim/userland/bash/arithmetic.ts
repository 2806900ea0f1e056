/** Shell arithmetic: 64-bit signed, no overflow check (expr.c). */
export interface ArithmeticScope {
  /**
   * The text of a variable or array element; '' when unset. Undefined: an error was reported (set
   * -u).
   */
  get(name: string, subscript: string | undefined): string | undefined;
  set(name: string, subscript: string | undefined, value: bigint): boolean;
}

export type Evaluated =
  | { readonly ok: true; readonly value: bigint }
  /** `text` as bash prints it after its prefix; empty when the scope has already told. */
  | { readonly ok: false; readonly text: string };

type Token = {
  readonly kind: 'number' | 'name' | 'op' | 'end';
  readonly text: string;
  readonly at: number;
};

/**
 * How deep variables may refer to expressions; MAX_EXPR_RECURSION_LEVEL of expr.c is 1024, our
 * stack is smaller.
 */
const MAX_RECURSION = 64;
/** How deep parentheses may stand in each other. */
const MAX_PARENTHESES = 150;

const OPERATORS = [
  '<<=', '>>=', '**', '++', '--', '<<', '>>', '<=', '>=', '==', '!=', '&&', '||', '*=', '/=', '%=', '+=', '-=', '&=',
  '^=', '|=', '+', '-', '*', '/', '%', '<', '>', '!', '~', '&', '|', '^', '?', ':', '=', ',', '(', ')',
] as const; // biome-ignore format: a table

const BINARY: readonly (readonly string[])[] = [
  ['||'], ['&&'], ['|'], ['^'], ['&'], ['==', '!='], ['<', '>', '<=', '>='], ['<<', '>>'], ['+', '-'], ['*', '/', '%'],
]; // biome-ignore format: a table
const ASSIGN: ReadonlySet<string> = new Set([
  '=',
  '*=',
  '/=',
  '%=',
  '+=',
  '-=',
  '<<=',
  '>>=',
  '&=',
  '^=',
  '|=',
]);

export const wrap64 = (value: bigint): bigint => BigInt.asIntN(64, value);

/** evalexp(). */
export function evaluate(text: string, scope: ArithmeticScope, depth = 0): Evaluated {
  const simple = /^\s*(-?[1-9]\d{0,14}|0)\s*$/.exec(text);
  if (simple) return { ok: true, value: BigInt(simple[1] ?? '0') };
  if (text.trim() === '') return { ok: true, value: 0n };
  if (depth > MAX_RECURSION) {
    return {
      ok: false,
      text: `${text}: expression recursion level exceeded (error token is "${text}")`,
    };
  }
  const parser = new Evaluator(text, scope, depth);
  const value = parser.run();
  return parser.error === undefined ? { ok: true, value } : { ok: false, text: parser.error };
}

/** What stands on the left of an assignment. */
interface Place {
  readonly name: string;
  readonly subscript: string | undefined;
}

class Evaluator {
  error: string | undefined;
  #at = 0;
  #token: Token;
  #skip = 0;
  #lastAt = 0;
  #parentheses = 0;

  constructor(
    readonly text: string,
    readonly scope: ArithmeticScope,
    readonly depth: number,
  ) {
    this.#token = { kind: 'end', text: '', at: 0 };
    this.#advance();
  }

  run(): bigint {
    const value = this.#comma();
    if (this.error === undefined && this.#token.kind !== 'end')
      this.#fail('syntax error in expression');
    return value;
  }

  #fail(message: string, at = this.#token.kind === 'end' ? this.#lastAt : this.#token.at): 0n {
    const shown = this.text.replace(/^\s+/, '');
    this.error ??= `${shown}: ${message} (error token is "${this.text.slice(at)}")`;
    return 0n;
  }

  #advance(): void {
    const { text } = this;
    this.#lastAt = this.#token.at;
    while (/\s/.test(text[this.#at] ?? '')) this.#at++;
    const at = this.#at;
    if (at >= text.length) {
      this.#token = { kind: 'end', text: '', at };
      return;
    }
    const rest = text.slice(at);
    const word = /^(?:[0-9][0-9a-zA-Z@_#]*|[A-Za-z_]\w*)/.exec(rest)?.[0];
    if (word !== undefined) {
      this.#token = { kind: /^\d/.test(word) ? 'number' : 'name', text: word, at };
      this.#at += word.length;
      return;
    }
    const op = OPERATORS.find((known) => rest.startsWith(known));
    if (op === undefined) {
      this.#token = { kind: 'op', text: rest[0] ?? '', at };
      this.#fail(
        /^["'\\`]/.test(rest)
          ? 'syntax error: operand expected'
          : 'syntax error: invalid arithmetic operator',
      );
      this.#at = text.length;
      return;
    }
    this.#token = { kind: 'op', text: op, at };
    this.#at += op.length;
  }

  /** The token after others were read; a call, so that the compiler forgets what it was. */
  #current(): Token {
    return this.#token;
  }

  #is(...ops: readonly string[]): boolean {
    return this.error === undefined && this.#token.kind === 'op' && ops.includes(this.#token.text);
  }

  #comma(): bigint {
    let value = this.#assignment();
    while (this.#is(',')) {
      this.#advance();
      value = this.#assignment();
    }
    return value;
  }

  #assignment(): bigint {
    if (this.#token.kind !== 'name') return this.#conditional();
    const before = { at: this.#at, token: this.#token };
    const place = this.#place();
    const operator: Token = this.#current();
    if (this.error === undefined && operator.kind === 'op' && ASSIGN.has(operator.text)) {
      this.#advance();
      const right = this.#assignment();
      if (this.error !== undefined) return 0n;
      const op = operator.text.slice(0, -1);
      const value = op === '' ? right : this.#apply(op, this.#load(place), right, this.#token.at);
      return this.#store(place, value);
    }
    this.#at = before.at;
    this.#token = before.token;
    return this.#conditional();
  }

  #conditional(): bigint {
    const test = this.#binary(0);
    if (!this.#is('?')) return test;
    this.#advance();
    const yes = this.#unless(test === 0n, () => this.#comma());
    if (!this.#is(':')) return this.#fail("`:' expected for conditional expression");
    this.#advance();
    const no = this.#unless(test !== 0n, () => this.#conditionalOrAssignment());
    return test !== 0n ? yes : no;
  }

  #conditionalOrAssignment(): bigint {
    return this.#assignment();
  }

  /** Parses without effects when `skipped`. */
  #unless(skipped: boolean, parse: () => bigint): bigint {
    if (skipped) this.#skip++;
    const value = parse();
    if (skipped) this.#skip--;
    return value;
  }

  #binary(level: number): bigint {
    const operators = BINARY[level];
    if (!operators) return this.#power();
    let left = this.#binary(level + 1);
    while (this.#is(...operators)) {
      const op = this.#token.text;
      this.#advance();
      if (op === '||' || op === '&&') {
        const decided = op === '||' ? left !== 0n : left === 0n;
        const right = this.#unless(decided, () => this.#binary(level + 1));
        left = decided ? BigInt(op === '||') : BigInt(right !== 0n);
        continue;
      }
      const at = this.#token.at;
      const right = this.#binary(level + 1);
      if (this.error !== undefined) return 0n;
      left = this.#apply(op, left, right, at);
    }
    return left;
  }

  #power(): bigint {
    const base = this.#unary();
    if (!this.#is('**')) return base;
    this.#advance();
    const at = this.#token.at;
    const exponent = this.#power();
    if (this.error !== undefined) return 0n;
    if (exponent < 0n) return this.#fail('exponent less than 0', at);
    return power(base, exponent);
  }

  #unary(): bigint {
    const op = this.#token;
    if (this.#is('!', '~', '-', '+')) {
      this.#advance();
      const value = this.#unary();
      if (op.text === '!') return BigInt(value === 0n);
      if (op.text === '~') return ~value;
      return op.text === '-' ? wrap64(-value) : value;
    }
    if (this.#is('++', '--')) {
      this.#advance();
      if (this.#token.kind !== 'name') {
        const value = this.#unary();
        return op.text === '--' ? value : value;
      }
      const place = this.#place();
      const by = op.text === '++' ? 1n : -1n;
      return this.#store(place, wrap64(this.#load(place) + by));
    }
    return this.#primary();
  }

  #primary(): bigint {
    const token = this.#token;
    if (this.error !== undefined) return 0n;
    if (token.kind === 'number') {
      this.#advance();
      return this.#number(token);
    }
    if (token.kind === 'name') {
      const place = this.#place();
      const value = this.#load(place);
      if (!this.#is('++', '--')) return value;
      const by = this.#token.text === '++' ? 1n : -1n;
      this.#advance();
      this.#store(place, wrap64(value + by));
      return value;
    }
    if (this.#is('(')) {
      if (++this.#parentheses > MAX_PARENTHESES) {
        return this.#fail('expression recursion level exceeded');
      }
      this.#advance();
      const value = this.#comma();
      this.#parentheses--;
      if (this.error !== undefined) return 0n;
      if (!this.#is(')')) return this.#fail("missing `)'");
      this.#advance();
      return value;
    }
    return this.#fail('syntax error: operand expected');
  }

  #place(): Place {
    const name = this.#token.text;
    let subscript: string | undefined;
    if (this.text[this.#at] === '[') {
      let depth = 0;
      let at = this.#at;
      for (; at < this.text.length; at++) {
        if (this.text[at] === '[') depth++;
        if (this.text[at] === ']' && --depth === 0) break;
      }
      subscript = this.text.slice(this.#at + 1, at);
      this.#at = at + 1;
    }
    this.#advance();
    return { name, subscript };
  }

  #load(place: Place): bigint {
    if (this.#skip > 0 || this.error !== undefined) return 0n;
    const text = this.scope.get(place.name, place.subscript);
    if (text === undefined) {
      this.error = '';
      return 0n;
    }
    const inner = evaluate(text, this.scope, this.depth + 1);
    if (inner.ok) return inner.value;
    this.error ??= inner.text;
    return 0n;
  }

  #store(place: Place, value: bigint): bigint {
    if (this.#skip > 0 || this.error !== undefined) return value;
    if (!this.scope.set(place.name, place.subscript, value)) this.error = '';
    return value;
  }

  #apply(op: string, left: bigint, right: bigint, at: number): bigint {
    if ((op === '/' || op === '%') && right === 0n) {
      return this.#skip > 0 ? 0n : this.#fail('division by 0', at);
    }
    return wrap64(compute(op, left, right));
  }

  /** strlong(): decimal, 0octal, 0xhex, base#digits. */
  #number(token: Token): bigint {
    const { text } = token;
    const based = /^(\d+)#([0-9a-zA-Z@_]*)$/.exec(text);
    if (based) return this.#digits(based[2] ?? '', Number(based[1]), token);
    if (/^0[xX]/.test(text)) return this.#digits(text.slice(2), 16, token);
    return text.startsWith('0') && text !== '0'
      ? this.#digits(text.slice(1), 8, token)
      : this.#digits(text, 10, token);
  }

  #digits(digits: string, base: number, token: Token): bigint {
    if (base < 2 || base > 64) return this.#fail('invalid arithmetic base', token.at);
    if (digits === '' && token.text.includes('#'))
      return this.#fail('invalid integer constant', token.at);
    let value = 0n;
    for (const c of digits) {
      const digit = digitValue(c, base);
      if (digit < 0) {
        return this.#fail(c === '#' ? 'invalid number' : 'value too great for base', token.at);
      }
      value = value * BigInt(base) + BigInt(digit);
    }
    return wrap64(value);
  }
}

function digitValue(c: string, base: number): number {
  let digit = -1;
  if (c >= '0' && c <= '9') digit = c.charCodeAt(0) - 48;
  else if (c >= 'a' && c <= 'z') digit = c.charCodeAt(0) - 97 + 10;
  else if (c >= 'A' && c <= 'Z') digit = c.charCodeAt(0) - 65 + (base <= 36 ? 10 : 36);
  else if (c === '@') digit = 62;
  else if (c === '_') digit = 63;
  return digit < base ? digit : -1;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let factor = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = wrap64(result * factor);
    factor = wrap64(factor * factor);
  }
  return result;
}

function compute(op: string, left: bigint, right: bigint): bigint {
  switch (op) {
    case '|': return left | right;
    case '^': return left ^ right;
    case '&': return left & right;
    case '==': return BigInt(left === right);
    case '!=': return BigInt(left !== right);
    case '<': return BigInt(left < right);
    case '>': return BigInt(left > right);
    case '<=': return BigInt(left <= right);
    case '>=': return BigInt(left >= right);
    case '<<': return left << (right & 63n);
    case '>>': return left >> (right & 63n);
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case '/': return left / right;
    default: return left % right;
  } // biome-ignore format: a table
}
