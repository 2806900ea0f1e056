import type { Args } from '../args';
import { type Match, type Regex, regcomp } from '../glibc/regex';
import { inRanges, WORD } from '../glibc/regex-node';
import type { Syntax } from '../glibc/regex-parse';

interface Made {
  readonly matcher: Matcher | undefined;
  readonly error: string;
}

/** The patterns of one command line: -E, -F, -G, -P, -i, -w, -x. */
export function matcherOf(patterns: readonly string[], args: Args): Made {
  const mode = args.last('E', 'F', 'G', 'P') ?? 'G';
  const syntax: Syntax = mode === 'E' ? 'extended' : mode === 'P' ? 'perl' : 'basic';
  const ignoreCase = args.options.findLast((o) => ['i', 'y', 'no-ignore-case'].includes(o.name));
  const fold = ignoreCase !== undefined && ignoreCase.name !== 'no-ignore-case';
  const regexes: Regex[] = [];
  for (const pattern of patterns) {
    const source = mode === 'F' ? literal(pattern) : pattern;
    if (mode !== 'F' && mode !== 'P' && /^\[:[a-z]+:\]$/.test(pattern)) {
      const error = 'character class syntax is [[:space:]], not [:space:]';
      return { matcher: undefined, error };
    }
    const made = regcomp(source, { syntax, ignoreCase: fold });
    if (!made.ok) return { matcher: undefined, error: made.error };
    regexes.push(made.value);
  }
  const whole = args.has('x') ? 'line' : args.has('w') ? 'word' : undefined;
  return { matcher: new Matcher(regexes, whole), error: '' };
}

const literal = (text: string): string =>
  text.replace(/[\\.[\]*^$]/g, '\\$&').replace(/\\\]/g, ']');

const isWord = (text: string, at: number): boolean => {
  const point = text.codePointAt(at);
  return at >= 0 && point !== undefined && inRanges(WORD, point);
};

export class Matcher {
  constructor(
    readonly regexes: readonly Regex[],
    readonly whole: 'line' | 'word' | undefined,
  ) {}

  test(text: string): boolean {
    if (!this.whole) return this.regexes.some((regex) => regex.test(text));
    return this.first(text, 0) !== undefined;
  }

  /** The leftmost match at or after `from`; of several patterns' the longest. */
  first(text: string, from: number): Match | undefined {
    let best: Match | undefined;
    for (const regex of this.regexes) {
      const match = this.#one(regex, text, from);
      if (!match) continue;
      const better =
        !best || match.start < best.start || (match.start === best.start && match.end > best.end);
      if (better) best = match;
    }
    return best;
  }

  /** Every non-empty match of a line. */
  *all(text: string): Generator<Match> {
    for (let at = 0; at <= text.length; ) {
      const match = this.first(text, at);
      if (!match) return;
      if (match.end > match.start) yield match;
      at = match.end > match.start ? match.end : match.end + 1;
    }
  }

  #one(regex: Regex, text: string, from: number): Match | undefined {
    if (this.whole === 'line') return from === 0 ? lineMatch(regex, text) : undefined;
    for (let at = from; at <= text.length; ) {
      const match = regex.exec(text, at);
      if (!match || this.whole !== 'word') return match;
      for (let end = match.end; end >= match.start; end--) {
        const inner = end === match.end ? match : shorter(regex, text, match.start, end);
        if (!inner || inner.end < inner.start) continue;
        if (!isWord(text, inner.start - 1) && !isWord(text, inner.end)) return inner;
        end = Math.min(end, inner.end);
      }
      at = match.start + 1;
    }
    return undefined;
  }
}

/** A match that begins at `start` and is not longer than to `end`. */
function shorter(regex: Regex, text: string, start: number, end: number): Match | undefined {
  const match = regex.exec(text.slice(0, end), start);
  return match?.start === start ? match : undefined;
}

function lineMatch(regex: Regex, text: string): Match | undefined {
  for (let at = 0; at <= text.length; at++) {
    const match = regex.exec(text, at);
    if (!match) return undefined;
    if (match.start === 0 && match.end === text.length) return match;
    if (match.start > 0) return undefined;
  }
  return undefined;
}
