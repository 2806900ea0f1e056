import { utf8Encode } from '../../base/bytes';

/** FIPS 180-4 §4.2.3 and §5.3.5: constants are fractions of roots of the first primes. */
const PRIMES = firstPrimes(80);
const ROUND = PRIMES.map((p) => BigInt.asUintN(64, root(p << 192n, 3n)));
const INITIAL = PRIMES.slice(0, 8).map((p) => BigInt.asUintN(64, root(p << 128n, 2n)));

function firstPrimes(count: number): readonly bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((p) => n % p !== 0n)) found.push(n);
  return found;
}

/** The integer part of a root, by bisection. */
function root(value: bigint, degree: bigint): bigint {
  let [low, high] = [0n, 1n << 80n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= value) low = middle;
    else high = middle;
  }
  return low;
}

const word = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotr = (x: bigint, n: bigint): bigint => word((x >> n) | (x << (64n - n)));

/** SHA-512 as hexadecimal digits, FIPS 180-4 §6.4. */
export function sha512(text: string): string {
  const bytes = utf8Encode(text);
  const padded = new Uint8Array(Math.ceil((bytes.length + 17) / 128) * 128);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  let hash: readonly bigint[] = INITIAL;
  for (let at = 0; at < padded.length; at += 128) hash = block(hash, view, at);
  return hash.map((h) => h.toString(16).padStart(16, '0')).join('');
}

function block(hash: readonly bigint[], view: DataView, at: number): readonly bigint[] {
  const w: bigint[] = [];
  for (let i = 0; i < 80; i++) w.push(i < 16 ? view.getBigUint64(at + i * 8) : schedule(w, i));
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = hash;
  for (let i = 0; i < 80; i++) {
    const s1 = rotr(e, 14n) ^ rotr(e, 18n) ^ rotr(e, 41n);
    const t1 = word(h + s1 + ((e & f) ^ (word(~e) & g)) + (ROUND[i] ?? 0n) + (w[i] ?? 0n));
    const s0 = rotr(a, 28n) ^ rotr(a, 34n) ^ rotr(a, 39n);
    const t2 = word(s0 + ((a & b) ^ (a & c) ^ (b & c)));
    [h, g, f, e, d, c, b, a] = [g, f, e, word(d + t1), c, b, a, word(t1 + t2)];
  }
  return [a, b, c, d, e, f, g, h].map((x, i) => word(x + (hash[i] ?? 0n)));
}

function schedule(w: readonly bigint[], i: number): bigint {
  const before = w[i - 15] ?? 0n;
  const last = w[i - 2] ?? 0n;
  const s0 = rotr(before, 1n) ^ rotr(before, 8n) ^ (before >> 7n);
  const s1 = rotr(last, 19n) ^ rotr(last, 61n) ^ (last >> 6n);
  return word(s1 + (w[i - 7] ?? 0n) + s0 + (w[i - 16] ?? 0n));
}
