import { preempt, tick } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { evaluateText } from './assign';
import { expandBraces, MAX_BRACE_WORDS } from './brace';
import { type Field, FieldBuilder } from './field';
import { expandPath } from './glob';
import { type Expanded, expandParameter } from './parameter';
import { isPattern } from './pattern';
import type { Shell } from './shell';
import { commandSubstitution, processSubstitution } from './substitution';
import { tilde } from './tilde';
import { compileWord, type Piece, type WordContext } from './word';

/** expand_word_list_internal(): braces, tilde, parameters, splitting, pathnames, quotes. */
export function* expandWords(sh: Shell, texts: readonly string[]): Blocking<string[]> {
  const out: string[] = [];
  for (const text of texts) {
    if (PLAIN.test(text)) {
      out.push(text);
      continue;
    }
    const words = sh.has('braceexpand') ? expandBraces(text) : [text];
    if (!words) {
      yield* sh.error(`brace expansion: more than ${MAX_BRACE_WORDS} words are not simulated`);
      sh.giveUp(1, false);
      return out;
    }
    for (const word of words) {
      yield* tick(sh.proc, 1);
      yield* expandWord(sh, word, out);
      if (sh.unwind) return out;
    }
  }
  return out;
}

/** Words in which nothing is to be expanded. */
/** The longest word that memory is given for, in characters. */
const MAX_WORD = 8 * 1024 * 1024;

const PLAIN = /^[A-Za-z0-9_./:=,%@+-]+$/;

function* expandWord(sh: Shell, text: string, out: string[]): Blocking<void> {
  const builder = new FieldBuilder(sh.get('IFS') ?? ' \t\n');
  yield* addPieces(sh, tildePieces(sh, text), builder);
  if (sh.unwind) return;
  for (const field of builder.finish()) {
    if (sh.has('noglob') || !isPattern(field.pattern, sh.shoptOn('extglob'))) out.push(field.text);
    else yield* addPaths(sh, field, out);
  }
}

function* addPaths(sh: Shell, field: Field, out: string[]): Blocking<void> {
  const found = yield* expandPath(sh, field.pattern);
  if (found.length > 0) {
    for (const path of found) out.push(path);
  } else if (sh.shoptOn('failglob')) {
    yield* sh.error(`no match: ${field.text}`);
    sh.giveUp(1, false);
  } else if (!sh.shoptOn('nullglob')) out.push(field.text);
}

/** The pieces of a word with `~` at its start (or, in assignments, after `:`) replaced. */
function tildePieces(sh: Shell, text: string, assignment = false): readonly Piece[] {
  const pieces = compileWord(text);
  if (!text.includes('~')) return pieces;
  const literal = (piece: Piece, first: boolean): Piece[] => {
    if (piece.kind !== 'literal') return [piece];
    const replaced = tilde(sh, piece.text, first, assignment);
    return replaced;
  };
  const first = pieces[0];
  const name =
    assignment || first?.kind !== 'literal' ? null : /^[A-Za-z_]\w*\+?=/.exec(first.text);
  if (name && first?.kind === 'literal' && !sh.has('posix')) {
    const value = first.text.slice(name[0].length);
    const head: Piece = { kind: 'literal', text: name[0] };
    return [head, ...tilde(sh, value, true, true), ...pieces.slice(1)];
  }
  return pieces.flatMap((piece, i) => literal(piece, i === 0));
}

/** A word that is not split: assignments, `case`, here-strings, redirections in part. */
export function* expandOne(sh: Shell, text: string, assignment = false): Blocking<string> {
  if (PLAIN.test(text)) return text;
  const builder = new FieldBuilder(undefined);
  yield* addPieces(sh, tildePieces(sh, text, assignment), builder);
  return builder.joined().text;
}

/** A word used as a pattern: `case`, `[[ == ]]`, `${x#…}`. */
export function* expandPattern(sh: Shell, text: string): Blocking<string> {
  const builder = new FieldBuilder(undefined);
  yield* addPieces(sh, tildePieces(sh, text), builder);
  return builder.joined().pattern;
}

/** The fields of a word as text and pattern, unsplit (regular expressions need both). */
export function* expandField(sh: Shell, text: string): Blocking<Field> {
  const builder = new FieldBuilder(undefined);
  yield* addPieces(sh, tildePieces(sh, text), builder);
  return builder.joined();
}

