import type { Regex } from '../glibc/regex';

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  /** undefined: the last regex used. */
  | { readonly kind: 'regex'; readonly regex: Regex | undefined }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'plus'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number };

/** Part of a replacement: text, a group (0 is &), or a change of case. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly index: number }
  | { readonly kind: 'case'; readonly how: 'U' | 'L' | 'u' | 'l' | 'E' };

export interface Substitution {
  readonly regex: Regex | undefined;
  readonly replacement: readonly Piece[];
  readonly global: boolean;
  readonly number: number;
  readonly print: number;
  readonly file: string | undefined;
}

export type Action =
  | { readonly name: '{'; readonly end: number }
  | { readonly name: '}' | ':' | '#' }
  | { readonly name: 'a' | 'i' | 'c'; readonly text: string }
  | { readonly name: 'b' | 't' | 'T'; readonly label: string; readonly to: number }
  | {
      readonly name:
        | 'd'
        | 'D'
        | 'g'
        | 'G'
        | 'h'
        | 'H'
        | 'n'
        | 'N'
        | 'p'
        | 'P'
        | 'x'
        | 'z'
        | '='
        | 'F';
    }
  | { readonly name: 'l' | 'q' | 'Q'; readonly number: number | undefined }
  | { readonly name: 'r' | 'R' | 'w' | 'W'; readonly file: string }
  | { readonly name: 's'; readonly substitution: Substitution }
  | { readonly name: 'y'; readonly map: ReadonlyMap<string, string> };

export interface Command {
  readonly a1: Address | undefined;
  readonly a2: Address | undefined;
  readonly negated: boolean;
  readonly action: Action;
}
