import type { Program } from '../../linux/inode';
import { tick } from '../../linux/process';
import { printError } from '../../linux/process-io';
import { notSimulated } from '../args';
import { Out, readOperand } from '../stream';

/** A decimal: digits * 10^-scale. */
interface Num {
  readonly digits: bigint;
  readonly scale: number;
}

const MAX_SCALE = 1000;
const num = (digits: bigint, scale = 0): Num => ({ digits, scale });
const power10 = (n: number): bigint => 10n ** BigInt(n);
const rescale = (a: Num, scale: number): Num =>
  scale >= a.scale
    ? num(a.digits * power10(scale - a.scale), scale)
    : num(a.digits / power10(a.scale - scale), scale);

function format(a: Num): string {
  if (a.digits === 0n) return '0';
  const sign = a.digits < 0n ? '-' : '';
  const text = (a.digits < 0n ? -a.digits : a.digits).toString().padStart(a.scale + 1, '0');
  if (a.scale === 0) return sign + text;
  return `${sign}${text.slice(0, -a.scale).replace(/^0$/, '')}.${text.slice(-a.scale)}`;
}

const parse = (text: string): Num => {
  const [whole = '', part = ''] = text.split('.');
  return num(BigInt(`${whole}${part}` || '0'), part.length);
};

const align = (a: Num, b: Num): readonly [bigint, bigint, number] => {
  const scale = Math.max(a.scale, b.scale);
  return [rescale(a, scale).digits, rescale(b, scale).digits, scale];
};

function sqrt(a: Num, scale: number): Num {
  const places = Math.max(scale, a.scale);
  const n = rescale(a, places * 2).digits;
  if (n < 2n) return num(n, places);
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return num(x, places);
    x = y;
  }
}

type Result = { readonly value: Num; readonly assigned: boolean };

/** An expression of bc, GNU bc 1.07: + - * / % ^, comparisons, variables, scale, sqrt, length. */
class Calculator {
  readonly #variables = new Map<string, Num>();
  #tokens: readonly string[] = [];
  #at = 0;
  error: string | undefined;

  constructor(scale: number) {
    this.#variables.set('scale', num(BigInt(scale)));
  }

