import type { Host } from '../../linux/host';

const hex = (host: Host, digits: number): string => {
  const random = host.random('docker');
  let text = '';
  while (text.length < digits) text += random.u32().toString(16).padStart(8, '0');
  return text.slice(0, digits);
};

/** stringid.GenerateRandomID(): 64 hex digits whose first twelve are not a number. */
export function randomId(host: Host): string {
  for (;;) {
    const id = hex(host, 64);
    if (!/^\d+$/.test(id.slice(0, 12))) return id;
  }
}

export const shortId = (id: string): string => id.slice(0, 12);

/** netutils.GenerateIfaceName("veth", 7). */
export const vethName = (host: Host): string => `veth${hex(host, 7)}`;

/** netutils.GenerateRandomMAC(): 02:42 and four random bytes. */
export function randomDockerMac(host: Host): number {
  return 0x0242_0000_0000 + host.random('docker').u32();
}

/** netutils.GenerateMACFromIP(): 02:42 and the address. */
export const macOfAddress = (address: number): number => 0x0242_0000_0000 + address;

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';

/** identity.NewID() of swarmkit: 25 characters, and other random words of its tokens. */
export function swarmId(host: Host, length = 25): string {
  const random = host.random('docker');
  for (;;) {
    let id = '';
    while (id.length < length) id += BASE36[random.below(36)] ?? '0';
    if (/\d/.test(id) && /[a-z]/.test(id)) return id;
  }
}
