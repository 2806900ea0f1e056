/** The tree of a template: text/template/parse/node.go. `pos` is the offset that errors name. */
export type Operand =
  | { readonly kind: 'dot'; readonly pos: number; readonly text: string }
  | { readonly kind: 'nil'; readonly pos: number; readonly text: string }
  | {
      readonly kind: 'literal';
      readonly pos: number;
      readonly text: string;
      readonly value: string | number | boolean;
    }
  | {
      readonly kind: 'function';
      readonly pos: number;
      readonly text: string;
      readonly name: string;
    }
  | {
      readonly kind: 'field';
      readonly pos: number;
      readonly text: string;
      /** `.A.B`, `$x.A`, `(pipe).A`: what the names start from. */
      readonly base: Operand | undefined;
      readonly names: readonly string[];
    }
  | {
      readonly kind: 'variable';
      readonly pos: number;
      readonly text: string;
      readonly name: string;
    }
  | { readonly kind: 'pipe'; readonly pos: number; readonly text: string; readonly pipe: Pipe };

export interface Command {
  readonly args: readonly Operand[];
  readonly pos: number;
  readonly text: string;
}

export interface Pipe {
  readonly declares: readonly string[];
  readonly assigns: boolean;
  readonly commands: readonly Command[];
  readonly text: string;
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | { readonly kind: 'break' | 'continue' }
  | {
      readonly kind: 'if' | 'range' | 'with';
      readonly pipe: Pipe;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };
