import { err, ok, type Result } from '../../base/result';
import { parseAddress } from './inet-prefix';

/**
 * ll_addr_a2n(), lib/ll_addr.c: the bytes of a link-layer address, or the part that "is invalid
 * lladdr".
 */
export function parseLladdr(text: string): Result<readonly number[], string> {
  if (text.includes('.')) {
    const ip = parseAddress(text, 4)?.address;
    if (typeof ip !== 'number') return err(text);
    return ok([ip >>> 24, (ip >>> 16) & 255, (ip >>> 8) & 255, ip & 255]);
  }
  const bytes: number[] = [];
  for (const part of text.split(':').slice(0, 32)) {
    const hex = /^\s*([-+]?)(?:0x)?([0-9a-f]+)/i.exec(part);
    const value = hex ? Number.parseInt(`${hex[1] ?? ''}${hex[2] ?? ''}`, 16) : -1;
    if (value < 0 || value > 255) return err(part);
    bytes.push(value);
  }
  return ok(bytes);
}

/** Six bytes as the engine's Mac. */
export const macOf = (bytes: readonly number[]): number =>
  bytes.reduce((mac, byte) => mac * 256 + byte, 0);
