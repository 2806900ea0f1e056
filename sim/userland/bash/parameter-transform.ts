import { attributeLetters, declareLine } from './declaration';
import type { Expanded, Held } from './parameter';
import { promptText } from './prompt';
import { doubleQuote, singleQuote } from './quote';
import type { Shell } from './shell';
import { ansiC, type Parameter } from './word';

/** parameter_brace_transform(): `${x@Q}` and its kin. */
export function transform(sh: Shell, p: Parameter, held: Held): Expanded {
  const one = changer(sh, p);
  if (held.list) {
    if (p.operand === 'A' || p.operand === 'K' || p.operand === 'k') return wholeArray(sh, p, held);
    if (p.operand === 'a') {
      const letters = attributesOf(sh, p.name);
      return { kind: 'list', values: held.list.map(() => letters), star: held.star ?? false };
    }
    return { kind: 'list', values: held.list.map(one), star: held.star ?? false };
  }
  if (p.operand === 'a') return { kind: 'text', text: attributesOf(sh, p.name) };
  if (held.text === undefined) return { kind: 'text', text: '' };
  return { kind: 'text', text: one(held.text) };
}

const attributesOf = (sh: Shell, name: string): string => {
  const variable = sh.vars.lookup(name);
  return variable ? attributeLetters(variable) : '';
};

function changer(sh: Shell, p: Parameter): (text: string) => string {
  switch (p.operand) {
    case 'Q':
    case 'K':
    case 'k':
      return singleQuote;
    case 'U':
      return (text) => text.toUpperCase();
    case 'u':
      return (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
    case 'L':
      return (text) => text.toLowerCase();
    case 'E':
      return ansiC;
    case 'P':
      return (text) => promptText(sh, text);
    case 'A':
      return (text) => assignment(sh, p.name, text);
    default:
      return (text) => text;
  }
}

function assignment(sh: Shell, name: string, text: string): string {
  const letters = attributesOf(sh, name);
  const value = `${name}=${singleQuote(text)}`;
  return letters === '' ? value : `declare -${letters} ${value}`;
}

function wholeArray(sh: Shell, p: Parameter, held: Held): Expanded {
  const variable = sh.vars.lookup(p.name);
  if (p.operand === 'A') {
    const text = variable ? declareLine(p.name, variable) : '';
    return { kind: 'text', text };
  }
  const keys = held.keys ?? [];
  const list = held.list ?? [];
  if (p.operand === 'k') {
    const values = list.flatMap((value, i) => [keys[i] ?? '', value]);
    return { kind: 'list', values, star: held.star ?? false };
  }
  const pairs = list.map((value, i) => `${keys[i] ?? ''} ${doubleQuote(value)}`).join(' ');
  return { kind: 'text', text: variable?.assoc && pairs !== '' ? `${pairs} ` : pairs };
}
