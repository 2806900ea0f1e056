import { inRanges, type Node, WORD } from './regex-node';

/** pcre2's match limit, scaled down: no pattern may hold the host. */
const MATCH_LIMIT = 2_000_000;

export interface Flags {
  readonly ignoreCase: boolean;
  /** `^` and `$` match at newlines too. */
  readonly multiline: boolean;
  /** `.` matches a newline. */
  readonly dotAll: boolean;
}

/** Positions of groups; [2k] and [2k+1] are those of group k, -1 if unset. */
export type Spans = readonly number[];

type Next = (at: number) => boolean;
type Step = (at: number, next: Next) => boolean;

const fold = (point: number): number => {
  const lower = String.fromCodePoint(point).toLowerCase();
  return lower.codePointAt(0) ?? point;
};

const swap = (point: number): number => {
  const text = String.fromCodePoint(point);
  const other = text.toLowerCase() === text ? text.toUpperCase() : text.toLowerCase();
  return other.codePointAt(0) ?? point;
};

/**
 * A bounded backtracking matcher, for what a linear automaton cannot do: back references, look-around, \K. The
 * first match in Perl's order counts.
 */
export class Backtracker {
  #text = '';
  #steps = 0;
  #spans: number[] = [];
  #keep = -1;
  exceeded = false;
  readonly #root: Step;

  constructor(
    node: Node,
    readonly groups: number,
    readonly flags: Flags,
  ) {
    this.#root = this.#compile(node);
  }

