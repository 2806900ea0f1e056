import type { Regex } from '../glibc/regex';

export type LValue =
  | { readonly kind: 'var'; readonly name: string; readonly local: number }
  | { readonly kind: 'field'; readonly index: Expr }
  | { readonly kind: 'index'; readonly array: ArrayRef; readonly subscripts: readonly Expr[] };

/** An array by name; `local` is its place among a function's parameters, or -1. */
export interface ArrayRef {
  readonly name: string;
  readonly local: number;
}

export type Expr =
  | LValue
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'regex'; readonly regex: Regex }
  | { readonly kind: 'assign'; readonly op: string; readonly to: LValue; readonly value: Expr }
  | { readonly kind: 'cond'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'unary'; readonly op: string; readonly of: Expr }
  | { readonly kind: 'step'; readonly by: 1 | -1; readonly prefix: boolean; readonly of: LValue }
  | { readonly kind: 'in'; readonly subscripts: readonly Expr[]; readonly array: ArrayRef }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[] }
  | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly Expr[] }
  | { readonly kind: 'group'; readonly of: Expr }
  | {
      readonly kind: 'getline';
      readonly from: 'main' | 'file' | 'command';
      readonly source: Expr | undefined;
      readonly to: LValue | undefined;
    };

export interface Redirect {
  readonly kind: '>' | '>>' | '|';
  readonly to: Expr;
}

export type Stmt =
  | { readonly kind: 'expr'; readonly expr: Expr }
  | {
      readonly kind: 'print' | 'printf';
      readonly args: readonly Expr[];
      readonly redirect: Redirect | undefined;
    }
  | { readonly kind: 'block'; readonly body: readonly Stmt[] }
  | { readonly kind: 'if'; readonly test: Expr; readonly yes: Stmt; readonly no: Stmt | undefined }
  | { readonly kind: 'while'; readonly test: Expr; readonly body: Stmt }
  | { readonly kind: 'do'; readonly test: Expr; readonly body: Stmt }
  | {
      readonly kind: 'for';
      readonly init: Stmt | undefined;
      readonly test: Expr | undefined;
      readonly step: Stmt | undefined;
      readonly body: Stmt;
    }
  | { readonly kind: 'forin'; readonly to: LValue; readonly array: ArrayRef; readonly body: Stmt }
  | {
      readonly kind: 'delete';
      readonly array: ArrayRef;
      readonly subscripts: readonly Expr[] | undefined;
    }
  | { readonly kind: 'exit' | 'return'; readonly value: Expr | undefined }
  | { readonly kind: 'next' | 'nextfile' | 'break' | 'continue' };

export interface Rule {
  readonly pattern: Expr | undefined;
  readonly until: Expr | undefined;
  /** undefined: print the record. */
  readonly body: Stmt | undefined;
}

export interface Func {
  readonly params: readonly string[];
  body: Stmt;
}

export interface AwkProgram {
  readonly begin: readonly Stmt[];
  readonly end: readonly Stmt[];
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, Func>;
}
