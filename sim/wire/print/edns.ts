import { hex, type Printer, tok } from './printer';

const ECS = 8;
const COOKIE = 10;
/** edns_opt2str, print-domain.c. */
const OPTIONS: ReadonlyMap<number, string> = new Map([
  [1, 'LLQ'],
  [2, 'UL'],
  [3, 'NSID'],
  [5, 'DAU'],
  [6, 'DHU'],
  [7, 'N3U'],
  [ECS, 'ECS'],
  [9, 'EXPIRE'],
  [COOKIE, 'COOKIE'],
  [11, 'KEEPALIVE'],
  [12, 'PADDING'],
  [13, 'CHAIN'],
  [14, 'KEY-TAG'],
  [16, 'CLIENT-TAG'],
  [17, 'SERVER-TAG'],
]);

/** eopt_print() over all options of an OPT record. Omitted: names of algorithms (DAU, DHU, N3U). */
export function printEdnsOptions(p: Printer, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  p.put(' [');
  let at = 0;
  while (at < bytes.length && !p.ended) {
    if (at > 0) p.put(',');
    const code = p.u16(bytes, at);
    p.put(tok(OPTIONS, code, `Opt${code}`));
    const size = p.u16(bytes, at + 2);
    if (at + 4 + size > bytes.length) {
      p.truncate();
      return;
    }
    if (size > 0) p.put(` ${option(p, code, bytes.subarray(at + 4, at + 4 + size))}`);
    at += 4 + size;
  }
  p.put(']');
}

function option(p: Printer, code: number, data: Uint8Array): string {
  const digits = Array.from(data, (byte) => hex(byte, 2)).join('');
  if (code === COOKIE) {
    const bad = data.length < 8 || (data.length > 8 && data.length < 16) || data.length > 40;
    if (bad) return ' (invalid)';
    return data.length > 8 ? `${digits.slice(0, 16)} ${digits.slice(16)}` : digits;
  }
  if (code === ECS) return clientSubnet(p, data);
  if (code === 9 && data.length === 4) return `${p.u32(data, 0)} sec`;
  if (code === 11 && data.length === 2) return `${(p.u16(data, 0) / 10).toFixed(1)} sec`;
  if (code === 12) return `(${data.length})`;
  return digits;
}

/** print_eopt_ecs(). */
function clientSubnet(p: Printer, data: Uint8Array): string {
  const family = data.length < 4 ? 0 : p.u16(data, 0);
  const size = family === 1 ? 4 : family === 2 ? 16 : 0;
  const sourceBits = data[2] ?? 0;
  const scopeBits = data[3] ?? 0;
  const wrong = sourceBits > size * 8 || scopeBits > size * 8;
  if (size === 0 || wrong || Math.ceil(sourceBits / 8) !== data.length - 4) return ' (invalid)';
  const padded = new Uint8Array(size);
  padded.set(data.subarray(4));
  const address = p.host(p.readIp(padded, 0, size === 4 ? 4 : 6));
  return `${address}/${sourceBits}/${scopeBits}`;
}
