import type { Mac } from './frame';

/**
 * Parses `aa:bb:cc:dd:ee:ff` (1 or 2 hex digits a byte, as ll_addr_a2n of iproute2 takes);
 * undefined if it is none.
 */
export function parseMac(text: string): Mac | undefined {
  if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i.test(text)) return undefined;
  return text.split(':').reduce((mac, byte) => mac * 256 + Number.parseInt(byte, 16), 0);
}

export function formatMac(mac: Mac): string {
  const hex = mac.toString(16).padStart(12, '0');
  return [0, 2, 4, 6, 8, 10].map((at) => hex.slice(at, at + 2)).join(':');
}

/** The I/G bit: broadcast or multicast. */
export const isGroupMac = (mac: Mac): boolean => Math.floor(mac / 0x100_0000_0000) % 2 === 1;
