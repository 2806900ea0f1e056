/**
 * A MAC as net-tools reads it (pr_ether, lib/ether.c): six bytes with colons; undefined if it is
 * none.
 */
export function parseEther(text: string): number | undefined {
  if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i.test(text)) return undefined;
  return text.split(':').reduce((mac, byte) => mac * 256 + Number.parseInt(byte, 16), 0);
}
