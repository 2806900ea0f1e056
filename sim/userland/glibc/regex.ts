import { RE2JS } from 're2js';
import { ok, type Result } from '../../base/result';
import { Backtracker, type Flags, type Spans } from './regex-backtrack';
import type { Node } from './regex-node';
import { type Parsed, parseRegex, type Syntax } from './regex-parse';

export interface RegexOptions {
  readonly syntax: Syntax;
  readonly ignoreCase?: boolean | undefined;
  /** `^` and `$` match at newlines too (REG_NEWLINE, sed's M). */
  readonly multiline?: boolean | undefined;
}

export interface Match {
  readonly start: number;
  readonly end: number;
  /** The whole match and its groups; undefined where a group took no part. */
  readonly groups: readonly (string | undefined)[];
}

/** regcomp(3): an own parser, then a linear automaton where one can do it, else a bounded search. */
export function regcomp(pattern: string, options: RegexOptions): Result<Regex, string> {
  const parsed = parseRegex(pattern, options.syntax);
  if (!parsed.ok) return parsed;
  return ok(new Regex(parsed.value, options));
}

/** regex_t. */
export class Regex {
  readonly groups: number;
  readonly stray: readonly string[];
  readonly #linear: RE2JS | undefined;
  readonly #search: Backtracker | undefined;
  readonly #literal: string | undefined;

  constructor(parsed: Parsed, options: RegexOptions) {
    const { ignoreCase = false, multiline = false, syntax } = options;
    const flags: Flags = { ignoreCase, multiline, dotAll: syntax !== 'perl' };
    this.groups = parsed.groups;
    this.stray = parsed.stray;
    this.#literal = ignoreCase ? undefined : literalOf(parsed.node);
    if (this.#literal !== undefined) return;
    const source = re2Source(parsed.node, flags);
    if (source === undefined) this.#search = new Backtracker(parsed.node, parsed.groups, flags);
    else {
      const longest = syntax === 'perl' ? 0 : RE2JS.LONGEST_MATCH;
      this.#linear = RE2JS.compile(source, (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | longest);
    }
  }

  /** The search gave up; its answer is not one. */
  get exceeded(): boolean {
    return this.#search?.exceeded ?? false;
  }

  test(text: string): boolean {
    if (this.#literal !== undefined) return text.includes(this.#literal);
    return this.exec(text) !== undefined;
  }

  /** regexec(3): the leftmost match at or after `from`; what stands before is seen by `^` and `\b`. */
  exec(text: string, from = 0): Match | undefined {
    if (this.#literal !== undefined) {
      const start = text.indexOf(this.#literal, from);
      if (start < 0) return undefined;
      return { start, end: start + this.#literal.length, groups: [this.#literal] };
    }
    const spans = this.#linear
      ? linearSpans(this.#linear, text, from)
      : this.#search?.exec(text, from);
    if (!spans) return undefined;
    const groups: (string | undefined)[] = [];
    for (let i = 0; i + 1 < spans.length; i += 2) {
      const low = spans[i] ?? -1;
      groups.push(low < 0 ? undefined : text.slice(low, spans[i + 1]));
    }
    return { start: spans[0] ?? 0, end: spans[1] ?? 0, groups };
  }
}

function linearSpans(re: RE2JS, text: string, from: number): Spans | undefined {
  const matcher = re.matcher(text);
  if (!matcher.find(from)) return undefined;
  const spans: number[] = [];
  for (let i = 0; i <= matcher.groupCount(); i++) spans.push(matcher.start(i), matcher.end(i));
  return spans;
}

function literalOf(node: Node): string | undefined {
  if (node.kind === 'char') return String.fromCodePoint(node.point);
  if (node.kind !== 'cat' || node.nodes.length === 0) return undefined;
  let text = '';
  for (const part of node.nodes) {
    if (part.kind !== 'char') return undefined;
    text += String.fromCodePoint(part.point);
  }
  return text;
}

/** RE2's limit on the product of counted repetitions. */
const RE2_REPEATS = 1000;

const hex = (point: number): string => `\\x{${point.toString(16)}}`;

/** The same pattern in RE2's syntax, or undefined where it has none. */
function re2Source(node: Node, flags: Flags, budget = RE2_REPEATS): string | undefined {
  switch (node.kind) {
    case 'empty':
      return '(?:)';
    case 'char':
      return hex(node.point);
    case 'any':
      return flags.dotAll ? '(?s:.)' : '.';
    case 'set':
      return setSource(node.set.ranges, node.set.negated);
    case 'assert':
      return assertSource(node.what, flags.multiline);
    case 'group': {
      const inner = re2Source(node.node, flags, budget);
      if (inner === undefined) return undefined;
      return node.index === undefined ? `(?:${inner})` : `(${inner})`;
    }
    case 'cat':
    case 'alt': {
      if (node.kind === 'alt' && node.nodes.length === 0) return setSource([], false);
      const parts: string[] = [];
      for (const part of node.nodes) {
        const source = re2Source(part, flags, budget);
        if (source === undefined) return undefined;
        parts.push(source);
      }
      return node.kind === 'cat' ? parts.join('') : `(?:${parts.join('|')})`;
    }
    case 'repeat':
      return repeatSource(node, flags, budget);
    case 'backref':
    case 'look':
    case 'atomic':
    case 'keep':
      return undefined;
  }
}

function repeatSource(
  node: Extract<Node, { kind: 'repeat' }>,
  flags: Flags,
  budget: number,
): string | undefined {
  const most = Math.max(node.min, Number.isFinite(node.max) ? node.max : 1, 1);
  if (node.mode === 'possessive' || most > budget) return undefined;
  const inner = re2Source(node.node, flags, Math.floor(budget / most));
  if (inner === undefined) return undefined;
  const upper = Number.isFinite(node.max) ? node.max : '';
  const times =
    node.min === 0 && upper === ''
      ? '*'
      : node.min === 1 && upper === ''
        ? '+'
        : node.min === node.max
          ? `{${node.min}}`
          : `{${node.min},${upper}}`;
  return `(?:${inner})${times}${node.mode === 'lazy' ? '?' : ''}`;
}

function setSource(ranges: readonly (readonly [number, number])[], negated: boolean): string {
  if (ranges.length === 0) return negated ? '(?s:.)' : '[^\\x{0}-\\x{10ffff}]';
  const body = ranges.map(([low, high]) => (low === high ? hex(low) : `${hex(low)}-${hex(high)}`));
  return `[${negated ? '^' : ''}${body.join('')}]`;
}

function assertSource(
  what: Extract<Node, { kind: 'assert' }>['what'],
  multiline: boolean,
): string | undefined {
  switch (what) {
    case 'lineStart':
      return multiline ? '(?m:^)' : '\\A';
    case 'lineEnd':
      return multiline ? '(?m:$)' : '\\z';
    case 'textStart':
      return '\\A';
    case 'textEnd':
      return '\\z';
    case 'wordBoundary':
      return '\\b';
    case 'notWordBoundary':
      return '\\B';
    case 'wordStart':
    case 'wordEnd':
      return undefined;
  }
}
