import { err, ok, type Result } from '../../base/result';
import {
  type Assertion,
  type CharSet,
  classRanges,
  escapeSet,
  type Node,
  type Range,
} from './regex-node';

/** Whose grammar: regcomp basic and extended with GNU's additions, mawk, or PCRE. */
export type Syntax = 'basic' | 'extended' | 'awk' | 'perl';

export interface Parsed {
  readonly node: Node;
  readonly groups: number;
  /** Groups with names (PCRE). */
  readonly names: ReadonlyMap<string, number>;
  /** A backslash that means nothing, as grep 3.8 warns of. */
  readonly stray: readonly string[];
}

/** RE_DUP_MAX, regex.h. */
const DUP_MAX = 32_767;
const MAX_DEPTH = 200;

/** Parses a pattern; the error is glibc's text (regcomp.c __re_error_msgid). */
export function parseRegex(pattern: string, syntax: Syntax): Result<Parsed, string> {
  const parser = new Parser([...pattern], syntax);
  const node = parser.alternatives(0);
  if (parser.error !== undefined) return err(parser.error);
  if (!parser.ended) return err('Unmatched ) or \\)');
  return ok({ node, groups: parser.groups, names: parser.names, stray: parser.stray });
}

const ASSERTIONS: ReadonlyMap<string, Assertion> = new Map([
  ['b', 'wordBoundary'],
  ['B', 'notWordBoundary'],
  ['<', 'wordStart'],
  ['>', 'wordEnd'],
  ['`', 'textStart'],
  ["'", 'textEnd'],
]);

const PERL_ASSERTIONS: ReadonlyMap<string, Assertion> = new Map([
  ['b', 'wordBoundary'],
  ['B', 'notWordBoundary'],
  ['A', 'textStart'],
  ['z', 'textEnd'],
  ['Z', 'textEnd'],
]);

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['f', '\f'],
  ['v', '\v'],
  ['a', '\u0007'],
  ['e', '\u001b'],
]);

const EMPTY: Node = { kind: 'empty' };
const char = (text: string): Node => ({ kind: 'char', point: text.codePointAt(0) ?? 0 });

class Parser {
  #at = 0;
  groups = 0;
  error: string | undefined;
  readonly names = new Map<string, number>();
  readonly stray: string[] = [];
  readonly #basic: boolean;
  readonly #perl: boolean;

  constructor(
    readonly text: readonly string[],
    readonly syntax: Syntax,
  ) {
    this.#basic = syntax === 'basic';
    this.#perl = syntax === 'perl';
  }

  get ended(): boolean {
    return this.#at >= this.text.length;
  }

  #peek(offset = 0): string {
    return this.text[this.#at + offset] ?? '';
  }

