import { err, ok, type Result } from '../../base/result';
import { FUNCTION_NAMES, FUNCTIONS, kindOf, PARAMETERS } from './functions';
import type { Command, Operand, Pipe, TemplateNode } from './node';
import { parseTemplate } from './parse';
import { sprint } from './print';
import {
  GoMethods,
  GoStruct,
  type GoValue,
  isEmpty,
  isMap,
  isNil,
  isSlice,
  NIL,
  sortedKeys,
} from './value';

/** Steps and output that one template may take. */
const MAX_STEPS = 200_000;
const MAX_OUTPUT = 4 * 1024 * 1024;

export interface ExecuteOptions {
  /** Option("missingkey=error"), as for values that came from plain JSON. */
  readonly missingKeyIsError?: boolean;
}

/** Output up to the failure, and the failure if there was one. */
export interface Executed {
  readonly text: string;
  readonly error?: string | undefined;
}

/** A parsed template, text/template. */
export class Template {
  private constructor(
    readonly source: string,
    readonly nodes: readonly TemplateNode[],
  ) {}

  static parse(source: string): Result<Template, string> {
    const nodes = parseTemplate(source, FUNCTION_NAMES);
    return nodes.ok ? ok(new Template(source, nodes.value)) : nodes;
  }

  execute(data: GoValue, options: ExecuteOptions = {}): Executed {
    const state = new State(this.source, data, options.missingKeyIsError ?? false);
    const failure = state.walk(this.nodes, data);
    return { text: state.output, error: failure?.kind === 'error' ? failure.text : undefined };
  }
}

type Failure = { readonly kind: 'error'; readonly text: string };
type Stop = Failure | { readonly kind: 'break' | 'continue' };
type Evaluated = Result<GoValue, Failure>;

class State {
  output = '';
  #steps = 0;
  readonly #variables: { name: string; value: GoValue }[];

  constructor(
    readonly source: string,
    data: GoValue,
    readonly strict: boolean,
  ) {
    this.#variables = [{ name: '$', value: data }];
  }

  walk(nodes: readonly TemplateNode[], dot: GoValue): Stop | undefined {
    for (const node of nodes) {
      const stop = this.#node(node, dot);
      if (stop) return stop;
    }
    return undefined;
  }

