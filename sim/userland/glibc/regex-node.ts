/** A pattern as regcomp(3), pcre2 or mawk's rexp understand it. */
export type Node =
  | { readonly kind: 'empty' }
  | { readonly kind: 'char'; readonly point: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'group'; readonly index: number | undefined; readonly node: Node }
  | { readonly kind: 'cat'; readonly nodes: readonly Node[] }
  | { readonly kind: 'alt'; readonly nodes: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly node: Node;
      readonly min: number;
      readonly max: number;
      readonly mode: 'greedy' | 'lazy' | 'possessive';
    }
  | { readonly kind: 'backref'; readonly index: number }
  | {
      readonly kind: 'look';
      readonly ahead: boolean;
      readonly negative: boolean;
      readonly node: Node;
    }
  | { readonly kind: 'atomic'; readonly node: Node }
  /** \K of Perl: the match begins here. */
  | { readonly kind: 'keep' };

export type Assertion =
  | 'lineStart'
  | 'lineEnd'
  | 'textStart'
  | 'textEnd'
  | 'wordBoundary'
  | 'notWordBoundary'
  | 'wordStart'
  | 'wordEnd';

export type Range = readonly [low: number, high: number];

export interface CharSet {
  readonly negated: boolean;
  readonly ranges: readonly Range[];
}

/** Letters beyond ASCII, as far as iswalpha(3) of C.UTF-8 matters to readers of this site. */
const LETTERS: readonly Range[] = [
  [0xaa, 0xaa],
  [0xb5, 0xb5],
  [0xc0, 0x24f],
  [0x370, 0x587],
  [0x1100, 0x11ff],
  [0x3040, 0x318f],
  [0x3400, 0x9fff],
  [0xac00, 0xd7a3],
];

const range = (text: string): readonly Range[] => {
  const found: Range[] = [];
  for (let i = 0; i < text.length; i += 2) found.push([text.charCodeAt(i), text.charCodeAt(i + 1)]);
  return found;
};

/** The POSIX classes, isalpha(3) and so on. */
const CLASSES: ReadonlyMap<string, readonly Range[]> = new Map([
  ['alpha', [...range('AZaz'), ...LETTERS]],
  ['digit', range('09')],
  ['alnum', [...range('09AZaz'), ...LETTERS]],
  ['upper', range('AZ')],
  ['lower', range('az')],
  ['space', range('\t\r  ')],
  ['blank', range('\t\t  ')],
  ['punct', range('!/:@[`{~')],
  ['print', [...range(' ~'), [0xa0, 0xd7ff], [0xe000, 0x10ffff]]],
  ['graph', [...range('!~'), [0xa1, 0xd7ff], [0xe000, 0x10ffff]]],
  [
    'cntrl',
    [
      [0, 31],
      [127, 127],
    ],
  ],
  ['xdigit', range('09AFaf')],
]);

export const classRanges = (name: string): readonly Range[] | undefined => CLASSES.get(name);

export const WORD: readonly Range[] = [...range('09AZaz__'), ...LETTERS];

export const inRanges = (ranges: readonly Range[], point: number): boolean =>
  ranges.some(([low, high]) => point >= low && point <= high);

/** \w \W \s \S, and \d \D \h \H of Perl. */
export function escapeSet(letter: string, perl: boolean): CharSet | undefined {
  const lower = letter.toLowerCase();
  const negated = lower !== letter;
  if (lower === 'w') return { negated, ranges: perl ? range('09AZaz__') : WORD };
  if (lower === 's') return { negated, ranges: range('\t\r  ') };
  if (perl && lower === 'd') return { negated, ranges: range('09') };
  if (perl && lower === 'h') return { negated, ranges: range('\t\t  ') };
  return undefined;
}
