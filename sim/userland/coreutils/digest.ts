import { concat, utf8Encode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { readAll } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { failWith, parseArgs, quoteName } from '../args';
import { Out, openOperand, readOperand, splitLines } from '../stream';

const toHex = (words: readonly number[], little: boolean): string =>
  words
    .map((word) => {
      const text = (word >>> 0).toString(16).padStart(8, '0');
      return little ? (text.match(/../g) ?? []).reverse().join('') : text;
    })
    .join('');

/** The message with its padding and its length in bits (RFC 1321 §3.1, FIPS 180-4 §5.1). */
function padded(bytes: Uint8Array, little: boolean): DataView {
  const size = Math.ceil((bytes.length + 9) / 64) * 64;
  const all = new Uint8Array(size);
  all.set(bytes);
  all[bytes.length] = 0x80;
  const view = new DataView(all.buffer);
  view.setBigUint64(size - 8, BigInt(bytes.length) * 8n, little);
  return view;
}

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n));
const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const MD5_SINES = Array.from(
  { length: 64 },
  (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0,
);

/** MD5, RFC 1321. */
export function md5(bytes: Uint8Array): string {
  const view = padded(bytes, true);
  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let at = 0; at < view.byteLength; at += 64) {
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const f =
        round === 0
          ? (b & c) | (~b & d)
          : round === 1
            ? (d & b) | (~d & c)
            : round === 2
              ? b ^ c ^ d
              : c ^ (b | ~d);
      const g = [i, 5 * i + 1, 3 * i + 5, 7 * i][round] ?? 0;
      const sum = (a + f + (MD5_SINES[i] ?? 0) + view.getInt32(at + (g & 15) * 4, true)) | 0;
      [a, d, c, b] = [d, c, b, (b + rotl(sum, MD5_SHIFTS[round * 4 + (i & 3)] ?? 0)) | 0];
    }
    [a0, b0, c0, d0] = [(a0 + a) | 0, (b0 + b) | 0, (c0 + c) | 0, (d0 + d) | 0];
  }
  return toHex([a0, b0, c0, d0], true);
}

/** SHA-1, FIPS 180-4 §6.1. */
export function sha1(bytes: Uint8Array): string {
  const view = padded(bytes, false);
  const h = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  const w = new Int32Array(80);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4);
    for (let i = 16; i < 80; i++)
      w[i] = rotl((w[i - 3] ?? 0) ^ (w[i - 8] ?? 0) ^ (w[i - 14] ?? 0) ^ (w[i - 16] ?? 0), 1);
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = h;
    for (let i = 0; i < 80; i++) {
      const round = Math.floor(i / 20);
      const f =
        round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const k = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc | 0, 0xca62c1d6 | 0][round] ?? 0;
      const t = (rotl(a, 5) + f + e + k + (w[i] ?? 0)) | 0;
      [e, d, c, b, a] = [d, c, rotl(b, 30), a, t];
    }
    for (const [i, x] of [a, b, c, d, e].entries()) h[i] = ((h[i] ?? 0) + x) | 0;
  }
  return toHex(h, false);
}

const PRIMES = Array.from({ length: 312 }, (_, i) => i).filter(
  (n) => n > 1 && !Array.from({ length: n }, (_, d) => d).some((d) => d > 1 && n % d === 0),
);
const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
const K256 = PRIMES.slice(0, 64).map((p) => fraction(Math.cbrt(p)));
const H256 = PRIMES.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
const rotr = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

/** SHA-256, FIPS 180-4 §6.2. */
export function sha256(bytes: Uint8Array): string {
  const view = padded(bytes, false);
  const h = [...H256];
  const w = new Int32Array(64);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const [x = 0, y = 0] = [w[i - 15], w[i - 2]];
      const s0 = rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3);
      const s1 = rotr(y, 17) ^ rotr(y, 19) ^ (y >>> 10);
      w[i] = ((w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1) | 0;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, hh = 0] = h;
    for (let i = 0; i < 64; i++) {
      const s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
      const t1 = (hh + s1 + ((e & f) ^ (~e & g)) + (K256[i] ?? 0) + (w[i] ?? 0)) | 0;
      const s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [hh, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    for (const [i, x] of [a, b, c, d, e, f, g, hh].entries()) h[i] = ((h[i] ?? 0) + x) | 0;
  }
  return toHex(h, false);
}

function* load(proc: Proc, name: string): Blocking<Uint8Array | Parameters<typeof strerror>[0]> {
  const file = openOperand(proc, name);
  if (typeof file === 'string') return file;
  const parts = yield* readAll(proc, file);
  file.put();
  return typeof parts === 'string' ? parts : concat(parts);
}

