import type { Command, CommandNode, Function as FunctionNode, Statement } from 'unbash';
import { utf8Encode } from '../../base/bytes';
import type { Errno } from '../../linux/errno';
import type { OpenFile } from '../../linux/open-file';
import { vpid } from '../../linux/pid-namespace';
import type { Proc } from '../../linux/process';
import { printError, write } from '../../linux/process-io';
import type { Signal } from '../../linux/signal';
import type { Blocking } from '../../linux/wait-queue';
import type { Builtin } from './builtin';
import { newShellRandom, registerDynamic, type ShellRandom } from './dynamic';
import type { Field } from './field';
import { type Jobs, newJobs } from './job';
import { type SetOption, SHOPT_DEFAULTS } from './option';
import type { Source } from './parse';
import type { RunTextOptions } from './run-text';
import { newVariable, type Scope, scalar, Variables } from './variables';
import type { WordContext } from './word';

/** Why the commands that follow are not run now (the longjmps of bash). */
export type Unwind =
  | { readonly kind: 'break'; readonly levels: number }
  | { readonly kind: 'continue'; readonly levels: number }
  | { readonly kind: 'return' }
  /** The shell ends; `replaced`: by exec, so that no EXIT trap runs. */
  | { readonly kind: 'exit'; readonly replaced?: boolean }
  /** The rest of the top-level command is given up (DISCARD). */
  | { readonly kind: 'discard' };

export interface ShellFunction {
  readonly node: FunctionNode;
  readonly source: Source;
  /** The file it was read from. */
  readonly file: string;
  exported: boolean;
  readonly readonly?: boolean;
}

/** A function call, a sourced file, or the script itself. */
export interface Frame {
  readonly kind: 'main' | 'function' | 'source';
  readonly name: string;
  readonly file: string;
  readonly callLine: number;
}

export interface TrapAction {
  readonly command: string;
}

/**
 * Lists of commands in each other count 2, function calls 1 more: our stack is not endless, and
 * this says so
 * before it ends.
 */
export const MAX_NESTING = 900;

/**
 * What the parts of the interpreter need of each other in circles: expansions run commands,
 * commands expand words.
 * Each imports the parts below it and calls those above through here.
 */
export interface Interpreter {
  readonly builtins: ReadonlyMap<string, Builtin>;
  runText(sh: Shell, text: string, options: RunTextOptions): Blocking<number>;
  runStatements(sh: Shell, statements: readonly Statement[]): Blocking<number>;
  runCommand(sh: Shell, node: CommandNode): Blocking<number>;
  runBody(sh: Shell, node: FunctionNode['body']): Blocking<number>;
  expandOne(sh: Shell, text: string, assignment?: boolean): Blocking<string>;
  expandPattern(sh: Shell, text: string): Blocking<string>;
  expandField(sh: Shell, text: string): Blocking<Field>;
  expandText(sh: Shell, text: string, context: WordContext): Blocking<string>;
  expandSubscript(sh: Shell, text: string, use: 'assoc' | 'arithmetic'): Blocking<string>;
}

