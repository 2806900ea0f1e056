/** What xtables_strtoul() read: the value and where it stopped. */
export interface Strtoul {
  readonly value: number;
  readonly rest: string;
}

/** strtoumax(3) with base 0: undefined where no digit stands or a minus comes first. */
function strtoumax(text: string): Strtoul | undefined {
  const found = /^[ \t\n\v\f\r]*\+?(0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)/i.exec(text);
  const digits = found?.[1];
  if (!found || digits === undefined) return undefined;
  const octal = /^0[0-7]+$/.test(digits);
  const value = octal ? Number.parseInt(digits, 8) : Number(digits);
  return { value, rest: text.slice(found[0].length) };
}

/** xtables_strtoul() of libxtables with an `end` pointer: a number within bounds, and what follows. */
export function strtoulPrefix(text: string, min: number, max: number): Strtoul | undefined {
  const got = strtoumax(text);
  if (!got || got.value < min || got.value > max) return undefined;
  return got;
}

/** xtables_strtoul() without one: the whole text is a number within bounds. */
export function strtoul(text: string, min: number, max: number): number | undefined {
  const got = strtoulPrefix(text, min, max);
  return got?.rest === '' ? got.value : undefined;
}
