import { type Proc, tick } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { type Regex, regcomp } from '../glibc/regex';
import { callBuiltin } from './builtins';
import type { ArrayRef, AwkProgram, Expr, LValue } from './node';
import { RecordFields, type Separator } from './record';
import { type Records, StreamTable } from './stream-table';
import {
  arrayOf,
  type Cell,
  compare,
  fromInput,
  newCell,
  toNumber,
  toText,
  truthy,
  type Value,
} from './value';

/** rt_error() of mawk: the program ends with status 2. */
export class AwkError {
  constructor(readonly text: string) {}
}

const MAX_CALLS = 2000;
const MAX_ELEMENTS = 2_000_000;

/** Where the main input's records come from. */
export interface MainInput {
  next(machine: Machine): Blocking<string | undefined>;
}

/** What a running program keeps: variables, $0, streams. Expressions are evaluated here. */
export class Machine {
  readonly globals = new Map<string, Cell>();
  readonly streams: StreamTable;
  readonly record: RecordFields;
  failed: AwkError | undefined;
  frame: readonly Cell[] = [];
  depth = 0;
  seed = 0;
  readonly #regexes = new Map<string, Regex>();

  constructor(
    readonly proc: Proc,
    readonly program: AwkProgram,
    readonly input: MainInput,
    /** Runs a function's body; set by the executor of statements. */
    readonly run: (machine: Machine, name: string) => Blocking<Value>,
  ) {
    this.streams = new StreamTable(proc);
    this.record = new RecordFields(
      () => this.separator(this.get('FS')),
      () => this.get('OFS'),
      (value) => this.text(value),
    );
    const initial = {
      FS: ' ',
      OFS: ' ',
      ORS: '\n',
      RS: '\n',
      SUBSEP: '\u001c',
      CONVFMT: '%.6g',
      OFMT: '%.6g',
      FILENAME: '',
    };
    for (const [name, value] of Object.entries(initial)) this.globals.set(name, newCell(value));
    for (const name of ['NR', 'FNR', 'RSTART']) this.globals.set(name, newCell(0));
    this.globals.set('RLENGTH', newCell(-1));
  }

  fail(text: string): undefined {
    this.failed ??= new AwkError(text);
    return undefined;
  }

  cell(name: string, local: number): Cell {
    const known = local >= 0 ? this.frame[local] : this.globals.get(name);
    if (known) return known;
    const made = newCell();
    if (local < 0) this.globals.set(name, made);
    return made;
  }

  text(value: Value): string {
    return typeof value === 'string' ? value : toText(value, this.get('CONVFMT'));
  }

  /** A built-in variable as text. */
  get(name: string): string {
    const value = this.globals.get(name)?.value;
    return typeof value === 'string' ? value : toText(value, '%.6g');
  }

  set(name: string, value: Value): void {
    if (name === 'NF')
      this.record.count = Math.max(0, Math.min(100_000, Math.trunc(toNumber(value))));
    else {
      if (name === 'FS') this.record.cutNow();
      this.cell(name, -1).value = value;
    }
  }

  bump(name: string): void {
    const cell = this.cell(name, -1);
    cell.value = toNumber(cell.value) + 1;
  }

  array(ref: ArrayRef): Map<string, Value> {
    return arrayOf(this.cell(ref.name, ref.local));
  }

