import type { Blocking } from '../../../linux/wait-queue';
import { type Builtin, fail, optionProblem, out, parseOptions, usage } from '../builtin';
import { setLine } from '../declaration';
import { printFunction } from '../function-print';
import { SET_OPTIONS, type SetOption, setOption } from '../option';
import type { Shell } from '../shell';

/** set.def. */
function* set(sh: Shell, words: readonly string[]): Blocking<number> {
  const args = words.slice(1);
  if (args.length === 0) return yield* listAll(sh);
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      sh.positional = args.slice(at + 1);
      return 0;
    }
    if (arg === '-') {
      sh.options.delete('xtrace');
      sh.options.delete('verbose');
      if (at + 1 < args.length) sh.positional = args.slice(at + 1);
      return 0;
    }
    if (!/^[-+]./.test(arg)) {
      sh.positional = args.slice(at);
      return 0;
    }
    const on = arg.startsWith('-');
    for (const letter of arg.slice(1)) {
      if (letter === 'o') {
        const name = args[at + 1];
        if (name === undefined) return yield* listOptions(sh, on);
        at++;
        const option = name.length > 1 ? setOption(name) : undefined;
        if (!option) return yield* fail(sh, 'set', `${name}: invalid option name`);
        switchOption(sh, option, on);
        continue;
      }
      const option = setOption(letter);
      if (!option) {
        return yield* usage(
          sh,
          'set',
          `${arg[0]}${letter}: invalid option`,
          'set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]',
        );
      }
      switchOption(sh, option, on);
    }
  }
  return 0;
}

export function switchOption(sh: Shell, option: SetOption, on: boolean): void {
  if (on) sh.options.add(option);
  else sh.options.delete(option);
  if (option === 'posix') {
    if (on) sh.shopt.set('inherit_errexit', true);
    if (on) sh.shopt.set('expand_aliases', true);
  }
}

function* listAll(sh: Shell): Blocking<number> {
  let text = '';
  for (const name of sh.vars.names()) {
    const variable = sh.vars.find(name);
    const line = variable && setLine(name, variable);
    if (line !== undefined) text += `${line}\n`;
  }
  if (!sh.has('posix')) {
    for (const name of [...sh.functions.keys()].sort()) {
      const definition = sh.functions.get(name);
      if (definition) text += `${printFunction(name, definition)}\n`;
    }
  }
  return yield* out(sh, 'set', text);
}

function* listOptions(sh: Shell, readable: boolean): Blocking<number> {
  const text = SET_OPTIONS.map(([name]) =>
    readable
      ? `${name.padEnd(15)}\t${sh.has(name) ? 'on' : 'off'}\n`
      : `set ${sh.has(name) ? '-' : '+'}o ${name}\n`,
  ).join('');
  return yield* out(sh, 'set', text);
}

/** shopt.def. */
function* shopt(sh: Shell, words: readonly string[]): Blocking<number> {
  const options = parseOptions(words.slice(1), 'pqsuo');
  const problem = optionProblem(options);
  if (problem) return yield* usage(sh, 'shopt', problem, 'shopt [-pqsu] [-o] [optname ...]');
  const has = (letter: string): boolean => options.flags.has(letter);
  const change = has('s') ? true : has('u') ? false : undefined;
  const value = (name: string): boolean | undefined => {
    if (!has('o')) return sh.shopt.get(name);
    const option = setOption(name);
    return option === undefined ? undefined : sh.has(option);
  };
  const all = has('o') ? SET_OPTIONS.map(([name]) => name) : [...sh.shopt.keys()];
  const names = options.rest.length > 0 ? options.rest : all;
  let status = 0;
  let text = '';
  for (const name of names) {
    const on = value(name);
    if (on === undefined) {
      status = yield* fail(
        sh,
        'shopt',
        `${name}: invalid ${has('o') ? 'option' : 'shell option'} name`,
      );
      continue;
    }
    if (change !== undefined && options.rest.length > 0) {
      const option = has('o') ? setOption(name) : undefined;
      if (option) switchOption(sh, option, change);
      else sh.shopt.set(name, change);
      continue;
    }
    if (change !== undefined && on !== change) continue;
    if (!on && options.rest.length > 0) status = 1;
    if (has('q')) continue;
    if (has('p'))
      text += has('o') ? `set ${on ? '-' : '+'}o ${name}\n` : `shopt ${on ? '-s' : '-u'} ${name}\n`;
    else text += `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`;
  }
  if (text !== '') yield* out(sh, 'shopt', text);
  return status;
}

export const optionBuiltins: readonly (readonly [string, Builtin])[] = [
  ['set', set],
  ['shopt', shopt],
];
