import type { FilterValue, PathMaskItem } from './value';

export type AttributeName =
  | 'bgp_origin'
  | 'bgp_path'
  | 'bgp_next_hop'
  | 'bgp_med'
  | 'bgp_local_pref'
  | 'bgp_community'
  | 'bgp_large_community'
  | 'bgp_originator_id'
  | 'bgp_cluster_list'
  | 'krt_source'
  | 'krt_metric'
  | 'krt_prefsrc'
  | 'igp_metric';

export type StaticName =
  | 'from'
  | 'gw'
  | 'net'
  | 'proto'
  | 'source'
  | 'scope'
  | 'dest'
  | 'ifname'
  | 'preference';

export type BinaryOperator = '+' | '-' | '*' | '/' | '=' | '!=' | '<' | '<=' | '~' | '!~';

/** A term of filter/config.Y. */
export type Term =
  | { readonly kind: 'constant'; readonly value: FilterValue }
  | {
      readonly kind: 'binary';
      readonly op: BinaryOperator;
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: 'and' | 'or'; readonly left: Term; readonly right: Term }
  | { readonly kind: 'not' | 'defined'; readonly of: Term }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'attribute'; readonly name: AttributeName }
  | { readonly kind: 'static'; readonly name: StaticName }
  | { readonly kind: 'tuple'; readonly items: readonly Term[] }
  | {
      readonly kind: 'mask';
      readonly items: readonly (PathMaskItem | { readonly kind: 'term'; readonly term: Term })[];
    }
  | {
      readonly kind: 'member';
      readonly of: Term;
      readonly name: string;
      readonly args: readonly Term[];
    }
  | { readonly kind: 'call'; readonly function: string; readonly args: readonly Term[] };

export type Command =
  | { readonly kind: 'block'; readonly body: readonly Command[] }
  | {
      readonly kind: 'if';
      readonly test: Term;
      readonly yes: Command;
      readonly no?: Command | undefined;
    }
  | { readonly kind: 'var' | 'assign'; readonly name: string; readonly value: Term | undefined }
  | { readonly kind: 'set'; readonly attribute: AttributeName; readonly value: Term }
  | { readonly kind: 'setStatic'; readonly attribute: StaticName; readonly value: Term }
  | { readonly kind: 'unset'; readonly attribute: AttributeName }
  | {
      readonly kind: 'change';
      readonly attribute: AttributeName;
      readonly method: string;
      readonly value: Term | undefined;
    }
  | { readonly kind: 'die'; readonly verdict: 'accept' | 'reject'; readonly print: readonly Term[] }
  | { readonly kind: 'print'; readonly print: readonly Term[]; readonly newline: boolean }
  | { readonly kind: 'return'; readonly value: Term }
  | { readonly kind: 'call'; readonly call: Term }
  | { readonly kind: 'case'; readonly of: Term; readonly cases: readonly Case[] };

export interface Case {
  /** Undefined: `else:`. */
  readonly set: FilterValue | undefined;
  readonly body: readonly Command[];
}

/** struct filter, or a function with its parameters. */
export interface Filter {
  /** Undefined: not named. */
  readonly name: string | undefined;
  readonly parameters: readonly string[];
  body: readonly Command[];
}

/** where_filter: `if TERM then accept; else reject;`. */
export const whereFilter = (test: Term): Filter => ({
  name: undefined,
  parameters: [],
  body: [
    {
      kind: 'if',
      test,
      yes: { kind: 'die', verdict: 'accept', print: [] },
      no: { kind: 'die', verdict: 'reject', print: [] },
    },
  ],
});
