import { err, ok, type Result } from '../../base/result';

export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'field'
  | 'dot'
  | 'variable'
  | 'identifier'
  | 'string'
  | 'char'
  | 'number'
  | 'space'
  | 'pipe'
  | 'declare'
  | 'assign'
  | 'comma'
  | '('
  | ')';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly pos: number;
}

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['space', /[ \t\r\n]+/y],
  ['field', /\.[\p{L}_][\p{L}\p{N}_]*/uy],
  ['variable', /\$[\p{L}\p{N}_]*/uy],
  ['number', /[+-]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/y],
  ['dot', /\./y],
  ['identifier', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['string', /"(?:[^"\\\n]|\\.)*"/y],
  ['string', /`[^`]*`/y],
  ['char', /'(?:[^'\\\n]|\\.)+'/y],
  ['pipe', /\|/y],
  ['declare', /:=/y],
  ['assign', /=/y],
  ['comma', /,/y],
  ['(', /\(/y],
  [')', /\)/y],
];

const COMMENT = /\/\*[\s\S]*?\*\//y;
const TRIM_LEFT = /-[ \t\r\n]/y;
const TRIM_RIGHT = /[ \t\r\n]-\}\}/y;

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

/** lex(), text/template/parse/lex.go: the tokens of a template, or what the parser says of the first wrong one. */
export function lex(input: string): Result<readonly Token[], string> {
  const tokens: Token[] = [];
  const line = (at: number): number => input.slice(0, at).split('\n').length;
  const fail = (at: number, text: string) => err(`template: :${line(at)}: ${text}`);
  let at = 0;
  let trimNext = false;
  while (at < input.length) {
    const open = input.indexOf('{{', at);
    let text = input.slice(at, open < 0 ? input.length : open);
    if (trimNext) text = text.replace(/^[ \t\r\n]+/, '');
    trimNext = false;
    if (open < 0) {
      if (text !== '') tokens.push({ kind: 'text', text, pos: at });
      break;
    }
    let inner = open + 2;
    if (matchAt(TRIM_LEFT, input, inner)) {
      text = text.replace(/[ \t\r\n]+$/, '');
      inner += 2;
    }
    if (text !== '') tokens.push({ kind: 'text', text, pos: at });
    const comment = matchAt(COMMENT, input, inner);
    if (comment !== undefined) {
      const end = inner + comment.length;
      const trimmed = matchAt(TRIM_RIGHT, input, end) !== undefined;
      if (!trimmed && !input.startsWith('}}', end))
        return fail(end, 'comment ends before closing delimiter');
      at = end + (trimmed ? 4 : 2);
      trimNext = trimmed;
      continue;
    }
    tokens.push({ kind: 'open', text: '{{', pos: open });
    const done = lexAction(input, inner, tokens);
    if (typeof done === 'string') return fail(inner, done);
    at = done.at;
    trimNext = done.trim;
  }
  return ok(tokens);
}

/** lexInsideAction(): up to the closing delimiter. */
function lexAction(
  input: string,
  start: number,
  tokens: Token[],
): { readonly at: number; readonly trim: boolean } | string {
  let at = start;
  let depth = 0;
  for (;;) {
    const trim = matchAt(TRIM_RIGHT, input, at) !== undefined;
    if (trim || input.startsWith('}}', at)) {
      if (depth > 0) return 'unclosed left paren';
      tokens.push({ kind: 'close', text: '}}', pos: at });
      return { at: at + (trim ? 4 : 2), trim };
    }
    if (at >= input.length) return 'unclosed action';
    const found = PATTERNS.map(
      ([kind, pattern]) => [kind, matchAt(pattern, input, at)] as const,
    ).find(([, text]) => text !== undefined);
    if (!found) return badCharacter(input, at);
    const [kind, text = ''] = found;
    if (kind === '(') depth++;
    if (kind === ')' && --depth < 0) return `unexpected right paren U+0029 ')'`;
    tokens.push({ kind, text, pos: at });
    at += text.length;
  }
}

function badCharacter(input: string, at: number): string {
  const char = input[at] ?? '';
  if (char === '"') return 'unterminated quoted string';
  if (char === '`') return 'unterminated raw quoted string';
  if (char === "'") return 'unterminated character constant';
  const code = (input.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `unrecognized character in action: U+${code} '${char}'`;
}