  #fail(text: string): Node {
    this.error ??= text;
    this.#at = this.text.length;
    return EMPTY;
  }

  /** Whether the operator `op` (`(`, `|`, `{`, …) stands here, with a backslash in a basic expression. */
  #isOp(op: string, offset = 0): boolean {
    if (!this.#basic) return this.#peek(offset) === op;
    return this.#peek(offset) === '\\' && this.#peek(offset + 1) === op;
  }

  #eatOp(op: string): boolean {
    if (!this.#isOp(op)) return false;
    this.#at += this.#basic ? 2 : 1;
    return true;
  }

  alternatives(depth: number): Node {
    if (depth > MAX_DEPTH) return this.#fail('Regular expression too big');
    const nodes = [this.#sequence(depth)];
    while (this.#eatOp('|')) nodes.push(this.#sequence(depth));
    return nodes.length === 1 ? (nodes[0] ?? EMPTY) : { kind: 'alt', nodes };
  }

  #sequence(depth: number): Node {
    const nodes: Node[] = [];
    while (!this.ended && !this.#isOp('|')) {
      if (this.#isOp(')') && (depth > 0 || this.#basic || this.#perl)) break;
      if (this.#isOp(')')) return this.#fail('Unmatched ) or \\)');
      let node = this.#atom(nodes.length === 0, depth);
      const literalStar = node.kind === 'assert' && this.#basic;
      while (!literalStar && !this.ended) {
        const repeated = this.#repeat(node);
        if (!repeated) break;
        node = repeated;
      }
      nodes.push(node);
    }
    return nodes.length === 1 ? (nodes[0] ?? EMPTY) : { kind: 'cat', nodes };
  }

  #repeat(node: Node): Node | undefined {
    const times = this.#times();
    if (!times) return undefined;
    const [min, max] = times;
    let mode: 'greedy' | 'lazy' | 'possessive' = 'greedy';
    if (this.#perl && this.#peek() === '?') mode = 'lazy';
    else if (this.#perl && this.#peek() === '+') mode = 'possessive';
    if (mode !== 'greedy') this.#at++;
    return { kind: 'repeat', node, min, max, mode };
  }

  #times(): Range | undefined {
    if (this.#peek() === '*') {
      this.#at++;
      return [0, Number.POSITIVE_INFINITY];
    }
    if (this.#eatOp('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#eatOp('?')) return [0, 1];
    if (!this.#isOp('{') || this.syntax === 'awk') return undefined;
    return this.#interval();
  }

  /** `{n}`, `{n,}`, `{n,m}`, `{,m}`; what is not one is literal in an extended expression. */
  #interval(): Range | undefined {
    const start = this.#at + (this.#basic ? 2 : 1);
    const close = this.#basic ? '\\}' : '}';
    const rest = this.text.slice(start, start + 16).join('');
    const end = rest.indexOf(close);
    const body = end < 0 ? '' : rest.slice(0, end);
    const found = /^(\d*)(,?)(\d*)$/.exec(body);
    if (end < 0 || !found || body === '' || body === (this.#perl ? ',' : '')) {
      if (!this.#basic) return undefined;
      this.#fail(end < 0 ? 'Unmatched \\{' : 'Invalid content of \\{\\}');
      return undefined;
    }
    const [, low = '', comma = '', high = ''] = found;
    const min = Number(low);
    const max = high !== '' ? Number(high) : comma ? Number.POSITIVE_INFINITY : min;
    if (min > max) this.#fail('Invalid content of \\{\\}');
    if (min > DUP_MAX || (Number.isFinite(max) && max > DUP_MAX)) {
      this.#fail('Regular expression too big');
    }
    this.#at = Math.max(this.#at, start + end + close.length);
    return [min, max];
  }

  #atom(first: boolean, depth: number): Node {
    if (this.#eatOp('(')) return this.#group(depth);
    const c = this.#peek();
    this.#at++;
    switch (c) {
      case '.':
        return { kind: 'any' };
      case '[':
        return this.#bracket();
      case '\\':
        return this.#escape();
      case '^':
        if (!this.#basic || first) return { kind: 'assert', what: 'lineStart' };
        return char(c);
      case '$':
        if (!this.#basic || this.ended || this.#isOp(')') || this.#isOp('|')) {
          return { kind: 'assert', what: 'lineEnd' };
        }
        return char(c);
      case '*':
      case '+':
      case '?':
        if (this.#perl) return this.#fail('quantifier does not follow a repeatable item');
        return char(c);
      default:
        return char(c);
    }
  }

  #group(depth: number): Node {
    let index: number | undefined;
    let wrap: ((node: Node) => Node) | undefined;
    if (this.#perl && this.#peek() === '?') wrap = this.#perlGroup();
    if (!wrap) index = ++this.groups;
    const node = this.alternatives(depth + 1);
    if (!this.#eatOp(')')) {
      return this.#fail(this.#perl ? 'missing closing parenthesis' : 'Unmatched ( or \\(');
    }
    return wrap ? wrap(node) : { kind: 'group', index, node };
  }

  #perlGroup(): (node: Node) => Node {
    const rest = this.text.slice(this.#at, this.#at + 40).join('');
    const look = /^\?(<?)([=!])/.exec(rest);
    if (look) {
      this.#at += look[0].length;
      const ahead = look[1] === '';
      const negative = look[2] === '!';
      return (node) => ({ kind: 'look', ahead, negative, node });
    }
    const named = /^\?P?[<']([A-Za-z_]\w*)[>']/.exec(rest);
    if (named) {
      this.#at += named[0].length;
      const index = ++this.groups;
      this.names.set(named[1] ?? '', index);
      return (node) => ({ kind: 'group', index, node });
    }
    if (rest.startsWith('?:') || rest.startsWith('?>')) {
      this.#at += 2;
      if (rest[1] === '>') return (node) => ({ kind: 'atomic', node });
      return (node) => ({ kind: 'group', index: undefined, node });
    }
    this.#fail('unrecognized character after (? or (?-');
    return (node) => node;
  }

  #escape(): Node {
    const c = this.#peek();
    if (this.ended) {
      return this.#fail(this.#perl ? '\\ at end of pattern' : 'Trailing backslash');
    }
    this.#at++;
    if (this.syntax === 'awk') return this.#awkEscape(c);
    const set = escapeSet(c, this.#perl);
    if (set) return { kind: 'set', set };
    const what = (this.#perl ? PERL_ASSERTIONS : ASSERTIONS).get(c);
    if (what) return { kind: 'assert', what };
    if (c >= '1' && c <= '9') {
      if (Number(c) > this.groups) {
        return this.#fail(
          this.#perl ? 'reference to non-existent subpattern' : 'Invalid back reference',
        );
      }
      return { kind: 'backref', index: Number(c) };
    }
    if (this.#perl) return this.#perlEscape(c);
    if (this.#basic && c === '{') return this.#fail('Invalid preceding regular expression');
    if (/[A-Za-z0-9]/.test(c)) this.stray.push(c);
    return char(c);
  }

  #perlEscape(c: string): Node {
    if (c === 'K') return { kind: 'keep' };
    if (c === 'R') return { kind: 'set', set: { negated: false, ranges: [[10, 13]] } };
    if (c === 'N') return { kind: 'any' };
    if (c === 'x') {
      const rest = this.text.slice(this.#at, this.#at + 10).join('');
      const [all = '', braced, plain] =
        /^(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{0,2}))/.exec(rest) ?? [];
      this.#at += all.length;
      return { kind: 'char', point: Number.parseInt(braced ?? plain ?? '', 16) || 0 };
    }
    return char(CONTROLS.get(c) ?? c);
  }

  #awkEscape(c: string): Node {
    if (c >= '0' && c <= '7') {
      let digits = c;
      while (digits.length < 3 && /[0-7]/.test(this.#peek())) {
        digits += this.#peek();
        this.#at++;
      }
      return { kind: 'char', point: Number.parseInt(digits, 8) & 255 };
    }
    return char(CONTROLS.get(c) ?? c);
  }

  #bracket(): Node {
    if (this.ended && !this.#perl) return this.#fail('Invalid regular expression');
    const negated = this.#peek() === '^';
    if (negated) this.#at++;
    const ranges: Range[] = [];
    for (let first = true; ; first = false) {
      if (this.ended) {
        return this.#fail(
          this.#perl ? 'missing terminating ] for character class' : UNMATCHED_BRACKET,
        );
      }
      if (this.#peek() === ']' && !first) break;
      const item = this.#bracketItem();
      if (item === undefined) return EMPTY;
      if (typeof item !== 'number') ranges.push(...item);
      else if (!this.#bracketRange(item, ranges)) return EMPTY;
    }
    this.#at++;
    const set: CharSet = { negated, ranges };
    return { kind: 'set', set };
  }

  #bracketRange(low: number, ranges: Range[]): boolean {
    if (this.#peek() !== '-' || this.#peek(1) === ']' || this.#peek(1) === '') {
      ranges.push([low, low]);
      return true;
    }
    this.#at++;
    const high = this.#bracketItem();
    if (high === undefined) return false;
    if (typeof high !== 'number' || high < low) {
      this.#fail('Invalid range end');
      return false;
    }
    ranges.push([low, high]);
    return true;
  }

  /** One character, or the ranges of a class; undefined after an error. */
  #bracketItem(): number | readonly Range[] | undefined {
    const c = this.#peek();
    const next = this.#peek(1);
    if (c === '[' && (next === ':' || next === '.' || next === '=')) {
      const end = this.text.indexOf(next, this.#at + 2);
      if (end >= 0 && this.text[end + 1] === ']') {
        const name = this.text.slice(this.#at + 2, end).join('');
        this.#at = end + 2;
        if (next !== ':') return name.codePointAt(0) ?? 0;
        const ranges = classRanges(name);
        if (!ranges) this.#fail('Invalid character class name');
        return ranges;
      }
      if (next === ':' && !this.#perl) {
        this.#fail(UNMATCHED_BRACKET);
        return undefined;
      }
    }
    this.#at++;
    if (c === '\\' && (this.#perl || this.syntax === 'awk')) return this.#bracketEscape();
    return c.codePointAt(0) ?? 0;
  }

  #bracketEscape(): number | readonly Range[] {
    const c = this.#peek();
    const set = this.#perl ? escapeSet(c, true) : undefined;
    if (set && !set.negated) {
      this.#at++;
      return set.ranges;
    }
    this.#at++;
    if (this.#perl && c === 'b') return 8;
    const node = this.#perl ? this.#perlEscape(c) : this.#awkEscape(c);
    return node.kind === 'char' ? node.point : (c.codePointAt(0) ?? 0);
  }
}

const UNMATCHED_BRACKET = 'Unmatched [, [^, [:, [., or [=';
