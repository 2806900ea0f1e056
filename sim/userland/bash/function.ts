import type { Blocking } from '../../linux/wait-queue';
import type { Shell, ShellFunction } from './shell';
import { runDebugTrap, runTrap } from './trap';

/** execute_function(). */
export function* callFunction(
  sh: Shell,
  definition: ShellFunction,
  words: readonly string[],
): Blocking<number> {
  const name = words[0] ?? '';
  const limit = Number(sh.get('FUNCNEST') ?? '');
  if (limit > 0 && sh.functionDepth >= limit) {
    yield* sh.error(`${name}: maximum function nesting level exceeded (${limit})`);
    sh.unwind = { kind: 'discard' };
    return 1;
  }
  const { positional, source, loops, line } = sh;
  const scope = sh.vars.push();
  sh.positional = words.slice(1);
  sh.frames.push({ kind: 'function', name, file: definition.file, callLine: line });
  sh.functionScopes.push(scope);
  sh.source = definition.source;
  sh.loops = 0;
  const outerTrap = sh.traps.get('RETURN');
  if (!sh.has('functrace')) sh.traps.delete('RETURN');
  if (sh.has('functrace')) yield* runDebugTrap(sh, sh.current);
  sh.nesting++;
  yield* sh.interpreter.runBody(sh, definition.node.body);
  sh.nesting--;
  if (sh.unwind?.kind === 'return') sh.unwind = undefined;
  if (sh.traps.has('RETURN')) yield* runTrap(sh, 'RETURN');
  else if (outerTrap) sh.traps.set('RETURN', outerTrap);
  sh.functionScopes.pop();
  sh.frames.pop();
  sh.vars.drop(scope);
  sh.localOptions(scope);
  sh.positional = positional;
  sh.source = source;
  sh.loops = loops;
  sh.line = line;
  return sh.status;
}
