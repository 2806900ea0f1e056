import type {
  ArithmeticFor, Case, CommandNode, CompoundList, Coproc, For, Function as FunctionNode, If, Select, While,
} from 'unbash'; // biome-ignore format: imports
import { tick } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { assign, evaluateText } from './assign';
import { runCondition } from './condition';
import { runCoproc } from './coproc';
import { expandOne, expandPattern, expandWords } from './expand';
import { addJob, tellKilled, waitJob } from './job';
import { loopEnds } from './loop';
import { nodeText } from './node-text';
import { compilePattern } from './pattern';
import { giveTerminal, interruptIfKilled } from './pipeline';
import { redirectAll, type Saved, undo } from './redirect';
import { isName } from './scanner';
import { runSelect } from './select';
import type { Shell } from './shell';
import { forkShell } from './shell-fork';
import { closeSubstitutions } from './substitution';
import { traceText } from './trace';
import { runDebugTrap } from './trap';

type Compound = Exclude<CommandNode, { type: 'Command' }>;

/** The compound commands of execute_command_internal(). */
export function* runCompound(sh: Shell, node: Compound): Blocking<number> {
  switch (node.type) {
    case 'Redirected':
      return yield* redirected(sh, node);
    case 'If':
      return yield* runIf(sh, node);
    case 'For':
      return yield* runFor(sh, node);
    case 'ArithmeticFor':
      return yield* runArithmeticFor(sh, node);
    case 'Select':
      return yield* select(sh, node);
    case 'While':
      return yield* runWhile(sh, node);
    case 'Subshell':
      return yield* subshell(sh, node);
    case 'BraceGroup':
      return yield* sh.interpreter.runStatements(sh, node.body.commands);
    case 'Case':
      return yield* runCase(sh, node);
    case 'TestCommand':
      return yield* runCondition(sh, node);
    case 'ArithmeticCommand':
      return yield* arithmetic(sh, node.body);
    case 'Function':
      return yield* define(sh, node);
    case 'Coproc':
      return yield* coproc(sh, node);
  }
}

/** The body of a function. */
export function* runBody(sh: Shell, node: FunctionNode['body']): Blocking<number> {
  if (node.type === 'CompoundList') return yield* sh.interpreter.runStatements(sh, node.commands);
  return yield* runCompound(sh, node);
}

function* redirected(sh: Shell, node: Extract<Compound, { type: 'Redirected' }>): Blocking<number> {
  const saved: Saved[] = [];
  const substitutions = sh.openSubstitutions.length;
  if (yield* redirectAll(sh, node.redirects, saved)) yield* runCompound(sh, node.command);
  else if (!sh.unwind) sh.status = 1;
  undo(sh, saved);
  closeSubstitutions(sh, substitutions);
  return sh.status;
}

function* condition(sh: Shell, list: CompoundList): Blocking<boolean> {
  sh.noErrexit++;
  yield* sh.interpreter.runStatements(sh, list.commands);
  sh.noErrexit--;
  return sh.status === 0;
}

function* runIf(sh: Shell, node: If): Blocking<number> {
  for (const branch of [node, ...node.elif]) {
    const chosen = yield* condition(sh, branch.clause);
    if (sh.unwind) return sh.status;
    if (chosen) return yield* sh.interpreter.runStatements(sh, branch.then.commands);
  }
  if (node.else) return yield* sh.interpreter.runStatements(sh, node.else.commands);
  sh.status = 0;
  return 0;
}

function* runFor(sh: Shell, node: For): Blocking<number> {
  const name = node.name.text;
  if (!isName(name)) {
    yield* sh.error(`\`${name}': not a valid identifier`);
    sh.status = 1;
    return 1;
  }
  const values = node.wordlist
    ? yield* expandWords(
        sh,
        node.wordlist.map((word) => word.text),
      )
    : sh.positional;
  if (sh.unwind) return sh.status;
  const line = sh.line;
  sh.status = 0;
  sh.loops++;
  for (const value of values) {
    yield* tick(sh.proc, 5);
    sh.line = line;
    yield* runDebugTrap(sh, { text: `for ${name} in ${nodeWords(node)}` });
    if (sh.has('xtrace')) yield* traceText(sh, `for ${name} in ${nodeWords(node)}`);
    if (!(yield* assign(sh, { name }, value))) {
      sh.status = 1;
      break;
    }
    yield* sh.interpreter.runStatements(sh, node.body.commands);
    if (loopEnds(sh)) break;
  }
  sh.loops--;
  return sh.status;
}

const nodeWords = (node: For): string =>
  node.wordlist ? node.wordlist.map((word) => word.text).join(' ') : '"$@"';

