import { ok } from '../../base/result';
import { type Parsed, syntax } from './problem';

const DIGITS = /^(?:0x[0-9a-f]+|[0-9]+)$/i;

/** string_to_number(), lib/parse.c: strtoull(3) with base 0, within bounds. */
export function parseNumber(text: string, min: number, max: number): Parsed<number> {
  if (!DIGITS.test(text)) return syntax(`'${text}' is invalid as number`);
  const octal = /^0[0-7]+$/.test(text);
  const value = octal ? Number.parseInt(text, 8) : Number(text);
  if (min <= value && value <= max) return ok(value);
  return syntax(`'${text}' is out of range ${min}-${max}`);
}
