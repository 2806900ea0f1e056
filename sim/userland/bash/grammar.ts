import { condition } from './condition-grammar';
import { type Failure, MAX_COMPOUND, type OpenHereDoc, Scanner, type Token } from './scanner';

/** What bash would make of the input from a position (yyparse of parse.y, one complete command). */
export type Reading =
  | {
      readonly kind: 'command';
      readonly pos: number;
      readonly end: number;
      readonly open?: OpenHereDoc | undefined;
    }
  /** Nothing but blanks and comments up to the end of the line. */
  | { readonly kind: 'empty'; readonly end: number }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Words that start or join compound commands where a command may start (word_token_alist). */
export const RESERVED: ReadonlySet<string> = new Set([
  'if', 'then', 'else', 'elif', 'fi', 'case', 'esac', 'for', 'select', 'while', 'until', 'do', 'done', 'in',
  'function', 'time', '{', '}', '!', '[[', ']]', 'coproc',
]); // biome-ignore format: a table

const CLOSERS: ReadonlySet<string> = new Set([
  'then',
  'else',
  'elif',
  'fi',
  'esac',
  'do',
  'done',
  'in',
  '}',
  ']]',
]);
const REDIRECTS: ReadonlySet<string> = new Set([
  '<', '>', '>>', '>|', '<>', '<&', '>&', '&>', '&>>', '<<', '<<-', '<<<',
]); // biome-ignore format: a table

/** Reads one complete command (a line with all that belongs to it). */
export function readCommand(text: string, pos: number, extglob = true): Reading {
  const scanner = new Scanner(text, pos, skipSubstitution);
  scanner.extglob = extglob;
  const first = scanner.peek();
  if (first.kind === 'newline' || first.kind === 'eof')
    return { kind: 'empty', end: scanner.next().end };
  if (!line(scanner))
    return { kind: 'failed', failure: scanner.fail ?? { kind: 'more', pos: text.length } };
  return { kind: 'command', pos: first.pos, end: scanner.pos, open: scanner.openHereDoc };
}

/**
 * Past the end of `$(…)`, `<(…)` or a backslash-newline-free piece that starts at `pos` of a word.
 */
export function pieceEnd(text: string, pos: number, quoted: boolean): number {
  const scanner = new Scanner(text, pos, skipSubstitution);
  if (text[pos] === '$') return scanner.dollar(pos, quoted);
  if (/[<>]/.test(text[pos] ?? '') && text[pos + 1] === '(') return scanner.commands(pos + 2);
  return scanner.piece(pos);
}

/** The words of an array value: past one word from `pos`. */
export const wordEnd = (text: string, pos: number): number =>
  new Scanner(text, pos, skipSubstitution).wordEnd(pos);

function skipSubstitution(s: Scanner): boolean {
  skipNewlines(s);
  if (isOp(s.peek(), ')')) {
    s.next();
    return true;
  }
  if (!list(s, [])) return false;
  if (!isOp(s.peek(), ')')) return s.unexpected(s.peek());
  s.next();
  return true;
}

const isOp = (token: Token, ...texts: readonly string[]): boolean =>
  token.kind === 'op' && texts.includes(token.text);
const isWord = (token: Token, ...texts: readonly string[]): boolean =>
  token.kind === 'word' && texts.includes(token.text);

function skipNewlines(s: Scanner): void {
  while (s.peek().kind === 'newline') s.next();
}

/** simple_list followed by a newline or the end. */
function line(s: Scanner): boolean {
  for (;;) {
    if (!andOr(s)) return false;
    const token = s.peek();
    if (isOp(token, ';', '&')) {
      s.next();
      const after = s.peek();
      if (after.kind !== 'newline' && after.kind !== 'eof') continue;
    }
    const end = s.peek();
    if (end.kind === 'newline') s.next();
    else if (end.kind === 'eof') s.endOfInput();
    else return s.unexpected(end);
    return s.fail === undefined;
  }
}

/** compound_list: up to one of the reserved words, or a token that no command starts with. */
function list(s: Scanner, until: readonly string[]): boolean {
  skipNewlines(s);
  for (;;) {
    if (!andOr(s)) return false;
    const token = s.peek();
    if (isOp(token, ';', '&') || token.kind === 'newline') s.next();
    else return true;
    skipNewlines(s);
    const next = s.peek();
    if (isWord(next, ...until) || isOp(next, ')', ';;', ';&', ';;&') || next.kind === 'eof')
      return true;
    if (next.kind === 'word' && CLOSERS.has(next.text)) return s.unexpected(next);
  }
}

