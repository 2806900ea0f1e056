/** Big-endian reading and writing, and UTF-8, over Uint8Array (no DOM, no Node). */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  /** `capacity` spares growing, if the length is known. */
  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    this.#grow(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  u16(value: number): this {
    return this.u8(value >>> 8).u8(value);
  }

  u32(value: number): this {
    return this.u16(value >>> 16).u16(value);
  }

  u48(value: number): this {
    return this.u16(Math.floor(value / 0x1_0000_0000)).u32(value >>> 0);
  }

  u128(value: bigint): this {
    for (let shift = 96n; shift >= 0n; shift -= 32n)
      this.u32(Number((value >> shift) & 0xffffffffn));
    return this;
  }

  bytes(value: Uint8Array): this {
    this.#grow(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  /** Overwrites two bytes written before (a length or checksum). */
  patch16(at: number, value: number): this {
    this.#bytes[at] = value >>> 8;
    this.#bytes[at + 1] = value;
    return this;
  }

  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const bigger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    bigger.set(this.#bytes);
    this.#bytes = bigger;
  }
}

/** Reads forward; past the end every read gives 0 and sets `short`. */
export class ByteReader {
  #at = 0;
  short = false;

  constructor(readonly bytes: Uint8Array) {}

  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.bytes.length - this.#at;
  }

  u8(): number {
    const value = this.bytes[this.#at];
    if (value === undefined) {
      this.short = true;
      return 0;
    }
    this.#at++;
    return value;
  }

  u16(): number {
    return this.u8() * 256 + this.u8();
  }

  u32(): number {
    return this.u16() * 65536 + this.u16();
  }

  u48(): number {
    return this.u16() * 0x1_0000_0000 + this.u32();
  }

  u128(): bigint {
    let value = 0n;
    for (let i = 0; i < 4; i++) value = (value << 32n) | BigInt(this.u32());
    return value;
  }

  take(length: number): Uint8Array {
    if (length > this.left) this.short = true;
    const part = this.bytes.subarray(this.#at, this.#at + length);
    this.#at += part.length;
    return part;
  }

  rest(): Uint8Array {
    return this.take(this.left);
  }
}

export const NO_BYTES = new Uint8Array(0);

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0];
  let length = 0;
  for (const part of parts) length += part.length;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** UTF-8 of a string. Code points U+DC80..U+DCFF (see `utf8Decode`) become the raw byte they stand for. */
export function utf8Encode(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 3);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c < 0x80) {
      out[n++] = c;
      continue;
    }
    if (c >= 0xd800 && c < 0xdc00) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        i++;
      }
    }
    if (c >= 0xdc80 && c <= 0xdcff) out[n++] = c - 0xdc00;
    else if (c < 0x800) {
      out[n++] = 0xc0 | (c >> 6);
      out[n++] = 0x80 | (c & 63);
    } else if (c < 0x10000) {
      out[n++] = 0xe0 | (c >> 12);
      out[n++] = 0x80 | ((c >> 6) & 63);
      out[n++] = 0x80 | (c & 63);
    } else {
      out[n++] = 0xf0 | (c >> 18);
      out[n++] = 0x80 | ((c >> 12) & 63);
      out[n++] = 0x80 | ((c >> 6) & 63);
      out[n++] = 0x80 | (c & 63);
    }
  }
  return out.slice(0, n);
}

/** Text of UTF-8 bytes. An invalid byte b becomes U+DC00+b (Python's surrogateescape), so nothing is lost. */
export function utf8Decode(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const b = bytes[i] ?? 0;
    if (b < 0x80) {
      const start = i;
      while (i < bytes.length && i - start < 4096 && (bytes[i] ?? 0x80) < 0x80) i++;
      text += String.fromCharCode(...bytes.subarray(start, i));
      continue;
    }
    const [length, point] = utf8Sequence(bytes, i);
    text += String.fromCodePoint(point);
    i += length;
  }
  return text;
}

/** The length and code point of the sequence at `i`; an invalid byte is one long and escaped. */
function utf8Sequence(bytes: Uint8Array, i: number): readonly [number, number] {
  const b = bytes[i] ?? 0;
  const length = b >= 0xf0 && b < 0xf5 ? 4 : b >= 0xe0 ? 3 : b >= 0xc2 ? 2 : 0;
  const escaped: readonly [number, number] = [1, 0xdc00 + b];
  if (length === 0 || b >= 0xf5) return escaped;
  let point = b & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) {
    const next = bytes[i + k] ?? 0;
    if ((next & 0xc0) !== 0x80) return escaped;
    point = (point << 6) | (next & 63);
  }
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  if (point < least || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return escaped;
  return [length, point];
}