/** Bodies of here-documents, prompts, and arithmetic: as between double quotes. */
export function* expandText(sh: Shell, text: string, context: WordContext): Blocking<string> {
  if (!/[$`\\"]/.test(text)) return text;
  const builder = new FieldBuilder(undefined);
  yield* addPieces(sh, compileWord(text, context), builder);
  return builder.joined().text;
}

/** A subscript or expression before it is looked up or evaluated. */
export function* expandSubscript(
  sh: Shell,
  text: string,
  use: 'assoc' | 'arithmetic',
): Blocking<string> {
  if (use === 'assoc') return yield* expandOne(sh, text);
  const expanded = yield* expandText(sh, text, 'double');
  return expanded.replace(/"/g, '');
}

/** Is `"$@"` (or another list) all that stands between these double quotes, and empty? */
export function* addPieces(
  sh: Shell,
  pieces: readonly Piece[],
  builder: FieldBuilder,
): Blocking<void> {
  for (const piece of pieces) {
    yield* addPiece(sh, piece, builder, false);
    if (sh.unwind) return;
    if (builder.length > MAX_WORD) {
      yield* sh.error(`xrealloc: cannot allocate ${builder.length} bytes`);
      sh.giveUp(2, true);
      return;
    }
  }
  if (sh.proc.charge(builder.length >> 12)) yield* preempt(sh.proc);
}

function* addDouble(sh: Shell, pieces: readonly Piece[], builder: FieldBuilder): Blocking<void> {
  if (pieces.length === 0) builder.addQuoted('');
  for (const piece of pieces) {
    yield* addPiece(sh, piece, builder, true);
    if (sh.unwind) return;
  }
}

function* addPiece(
  sh: Shell,
  piece: Piece,
  builder: FieldBuilder,
  quoted: boolean,
): Blocking<void> {
  switch (piece.kind) {
    case 'literal':
      return builder.addLiteral(piece.text);
    case 'quoted':
      return builder.addQuoted(piece.text);
    case 'double':
      return yield* addDouble(sh, piece.pieces, builder);
    case 'parameter':
      return yield* addParameter(sh, piece, builder, quoted);
    case 'command': {
      const text = yield* commandSubstitution(sh, piece.script);
      if (quoted) builder.addQuoted(text);
      else builder.addSplit(text);
      return;
    }
    case 'arithmetic': {
      const value = yield* evaluateText(sh, piece.expression);
      if (value === undefined) return;
      if (quoted) builder.addQuoted(String(value));
      else builder.addSplit(String(value));
      return;
    }
    case 'process':
      return builder.addQuoted(yield* processSubstitution(sh, piece.direction, piece.script));
    case 'bad':
      yield* sh.error(`${piece.text}: bad substitution`);
      sh.giveUp(1, false);
      return;
  }
}

function* addParameter(
  sh: Shell,
  piece: Extract<Piece, { kind: 'parameter' }>,
  builder: FieldBuilder,
  quoted: boolean,
): Blocking<void> {
  const expanded = yield* expandParameter(sh, piece.parameter, quoted);
  if (sh.unwind) return;
  addExpanded(sh, expanded, builder, quoted);
  if (expanded.kind === 'word') yield* addWord(sh, expanded.text, builder, quoted);
}

/** The word of `${x:-word}`, expanded where it stands. */
function* addWord(sh: Shell, text: string, builder: FieldBuilder, quoted: boolean): Blocking<void> {
  if (quoted) {
    yield* addDouble(sh, compileWord(text, 'double'), builder);
    return;
  }
  for (const piece of tildePieces(sh, text)) {
    if (piece.kind === 'literal') builder.addSplit(piece.text);
    else yield* addPiece(sh, piece, builder, false);
    if (sh.unwind) return;
  }
}

function addExpanded(sh: Shell, expanded: Expanded, builder: FieldBuilder, quoted: boolean): void {
  if (expanded.kind === 'word') return;
  if (expanded.kind === 'text') {
    if (quoted) builder.addQuoted(expanded.text);
    else builder.addSplit(expanded.text);
    return;
  }
  const ifs = sh.get('IFS') ?? ' \t\n';
  if (expanded.star && (quoted || builder.ifs === undefined)) {
    builder.addQuoted(expanded.values.join(ifs.slice(0, 1)));
    return;
  }
  expanded.values.forEach((value, i) => {
    if (i > 0) builder.breakField();
    if (quoted) builder.addQuoted(value);
    else builder.addSplit(value);
  });
}
