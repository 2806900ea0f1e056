import { ansiQuote, doubleQuote, singleQuote } from './quote';
import { arrayKeys, assocKeys, type Variable } from './variables';

/** The letters of `declare -…` in the order of bash (var_attribute_string of subst.c). */
export function attributeLetters(variable: Variable): string {
  let letters = '';
  if (variable.array) letters += 'a';
  if (variable.assoc) letters += 'A';
  if (variable.integer) letters += 'i';
  if (variable.nameref) letters += 'n';
  if (variable.readonly) letters += 'r';
  if (variable.trace) letters += 't';
  if (variable.exported) letters += 'x';
  if (variable.letters === 'capital') letters += 'c';
  if (variable.letters === 'lower') letters += 'l';
  if (variable.letters === 'upper') letters += 'u';
  return letters;
}

/** A key as it stands between brackets. */
const keyText = (key: string): string =>
  /^[A-Za-z0-9_.,:/@%+=-]+$/.test(key) ? key : doubleQuote(key);

/** `([0]="a" [1]="b")`; `'(…)'` style is not of 5.2. */
export function arrayText(variable: Variable): string | undefined {
  const { array, assoc } = variable;
  if (array) {
    return `(${arrayKeys(array)
      .map((key) => `[${key}]=${doubleQuote(array.get(key) ?? '')}`)
      .join(' ')})`;
  }
  if (!assoc) return undefined;
  const pairs = assocKeys(assoc).map(
    (key) => `[${keyText(key)}]=${doubleQuote(assoc.get(key) ?? '')} `,
  );
  return `(${pairs.join('')})`;
}

/** A line of `declare -p`. */
export function declareLine(name: string, variable: Variable): string {
  const letters = attributeLetters(variable);
  const head = `declare -${letters === '' ? '-' : letters} ${name}`;
  const list = arrayText(variable);
  if (list !== undefined) {
    return list === '()' && variable.value === undefined ? `${head}=()` : `${head}=${list}`;
  }
  return variable.value === undefined ? head : `${head}=${doubleQuote(variable.value)}`;
}

/** A line of `set`. */
export function setLine(name: string, variable: Variable): string | undefined {
  const list = arrayText(variable);
  if (list !== undefined) return `${name}=${list}`;
  if (variable.value === undefined) return undefined;
  return `${name}=${setValue(variable.value)}`;
}

export function setValue(value: string): string {
  if (/[\x00-\x1f\x7f]/.test(value)) return ansiQuote(value);
  const plain = !/[ '"\\|&;()<>!{}*[\]?^$`]/.test(value) && !/^[~#]/.test(value);
  return plain ? value : singleQuote(value);
}
