const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 §4, as encoding/json writes a []byte. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const bits = (a << 16) | (b << 8) | c;
    const left = bytes.length - i;
    for (let digit = 0; digit < 4; digit++) {
      text += digit <= left ? DIGITS.charAt((bits >> (18 - 6 * digit)) & 63) : '=';
    }
  }
  return text;
}

/** The bytes of a text; what is no digit is passed over. */
export function decodeBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let [bits, count] = [0, 0];
  for (const c of text) {
    const digit = DIGITS.indexOf(c);
    if (digit < 0) continue;
    bits = ((bits << 6) | digit) & 0xff_ffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 255);
  }
  return Uint8Array.from(bytes);
}
