import type { Scanner, Token } from './scanner';

/** `[[ … ]]`: only its extent and the plainest mistakes (cond_expr of parse.y). */
export function condition(s: Scanner, open: Token): boolean {
  let previous = open;
  let beforePrevious = open;
  for (;;) {
    if (/^(=~)$/.test(previous.text)) skipRegex(s);
    const token = s.peek();
    if (token.kind === 'eof') return s.fail ? false : s.more(']]', open.pos);
    if (token.kind === 'word' && token.text === ']]' && previous !== open) {
      s.next();
      return true;
    }
    if (token.kind === 'op' && !['&&', '||', '(', ')', '<', '>'].includes(token.text)) {
      const what =
        previous.kind === 'word' && beforePrevious.kind !== 'word'
          ? `unexpected token \`${token.text}', conditional binary operator expected`
          : `syntax error in conditional expression: unexpected token \`${token.text}'`;
      s.fail = { kind: 'message', text: what, near: token.text, pos: token.pos };
      return false;
    }
    s.next();
    beforePrevious = previous;
    if (token.kind !== 'newline') previous = token;
  }
}

/** A regular expression may hold parentheses and bars unquoted. */
function skipRegex(s: Scanner): void {
  const { text } = s;
  let at = s.pos;
  let depth = 0;
  while (text[at] === ' ' || text[at] === '\t') at++;
  while (at < text.length) {
    const c = text[at] ?? '';
    if (depth === 0 && /[\s]/.test(c)) break;
    if (depth === 0 && (text.startsWith('&&', at) || text.startsWith('||', at) || c === ')')) break;
    if (c === '(') depth++;
    if (c === ')') depth--;
    at = s.piece(at);
    if (s.fail) return;
  }
  s.rewind(at);
}