  exec(text: string, from: number): Spans | undefined {
    this.#text = text;
    this.#steps = 0;
    for (let start = from; start <= text.length; start += this.#width(start)) {
      this.#spans = new Array<number>((this.groups + 1) * 2).fill(-1);
      this.#keep = -1;
      let end = -1;
      const found = this.#root(start, (at) => {
        end = at;
        return true;
      });
      if (this.exceeded) return undefined;
      if (!found) continue;
      this.#spans[0] = this.#keep >= 0 ? this.#keep : start;
      this.#spans[1] = end;
      return this.#spans;
    }
    return undefined;
  }

  #width(at: number): number {
    return (this.#text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }

  #spend(): boolean {
    if (++this.#steps > MATCH_LIMIT) this.exceeded = true;
    return !this.exceeded;
  }

  #isWord(at: number): boolean {
    const point = this.#text.codePointAt(at);
    return at >= 0 && point !== undefined && inRanges(WORD, point);
  }

  #compile(node: Node): Step {
    switch (node.kind) {
      case 'empty':
        return (at, next) => next(at);
      case 'char':
      case 'any':
      case 'set':
        return this.#single(node);
      case 'assert':
        return (at, next) => this.#holds(node.what, at) && next(at);
      case 'group':
        return this.#group(node.index, this.#compile(node.node));
      case 'cat':
        return this.#sequence(node.nodes.map((part) => this.#compile(part)));
      case 'alt': {
        const steps = node.nodes.map((part) => this.#compile(part));
        return (at, next) => this.#spend() && steps.some((step) => step(at, next));
      }
      case 'repeat':
        return this.#repeat(node);
      case 'backref':
        return this.#backref(node.index);
      case 'look':
        return this.#look(node);
      case 'atomic':
        return this.#atomic(this.#compile(node.node));
      case 'keep':
        return (at, next) => {
          const before = this.#keep;
          this.#keep = at;
          if (next(at)) return true;
          this.#keep = before;
          return false;
        };
    }
  }

  #sequence(steps: readonly Step[]): Step {
    const run = (i: number, at: number, next: Next): boolean => {
      const step = steps[i];
      return step ? step(at, (to) => run(i + 1, to, next)) : next(at);
    };
    return (at, next) => run(0, at, next);
  }

  #test(node: Extract<Node, { kind: 'char' | 'any' | 'set' }>): (point: number) => boolean {
    const { ignoreCase, dotAll } = this.flags;
    if (node.kind === 'any') return (point) => dotAll || point !== 10;
    if (node.kind === 'char') {
      const wanted = ignoreCase ? fold(node.point) : node.point;
      return (point) => point === wanted || (ignoreCase && fold(point) === wanted);
    }
    const { ranges, negated } = node.set;
    return (point) =>
      (inRanges(ranges, point) || (ignoreCase && inRanges(ranges, swap(point)))) !== negated;
  }

  #single(node: Extract<Node, { kind: 'char' | 'any' | 'set' }>): Step {
    const test = this.#test(node);
    return (at, next) => {
      const point = this.#text.codePointAt(at);
      return (
        point !== undefined && this.#spend() && test(point) && next(at + (point > 0xffff ? 2 : 1))
      );
    };
  }

  #holds(what: Extract<Node, { kind: 'assert' }>['what'], at: number): boolean {
    const { multiline } = this.flags;
    switch (what) {
      case 'lineStart':
        return at === 0 || (multiline && this.#text[at - 1] === '\n');
      case 'lineEnd':
        return at === this.#text.length || (multiline && this.#text[at] === '\n');
      case 'textStart':
        return at === 0;
      case 'textEnd':
        return at === this.#text.length;
      case 'wordBoundary':
        return this.#isWord(at - 1) !== this.#isWord(at);
      case 'notWordBoundary':
        return this.#isWord(at - 1) === this.#isWord(at);
      case 'wordStart':
        return !this.#isWord(at - 1) && this.#isWord(at);
      case 'wordEnd':
        return this.#isWord(at - 1) && !this.#isWord(at);
    }
  }

  #group(index: number | undefined, step: Step): Step {
    if (index === undefined) return step;
    return (at, next) => {
      const spans = this.#spans;
      const [low, high] = [spans[index * 2] ?? -1, spans[index * 2 + 1] ?? -1];
      const found = step(at, (to) => {
        const before: readonly number[] = [spans[index * 2] ?? -1, spans[index * 2 + 1] ?? -1];
        spans[index * 2] = at;
        spans[index * 2 + 1] = to;
        if (next(to)) return true;
        [spans[index * 2], spans[index * 2 + 1]] = [before[0] ?? -1, before[1] ?? -1];
        return false;
      });
      if (!found) [spans[index * 2], spans[index * 2 + 1]] = [low, high];
      return found;
    };
  }

  #repeat(node: Extract<Node, { kind: 'repeat' }>): Step {
    const { node: inner, min, max, mode } = node;
    if (
      mode !== 'lazy' &&
      (inner.kind === 'char' || inner.kind === 'any' || inner.kind === 'set')
    ) {
      return this.#run(this.#test(inner), { min, max, possessive: mode === 'possessive' });
    }
    const step = this.#compile(inner);
    const more = (count: number, at: number, next: Next): boolean => {
      if (!this.#spend()) return false;
      const again = (): boolean =>
        count < max && step(at, (to) => (to !== at || count < min) && more(count + 1, to, next));
      if (count < min) return again();
      return mode === 'lazy' ? next(at) || again() : again() || next(at);
    };
    const whole: Step = (at, next) => more(0, at, next);
    return mode === 'possessive' ? this.#atomic(whole) : whole;
  }

  /** A repeated single character needs no recursion. */
  #run(
    test: (point: number) => boolean,
    limits: { readonly min: number; readonly max: number; readonly possessive: boolean },
  ): Step {
    return (at, next) => {
      const ends = [at];
      let to = at;
      while (ends.length - 1 < limits.max) {
        const point = this.#text.codePointAt(to);
        if (point === undefined || !this.#spend() || !test(point)) break;
        to += point > 0xffff ? 2 : 1;
        ends.push(to);
      }
      const least = limits.possessive ? Math.max(ends.length - 1, limits.min) : limits.min;
      for (let i = ends.length - 1; i >= least; i--) {
        if (!this.#spend()) return false;
        if (next(ends[i] ?? at)) return true;
      }
      return false;
    };
  }

  #backref(index: number): Step {
    return (at, next) => {
      const [low, high] = [this.#spans[index * 2] ?? -1, this.#spans[index * 2 + 1] ?? -1];
      if (low < 0 || !this.#spend()) return false;
      const wanted = this.#text.slice(low, high);
      const found = this.#text.slice(at, at + wanted.length);
      const same = this.flags.ignoreCase
        ? wanted.toLowerCase() === found.toLowerCase()
        : wanted === found;
      return same && next(at + wanted.length);
    };
  }

  #look(node: Extract<Node, { kind: 'look' }>): Step {
    const step = this.#compile(node.node);
    return (at, next) => {
      let found = false;
      if (node.ahead) found = step(at, () => true);
      else {
        for (let start = at; start >= 0 && !found && this.#spend(); start--) {
          found = step(start, (to) => to === at);
        }
      }
      return found !== node.negative && next(at);
    };
  }

  #atomic(step: Step): Step {
    return (at, next) => {
      let end = -1;
      const found = step(at, (to) => {
        end = to;
        return true;
      });
      return found && next(end);
    };
  }
}
