import type { Blocking } from '../../../linux/wait-queue';
import { arrayIndex, parseTarget } from '../assign';
import { fail, usage } from '../builtin';
import { expandSubscript } from '../expand';
import { isName } from '../scanner';
import type { Shell } from '../shell';
import { parseDeclaration } from './variables';

/** unset in set.def. */
export function* unset(sh: Shell, words: readonly string[]): Blocking<number> {
  const d = parseDeclaration(words, 'fvn');
  if (d.bad)
    return yield* usage(sh, 'unset', `${d.bad}: invalid option`, 'unset [-f] [-v] [-n] [name ...]');
  let status = 0;
  for (const word of d.rest) {
    const functionsOnly = d.letters.has('f');
    const target = parseTarget(word);
    if (!functionsOnly && !target && sh.has('posix')) {
      status = yield* fail(sh, 'unset', `\`${word}': not a valid identifier`);
      continue;
    }
    if (
      functionsOnly ||
      (target &&
        !d.letters.has('v') &&
        !d.letters.has('n') &&
        !sh.vars.find(target.name) &&
        !sh.vars.dynamic.has(target.name))
    ) {
      if (sh.functions.get(word)?.readonly)
        status = yield* fail(sh, 'unset', `${word}: cannot unset: readonly function`);
      else sh.functions.delete(word);
    } else if (target && !(yield* unsetVariable(sh, target, d.letters.has('n')))) status = 1;
  }
  return status;
}

function* unsetVariable(
  sh: Shell,
  target: { readonly name: string; readonly subscript?: string | undefined },
  reference: boolean,
): Blocking<boolean> {
  const real = reference ? target : (parseTarget(sh.vars.target(target.name)) ?? target);
  const subscript = target.subscript ?? real.subscript;
  const variable = sh.vars.find(real.name);
  if (variable?.readonly) {
    yield* sh.error(`unset: ${real.name}: cannot unset: readonly variable`);
    return false;
  }
  if (subscript === undefined || (variable?.array && (subscript === '@' || subscript === '*'))) {
    if (isName(real.name)) sh.vars.remove(real.name);
    return true;
  }
  if (!variable) return true;
  if (variable.assoc) {
    variable.assoc.delete(subscript === '@' ? '@' : yield* expandSubscript(sh, subscript, 'assoc'));
    return true;
  }
  if (!variable.array) {
    if (subscript === '0') sh.vars.remove(real.name);
    else {
      yield* sh.error(`unset: ${real.name}: not an array variable`);
      return false;
    }
    return true;
  }
  const index = yield* arrayIndex(sh, real.name, subscript, variable.array);
  if (index === undefined) return false;
  variable.array.delete(index);
  return true;
}
