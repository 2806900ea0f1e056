import { SIGNALS, type Signal, signalOfNumber } from '../../../linux/signal';
import type { Blocking } from '../../../linux/wait-queue';
import { optionProblem, out, parseOptions, usage } from '../builtin';
import { singleQuote } from '../quote';
import type { Shell } from '../shell';
import { setTrapSignal } from '../trap';

const PSEUDO: readonly string[] = ['EXIT', 'DEBUG', 'RETURN', 'ERR'];
const isSignal = (name: string): name is Signal => Object.hasOwn(SIGNALS, name);

/** decode_signal(): `INT`, `SIGINT`, `2`, `EXIT`, `0`. */
export function decodeSignal(text: string): string | undefined {
  if (/^\d+$/.test(text)) return Number(text) === 0 ? 'EXIT' : signalOfNumber(Number(text));
  const upper = text.toUpperCase();
  if (PSEUDO.includes(upper)) return upper;
  const name = upper.replace(/^SIG/, '');
  return isSignal(name) ? name : undefined;
}

/** trap.def. */
export function* trapBuiltin(sh: Shell, words: readonly string[]): Blocking<number> {
  const options =
    words[1] === '-'
      ? { flags: new Set<string>(), values: new Map(), rest: words.slice(1) }
      : parseOptions(words.slice(1), 'lp');
  const problem = optionProblem(options);
  if (problem) return yield* usage(sh, 'trap', problem, 'trap [-lp] [[arg] signal_spec ...]');
  const args = options.rest;
  if (options.flags.has('l')) return yield* out(sh, 'trap', signalList());
  if (options.flags.has('p') || args.length === 0) return yield* show(sh, args);
  const single = args.length === 1;
  const action = single ? '-' : (args[0] ?? '');
  const numeric = /^\d+$/.test(args[0] ?? '') && decodeSignal(args[0] ?? '') !== undefined;
  const reset = action === '-' || (numeric && !single);
  const names = single || (numeric && !single) ? args : args.slice(1);
  let status = 0;
  if (sh.inheritedTraps) sh.inheritedTraps = undefined;
  for (const text of names) {
    const name = decodeSignal(text);
    if (name === undefined) {
      yield* sh.error(`trap: ${text}: invalid signal specification`);
      status = 1;
      continue;
    }
    if (reset) sh.traps.delete(name);
    else sh.traps.set(name, { command: action });
    setTrapSignal(sh, name);
  }
  return status;
}

function* show(sh: Shell, args: readonly string[]): Blocking<number> {
  const traps = sh.inheritedTraps ?? sh.traps;
  const order = ['EXIT', ...Object.keys(SIGNALS), 'DEBUG', 'ERR', 'RETURN'];
  const wanted = args.map(decodeSignal);
  let text = '';
  let status = 0;
  for (const [i, name] of wanted.entries()) {
    if (name !== undefined) continue;
    yield* sh.error(`trap: ${args[i] ?? ''}: invalid signal specification`);
    status = 1;
  }
  for (const name of args.length > 0 ? wanted : order) {
    const action = name === undefined ? undefined : traps.get(name);
    if (name === undefined || !action) continue;
    text += `trap -- ${singleQuote(action.command)} ${isSignal(name) ? `SIG${name}` : name}\n`;
  }
  if (text !== '') yield* out(sh, 'trap', text);
  return status;
}

/** display_signal_list(): five to a row. */
export function signalList(): string {
  let text = '';
  const names = Object.entries(SIGNALS).map(([name, number]): [number, string] => [
    number,
    `SIG${name}`,
  ]);
  for (let i = 0; i <= 15; i++) names.push([34 + i, i === 0 ? 'SIGRTMIN' : `SIGRTMIN+${i}`]);
  for (let i = 14; i >= 0; i--) names.push([64 - i, i === 0 ? 'SIGRTMAX' : `SIGRTMAX-${i}`]);
  names.forEach(([number, name], i) => {
    text += `${String(number).padStart(2)}) ${name}`;
    text += (i + 1) % 5 === 0 || i === names.length - 1 ? '\n' : '\t';
  });
  return text;
}