function andOr(s: Scanner): boolean {
  for (;;) {
    if (!pipeline(s)) return false;
    if (!isOp(s.peek(), '&&', '||')) return true;
    s.next();
    skipNewlines(s);
  }
}

function pipeline(s: Scanner): boolean {
  while (isWord(s.peek(), '!', 'time')) {
    const timed = s.next().text === 'time';
    if (timed && isWord(s.peek(), '-p')) s.next();
    const next = s.peek();
    if (next.kind === 'newline' || next.kind === 'eof' || isOp(next, ';')) return true;
  }
  for (;;) {
    if (!command(s)) return false;
    if (!isOp(s.peek(), '|', '|&')) return s.fail === undefined;
    s.next();
    skipNewlines(s);
  }
}

function command(s: Scanner): boolean {
  if (++s.compound > MAX_COMPOUND) {
    const text = `more than ${MAX_COMPOUND} commands in each other`;
    s.fail ??= { kind: 'message', text, near: s.peek().text, pos: s.pos };
    return false;
  }
  const ok = anyCommand(s);
  s.compound--;
  return ok;
}

function anyCommand(s: Scanner): boolean {
  const token = s.peek();
  if (s.fail) return false;
  if (token.kind === 'op') {
    if (token.text === '(') return parenthesis(s) && redirects(s);
    return REDIRECTS.has(token.text) ? simple(s) : s.unexpected(token);
  }
  if (token.kind !== 'word') return s.unexpected(token);
  if (!RESERVED.has(token.text)) return simple(s);
  s.next();
  return compound(s, token);
}

function compound(s: Scanner, token: Token): boolean {
  switch (token.text) {
    case '{':
      return list(s, ['}']) && word(s, '}') && redirects(s);
    case 'if':
      return ifClause(s) && redirects(s);
    case 'while':
    case 'until':
      return list(s, ['do']) && doGroup(s) && redirects(s);
    case 'for':
      return forClause(s) && redirects(s);
    case 'select':
      return nameAndWords(s) && redirects(s);
    case 'case':
      return caseClause(s) && redirects(s);
    case '[[':
      return inCondition(s, token) && redirects(s);
    case 'function':
      return functionClause(s);
    case 'coproc':
      return coproc(s);
    default:
      return s.unexpected(token);
  }
}

/** Patterns are always extended between `[[` and `]]`. */
function inCondition(s: Scanner, open: Token): boolean {
  const before = s.extglob;
  s.extglob = true;
  const ok = condition(s, open);
  s.extglob = before;
  return ok;
}

function word(s: Scanner, ...texts: readonly string[]): boolean {
  const token = s.peek();
  if (s.fail) return false;
  if (!isWord(token, ...texts)) return s.unexpected(token);
  s.next();
  return true;
}

function ifClause(s: Scanner): boolean {
  if (!list(s, ['then']) || !word(s, 'then') || !list(s, ['else', 'elif', 'fi'])) return false;
  if (isWord(s.peek(), 'elif')) {
    s.next();
    return ifClause(s);
  }
  if (isWord(s.peek(), 'else')) {
    s.next();
    if (!list(s, ['fi'])) return false;
  }
  return word(s, 'fi');
}

const doGroup = (s: Scanner): boolean => word(s, 'do') && list(s, ['done']) && word(s, 'done');

/** The body of `for` and `select`: do … done, or braces. */
function loopBody(s: Scanner): boolean {
  if (isWord(s.peek(), '{')) {
    s.next();
    return list(s, ['}']) && word(s, '}');
  }
  return doGroup(s);
}

function forClause(s: Scanner): boolean {
  const open = s.peek();
  if (!isOp(open, '(') || s.text[open.end] !== '(') return nameAndWords(s);
  const end = s.doubleParens(open.end + 1);
  if (end < 0) return s.unexpected(open);
  if (end > s.text.length) return s.more();
  s.rewind(end);
  if (isOp(s.peek(), ';')) s.next();
  skipNewlines(s);
  return loopBody(s);
}

function nameAndWords(s: Scanner): boolean {
  const name = s.peek();
  if (name.kind !== 'word') return s.unexpected(name);
  s.next();
  if (isOp(s.peek(), ';')) s.next();
  skipNewlines(s);
  if (isWord(s.peek(), 'in')) {
    s.next();
    while (s.peek().kind === 'word') s.next();
    const end = s.peek();
    if (!isOp(end, ';') && end.kind !== 'newline') return s.unexpected(end);
    s.next();
    skipNewlines(s);
  }
  return loopBody(s);
}

