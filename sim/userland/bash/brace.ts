import { pieceEnd } from './grammar';

/** How many words one brace expansion may make. */
export const MAX_BRACE_WORDS = 100_000;

/**
 * brace_expand() of braces.c, on the text of a word; undefined when it would make too many words.
 */
export function expandBraces(text: string): readonly string[] | undefined {
  if (!text.includes('{')) return [text];
  const found = firstBrace(text);
  if (!found) return [text];
  const before = text.slice(0, found.start);
  const after = expandBraces(text.slice(found.end));
  if (!after) return undefined;
  const out: string[] = [];
  const middle = found.sequence ?? [];
  const parts: string[] = [...middle];
  for (const item of found.items ?? []) {
    const inner = expandBraces(item);
    if (!inner) return undefined;
    for (const one of inner) parts.push(one);
    if (parts.length > MAX_BRACE_WORDS) return undefined;
  }
  if (parts.length * after.length > MAX_BRACE_WORDS) return undefined;
  for (const part of parts) for (const tail of after) out.push(before + part + tail);
  return out;
}

interface Brace {
  readonly start: number;
  readonly end: number;
  readonly items?: readonly string[];
  readonly sequence?: readonly string[];
}

/** The first `{` that opens a list or a sequence. */
function firstBrace(text: string): Brace | undefined {
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '{') {
      at = skip(text, at);
      continue;
    }
    const list = readList(text, at);
    if (list) return list;
    at++;
  }
  return undefined;
}

const skip = (text: string, at: number): number =>
  /["'`$\\]/.test(text[at] ?? '') ? Math.max(at + 1, pieceEnd(text, at, false)) : at + 1;

function readList(text: string, start: number): Brace | undefined {
  const items: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start + 1; at < text.length; ) {
    const c = text[at];
    if (c === '{') depth++;
    if (c === '}' && depth > 0) depth--;
    else if (c === '}') {
      const last = text.slice(from, at);
      if (items.length > 0) return { start, end: at + 1, items: [...items, last] };
      const sequence = readSequence(last);
      return sequence && { start, end: at + 1, sequence };
    }
    if (c === ',' && depth === 0) {
      items.push(text.slice(from, at));
      from = at + 1;
    }
    at = skip(text, at);
  }
  return undefined;
}

/** expand_seqterm(): `1..5`, `01..10..2`, `a..e`. */
function readSequence(body: string): readonly string[] | undefined {
  const parts = body.split('..');
  if (parts.length < 2 || parts.length > 3) return undefined;
  const [first = '', last = '', stepText = '1'] = parts;
  if (!/^[+-]?\d+$/.test(stepText)) return undefined;
  if (/^[+-]?\d+$/.test(first) && /^[+-]?\d+$/.test(last)) {
    const padded = /^[+-]?0\d/.test(first) || /^[+-]?0\d/.test(last);
    const width = padded ? Math.max(first.length, last.length) : 0;
    return range(Number(first), Number(last), Number(stepText)).map((n) => pad(n, width));
  }
  if (/^[A-Za-z]$/.test(first) && /^[A-Za-z]$/.test(last)) {
    const codes = range(first.charCodeAt(0), last.charCodeAt(0), Number(stepText));
    return codes.map((code) => String.fromCharCode(code)).map((c) => (c === '\\' ? '' : c));
  }
  return undefined;
}

function pad(n: number, width: number): string {
  const digits = String(Math.abs(n)).padStart(n < 0 ? width - 1 : width, '0');
  return n < 0 ? `-${digits}` : digits;
}

function range(from: number, to: number, stepGiven: number): number[] {
  const step = Math.abs(stepGiven) || 1;
  const out: number[] = [];
  if (Math.abs(to - from) / step > MAX_BRACE_WORDS) {
    return Array.from({ length: MAX_BRACE_WORDS + 1 }, () => 0);
  }
  if (from <= to) for (let n = from; n <= to; n += step) out.push(n);
  else for (let n = from; n >= to; n -= step) out.push(n);
  return out;
}
