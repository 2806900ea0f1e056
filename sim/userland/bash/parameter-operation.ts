import type { Blocking } from '../../linux/wait-queue';
import { evaluateText } from './assign';
import { pieceEnd } from './grammar';
import type { Expanded, Held } from './parameter';
import { compilePattern, type Pattern } from './pattern';
import type { Shell } from './shell';
import type { Parameter } from './word';

/** remove_pattern(): `#`, `##`, `%`, `%%`. */
export function removeMatch(value: string, op: string, pattern: Pattern): string {
  if (op[0] === '#') {
    const ends = pattern.prefixes(value);
    const end = op === '#' ? ends[0] : ends.at(-1);
    return end === undefined ? value : value.slice(end);
  }
  const chars = [...value];
  const order = chars.map((_c, i) => i);
  order.push(chars.length);
  if (op === '%') order.reverse();
  for (const from of order) {
    if (pattern.matchesAt(chars, from).has(chars.length)) return chars.slice(0, from).join('');
  }
  return value;
}

/** sh_modcase(): `^`, `^^`, `,`, `,,`. */
export function changeCase(value: string, op: string, pattern: Pattern | undefined): string {
  const change = (c: string): string => {
    if (pattern && !pattern.test(c)) return c;
    if (op[0] === '~') return c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase();
    return op[0] === '^' ? c.toUpperCase() : c.toLowerCase();
  };
  const chars = [...value];
  if (op.length === 2) return chars.map(change).join('');
  return chars.map((c, i) => (i === 0 ? change(c) : c)).join('');
}

/** pat_subst(): `${x/pattern/replacement}` and its forms. */
export function* replaceMatches(sh: Shell, p: Parameter): Blocking<(text: string) => string> {
  const cut = slashAt(p.operand);
  const patternText = cut < 0 ? p.operand : p.operand.slice(0, cut);
  const withText = cut < 0 ? '' : p.operand.slice(cut + 1);
  const anchored = p.operator === '/#' || p.operator === '/%';
  const text = yield* sh.interpreter.expandPattern(sh, patternText);
  const field = yield* sh.interpreter.expandField(sh, withText);
  const pattern = compilePattern(text, { ...sh.pattern, nocase: sh.shoptOn('nocasematch') });
  const ampersand = sh.shoptOn('patsub_replacement') && field.pattern.includes('&');
  const substitute = (matched: string): string =>
    ampersand ? withAmpersand(field.pattern, matched) : field.text;
  if (text === '' && !anchored) return (value) => value;
  const mode = p.operator;
  return (value) => replaceIn(value, pattern, mode, substitute);
}

/** An unquoted `&` in the replacement is what matched. */
const withAmpersand = (pattern: string, matched: string): string =>
  pattern.replace(/\\(.)|&/gs, (_all, escaped: string | undefined) => escaped ?? matched);

function replaceIn(
  value: string,
  pattern: Pattern,
  mode: string,
  substitute: (matched: string) => string,
): string {
  const chars = [...value];
  if (mode === '/#') {
    const end = Math.max(-1, ...pattern.matchesAt(chars, 0));
    return end < 0 ? value : substitute(chars.slice(0, end).join('')) + chars.slice(end).join('');
  }
  if (mode === '/%') {
    for (let from = 0; from <= chars.length; from++) {
      if (!pattern.matchesAt(chars, from).has(chars.length)) continue;
      return chars.slice(0, from).join('') + substitute(chars.slice(from).join(''));
    }
    return value;
  }
  let out = '';
  let at = 0;
  while (at < chars.length) {
    const end = Math.max(-1, ...pattern.matchesAt(chars, at));
    if (end <= at) {
      out += chars[at] ?? '';
      at++;
      continue;
    }
    out += substitute(chars.slice(at, end).join(''));
    at = end;
    if (mode === '/') break;
  }
  return out + chars.slice(at).join('');
}

/** The first `/` of the operand outside quotes and expansions. */
function slashAt(operand: string): number {
  for (let at = 0; at < operand.length; ) {
    const c = operand[at] ?? '';
    if (c === '/') return at;
    at = /["'`$\\]/.test(c) ? pieceEnd(operand, at, false) : at + 1;
  }
  return -1;
}

/** verify_substring_values(): `${x:offset:length}`. */
export function* slice(sh: Shell, p: Parameter, held: Held): Blocking<Expanded> {
  const colon = colonAt(p.operand);
  const offsetText = colon < 0 ? p.operand : p.operand.slice(0, colon);
  const nothing: Expanded = { kind: 'text', text: '' };
  const offset = yield* evaluateText(sh, offsetText);
  if (offset === undefined) return nothing;
  const lengthText = colon < 0 ? undefined : p.operand.slice(colon + 1);
  const count = lengthText === undefined ? undefined : yield* evaluateText(sh, lengthText);
  if (sh.unwind) return nothing;
  const negative = count !== undefined && count < 0n;
  if (!held.list) {
    const chars = [...(held.text ?? '')];
    const from = Number(offset) < 0 ? chars.length + Number(offset) : Number(offset);
    if (from < 0 || from > chars.length) return nothing;
    const to = endOf(from, count, chars.length);
    if (to < from) return yield* tooShort(sh, lengthText ?? '');
    return { kind: 'text', text: chars.slice(from, to).join('') };
  }
  if (negative) return yield* tooShort(sh, lengthText ?? '');
  const values = sliceList(sh, p, held, { offset: Number(offset), count });
  return { kind: 'list', values, star: held.star ?? false };
}

const endOf = (from: number, count: bigint | undefined, size: number): number => {
  if (count === undefined) return size;
  return count < 0n ? size + Number(count) : Math.min(size, from + Number(count));
};

function* tooShort(sh: Shell, text: string): Blocking<Expanded> {
  yield* sh.error(`${text}: substring expression < 0`);
  sh.giveUp(1, false);
  return { kind: 'text', text: '' };
}

function sliceList(
  sh: Shell,
  p: Parameter,
  held: Held,
  range: { readonly offset: number; readonly count: bigint | undefined },
): readonly string[] {
  const list = held.list ?? [];
  const positional = p.name === '@' || p.name === '*';
  if (positional) {
    const all = [sh.arg0, ...list];
    const from = range.offset < 0 ? all.length + range.offset : range.offset;
    if (from < 0) return [];
    return all.slice(from, range.count === undefined ? undefined : from + Number(range.count));
  }
  const keys = held.keys?.every((key) => /^\d+$/.test(key))
    ? (held.keys ?? []).map(Number)
    : undefined;
  const last = keys && sh.vars.lookup(p.name)?.array ? (keys.at(-1) ?? -1) : list.length - 1;
  const from = range.offset < 0 ? last + 1 + range.offset : range.offset;
  if (from < 0) return [];
  const sparse = keys && sh.vars.lookup(p.name)?.array;
  const start = sparse ? keys.findIndex((key) => key >= from) : from;
  if (start < 0) return [];
  return list.slice(start, range.count === undefined ? undefined : start + Number(range.count));
}

/** The `:` between offset and length; `?:` and parentheses hide others. */
function colonAt(operand: string): number {
  let questions = 0;
  let depth = 0;
  for (let at = 0; at < operand.length; ) {
    const c = operand[at] ?? '';
    if (c === '(' || c === '[') depth++;
    if (c === ')' || c === ']') depth--;
    if (c === '?') questions++;
    if (c === ':' && depth === 0 && questions-- === 0) return at;
    at = /["'`$\\]/.test(c) ? pieceEnd(operand, at, false) : at + 1;
  }
  return -1;
}