/** md5sum, sha1sum, sha256sum of coreutils 9.1, src/digest.c. */
export const digest = (sum: (bytes: Uint8Array) => string): Program =>
  function* (proc, argv) {
    const args = yield* parseArgs(proc, argv, {
      short: 'bctwz',
      long: [
        'check:c',
        'binary:b',
        'text:t',
        'quiet',
        'status',
        'strict',
        'warn:w',
        'tag',
        'zero:z',
      ],
    });
    if (typeof args === 'number') return args;
    const out = new Out(proc);
    let code = 0;
    const names = args.operands.length === 0 ? ['-'] : args.operands;
    for (const name of names) {
      if (args.has('c')) {
        const list = yield* readOperand(proc, name);
        if (typeof list === 'string')
          return yield* failWith(proc, args.program, `${quoteName(name)}: ${strerror(list)}`);
        let wrong = 0;
        for (const line of splitLines(list.text)) {
          const [, wanted = '', file = ''] = /^([0-9a-f]+) [ *](.*)$/.exec(line) ?? [];
          const bytes = yield* load(proc, file);
          const same = typeof bytes !== 'string' && sum(bytes) === wanted;
          if (!same) wrong++;
          if (!args.has('status') && !(same && args.has('quiet')))
            yield* out.text(
              `${file}: ${same ? 'OK' : typeof bytes === 'string' ? 'FAILED open or read' : 'FAILED'}\n`,
            );
        }
        yield* out.flush();
        if (wrong > 0)
          code = yield* failWith(
            proc,
            args.program,
            `WARNING: ${wrong} computed checksum${wrong === 1 ? '' : 's'} did NOT match`,
          );
        continue;
      }
      const bytes = yield* load(proc, name);
      if (typeof bytes === 'string')
        code = yield* failWith(proc, args.program, `${quoteName(name)}: ${strerror(bytes)}`);
      else yield* out.text(`${sum(bytes)} ${args.has('b') ? '*' : ' '}${name}\n`);
    }
    return yield* out.close(args.program, code);
  };

/** cksum: the CRC of POSIX, then the length. */
export const cksum: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, { short: 'a:', long: [] });
  if (typeof args === 'number') return args;
  const out = new Out(proc);
  let code = 0;
  for (const name of args.operands.length === 0 ? [undefined] : args.operands) {
    const bytes = yield* load(proc, name ?? '-');
    if (typeof bytes === 'string')
      code = yield* failWith(proc, args.program, `${quoteName(name ?? '-')}: ${strerror(bytes)}`);
    else
      yield* out.text(
        `${posixCrc(bytes)} ${bytes.length}${name === undefined ? '' : ` ${name}`}\n`,
      );
  }
  return yield* out.close(args.program, code);
};

function posixCrc(bytes: Uint8Array): number {
  let crc = 0;
  const feed = (byte: number): void => {
    crc ^= byte << 24;
    for (let i = 0; i < 8; i++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  };
  for (const byte of bytes) feed(byte);
  for (let n = bytes.length; n > 0; n = Math.floor(n / 256)) feed(n & 255);
  return ~crc >>> 0;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** base64, RFC 4648; src/basenc.c. */
export const base64: Program = function* (proc, argv) {
  const args = yield* parseArgs(proc, argv, {
    short: 'diw:',
    long: ['decode:d', 'ignore-garbage:i', 'wrap=:w'],
  });
  if (typeof args === 'number') return args;
  const name = args.operands[0] ?? '-';
  const bytes = yield* load(proc, name);
  if (typeof bytes === 'string')
    return yield* failWith(proc, args.program, `${quoteName(name)}: ${strerror(bytes)}`);
  const out = new Out(proc);
  if (args.has('d')) {
    const decoded = decode(bytes, args.has('i'));
    yield* out.bytes(decoded.bytes);
    const code = yield* out.close(args.program, 0);
    return decoded.ok ? code : yield* failWith(proc, args.program, 'invalid input');
  }
  const text = encode(bytes);
  const width = Number(args.value('w') ?? 76);
  const wrapped =
    width > 0
      ? (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => `${line}\n`).join('')
      : text;
  yield* out.bytes(utf8Encode(wrapped));
  return yield* out.close(args.program, 0);
};

function encode(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const n = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const left = bytes.length - i;
    const four = [18, 12, 6, 0].map((shift) => ALPHABET[(n >> shift) & 63] ?? '');
    text += left > 2 ? four.join('') : `${four.slice(0, left + 1).join('')}${'='.repeat(3 - left)}`;
  }
  return text;
}

function decode(
  bytes: Uint8Array,
  ignore: boolean,
): { readonly bytes: Uint8Array; readonly ok: boolean } {
  const out: number[] = [];
  let bits = 0;
  let count = 0;
  let seen = 0;
  let ok = true;
  for (const byte of bytes) {
    const c = String.fromCharCode(byte);
    if (c === '\n') continue;
    seen++;
    if (c === '=') continue;
    const value = ALPHABET.indexOf(c);
    if (value < 0) {
      if (ignore) continue;
      ok = false;
      break;
    }
    bits = (bits << 6) | value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.push((bits >> count) & 255);
    }
  }
  return { bytes: Uint8Array.from(out), ok: ok && (seen % 4 === 0 || ignore) };
}
