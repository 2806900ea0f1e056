import type { Inode } from '../../linux/inode';

/** What an expression is tried on. */
export interface Visit {
  readonly path: string;
  readonly name: string;
  readonly inode: Inode;
  readonly depth: number;
  /** The operand under which it was found. */
  readonly root: string;
}

export type Action =
  | { readonly kind: 'print'; readonly end: string }
  | { readonly kind: 'printf'; readonly format: string }
  | { readonly kind: 'ls' | 'delete' | 'prune' | 'quit' }
  | {
      readonly kind: 'exec';
      readonly argv: readonly string[];
      readonly many: boolean;
      readonly inDirectory: boolean;
    };

export type Node =
  | { readonly kind: 'test'; readonly test: (visit: Visit) => boolean }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'and' | 'or' | 'comma'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'action'; readonly action: Action };