  get scale(): number {
    return Math.min(MAX_SCALE, Number(this.#variables.get('scale')?.digits ?? 0n));
  }

  run(text: string): Result | undefined {
    this.error = undefined;
    this.#tokens =
      text.match(
        /\d+\.?\d*|\.\d+|[a-z][a-z0-9_]*|&&|\|\||[-+*/%^<>=!]=|\+\+|--|[-+*/%^()=<>!]|\S/g,
      ) ?? [];
    this.#at = 0;
    if (this.#tokens.length === 0) return undefined;
    const assigned =
      /^(?:[a-z][a-z0-9_]*)$/.test(this.#tokens[0] ?? '') &&
      /^[-+*/%^]?=$/.test(this.#tokens[1] ?? '');
    const value = this.#assignment();
    if (this.#at < this.#tokens.length) this.error ??= 'syntax error';
    return this.error === undefined ? { value, assigned } : undefined;
  }

  #take(...texts: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined || !texts.includes(token)) return undefined;
    this.#at++;
    return token;
  }

  #assignment(): Num {
    const name = this.#tokens[this.#at] ?? '';
    const op = this.#tokens[this.#at + 1] ?? '';
    if (!/^[a-z]/.test(name) || !/^[-+*/%^]?=$/.test(op)) return this.#compare();
    this.#at += 2;
    const right = this.#assignment();
    const old = this.#variables.get(name) ?? num(0n);
    const value = op === '=' ? right : this.#apply(op[0] ?? '', old, right);
    this.#variables.set(name, name === 'scale' ? rescale(value, 0) : value);
    return value;
  }

  #compare(): Num {
    let left = this.#sum();
    for (
      let op = this.#take('<', '<=', '>', '>=', '==', '!=');
      op;
      op = this.#take('<', '<=', '>', '>=', '==', '!=')
    ) {
      const [a, b] = align(left, this.#sum());
      const holds = {
        '<': a < b,
        '<=': a <= b,
        '>': a > b,
        '>=': a >= b,
        '==': a === b,
        '!=': a !== b,
      }[op];
      left = num(holds ? 1n : 0n);
    }
    return left;
  }

  #sum(): Num {
    let left = this.#product();
    for (let op = this.#take('+', '-'); op; op = this.#take('+', '-'))
      left = this.#apply(op, left, this.#product());
    return left;
  }

  #product(): Num {
    let left = this.#unary();
    for (let op = this.#take('*', '/', '%'); op; op = this.#take('*', '/', '%'))
      left = this.#apply(op, left, this.#unary());
    return left;
  }

  #unary(): Num {
    if (!this.#take('-')) return this.#power();
    const value = this.#unary();
    return num(-value.digits, value.scale);
  }

  #power(): Num {
    const base = this.#primary();
    if (!this.#take('^')) return base;
    return this.#apply('^', base, this.#unary());
  }

  #primary(): Num {
    const token = this.#tokens[this.#at++];
    if (token === undefined) {
      this.error ??= 'syntax error';
      return num(0n);
    }
    if (/^[\d.]/.test(token) && token !== '.') return parse(token);
    if (token === '(') {
      const value = this.#assignment();
      if (!this.#take(')')) this.error ??= 'syntax error';
      return value;
    }
    if (!/^[a-z]/.test(token)) {
      this.error ??= 'syntax error';
      return num(0n);
    }
    if (!this.#take('(')) return this.#variables.get(token) ?? num(0n);
    const value = this.#assignment();
    if (!this.#take(')')) this.error ??= 'syntax error';
    if (token === 'sqrt')
      return value.digits < 0n
        ? this.#wrong('Square root of a negative number')
        : sqrt(value, this.scale);
    if (token === 'length') return num(BigInt(value.digits.toString().replace('-', '').length));
    if (token === 'scale') return num(BigInt(value.scale));
    return this.#wrong(`Function ${token} not defined.`);
  }

  #wrong(text: string): Num {
    this.error ??= text;
    return num(0n);
  }

  #apply(op: string, a: Num, b: Num): Num {
    const [x, y, scale] = align(a, b);
    switch (op) {
      case '+':
        return num(x + y, scale);
      case '-':
        return num(x - y, scale);
      case '*': {
        const most = Math.min(a.scale + b.scale, Math.max(this.scale, a.scale, b.scale));
        return rescale(num(a.digits * b.digits, a.scale + b.scale), most);
      }
      case '/':
        if (y === 0n) return this.#wrong('Divide by zero');
        return num((x * power10(this.scale)) / y, this.scale);
      case '%': {
        if (y === 0n) return this.#wrong('Divide by zero');
        const quotient = num((x * power10(this.scale)) / y, this.scale);
        const product = num(quotient.digits * b.digits, quotient.scale + b.scale);
        const [p, q, places] = align(a, product);
        return rescale(num(p - q, places), Math.max(this.scale + b.scale, a.scale));
      }
      default:
        return this.#raise(a, b);
    }
  }

  #raise(a: Num, b: Num): Num {
    const exponent = Number(rescale(b, 0).digits);
    if (Math.abs(exponent) > 10_000) return this.#wrong('exponent too large in raise');
    const size = BigInt(Math.abs(exponent));
    const whole = num(a.digits ** size, a.scale * Number(size));
    if (exponent < 0) return this.#apply('/', num(1n), whole);
    return rescale(whole, Math.min(whole.scale, Math.max(this.scale, a.scale)));
  }
}

/** bc: lines and `;` separate; what is not an assignment is printed. */
export const bc: Program = function* (proc, argv) {
  const files = argv.slice(1).filter((arg) => !arg.startsWith('-'));
  const options = argv
    .slice(1)
    .filter((arg) => arg.startsWith('-'))
    .join('');
  const calculator = new Calculator(/l/.test(options) ? 20 : 0);
  const out = new Out(proc);
  for (const name of files.length === 0 ? ['-'] : files) {
    const text = yield* readOperand(proc, name);
    if (typeof text === 'string') {
      yield* printError(proc, `File ${name} is unavailable.\n`);
      return 1;
    }
    const lines = text.text
      .replace(/\/\*[\s\S]*?\*\/|#[^\n]*/g, '')
      .replace(/\\\n/g, '')
      .split('\n');
    for (const [i, line] of lines.entries()) {
      for (const part of line.split(';')) {
        yield* tick(proc, 20);
        if (/^\s*(quit|halt)\s*$/.test(part)) return yield* out.close('bc', 0);
        if (
          /\b(define|for|while|if|ibase|obase|print|auto|read|s|c|a|l|e|j)\s*[({=]|"/.test(part)
        ) {
          yield* out.flush();
          return yield* notSimulated(proc, 'bc', part.trim());
        }
        const result = calculator.run(part);
        if (calculator.error !== undefined) {
          yield* out.flush();
          const where =
            calculator.error === 'syntax error'
              ? `(standard_in) ${i + 1}: `
              : 'Runtime error (func=(main), adr=3): ';
          yield* printError(proc, `${where}${calculator.error}\n`);
        } else if (result && !result.assigned) yield* out.text(`${format(result.value)}\n`);
      }
    }
  }
  return yield* out.close('bc', 0);
};
