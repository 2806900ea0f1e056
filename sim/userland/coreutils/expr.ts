import type { Program } from '../../linux/inode';
import { print, printError } from '../../linux/process-io';
import { quote, usageError } from '../args';
import { regcomp } from '../glibc/regex';
import { compareText } from './sort-key';

/** expr of coreutils 9.1, src/expr.c. */
export const expr: Program = function* (proc, argv) {
  const [program = '', ...rest] = argv;
  const args = rest[0] === '--' ? rest.slice(1) : rest;
  if (args.length === 0) return yield* usageError(proc, program, 'missing operand', 2);
  const parser = new Parser(args);
  const value = parser.or();
  const error = parser.finish();
  if (error !== undefined) {
    yield* printError(proc, `${program}: ${error}\n`);
    return 2;
  }
  yield* print(proc, `${value}\n`);
  return value === '' || /^-?0+$/.test(value) ? 1 : 0;
};

const MAX_DEPTH = 200;
const isNumber = (text: string): boolean => /^-?\d+$/.test(text);

class Parser {
  #at = 0;
  #depth = 0;
  #error: string | undefined;

  constructor(readonly args: readonly string[]) {}

  finish(): string | undefined {
    const extra = this.args[this.#at];
    if (this.#error === undefined && extra !== undefined) {
      return `syntax error: unexpected argument ${quote(extra)}`;
    }
    return this.#error;
  }

  #fail(text: string): string {
    this.#error ??= text;
    return '';
  }

  #take(...ops: readonly string[]): string | undefined {
    const word = this.args[this.#at];
    if (word === undefined || !ops.includes(word) || this.#error !== undefined) return undefined;
    this.#at++;
    return word;
  }

  or(): string {
    if (++this.#depth > MAX_DEPTH) return this.#fail('syntax error');
    let left = this.#and();
    while (this.#take('|')) {
      const right = this.#and();
      if (left === '' || /^-?0+$/.test(left)) left = right === '' ? '0' : right;
    }
    this.#depth--;
    return left;
  }

  #and(): string {
    let left = this.#compare();
    while (this.#take('&')) {
      const right = this.#compare();
      const none = (text: string): boolean => text === '' || /^-?0+$/.test(text);
      if (none(left) || none(right)) left = '0';
    }
    return left;
  }

  #compare(): string {
    let left = this.#sum();
    const ops = ['<', '<=', '=', '==', '!=', '>=', '>'];
    for (let op = this.#take(...ops); op; op = this.#take(...ops)) {
      const right = this.#sum();
      const both = isNumber(left) && isNumber(right);
      const c = both ? Number(BigInt(left) - BigInt(right)) : compareText(left, right);
      const holds: Readonly<Record<string, boolean>> = {
        '<': c < 0,
        '<=': c <= 0,
        '=': c === 0,
        '==': c === 0,
        '!=': c !== 0,
        '>=': c >= 0,
        '>': c > 0,
      };
      left = holds[op] ? '1' : '0';
    }
    return left;
  }

  #sum(): string {
    let left = this.#product();
    for (let op = this.#take('+', '-'); op; op = this.#take('+', '-')) {
      left = this.#calculate(op, left, this.#product());
    }
    return left;
  }

  #product(): string {
    let left = this.#match();
    for (let op = this.#take('*', '/', '%'); op; op = this.#take('*', '/', '%')) {
      left = this.#calculate(op, left, this.#match());
    }
    return left;
  }

  #calculate(op: string, left: string, right: string): string {
    if (this.#error !== undefined) return '';
    if (!isNumber(left) || !isNumber(right)) return this.#fail('non-integer argument');
    const [a, b] = [BigInt(left), BigInt(right)];
    if ((op === '/' || op === '%') && b === 0n) return this.#fail('division by zero');
    const results = { '+': () => a + b, '-': () => a - b, '*': () => a * b, '/': () => a / b };
    if (op === '+' || op === '-' || op === '*' || op === '/') return String(results[op]());
    return String(a % b);
  }

  #match(): string {
    let left = this.#primary();
    while (this.#take(':')) left = this.#regex(left, this.#primary());
    return left;
  }

  #regex(text: string, pattern: string): string {
    const made = regcomp(pattern, { syntax: 'basic' });
    if (!made.ok) return this.#fail(made.error);
    const found = made.value.exec(text);
    const match = found?.start === 0 ? found : undefined;
    if (made.value.groups > 0) return match?.groups[1] ?? '';
    return String(match ? [...(match.groups[0] ?? '')].length : 0);
  }

  #primary(): string {
    const word = this.args[this.#at];
    if (word === undefined) {
      const last = this.args[this.#at - 1] ?? '';
      return this.#fail(`syntax error: missing argument after ${quote(last)}`);
    }
    this.#at++;
    switch (word) {
      case '(': {
        const inner = this.or();
        if (!this.#take(')'))
          return this.#fail(
            `syntax error: expecting ')' after ${quote(this.args[this.#at - 1] ?? '')}`,
          );
        return inner;
      }
      case '+':
        return this.args[this.#at++] ?? '';
      case 'length':
        return String([...this.#primary()].length);
      case 'match':
        return this.#regex(this.#primary(), this.#primary());
      case 'index': {
        const text = [...this.#primary()];
        const set = this.#primary();
        return String(text.findIndex((c) => set.includes(c)) + 1);
      }
      case 'substr': {
        const text = [...this.#primary()];
        const [from, count] = [Number(this.#primary()), Number(this.#primary())];
        return from > 0 && count > 0 ? text.slice(from - 1, from - 1 + count).join('') : '';
      }
      default:
        return word;
    }
  }
}
