/** jhash2() of include/linux/jhash.h: Bob Jenkins' lookup3 over 32-bit words. */
export function jhash2(words: readonly number[], initval: number): number {
  const state: [number, number, number] = [0, 0, 0];
  const start = (0xdeadbeef + (words.length << 2) + initval) | 0;
  state.fill(start);
  let at = 0;
  let left = words.length;
  for (; left > 3; left -= 3, at += 3) {
    add(state, words, { at, count: 3 });
    mix(state);
  }
  if (left > 0) {
    add(state, words, { at, count: left });
    final(state);
  }
  return state[2] >>> 0;
}

type State = [number, number, number];

function add(
  s: State,
  words: readonly number[],
  part: { readonly at: number; readonly count: number },
): void {
  s[0] = (s[0] + (words[part.at] ?? 0)) | 0;
  if (part.count > 1) s[1] = (s[1] + (words[part.at + 1] ?? 0)) | 0;
  if (part.count > 2) s[2] = (s[2] + (words[part.at + 2] ?? 0)) | 0;
}

const rol = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** __jhash_mix(). */
function mix(s: State): void {
  let [a, b, c] = s;
  a = ((a - c) ^ rol(c, 4)) | 0;
  c = (c + b) | 0;
  b = ((b - a) ^ rol(a, 6)) | 0;
  a = (a + c) | 0;
  c = ((c - b) ^ rol(b, 8)) | 0;
  b = (b + a) | 0;
  a = ((a - c) ^ rol(c, 16)) | 0;
  c = (c + b) | 0;
  b = ((b - a) ^ rol(a, 19)) | 0;
  a = (a + c) | 0;
  c = ((c - b) ^ rol(b, 4)) | 0;
  b = (b + a) | 0;
  s[0] = a;
  s[1] = b;
  s[2] = c;
}

/** __jhash_final(). */
function final(s: State): void {
  let [a, b, c] = s;
  c = ((c ^ b) - rol(b, 14)) | 0;
  a = ((a ^ c) - rol(c, 11)) | 0;
  b = ((b ^ a) - rol(a, 25)) | 0;
  c = ((c ^ b) - rol(b, 16)) | 0;
  a = ((a ^ c) - rol(c, 4)) | 0;
  b = ((b ^ a) - rol(a, 14)) | 0;
  c = ((c ^ b) - rol(b, 24)) | 0;
  s[0] = a;
  s[1] = b;
  s[2] = c;
}

/** reciprocal_scale(): a 32-bit number into [0, range). */
export const reciprocalScale = (value: number, range: number): number =>
  Math.floor((value * range) / 0x1_0000_0000);
