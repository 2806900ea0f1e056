import type { TestCommand, TestExpression } from 'unbash';
import type { Blocking } from '../../linux/wait-queue';
import { evaluateText } from './assign';
import { addPieces, expandOne, expandPattern } from './expand';
import { FieldBuilder } from './field';
import { nodeText } from './node-text';
import { compilePattern } from './pattern';
import { compileRegex, escapeRegex } from './regex';
import type { Shell } from './shell';
import { compareFiles, isVariableSet, testUnary } from './test-file';
import { traceText, traceWord } from './trace';
import { runDebugTrap } from './trap';
import { compileWord } from './word';

/** execute_cond_command(): `[[ … ]]`. */
export function* runCondition(sh: Shell, node: TestCommand): Blocking<number> {
  yield* runDebugTrap(sh, { text: nodeText(sh, node) });
  const value = yield* evaluate(sh, node.expression);
  if (sh.unwind) {
    if (sh.unwind.kind === 'discard') sh.unwind = undefined;
    sh.status = sh.status || 1;
    return sh.status;
  }
  sh.status = value === 'bad' ? 2 : value ? 0 : 1;
  return sh.status;
}

type Verdict = boolean | 'bad';

function* evaluate(sh: Shell, node: TestExpression): Blocking<Verdict> {
  switch (node.type) {
    case 'TestLogical': {
      let value: Verdict = node.operator === '&&';
      for (const operand of node.operands) {
        value = yield* evaluate(sh, operand);
        if (value === 'bad' || sh.unwind || value !== (node.operator === '&&')) break;
      }
      return value;
    }
    case 'TestNot': {
      const value = yield* evaluate(sh, node.operand);
      return value === 'bad' || node.negations.length % 2 === 0 ? value : !value;
    }
    case 'TestGroup':
      return yield* evaluate(sh, node.expression);
    case 'TestUnary': {
      const operand = yield* expandOne(sh, node.operand.text);
      if (sh.unwind) return false;
      if (sh.has('xtrace')) yield* traceText(sh, `[[ ${node.operator} ${traceWord(operand)} ]]`);
      if (node.operator === '-v') return yield* isVariableSet(sh, operand);
      return testUnary(sh, node.operator, operand) ?? false;
    }
    case 'TestBinary':
      return yield* binary(sh, node);
  }
}

function* binary(
  sh: Shell,
  node: Extract<TestExpression, { type: 'TestBinary' }>,
): Blocking<Verdict> {
  const { operator } = node;
  const left = yield* expandOne(sh, node.left.text);
  if (sh.unwind) return false;
  if (operator === '=~') return yield* matchRegex(sh, left, node.right.text);
  if (operator === '==' || operator === '=' || operator === '!=') {
    const pattern = yield* expandPattern(sh, node.right.text);
    if (sh.unwind) return false;
    if (sh.has('xtrace')) {
      const shown = pattern.replace(/\\/g, '') === '' ? "''" : pattern;
      yield* traceText(sh, `[[ ${traceWord(left)} ${operator} ${shown} ]]`);
    }
    const options = { extglob: true, nocase: sh.shoptOn('nocasematch') };
    return compilePattern(pattern, options).test(left) === (operator !== '!=');
  }
  const right = yield* expandOne(sh, node.right.text);
  if (sh.unwind) return false;
  if (sh.has('xtrace')) {
    yield* traceText(sh, `[[ ${traceWord(left)} ${operator} ${traceWord(right)} ]]`);
  }
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  const files = compareFiles(sh, operator, left, right);
  if (files !== undefined) return files;
  const a = yield* evaluateText(sh, left, '[[: ');
  if (a === undefined) return false;
  const b = yield* evaluateText(sh, right, '[[: ');
  if (b === undefined) return false;
  return compareNumbers(operator, a, b) ?? false;
}

/** The arithmetic comparisons of test(1). */
export function compareNumbers(operator: string, a: bigint, b: bigint): boolean | undefined {
  switch (operator) {
    case '-eq': return a === b;
    case '-ne': return a !== b;
    case '-lt': return a < b;
    case '-le': return a <= b;
    case '-gt': return a > b;
    case '-ge': return a >= b;
    default: return undefined;
  } // biome-ignore format: a table
}

/** sh_regmatch(): quoted parts are literal; BASH_REMATCH is set. */
function* matchRegex(sh: Shell, text: string, word: string): Blocking<Verdict> {
  let source = '';
  for (const piece of compileWord(word)) {
    const builder = new FieldBuilder(undefined);
    yield* addPieces(sh, [piece], builder);
    if (sh.unwind) return false;
    const { text: made } = builder.joined();
    const quoted = piece.kind === 'quoted' || piece.kind === 'double';
    source += quoted ? escapeRegex(made) : made;
  }
  if (sh.has('xtrace')) yield* traceText(sh, `[[ ${traceWord(text)} =~ ${source} ]]`);
  const regex = compileRegex(source, sh.shoptOn('nocasematch'));
  if (!regex) return 'bad';
  const matcher = regex.matcher(text);
  if (!matcher.find()) {
    sh.setArray('BASH_REMATCH', []);
    return false;
  }
  const groups: string[] = [];
  for (let i = 0; i <= matcher.groupCount(); i++) groups.push(matcher.group(i) ?? '');
  sh.setArray('BASH_REMATCH', groups);
  return true;
}
