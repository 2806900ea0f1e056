import type { Blocking } from '../../linux/wait-queue';
import type { Regex } from '../glibc/regex';
import { strftime, timegm } from '../glibc/strftime';
import type { Machine } from './machine';
import type { Expr, LValue } from './node';
import { splitText } from './record';
import { sprintf } from './sprintf';
import { arrayOf, fromInput, toNumber, type Value } from './value';

const isLValue = (expr: Expr | undefined): expr is LValue =>
  expr?.kind === 'var' || expr?.kind === 'field' || expr?.kind === 'index';

/** The functions of mawk, bi_funct.c. */
export function* callBuiltin(m: Machine, name: string, args: readonly Expr[]): Blocking<Value> {
  switch (name) {
    case 'length':
      return yield* length(m, args[0]);
    case 'split':
      return yield* split(m, args);
    case 'sub':
    case 'gsub':
      return yield* substitute(m, args, name === 'gsub');
    case 'match': {
      const text = m.text(args[0] ? yield* m.eval(args[0]) : '');
      const found = (yield* m.regexOf(args[1])).exec(text);
      m.set('RSTART', found ? found.start + 1 : 0);
      m.set('RLENGTH', found ? found.end - found.start : -1);
      return found ? found.start + 1 : 0;
    }
  }
  const values: Value[] = [];
  for (const arg of args) values.push(yield* m.eval(arg));
  switch (name) {
    case 'sprintf': {
      const made = sprintf(values, m.get('CONVFMT'), 'sprintf');
      return 'error' in made ? m.fail(`run time error: ${made.error}`) : made.text;
    }
    case 'system':
      return yield* m.streams.system(m.text(values[0]));
    case 'close':
      return yield* m.streams.close(m.text(values[0]));
    case 'fflush':
      if (values.length > 0 && m.text(values[0]) !== '')
        return yield* m.streams.flush(m.text(values[0]));
      yield* m.streams.flushAll();
      return 0;
    default:
      return plain(m, name, values);
  }
}

function plain(m: Machine, name: string, values: readonly Value[]): Value {
  const text = (i: number): string => m.text(values[i]);
  const number = (i: number): number => toNumber(values[i]);
  switch (name) {
    case 'index':
      return text(0).indexOf(text(1)) + 1;
    case 'substr':
      return substr(text(0), number(1), values.length > 2 ? number(2) : Number.POSITIVE_INFINITY);
    case 'tolower':
      return text(0).replace(/[A-Z]+/g, (c) => c.toLowerCase());
    case 'toupper':
      return text(0).replace(/[a-z]+/g, (c) => c.toUpperCase());
    case 'sin':
      return Math.sin(number(0));
    case 'cos':
      return Math.cos(number(0));
    case 'atan2':
      return Math.atan2(number(0), number(1));
    case 'exp':
      return Math.exp(number(0));
    case 'log':
      return Math.log(number(0));
    case 'sqrt':
      return Math.sqrt(number(0));
    case 'int':
      return Math.trunc(number(0));
    case 'rand':
      return m.proc.host.random(`awk/${m.seed}`).float();
    case 'srand': {
      const old = m.seed;
      m.seed = values.length > 0 ? number(0) : Math.floor(m.proc.host.clockUs / 1e6);
      return old;
    }
    case 'systime':
      return Math.floor(m.proc.host.clockUs / 1e6);
    case 'mktime': {
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = text(0)
        .split(/\s+/)
        .map(Number);
      return timegm({ year, month, day, hour, minute, second });
    }
    case 'strftime': {
      const now = Math.floor(m.proc.host.clockUs / 1e6);
      return strftime(values.length > 0 ? text(0) : '%c', values.length > 1 ? number(1) : now);
    }
    default:
      return m.fail(`function ${name} never defined`);
  }
}

/** bi_substr() of mawk 1.3.4-20200120: a beginning before the text lengthens what is taken. */
function substr(text: string, from: number, count: number): string {
  const start = Math.trunc(from);
  if (count === Number.POSITIVE_INFINITY) return text.slice(Math.max(0, start - 1));
  const length = Math.trunc(count) - Math.min(0, start);
  const at = Math.max(0, start - 1);
  return length > 0 ? text.slice(at, at + length) : '';
}

function* length(m: Machine, arg: Expr | undefined): Blocking<Value> {
  if (arg?.kind === 'var') {
    const cell = m.cell(arg.name, arg.local);
    if (cell.array || cell.alias?.array) return arrayOf(cell).size;
  }
  return m.text(arg ? yield* m.eval(arg) : m.record.text).length;
}

function* split(m: Machine, args: readonly Expr[]): Blocking<Value> {
  const [source, target, by] = args;
  const text = m.text(source ? yield* m.eval(source) : '');
  const separator =
    by?.kind === 'regex'
      ? ({ kind: 'regex', regex: by.regex } as const)
      : m.separator(by ? m.text(yield* m.eval(by)) : m.get('FS'));
  const parts = splitText(text, separator);
  if (target?.kind !== 'var') return m.fail('type error in arg(2) in call to split');
  const array = m.array(target);
  array.clear();
  for (const [i, part] of parts.entries()) array.set(String(i + 1), fromInput(part));
  return parts.length;
}

/** sub and gsub: & is the match, \\& an ampersand. */
function* substitute(m: Machine, args: readonly Expr[], global: boolean): Blocking<Value> {
  const [pattern, replacement, target] = args;
  const regex = yield* m.regexOf(pattern);
  const pieces = pieceList(m.text(replacement ? yield* m.eval(replacement) : ''));
  const to: LValue = isLValue(target)
    ? target
    : { kind: 'field', index: { kind: 'number', value: 0 } };
  const text = m.text(target && !isLValue(target) ? yield* m.eval(target) : yield* m.load(to));
  const [result, count] = replaceAll(text, regex, pieces, global);
  if (count > 0 && (!target || isLValue(target))) yield* m.store(to, result);
  return count;
}

const pieceList = (text: string): readonly (string | undefined)[] =>
  [...text.matchAll(/\\\\(?=&)|\\&|&|[^\\&]+|\\/g)].map(([piece]) =>
    piece === '&' ? undefined : piece === '\\&' ? '&' : piece === '\\\\' ? '\\' : piece,
  );

function replaceAll(
  text: string,
  regex: Regex,
  pieces: readonly (string | undefined)[],
  global: boolean,
): readonly [string, number] {
  let out = '';
  let at = 0;
  let count = 0;
  let last = -1;
  while (at <= text.length) {
    const match = regex.exec(text, at);
    if (!match) break;
    const empty = match.start === match.end;
    out += text.slice(at, match.start);
    if (empty && match.start === last) {
      out += text.slice(match.start, match.start + 1);
      at = match.start + 1;
      continue;
    }
    count++;
    out += pieces.map((piece) => piece ?? match.groups[0] ?? '').join('');
    last = match.end;
    at = match.end;
    if (!global) break;
    if (!empty) continue;
    out += text.slice(at, at + 1);
    at++;
  }
  return [out + text.slice(at), count];
}