  regex(source: string): Regex {
    const known = this.#regexes.get(source);
    if (known) return known;
    const made = regcomp(source, { syntax: 'awk' });
    if (made.ok) {
      if (this.#regexes.size > 500) this.#regexes.clear();
      this.#regexes.set(source, made.value);
      return made.value;
    }
    this.fail(`regular expression compile failed (${made.error})\n${source}`);
    return this.regex('x^');
  }

  separator(text: string): Separator {
    if (text === ' ') return { kind: 'space' };
    if (text === '') return { kind: 'each' };
    if (text.length === 1 && !/[\\|.[\](){}*+?^$]/.test(text)) return { kind: 'char', text };
    if (text.length === 1 && text !== '\\' && text !== '|') return { kind: 'char', text };
    if (text === '|' || text === '\\') return { kind: 'char', text };
    return { kind: 'regex', regex: this.regex(text) };
  }

  *regexOf(expr: Expr | undefined): Blocking<Regex> {
    if (expr?.kind === 'regex') return expr.regex;
    return this.regex(this.text(expr ? yield* this.eval(expr) : ''));
  }

  *key(subscripts: readonly Expr[]): Blocking<string> {
    const [only] = subscripts;
    if (subscripts.length === 1 && only) return this.text(yield* this.eval(only));
    const parts: string[] = [];
    for (const part of subscripts) parts.push(this.text(yield* this.eval(part)));
    return parts.join(this.get('SUBSEP'));
  }

  *number(expr: Expr): Blocking<number> {
    return toNumber(yield* this.eval(expr));
  }

  *eval(expr: Expr): Blocking<Value> {
    switch (expr.kind) {
      case 'number':
      case 'string':
        return expr.value;
      case 'regex':
        return expr.regex.test(this.text(this.record.text)) ? 1 : 0;
      case 'group':
        return yield* this.eval(expr.of);
      case 'var':
      case 'field':
      case 'index':
        return yield* this.load(expr);
      case 'assign':
        return yield* this.#assign(expr);
      case 'cond':
        return yield* this.eval(truthy(yield* this.eval(expr.test)) ? expr.yes : expr.no);
      case 'binary':
        return yield* this.#binary(expr);
      case 'unary': {
        const value = yield* this.eval(expr.of);
        if (expr.op === '!') return truthy(value) ? 0 : 1;
        return expr.op === '-' ? -toNumber(value) : toNumber(value);
      }
      case 'step': {
        const old = toNumber(yield* this.load(expr.of));
        yield* this.store(expr.of, old + expr.by);
        return expr.prefix ? old + expr.by : old;
      }
      case 'in':
        return this.array(expr.array).has(yield* this.key(expr.subscripts)) ? 1 : 0;
      case 'call':
        return yield* this.#call(expr.name, expr.args);
      case 'builtin':
        return yield* callBuiltin(this, expr.name, expr.args);
      case 'getline':
        return yield* this.#getline(expr);
    }
  }

  *load(from: LValue): Blocking<Value> {
    if (this.proc.charge(0.2)) yield* tick(this.proc, 0);
    if (from.kind === 'var') {
      if (from.name === 'NF' && from.local < 0) return this.record.count;
      return this.cell(from.name, from.local).value;
    }
    if (from.kind === 'field') {
      const index = Math.trunc(yield* this.number(from.index));
      if (index < 0) return this.fail(`negative field index $${index}`);
      return this.record.get(index);
    }
    const key = yield* this.key(from.subscripts);
    const array = this.array(from.array);
    if (!array.has(key)) array.set(key, undefined);
    return array.get(key);
  }

  *store(to: LValue, value: Value): Blocking<void> {
    if (to.kind === 'var') {
      if (to.local < 0) this.set(to.name, value);
      else this.cell(to.name, to.local).value = value;
    } else if (to.kind === 'field') {
      const index = Math.trunc(yield* this.number(to.index));
      if (index < 0 || index > 100_000) this.fail(`negative field index $${index}`);
      else this.record.put(index, value);
    } else {
      const key = yield* this.key(to.subscripts);
      const array = this.array(to.array);
      if (array.size > MAX_ELEMENTS) this.fail('out of memory');
      array.set(key, value);
    }
  }

  *#assign(expr: Extract<Expr, { kind: 'assign' }>): Blocking<Value> {
    if (expr.op === '=') {
      const value = yield* this.eval(expr.value);
      yield* this.store(expr.to, value);
      return value;
    }
    const right = yield* this.number(expr.value);
    const left = toNumber(yield* this.load(expr.to));
    const value = arithmetic(expr.op.slice(0, -1), left, right);
    yield* this.store(expr.to, value);
    return value;
  }

