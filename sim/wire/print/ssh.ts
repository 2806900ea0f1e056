import type { Printer } from './printer';

/** ssh_print(), print-ssh.c: the identification line of RFC 4253 §4.2; the rest is encrypted. */
export function printSsh(p: Printer, bytes: Uint8Array): void {
  p.protocol = 'ssh';
  const end = bytes.indexOf(0x0a);
  if (end < 0) return;
  const line = bytes.subarray(0, bytes[end - 1] === 0x0d ? end - 1 : end);
  const text = String.fromCharCode(...line);
  if (/^SSH-[ -~]*$/.test(text)) p.put(`: SSH: ${text}`);
}
