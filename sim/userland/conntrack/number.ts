/** atoi(3): leading decimal digits; 0 without any. */
export function atoi(text: string): number {
  const found = /^\s*([+-]?\d+)/.exec(text);
  return found?.[1] === undefined ? 0 : Number(found[1]);
}

/** strtoul(3) in base 0, cut to 32 bits, and what it did not read. */
export function cStrtoul(text: string): { readonly value: number; readonly rest: string } {
  const found = /^\s*([+-]?)(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)/i.exec(text);
  const digits = found?.[2];
  if (!found || digits === undefined) return { value: 0, rest: text };
  const octal = /^0[0-7]+$/.test(digits);
  const number = octal ? Number.parseInt(digits, 8) : Number(digits);
  const value = Number(BigInt.asUintN(32, BigInt(number) * (found[1] === '-' ? -1n : 1n)));
  return { value, rest: text.slice(found[0].length) };
}
