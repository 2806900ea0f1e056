import type { Assignment } from 'unbash';
import type { Blocking } from '../../linux/wait-queue';
import { expandText } from './expand';
import { singleQuote } from './quote';
import type { Shell } from './shell';

/** xtrace_print_word_list(): words quoted where they need it. */
export const traceWord = (word: string): string => {
  if (word === '') return "''";
  return /[\s'"\\|&;()<>!{}*[\]?^$`]/.test(word) || /^[~#]/.test(word) ? singleQuote(word) : word;
};

export function* traceText(sh: Shell, text: string): Blocking<void> {
  const format = sh.get('PS4') ?? '+ ';
  const traced = sh.options;
  sh.options = new Set([...traced].filter((name) => name !== 'xtrace'));
  const { status } = sh;
  const prefix = yield* expandText(sh, format, 'double');
  sh.options = traced;
  sh.status = status;
  const first = [...prefix][0] ?? '';
  yield* sh.raw(2, `${first.repeat(sh.subshell + sh.xtraceDepth)}${prefix}${text}\n`);
}

export const traceCommand = (sh: Shell, words: readonly string[]): Blocking<void> =>
  traceText(sh, words.map(traceWord).join(' '));

export function* traceAssignment(sh: Shell, node: Assignment, value: string): Blocking<void> {
  const head = node.text.slice(0, node.text.indexOf('=') + 1);
  const shown = value === '' ? '' : traceWord(value);
  yield* traceText(sh, `${head}${shown}`);
}