  #node(node: TemplateNode, dot: GoValue): Stop | undefined {
    if (++this.#steps > MAX_STEPS || this.output.length > MAX_OUTPUT) {
      return { kind: 'error', text: 'template: : too much output' };
    }
    switch (node.kind) {
      case 'text':
        this.output += node.text;
        return undefined;
      case 'break':
      case 'continue':
        return { kind: node.kind };
      case 'action': {
        const value = this.#pipe(node.pipe, dot);
        if (!value.ok) return value.error;
        if (node.pipe.declares.length === 0) this.output += sprint(value.value);
        return undefined;
      }
      case 'range':
        return this.#scoped(() => this.#range(node, dot));
      case 'if':
      case 'with':
        return this.#scoped(() => {
          const value = this.#pipe(node.pipe, dot);
          if (!value.ok) return value.error;
          if (isEmpty(value.value)) return this.walk(node.otherwise, dot);
          return this.walk(node.body, node.kind === 'with' ? value.value : dot);
        });
    }
  }

  #scoped<T>(body: () => T): T {
    const depth = this.#variables.length;
    const result = body();
    this.#variables.length = depth;
    return result;
  }

  /** walkRange(). */
  #range(
    node: Extract<TemplateNode, { kind: 'if' | 'range' | 'with' }>,
    dot: GoValue,
  ): Stop | undefined {
    const list = this.#pipe({ ...node.pipe, declares: [] }, dot);
    if (!list.ok) return list.error;
    const pairs = pairsOf(list.value);
    if (!pairs) {
      const first = node.pipe.commands[0];
      return this.#error(
        first?.pos ?? 0,
        node.pipe.text,
        `range can't iterate over ${sprint(list.value)}`,
      );
    }
    if (pairs.length === 0) return this.walk(node.otherwise, dot);
    const [first, second] = node.pipe.declares;
    for (const [key, value] of pairs) {
      const stop = this.#scoped(() => {
        if (second !== undefined) {
          this.#set(first ?? '', key, node.pipe.assigns);
          this.#set(second, value, node.pipe.assigns);
        } else if (first !== undefined) this.#set(first, value, node.pipe.assigns);
        return this.walk(node.body, value);
      });
      if (stop?.kind === 'error') return stop;
      if (stop?.kind === 'break') break;
    }
    return undefined;
  }

  #set(name: string, value: GoValue, assigns: boolean): void {
    const known = assigns ? this.#variables.findLast((one) => one.name === name) : undefined;
    if (known) known.value = value;
    else this.#variables.push({ name, value });
  }

  /** evalPipeline(). */
  #pipe(pipe: Pipe, dot: GoValue): Evaluated {
    let value: GoValue | undefined;
    for (const command of pipe.commands) {
      const next = this.#command(command, dot, value);
      if (!next.ok) return next;
      value = next.value;
    }
    const result = value ?? NIL;
    for (const name of pipe.declares) this.#set(name, result, pipe.assigns);
    return ok(result);
  }

  /** evalCommand(). */
  #command(command: Command, dot: GoValue, last: GoValue | undefined): Evaluated {
    const [first, ...rest] = command.args;
    if (!first) return ok(NIL);
    if (first.kind === 'function') return this.#call(first, { command, rest, dot, last });
    if (first.kind === 'field') return this.#field(first, dot, { rest, last });
    if (rest.length > 0 || last !== undefined) {
      return err(
        this.#error(first.pos, command.text, `can't give argument to non-function ${first.text}`),
      );
    }
    if (first.kind === 'nil')
      return err(this.#error(first.pos, first.text, 'nil is not a command'));
    return this.#operand(first, dot);
  }

  #operand(operand: Operand, dot: GoValue): Evaluated {
    switch (operand.kind) {
      case 'dot':
        return ok(dot);
      case 'nil':
        return ok(NIL);
      case 'literal':
        return ok(operand.value);
      case 'variable': {
        const found = this.#variables.findLast((one) => one.name === operand.name);
        return ok(found?.value ?? NIL);
      }
      case 'pipe':
        return this.#pipe(operand.pipe, dot);
      case 'field':
        return this.#field(operand, dot, { rest: [], last: undefined });
      case 'function': {
        const command = { args: [operand], pos: operand.pos, text: operand.text };
        return this.#call(operand, { command, rest: [], dot, last: undefined });
      }
    }
  }

  /** evalFieldChain(); only the last name of a chain may be a method with an argument. */
  #field(
    operand: Extract<Operand, { kind: 'field' }>,
    dot: GoValue,
    given: { readonly rest: readonly Operand[]; readonly last: GoValue | undefined },
  ): Evaluated {
    const base = operand.base ? this.#operand(operand.base, dot) : ok(dot);
    if (!base.ok) return base;
    let value: GoValue = base.value;
    for (const [i, name] of operand.names.entries()) {
      const isLast = i === operand.names.length - 1;
      if (value instanceof GoMethods && isLast)
        return this.#method(operand, value, { name, dot, ...given });
      const next = this.#member(operand, value, name);
      if (!next.ok) return next;
      value = next.value;
    }
    if (given.rest.length > 0 || given.last !== undefined) {
      const name = operand.names.at(-1) ?? '';
      return err(
        this.#error(
          operand.pos,
          operand.text,
          `${name} has arguments but cannot be invoked as function`,
        ),
      );
    }
    return ok(value);
  }

  #method(
    operand: Operand,
    row: GoMethods,
    call: {
      readonly name: string;
      readonly rest: readonly Operand[];
      readonly last: GoValue | undefined;
      readonly dot: GoValue;
    },
  ): Evaluated {
    const method = row.methods.get(call.name);
    if (!method) {
      return err(
        this.#error(
          operand.pos,
          operand.text,
          `can't evaluate field ${call.name} in type ${row.type}`,
        ),
      );
    }
    const [only] = call.rest;
    const argument = only ? this.#operand(only, call.dot) : ok(call.last ?? '');
    if (!argument.ok) return argument;
    return ok(method(sprint(argument.value)));
  }

  /** evalField(). */
  #member(operand: Operand, value: GoValue, name: string): Evaluated {
    const missing = (type: string) =>
      err(this.#error(operand.pos, operand.text, `can't evaluate field ${name} in type ${type}`));
    if (typeof value !== 'object') return missing(this.strict ? 'interface {}' : kindOf(value));
    if (isNil(value)) {
      if (this.strict) {
        return err(this.#error(operand.pos, operand.text, `nil data; no entry for key "${name}"`));
      }
      if (value.nil === 'pointer') {
        return err(this.#error(operand.pos, operand.text, `nil pointer evaluating ${name}`));
      }
      return ok(NIL);
    }
    if (isMap(value)) {
      const found = value.get(name);
      if (found !== undefined) return ok(found);
      if (!this.strict) return ok(NIL);
      return err(this.#error(operand.pos, operand.text, `map has no entry for key "${name}"`));
    }
    if (value instanceof GoStruct) {
      const found = value.get(name);
      return found === undefined ? missing(value.type) : ok(found);
    }
    return missing(this.strict ? 'interface {}' : kindOf(value));
  }

  /** evalFunction() and evalCall(). */
  #call(
    name: Extract<Operand, { kind: 'function' }>,
    call: {
      readonly command: Command;
      readonly rest: readonly Operand[];
      readonly dot: GoValue;
      readonly last: GoValue | undefined;
    },
  ): Evaluated {
    if (name.name === 'and' || name.name === 'or') return this.#logic(name.name, call);
    const args: GoValue[] = [];
    const types = PARAMETERS.get(name.name);
    for (const operand of call.rest) {
      const value = this.#operand(operand, call.dot);
      if (!value.ok) return value;
      const wrong = wrongType(types?.[args.length], value.value);
      if (wrong) return err(this.#error(operand.pos, operand.text, wrong));
      args.push(value.value);
    }
    if (call.last !== undefined) args.push(call.last);
    if (types && args.length !== types.length) {
      const text = `wrong number of args for ${name.name}: want ${types.length} got ${args.length}`;
      return err(this.#error(name.pos, name.name, text));
    }
    const result = FUNCTIONS.get(name.name)?.(args, this.strict) ?? err('not simulated');
    if (result.ok) return result;
    return err(
      this.#error(name.pos, call.command.text, `error calling ${name.name}: ${result.error}`),
    );
  }

  #logic(
    name: 'and' | 'or',
    call: {
      readonly rest: readonly Operand[];
      readonly dot: GoValue;
      readonly last: GoValue | undefined;
    },
  ): Evaluated {
    let value: GoValue = NIL;
    for (const operand of call.rest) {
      const next = this.#operand(operand, call.dot);
      if (!next.ok) return next;
      value = next.value;
      if (isEmpty(value) === (name === 'and')) return ok(value);
    }
    return ok(call.last ?? value);
  }

  /** ErrorContext() of text/template/parse and errorf() of the executor. */
  #error(pos: number, context: string, text: string): Failure {
    const before = this.source.slice(0, pos);
    const line = before.split('\n').length;
    const column = pos - (before.lastIndexOf('\n') + 1);
    return {
      kind: 'error',
      text: `template: :${line}:${column}: executing "" at <${context}>: ${text}`,
    };
  }
}

function pairsOf(value: GoValue): readonly (readonly [GoValue, GoValue])[] | undefined {
  if (typeof value !== 'object') return undefined;
  if (isNil(value)) return [];
  if (isSlice(value)) return value.map((one, i) => [i, one] as const);
  if (isMap(value)) return sortedKeys(value).map((key) => [key, value.get(key) ?? NIL] as const);
  return undefined;
}

function wrongType(
  expected: 'string' | '[]string' | 'int' | undefined,
  value: GoValue,
): string | undefined {
  if (expected === undefined) return undefined;
  const fits =
    expected === 'string'
      ? typeof value === 'string'
      : expected === 'int'
        ? typeof value === 'number'
        : typeof value === 'object' &&
          isSlice(value) &&
          value.every((one) => typeof one === 'string');
  if (fits) return undefined;
  return `wrong type for value; expected ${expected}; got ${kindOf(value)}`;
}