  *#binary(expr: Extract<Expr, { kind: 'binary' }>): Blocking<Value> {
    const { op } = expr;
    const left = yield* this.eval(expr.left);
    if (op === '&&') return truthy(left) && truthy(yield* this.eval(expr.right)) ? 1 : 0;
    if (op === '||') return truthy(left) || truthy(yield* this.eval(expr.right)) ? 1 : 0;
    if (op === '~' || op === '!~') {
      const regex = yield* this.regexOf(expr.right);
      return regex.test(this.text(left)) === (op === '~') ? 1 : 0;
    }
    const right = yield* this.eval(expr.right);
    if (op === ' ') return this.text(left) + this.text(right);
    if (op === '+' || op === '-' || op === '*' || op === '/' || op === '%' || op === '^') {
      return arithmetic(op, toNumber(left), toNumber(right));
    }
    const c = compare(left, right, this.get('CONVFMT'));
    const holds: Readonly<Record<string, boolean>> = {
      '<': c < 0,
      '<=': c <= 0,
      '==': c === 0,
      '!=': c !== 0,
      '>': c > 0,
      '>=': c >= 0,
    };
    return holds[op] ? 1 : 0;
  }

  *#call(name: string, args: readonly Expr[]): Blocking<Value> {
    const func = this.program.functions.get(name);
    if (!func) return this.fail(`function ${name} never defined`);
    if (this.depth >= MAX_CALLS) return this.fail(`function call nesting of ${name} too deep`);
    const cells: Cell[] = [];
    for (const [i] of func.params.entries()) {
      const arg = args[i];
      if (arg?.kind === 'var' && arg.name !== 'NF') {
        const cell = this.cell(arg.name, arg.local);
        cells.push(
          cell.array || cell.value === undefined ? newCell(undefined, cell) : newCell(cell.value),
        );
      } else cells.push(newCell(arg ? yield* this.eval(arg) : undefined));
    }
    const saved = this.frame;
    this.frame = cells;
    this.depth++;
    yield* tick(this.proc, 1);
    const value = yield* this.run(this, name);
    this.depth--;
    this.frame = saved;
    return value;
  }

  *readRecord(records: Records): Blocking<string | undefined> {
    const rs = this.get('RS');
    const found = yield* records.next(rs, (text) => this.#findSeparator(rs, text));
    return found !== undefined && typeof found !== 'string' ? found.text : undefined;
  }

  #findSeparator(rs: string, text: string): { start: number; end: number } | undefined {
    if (rs === '') {
      const found = /\n\n+/.exec(text);
      return found ? { start: found.index, end: found.index + found[0].length } : undefined;
    }
    if (rs.length === 1) {
      const at = text.indexOf(rs);
      return at < 0 ? undefined : { start: at, end: at + 1 };
    }
    const match = this.regex(rs).exec(text);
    return match && match.end > match.start ? match : undefined;
  }

  *#getline(expr: Extract<Expr, { kind: 'getline' }>): Blocking<Value> {
    let text: string | undefined;
    if (expr.from === 'main') {
      text = yield* this.input.next(this);
      if (text !== undefined) for (const name of ['NR', 'FNR']) this.bump(name);
    } else {
      const name = this.text(expr.source ? yield* this.eval(expr.source) : '');
      const records = yield* this.streams.source(expr.from, name);
      if (!records) return -1;
      text = yield* this.readRecord(records);
      if (text !== undefined && expr.from === 'command') this.bump('NR');
    }
    if (text === undefined) return 0;
    if (expr.to) yield* this.store(expr.to, fromInput(text));
    else this.record.set(fromInput(text));
    return 1;
  }
}

function arithmetic(op: string, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    default:
      return a ** b;
  }
}
