export interface Token {
  readonly kind:
    | 'number'
    | 'string'
    | 'regex'
    | 'name'
    | 'func'
    | 'builtin'
    | 'keyword'
    | 'op'
    | 'newline'
    | 'end';
  readonly text: string;
  readonly line: number;
}

export const KEYWORDS = new Set(
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(
    ' ',
  ),
);
export const BUILTINS = new Set(
  'length substr index split sub gsub match sprintf sin cos atan2 exp log sqrt int rand srand tolower toupper system close fflush strftime mktime systime'.split(
    ' ',
  ),
);

const OPS = [
  '&&',
  '||',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '==',
  '<=',
  '>=',
  '!=',
  '>>',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ';',
  ',',
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '!',
  '>',
  '<',
  '|',
  '?',
  ':',
  '~',
  '$',
  '=',
];

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  '/': '/',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** rm_escape() of mawk, scan.c. */
export const unescapeAwk = (text: string): string =>
  text.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (all, octal?: string, c?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    return ESCAPES[c ?? ''] ?? all;
  });

/** The tokens of a program, or the error as mawk says it. */
export function tokenize(text: string): readonly Token[] | { readonly error: string } {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  const push = (kind: Token['kind'], value: string): void => {
    tokens.push({ kind, text: value, line });
  };
  while (at < text.length) {
    const rest = text.slice(at, at + 400);
    const skip = /^(?:[ \t\r]+|\\\r?\n|#[^\n]*)/.exec(rest);
    if (skip) {
      if (skip[0].includes('\n')) line++;
      at += skip[0].length;
      continue;
    }
    const c = rest[0] ?? '';
    if (c === '\n') {
      push('newline', '\n');
      line++;
      at++;
      continue;
    }
    if (c === '"' || (c === '/' && regexAllowed(tokens.at(-1)))) {
      const end = closing(text, at, c);
      if (end < 0) {
        const shown = text.slice(at, at + 10).split('\n')[0] ?? '';
        const what = c === '"' ? 'runaway string constant' : 'runaway regular expression';
        return { error: `line ${line}: ${what} ${shown} ...` };
      }
      const body = text.slice(at + 1, end);
      push(
        c === '"' ? 'string' : 'regex',
        c === '"' ? unescapeAwk(body.replace(/\\\n/g, '')) : body.replace(/\\\//g, '/'),
      );
      at = end + 1;
      continue;
    }
    const number = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(rest);
    const word = /^[A-Za-z_]\w*/.exec(rest);
    const op = OPS.find((candidate) => rest.startsWith(candidate));
    if (number) push('number', number[0]);
    else if (word) {
      const name = word[0];
      const called = rest[name.length] === '(';
      push(
        KEYWORDS.has(name) ? 'keyword' : BUILTINS.has(name) ? 'builtin' : called ? 'func' : 'name',
        name,
      );
    } else if (op) push('op', op);
    else return { error: `line ${line}: unexpected character '${c}'` };
    at += (number ?? word)?.[0].length ?? op?.length ?? 1;
  }
  // mawk has read on to the next line when it meets the end.
  line++;
  push('end', 'end of file');
  return tokens;
}

/** A slash divides after a value, else it begins a regular expression. */
function regexAllowed(last: Token | undefined): boolean {
  if (!last) return true;
  if (
    last.kind === 'number' ||
    last.kind === 'string' ||
    last.kind === 'name' ||
    last.kind === 'builtin'
  )
    return false;
  return !(
    last.kind === 'op' &&
    (last.text === ')' ||
      last.text === ']' ||
      last.text === '$' ||
      last.text === '++' ||
      last.text === '--')
  );
}

function closing(text: string, start: number, mark: string): number {
  let bracket = false;
  for (let at = start + 1; at < text.length; at++) {
    const c = text[at];
    if (c === '\\') at++;
    else if (c === '\n') return -1;
    else if (mark === '/' && c === '[' && !bracket) {
      bracket = true;
      if (text[at + 1] === '^') at++;
      if (text[at + 1] === ']') at++;
    } else if (mark === '/' && c === ']') bracket = false;
    else if (c === mark && !bracket) return at;
  }
  return -1;
}