function caseClause(s: Scanner): boolean {
  const subject = s.peek();
  if (subject.kind !== 'word') return s.unexpected(subject);
  s.next();
  skipNewlines(s);
  if (!word(s, 'in')) return false;
  for (;;) {
    skipNewlines(s);
    if (isWord(s.peek(), 'esac')) break;
    if (!caseItem(s)) return false;
    skipNewlines(s);
    if (isWord(s.peek(), 'esac')) break;
    if (!isOp(s.peek(), ';;', ';&', ';;&')) return s.unexpected(s.peek());
    s.next();
  }
  return word(s, 'esac');
}

function caseItem(s: Scanner): boolean {
  if (isOp(s.peek(), '(')) s.next();
  for (;;) {
    const pattern = s.peek();
    if (pattern.kind !== 'word') return s.unexpected(pattern);
    s.next();
    if (!isOp(s.peek(), '|')) break;
    s.next();
  }
  if (!isOp(s.peek(), ')')) return s.unexpected(s.peek());
  s.next();
  skipNewlines(s);
  const next = s.peek();
  if (isWord(next, 'esac') || isOp(next, ';;', ';&', ';;&')) return true;
  return list(s, ['esac']);
}

function functionClause(s: Scanner): boolean {
  const name = s.peek();
  if (name.kind !== 'word') return s.unexpected(name);
  s.next();
  if (isOp(s.peek(), '(')) {
    s.next();
    if (!isOp(s.peek(), ')')) return s.unexpected(s.peek());
    s.next();
  }
  return functionBody(s);
}

function functionBody(s: Scanner): boolean {
  skipNewlines(s);
  const token = s.peek();
  const starts = ['{', 'if', 'while', 'until', 'for', 'case', 'select', '[['];
  if (!isOp(token, '(') && !isWord(token, ...starts)) return s.unexpected(token);
  return command(s);
}

function coproc(s: Scanner): boolean {
  const token = s.peek();
  if (token.kind !== 'word' || RESERVED.has(token.text)) return command(s);
  s.next();
  const after = s.peek();
  const compoundNext =
    isOp(after, '(') || isWord(after, '{', 'if', 'while', 'until', 'for', 'case', '[[');
  return compoundNext ? command(s) : simpleRest(s);
}

function parenthesis(s: Scanner): boolean {
  const open = s.next();
  if (s.text[open.end] === '(') {
    const end = s.doubleParens(open.end + 1);
    if (end > s.text.length) return s.more(')', open.pos);
    if (end >= 0) {
      s.rewind(end);
      return s.fail === undefined;
    }
  }
  if (!list(s, [])) return false;
  if (!isOp(s.peek(), ')')) return s.unexpected(s.peek());
  s.next();
  return true;
}

/** A simple command or, when `()` follows its first word, a function definition. */
function simple(s: Scanner): boolean {
  const first = s.peek();
  if (first.kind === 'word') {
    s.next();
    if (isOp(s.peek(), '(')) {
      const paren = s.next();
      const close = s.peek();
      if (close.kind === 'eof') return s.unexpected({ ...close, kind: 'newline' });
      if (!isOp(close, ')')) return s.unexpected(first.text.includes('=') ? paren : close);
      s.next();
      return functionBody(s);
    }
  }
  return simpleRest(s);
}

function simpleRest(s: Scanner): boolean {
  for (;;) {
    const token = s.peek();
    if (s.fail) return false;
    if (token.kind === 'word') s.next();
    else if (token.kind === 'op' && REDIRECTS.has(token.text)) {
      if (!redirect(s)) return false;
    } else if (isOp(token, '(')) return s.unexpected(token);
    else return true;
  }
}

function redirects(s: Scanner): boolean {
  for (;;) {
    const token = s.peek();
    if (s.fail) return false;
    const number = token.kind === 'word' && /^(\d+|\{\w+\})$/.test(token.text);
    if (number && /[<>]/.test(s.text[token.end] ?? '')) s.next();
    else if (token.kind === 'op' && REDIRECTS.has(token.text)) {
      if (!redirect(s)) return false;
    } else return true;
  }
}

function redirect(s: Scanner): boolean {
  const operator = s.next();
  const target = s.peek();
  if (target.kind !== 'word') return s.unexpected(target);
  s.next();
  if (operator.text === '<<' || operator.text === '<<-') {
    s.addHereDoc(target.text, operator.text === '<<-', operator.pos);
  }
  return s.fail === undefined;
}
