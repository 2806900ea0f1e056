import type { Blocking } from '../../../linux/wait-queue';
import type { Builtin } from '../builtin';
import { compareNumbers } from '../condition';
import type { Shell } from '../shell';
import { compareFiles, isVariableSet, testUnary, UNARY } from '../test-file';

const BINARY: ReadonlySet<string> = new Set([
  '=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef',
]); // biome-ignore format: a table

/** test.def and `[`: posixtest() by the number of arguments, expr() beyond four. */
class Test {
  error: string | undefined;
  #at = 0;

  constructor(
    readonly sh: Shell,
    readonly args: readonly string[],
  ) {}

  *run(): Blocking<boolean> {
    const { args } = this;
    const value = yield* this.#byCount(args.length);
    if (this.error === undefined && this.#at < args.length) this.#fail('too many arguments');
    return value;
  }

  #fail(message: string): false {
    this.error ??= message;
    return false;
  }

  *#byCount(count: number): Blocking<boolean> {
    const [a = '', b = '', c = ''] = this.args.slice(this.#at);
    switch (count) {
      case 0:
        return false;
      case 1:
        this.#at++;
        return a !== '';
      case 2:
        if (a === '!') {
          this.#at += 2;
          return b === '';
        }
        if (UNARY.has(a)) return yield* this.#unary();
        return this.#fail(`${a}: unary operator expected`);
      case 3:
        return yield* this.#three(a, b, c);
      case 4:
        if (a === '!') {
          this.#at++;
          return !(yield* this.#three(b, c, this.args[this.#at + 2] ?? ''));
        }
        if (a === '(' && this.args[this.#at + 3] === ')') {
          this.#at++;
          const value = yield* this.#byCount(2);
          this.#at++;
          return value;
        }
        return yield* this.#or();
      default:
        return yield* this.#or();
    }
  }

  *#three(a: string, b: string, c: string): Blocking<boolean> {
    if (BINARY.has(b)) return yield* this.#binary();
    if (b === '-a' || b === '-o') {
      this.#at += 3;
      return b === '-a' ? a !== '' && c !== '' : a !== '' || c !== '';
    }
    if (a === '!') {
      this.#at++;
      return !(yield* this.#byCount(2));
    }
    if (a === '(' && c === ')') {
      this.#at += 3;
      return b !== '';
    }
    return this.#fail(`${b}: binary operator expected`);
  }

  *#or(): Blocking<boolean> {
    let value = yield* this.#and();
    while (this.args[this.#at] === '-o') {
      this.#at++;
      const right = yield* this.#and();
      value = value || right;
    }
    return value;
  }

  *#and(): Blocking<boolean> {
    let value = yield* this.#term();
    while (this.args[this.#at] === '-a' && this.error === undefined) {
      this.#at++;
      const right = yield* this.#term();
      value = value && right;
    }
    return value;
  }

  *#term(): Blocking<boolean> {
    const a = this.args[this.#at];
    if (a === undefined) return this.#fail('argument expected');
    if (a === '!') {
      this.#at++;
      return !(yield* this.#term());
    }
    if (a === '(') {
      this.#at++;
      const value = yield* this.#or();
      if (this.args[this.#at] !== ')') return this.#fail("`)' expected");
      this.#at++;
      return value;
    }
    if (BINARY.has(this.args[this.#at + 1] ?? '') && this.#at + 2 < this.args.length)
      return yield* this.#binary();
    if (UNARY.has(a) && this.#at + 1 < this.args.length) return yield* this.#unary();
    this.#at++;
    return a !== '';
  }

  *#unary(): Blocking<boolean> {
    const operator = this.args[this.#at] ?? '';
    const operand = this.args[this.#at + 1] ?? '';
    this.#at += 2;
    if (operator === '-v') return yield* isVariableSet(this.sh, operand);
    return testUnary(this.sh, operator, operand) ?? false;
  }

  *#binary(): Blocking<boolean> {
    const [left = '', operator = '', right = ''] = this.args.slice(this.#at, this.#at + 3);
    this.#at += 3;
    switch (operator) {
      case '=':
      case '==':
        return left === right;
      case '!=':
        return left !== right;
      case '<':
        return left < right;
      case '>':
        return left > right;
      default: {
        const files = compareFiles(this.sh, operator, left, right);
        return files ?? this.#numbers(operator, left, right);
      }
    }
  }

  #numbers(operator: string, left: string, right: string): boolean {
    for (const text of [left, right]) {
      if (!/^\s*[-+]?\d+\s*$/.test(text)) return this.#fail(`${text}: integer expression expected`);
    }
    return (
      compareNumbers(
        operator,
        BigInt(left.trim().replace('+', '')),
        BigInt(right.trim().replace('+', '')),
      ) ?? false
    );
  }
}

const test: Builtin = function* (sh, words) {
  const name = words[0] ?? 'test';
  let args = words.slice(1);
  if (name === '[') {
    if (args.at(-1) !== ']') {
      yield* sh.error("[: missing `]'");
      return 2;
    }
    args = args.slice(0, -1);
  }
  const expression = new Test(sh, args);
  const value = yield* expression.run();
  if (expression.error === undefined) return value ? 0 : 1;
  yield* sh.error(`${name}: ${expression.error}`);
  return 2;
};

export const testBuiltins: readonly (readonly [string, Builtin])[] = [
  ['test', test],
  ['[', test],
];