function* runWhile(sh: Shell, node: While): Blocking<number> {
  let status = 0;
  sh.loops++;
  for (;;) {
    yield* tick(sh.proc, 5);
    const holds = yield* condition(sh, node.clause);
    if (sh.unwind) {
      if (loopEnds(sh)) break;
      continue;
    }
    if (holds !== (node.kind === 'while')) break;
    yield* sh.interpreter.runStatements(sh, node.body.commands);
    status = sh.status;
    if (loopEnds(sh)) {
      status = sh.status;
      break;
    }
  }
  sh.loops--;
  if (!sh.unwind) sh.status = status;
  return sh.status;
}

function* runArithmeticFor(sh: Shell, node: ArithmeticFor): Blocking<number> {
  const [initialize = '', test = '', update = ''] = forParts(sh, node);
  sh.status = 0;
  if ((yield* evaluateText(sh, initialize, '((: ')) === undefined) return sh.status;
  sh.loops++;
  for (;;) {
    yield* tick(sh.proc, 5);
    const holds = test.trim() === '' ? 1n : yield* evaluateText(sh, test, '((: ');
    if (holds === undefined || holds === 0n) break;
    yield* sh.interpreter.runStatements(sh, node.body.commands);
    if (loopEnds(sh)) break;
    if ((yield* evaluateText(sh, update, '((: ')) === undefined) break;
  }
  sh.loops--;
  return sh.status;
}

/** The three expressions between `((` and `))`, as written. */
function forParts(sh: Shell, node: ArithmeticFor): readonly string[] {
  const text = sh.source?.text.slice(node.pos, node.body.pos) ?? '';
  const open = text.indexOf('((');
  const close = text.lastIndexOf('))');
  return text.slice(open + 2, close).split(';');
}

function* select(sh: Shell, node: Select): Blocking<number> {
  const values = node.wordlist
    ? yield* expandWords(
        sh,
        node.wordlist.map((word) => word.text),
      )
    : sh.positional;
  if (sh.unwind) return sh.status;
  return yield* runSelect(sh, node, values);
}

function* runCase(sh: Shell, node: Case): Blocking<number> {
  const subject = yield* expandOne(sh, node.word.text);
  if (sh.unwind) return sh.status;
  if (sh.has('xtrace')) yield* traceText(sh, `case ${node.word.text} in`);
  yield* runDebugTrap(sh, { text: `case ${node.word.text} in ` });
  sh.status = 0;
  const options = { ...sh.pattern, nocase: sh.shoptOn('nocasematch') };
  let falling = false;
  for (const item of node.items) {
    let matched = falling;
    for (const word of item.pattern) {
      if (matched) break;
      const pattern = yield* expandPattern(sh, word.text);
      if (sh.unwind) return sh.status;
      matched = compilePattern(pattern, options).test(subject);
    }
    if (!matched) continue;
    sh.status = 0;
    yield* sh.interpreter.runStatements(sh, item.body.commands);
    if (sh.unwind || item.terminator === ';;' || item.terminator === undefined) break;
    falling = item.terminator === ';&';
  }
  return sh.status;
}

function* subshell(sh: Shell, node: Extract<Compound, { type: 'Subshell' }>): Blocking<number> {
  const child = forkShell(sh, {
    body: (inner) => inner.interpreter.runStatements(inner, node.body.commands),
  });
  if (!child) {
    yield* sh.error('fork: retry: Resource temporarily unavailable');
    sh.status = 254;
    return 254;
  }
  const job = addJob(sh, [child.pid], nodeText(sh, node), true);
  giveTerminal(sh, job.pgid);
  const statuses = yield* waitJob(sh, job);
  yield* tellKilled(sh, job);
  sh.status = statuses.at(-1) ?? 0;
  sh.setArray('PIPESTATUS', [String(sh.status)]);
  interruptIfKilled(sh, job);
  return sh.status;
}

function* arithmetic(sh: Shell, body: string): Blocking<number> {
  yield* runDebugTrap(sh, { text: `((${body}))` });
  if (sh.has('xtrace')) yield* traceText(sh, `(( ${body.trim()} ))`);
  const value = yield* evaluateText(sh, body, '((: ');
  if (value === undefined) {
    if (sh.unwind?.kind === 'discard') sh.unwind = undefined;
    sh.status = 1;
    return 1;
  }
  sh.status = value === 0n ? 1 : 0;
  return sh.status;
}

function* define(sh: Shell, node: FunctionNode): Blocking<number> {
  const name = node.name.text;
  if (sh.functions.get(name)?.readonly) {
    yield* sh.error(`${name}: readonly function`);
    sh.status = 1;
    return 1;
  }
  if (!sh.source) return 1;
  const file = sh.frames.at(-1)?.file ?? '';
  sh.functions.set(name, {
    node,
    source: sh.source,
    file: file === '' ? 'environment' : file,
    exported: false,
  });
  sh.status = 0;
  return 0;
}

function* coproc(sh: Shell, node: Coproc): Blocking<number> {
  return yield* runCoproc(sh, node);
}