/** Everything that one bash process knows. */
export class Shell {
  vars = new Variables();
  functions = new Map<string, ShellFunction>();
  aliases = new Map<string, string>();
  options = new Set<SetOption>(['braceexpand', 'hashall', 'interactive-comments']);
  shopt = new Map<string, boolean>(SHOPT_DEFAULTS);
  traps = new Map<string, TrapAction>();
  /** Signals ignored when the shell started cannot be trapped. */
  positional: readonly string[] = [];
  arg0 = 'bash';
  /** What error messages name; differs from `$0` under -c. */
  interactive = false;
  /** bash -c: `bash: -c: line 1:` in syntax errors. */
  fromString = false;
  fromStdin = false;
  /** Called as sh: messages as dash words them. */
  dash = false;
  /** ^C at a prompt: what was typed of a command is thrown away. */
  interrupted = false;
  /** `exit` has told of stopped jobs once. */
  warnedOfJobs = false;
  status = 0;
  unwind: Unwind | undefined;
  line = 0;
  /** Where the command began: lines of its substitutions are counted from here. */
  wordLine = 0;
  frames: Frame[] = [];
  source: Source | undefined;
  loops = 0;
  /** Conditions of if, while, &&, ||, !: errexit and ERR are off. */
  noErrexit = 0;
  subshell = 0;
  pid: number;
  lastBackground: number | undefined;
  lastArgument = '';
  /** What $BASH_COMMAND shows. */
  current:
    | { readonly node: Command; readonly source: Source }
    | { readonly text: string }
    | undefined;
  jobs: Jobs = newJobs();
  hash = new Map<string, { path: string; hits: number }>();
  directories: readonly string[] = [];
  history: string[] = [];
  startUs: number;
  random: ShellRandom = newShellRandom();
  /** Process substitutions to close after the command. */
  openSubstitutions: number[] = [];
  pendingSignals: Signal[] = [];
  inTrap = 0;
  /** A command may replace the process instead of forking (last one of a subshell). */
  mayExec = false;
  /** exec without a command: its redirections stay. */
  keepRedirects = false;
  /** Scopes of assignments before a command: `local` does not belong to them. */
  readonly temporaryScopes = new Set<Scope>();
  substitutionStatus: number | undefined;
  getoptsColumn = 0;
  coprocs: { name: string; pid: number }[] = [];
  xtraceDepth = 0;
  /** Lists of commands that run in each other. */
  nesting = 0;

  constructor(
    public proc: Proc,
    readonly interpreter: Interpreter,
  ) {
    this.pid = vpid(proc);
    this.startUs = proc.host.nowUs;
    registerDynamic(this);
  }

  has(option: SetOption): boolean {
    return this.options.has(option);
  }

  shoptOn(name: string): boolean {
    return this.shopt.get(name) ?? false;
  }

  get pattern(): { readonly extglob: boolean } {
    return { extglob: this.shoptOn('extglob') };
  }

  get functionDepth(): number {
    return this.frames.reduce((n, frame) => n + (frame.kind === 'function' ? 1 : 0), 0);
  }

  /** `$name`, without the set -u check. */
  get(name: string): string | undefined {
    const dynamic = this.vars.dynamic.get(name);
    if (dynamic) return dynamic.get();
    const variable = this.vars.lookup(name);
    return variable && scalar(variable);
  }

  /** Sets a plain variable that the shell itself owns (no attributes looked at). */
  setPlain(name: string, value: string, exported = false): void {
    const variable = this.vars.obtain(this.vars.target(name));
    if (variable.readonly) return;
    if (variable.array) variable.array.set(0, value);
    else if (variable.assoc) variable.assoc.set('0', value);
    else variable.value = value;
    if (exported) variable.exported = true;
  }

  setArray(name: string, values: readonly string[]): void {
    const variable = this.vars.obtain(this.vars.target(name));
    if (variable.readonly) return;
    variable.value = undefined;
    variable.assoc = undefined;
    variable.array = new Map(values.map((value, i) => [i, value]));
  }

  /** `bash: `, `script.sh: line 3: `. */
  get prefix(): string {
    const file = this.frames.at(-1)?.file;
    const name = file === undefined || file === '' || this.interactive ? this.arg0 : file;
    if (this.interactive) return `${name}: `;
    return this.dash ? `${name}: ${this.line || 1}: ` : `${name}: line ${this.line || 1}: `;
  }

  /** Writes text to a descriptor as it is. */
  *raw(fd: number, text: string): Blocking<number | Errno> {
    return yield* write(this.proc, fd, utf8Encode(text));
  }

  *error(text: string): Blocking<void> {
    yield* printError(this.proc, `${this.prefix}${text}\n`);
  }

  /**
   * An expansion went wrong: the command is given up, and a shell that runs a script ends (unset
   * -u, ${x?}).
   */
  giveUp(status: number, fatal: boolean): void {
    this.status = status;
    this.unwind ??= fatal && !this.interactive ? { kind: 'exit' } : { kind: 'discard' };
  }

