import type { ByteReader, ByteWriter } from '../base/bytes';

/**
 * Domain names, RFC 1035 §3.1 and §4.1.4. A name is text in presentation form with its last dot
 * (`example.com.`, root `.`); a dot or backslash in a label is `\.` or `\\`, other odd bytes are
 * `\DDD`.
 */

/** RFC 1035 §2.3.4. */
export const MAX_LABEL = 63;
export const MAX_NAME = 255;
/** A pointer reaches 14 bits. */
const MAX_POINTER = 0x3fff;

/** `text` with its last dot. */
export const fqdn = (text: string): string => (isFqdn(text) ? text : `${text}.`);

const isFqdn = (text: string): boolean => /(^|[^\\])(\\\\)*\.$/.test(text);

/** The labels of a name as bytes; undefined if it is no legal name. */
export function nameLabels(name: string): readonly Uint8Array[] | undefined {
  if (name === '.' || name === '') return [];
  const labels: Uint8Array[] = [];
  let label: number[] = [];
  const text = fqdn(name);
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '.') {
      if (label.length === 0 || label.length > MAX_LABEL) return undefined;
      labels.push(Uint8Array.from(label));
      label = [];
    } else if (char === '\\') {
      const digits = /^\d{3}/.exec(text.slice(i + 1, i + 4))?.[0];
      if (digits !== undefined && Number(digits) > 255) return undefined;
      label.push(digits === undefined ? text.charCodeAt(i + 1) & 0xff : Number(digits));
      i += digits === undefined ? 1 : 3;
    } else label.push(char.charCodeAt(0) & 0xff);
  }
  const length = labels.reduce((sum, l) => sum + l.length + 1, 1);
  return length > MAX_NAME ? undefined : labels;
}

/** Presentation form of a label: what `dig` prints. */
export function formatLabel(label: Uint8Array): string {
  let text = '';
  for (const byte of label) {
    if (byte === 0x2e || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`;
    else if (byte > 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else text += `\\${String(byte).padStart(3, '0')}`;
  }
  return text;
}

/** Lower case, for comparing: RFC 4343 (ASCII only). */
export const foldName = (name: string): string =>
  name.replace(/[A-Z]+/g, (upper) => upper.toLowerCase());

/** Where suffixes of names already written start in the message. */
export type NameOffsets = Map<string, number>;

/** Writes a name, pointing to a suffix written before. An illegal name is written as the root. */
export function writeName(w: ByteWriter, name: string, offsets?: NameOffsets): void {
  const labels = nameLabels(name) ?? [];
  for (let i = 0; i < labels.length; i++) {
    const suffix = labels.slice(i).map(formatLabel).join('.');
    const known = offsets?.get(suffix);
    if (known !== undefined) {
      w.u16(0xc000 | known);
      return;
    }
    if (w.length <= MAX_POINTER) offsets?.set(suffix, w.length);
    const label = labels[i] ?? new Uint8Array(0);
    w.u8(label.length).bytes(label);
  }
  w.u8(0);
}

/**
 * Reads a name; pointers must go backwards, as BIND demands, so that it ends. Undefined if it is
 * broken.
 */
export function readName(r: ByteReader): string | undefined {
  const labels: string[] = [];
  let length = 1;
  let limit = r.at;
  let at = r.at;
  let end: number | undefined;
  for (;;) {
    const head = r.bytes[at];
    if (head === undefined) return undefined;
    if (head >= 0xc0) {
      const low = r.bytes[at + 1];
      if (low === undefined) return undefined;
      end ??= at + 2;
      const target = ((head & 0x3f) << 8) | low;
      if (target >= limit) return undefined;
      limit = target;
      at = target;
      continue;
    }
    if (head > MAX_LABEL) return undefined;
    if (head === 0) break;
    length += head + 1;
    if (length > MAX_NAME || at + 1 + head > r.bytes.length) return undefined;
    labels.push(`${formatLabel(r.bytes.subarray(at + 1, at + 1 + head))}.`);
    at += head + 1;
  }
  r.take((end ?? at + 1) - r.at);
  return labels.length === 0 ? '.' : labels.join('');
}
