/**
 * Shell patterns (fnmatch with bash's extended patterns; lib/glob/sm_loop.c). Matching tries every
 * state at most
 * once per position, so that no pattern takes more than (pattern x text) steps.
 */
type Node =
  | { readonly kind: 'char'; readonly c: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly has: (c: string) => boolean }
  | { readonly kind: 'ext'; readonly op: string; readonly choices: readonly Pattern[] };

export interface PatternOptions {
  readonly extglob: boolean;
  readonly nocase?: boolean | undefined;
  /** How many extended patterns it stands in. */
  readonly depth?: number | undefined;
}

/** Extended patterns in each other beyond this are ordinary characters. */
const MAX_DEPTH = 50;

const CLASSES: Readonly<Record<string, RegExp>> = {
  alpha: /\p{L}/u, digit: /[0-9]/, alnum: /[\p{L}0-9]/u, upper: /\p{Lu}/u, lower: /\p{Ll}/u,
  space: /[ \t\n\v\f\r]/, blank: /[ \t]/, punct: /[!-/:-@[-`{-~]/, cntrl: /[\x00-\x1f\x7f]/,
  xdigit: /[0-9A-Fa-f]/, print: /[^\x00-\x1f\x7f]/, graph: /[^\x00-\x20\x7f]/, word: /[\p{L}0-9_]/u,
}; // biome-ignore format: a table

const cache = new Map<string, Pattern>();

/** A backslash before a character in `text` makes it ordinary. */
export function compilePattern(text: string, options: PatternOptions): Pattern {
  const key = `${options.extglob ? 'x' : '-'}${options.nocase ? 'i' : '-'}${text}`;
  let known = cache.get(key);
  if (!known) {
    known = new Pattern(parsePattern(text, options), options.nocase ?? false);
    if (cache.size > 2000) cache.clear();
    cache.set(key, known);
  }
  return known;
}

/** Makes every character of `text` ordinary. */
export const escapePattern = (text: string): string => text.replace(/[\\*?[\]!@+()|^-]/g, '\\$&');

/** Does a pattern hold anything that is not an ordinary character? */
export const isPattern = (text: string, extglob: boolean): boolean => {
  for (let at = 0; at < text.length; at++) {
    const c = text[at] ?? '';
    if (c === '\\') at++;
    else if (c === '*' || c === '?') return true;
    else if (c === '[' && text.indexOf(']', at + 1) > 0) return true;
    else if (extglob && /[@+!]/.test(c) && text[at + 1] === '(') return true;
  }
  return false;
};

export class Pattern {
  constructor(
    readonly nodes: readonly Node[],
    readonly nocase: boolean,
  ) {}

  test(text: string): boolean {
    const chars = this.#chars(text);
    return this.ends(chars, new Set([0])).has(chars.length);
  }

  /** Lengths (in UTF-16 units) of the prefixes of `text` that match, ascending. */
  prefixes(text: string): number[] {
    return this.#lengths(this.#chars(text), 0);
  }

  /** Where matches that start at character `from` end. */
  matchesAt(chars: readonly string[], from: number): Set<number> {
    return this.ends(this.nocase ? chars.map((c) => c.toLowerCase()) : chars, new Set([from]));
  }

  #chars(text: string): string[] {
    return [...(this.nocase ? text.toLowerCase() : text)];
  }

  #lengths(chars: readonly string[], from: number): number[] {
    const ends = [...this.ends(chars, new Set([from]))].sort((a, b) => a - b);
    const offsets = [0];
    for (const c of chars) offsets.push((offsets[offsets.length - 1] ?? 0) + c.length);
    return ends.map((end) => offsets[end] ?? 0);
  }

  /** All positions that the pattern can reach from the given ones. */
  ends(chars: readonly string[], starts: ReadonlySet<number>): Set<number> {
    let states = new Set(starts);
    for (const node of this.nodes) {
      if (states.size === 0) break;
      states = step(node, chars, states);
    }
    return states;
  }
}

function step(node: Node, chars: readonly string[], states: ReadonlySet<number>): Set<number> {
  const next = new Set<number>();
  switch (node.kind) {
    case 'star': {
      const from = Math.min(...states);
      for (let at = from; at <= chars.length; at++) next.add(at);
      return next;
    }
    case 'ext':
      return extended(node.op, node.choices, chars, states);
    case 'char':
      for (const at of states) if (chars[at] === node.c) next.add(at + 1);
      return next;
    case 'any':
      for (const at of states) if (at < chars.length) next.add(at + 1);
      return next;
    case 'set':
      for (const at of states) {
        const c = chars[at];
        if (c !== undefined && node.has(c) !== node.negated) next.add(at + 1);
      }
      return next;
  }
}

function extended(
  op: string,
  choices: readonly Pattern[],
  chars: readonly string[],
  states: ReadonlySet<number>,
): Set<number> {
  const once = (from: ReadonlySet<number>): Set<number> => {
    const all = new Set<number>();
    for (const choice of choices) for (const end of choice.ends(chars, from)) all.add(end);
    return all;
  };
  if (op === '@') return once(states);
  if (op === '?') return new Set([...states, ...once(states)]);
  if (op === '!') {
    const out = new Set<number>();
    for (const at of states) {
      const matched = once(new Set([at]));
      for (let end = at; end <= chars.length; end++) if (!matched.has(end)) out.add(end);
    }
    return out;
  }
  const out = new Set(op === '*' ? states : []);
  let fresh = once(states);
  while (fresh.size > 0) {
    const added = new Set([...fresh].filter((at) => !out.has(at)));
    for (const at of added) out.add(at);
    fresh = added.size > 0 ? once(added) : added;
  }
  return out;
}

function parsePattern(text: string, options: PatternOptions): readonly Node[] {
  const chars = [...(options.nocase ? text.toLowerCase() : text)];
  const nodes: Node[] = [];
  for (let at = 0; at < chars.length; ) {
    const c = chars[at] ?? '';
    if (options.extglob && /^[?*+@!]$/.test(c) && chars[at + 1] === '(') {
      const depth = (options.depth ?? 0) + 1;
      const found = depth > MAX_DEPTH ? undefined : choices(chars, at + 2, { ...options, depth });
      if (found) {
        nodes.push({ kind: 'ext', op: c, choices: found.patterns });
        at = found.end;
        continue;
      }
    }
    if (c === '[') {
      const set = bracket(chars, at);
      if (set) {
        nodes.push(set.node);
        at = set.end;
        continue;
      }
    }
    if (c === '\\' && at + 1 < chars.length) {
      nodes.push({ kind: 'char', c: chars[at + 1] ?? '' });
      at += 2;
      continue;
    }
    if (c === '*') nodes.push({ kind: 'star' });
    else nodes.push(c === '?' ? { kind: 'any' } : { kind: 'char', c });
    at++;
  }
  return nodes;
}

function choices(
  chars: readonly string[],
  from: number,
  options: PatternOptions,
): { readonly patterns: readonly Pattern[]; readonly end: number } | undefined {
  const texts: string[] = [];
  let depth = 0;
  let current = '';
  for (let at = from; at < chars.length; at++) {
    const c = chars[at] ?? '';
    if (c === '\\') {
      current += c + (chars[++at] ?? '');
      continue;
    }
    if (c === '(') depth++;
    if (c === ')' && depth-- === 0) {
      texts.push(current);
      const compiled = texts.map((one) => new Pattern(parsePattern(one, options), false));
      return { patterns: compiled, end: at + 1 };
    }
    if (c === '|' && depth === 0) {
      texts.push(current);
      current = '';
    } else current += c;
  }
  return undefined;
}

/** A bracket expression; undefined when no `]` closes it. */
function bracket(
  chars: readonly string[],
  start: number,
): { readonly node: Node; readonly end: number } | undefined {
  let at = start + 1;
  const negated = chars[at] === '!' || chars[at] === '^';
  if (negated) at++;
  const tests: ((c: string) => boolean)[] = [];
  const first = at;
  for (;;) {
    const c = chars[at];
    if (c === undefined || c === '/') return undefined;
    if (c === ']' && at > first) break;
    const named = c === '[' && chars[at + 1] === ':' ? className(chars, at) : undefined;
    if (named) {
      const regex = CLASSES[named.name];
      tests.push((one) => regex?.test(one) ?? false);
      at = named.end;
      continue;
    }
    const low = c === '\\' ? (chars[++at] ?? '') : c;
    at++;
    if (chars[at] === '-' && chars[at + 1] !== ']' && chars[at + 1] !== undefined) {
      at++;
      const high = chars[at] === '\\' ? (chars[++at] ?? '') : (chars[at] ?? '');
      at++;
      tests.push((one) => one >= low && one <= high);
    } else tests.push((one) => one === low);
  }
  const has = (c: string): boolean => tests.some((matches) => matches(c));
  return { node: { kind: 'set', negated, has }, end: at + 1 };
}

function className(
  chars: readonly string[],
  at: number,
): { readonly name: string; readonly end: number } | undefined {
  const found = /^\[:([a-z]+):\]/.exec(chars.slice(at, at + 12).join(''));
  return found ? { name: found[1] ?? '', end: at + found[0].length } : undefined;
}