  /** What a forked child starts with (make_child and the subshell part of execute_in_subshell). */
  fork(proc: Proc): Shell {
    const child = new Shell(proc, this.interpreter);
    child.vars = this.vars.clone();
    registerDynamic(child);
    child.functions = new Map(this.functions);
    child.aliases = new Map(this.aliases);
    child.options = new Set(this.options);
    child.options.delete('monitor');
    child.shopt = new Map(this.shopt);
    child.traps = new Map([...this.traps].filter(([, action]) => action.command === ''));
    child.inheritedTraps = new Map(this.traps);
    for (const [name, action] of this.traps) {
      if (this.has('errtrace') && name === 'ERR') child.traps.set(name, action);
      if (this.has('functrace') && (name === 'DEBUG' || name === 'RETURN'))
        child.traps.set(name, action);
    }
    child.positional = this.positional;
    child.arg0 = this.arg0;
    child.fromString = this.fromString;
    child.dash = this.dash;
    child.status = this.status;
    child.line = this.line;
    child.wordLine = this.wordLine;
    child.frames = [...this.frames];
    child.source = this.source;
    child.loops = this.loops;
    child.noErrexit = this.noErrexit;
    child.subshell = this.subshell + 1;
    child.pid = this.pid;
    child.lastBackground = this.lastBackground;
    child.lastArgument = this.lastArgument;
    child.hash = new Map(this.hash);
    child.directories = this.directories;
    child.history = [...this.history];
    child.startUs = this.startUs;
    child.random = { ...this.random, seed: this.random.seed ^ proc.pid };
    child.jobs.list = this.jobs.list.map((job) => ({ ...job, foreign: true }));
    child.jobs.recent = [...this.jobs.recent];
    child.getoptsColumn = this.getoptsColumn;
    child.interactiveParent = this.interactive || this.interactiveParent;
    return child;
  }

  /** Shown by `trap` in a subshell that has not set its own. */
  inheritedTraps: Map<string, TrapAction> | undefined;
  interactiveParent = false;

  /** The environment handed to programs: exported variables and functions. */
  environment(extra?: ReadonlyMap<string, string>): Map<string, string> {
    const env = this.vars.environment();
    for (const [name, definition] of this.functions) {
      if (definition.exported) env.set(`BASH_FUNC_${name}%%`, functionText(definition));
    }
    for (const [name, value] of extra ?? []) env.set(name, value);
    return env;
  }

  /** Takes the environment in as exported variables. */
  importEnvironment(env: ReadonlyMap<string, string>): void {
    for (const [name, value] of env) {
      if (!/^[A-Za-z_]\w*$/.test(name)) continue;
      const variable = newVariable(value);
      variable.exported = true;
      this.vars.obtainGlobal(name);
      Object.assign(this.vars.obtainGlobal(name), variable);
    }
  }

  /** What went wrong while arithmetic read or wrote a variable. */
  arithmeticProblem: string | undefined;

  takeArithmeticProblem(): string | undefined {
    const problem = this.arithmeticProblem;
    this.arithmeticProblem = undefined;
    return problem;
  }

  /** Arguments of declare that are array values in the source, not text that looks like one. */
  arrayWords = new Set<string>();

  /** Scopes of the functions that run, innermost last. */
  functionScopes: Scope[] = [];
  /** Options that `local -` saved, by the scope of its function. */
  readonly savedOptions = new Map<Scope, Set<SetOption>>();

  /** A function ends: its `local -` ends too. */
  localOptions(scope: Scope): void {
    const options = this.savedOptions.get(scope);
    if (!options) return;
    this.options = options;
    this.savedOptions.delete(scope);
  }

  /** Keeps a descriptor's file for later, outside of what children inherit. */
  savedFile(fd: number): OpenFile | undefined {
    return this.proc.fds.get(fd)?.get();
  }
}

/** `() { … }` as the environment carries a function. */
export function functionText(definition: ShellFunction): string {
  const { node, source } = definition;
  return `() ${source.text.slice(node.body.pos, node.body.end)}`;
}
