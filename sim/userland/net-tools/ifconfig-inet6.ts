import type { NetDevice } from '../../linux/device/net-device';
import { strerror } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { delAddress, newAddress } from '../../linux/rtnetlink/addr';
import { parseCidr } from '../../wire/ip';

/**
 * `ifconfig NAME add|del ADDR/LEN`: IPv6 addresses (SIOCSIFADDR and SIOCDIFADDR of an AF_INET6
 * socket).
 */
export function changeInet6(
  proc: Proc,
  dev: NetDevice,
  what: { readonly add: readonly string[]; readonly del: readonly string[] },
): { readonly text: string; readonly code: number } | undefined {
  for (const [words, add] of [
    [what.add, true],
    [what.del, false],
  ] as const) {
    for (const word of words) {
      const cidr = parseCidr(word);
      if (!cidr || typeof cidr.address !== 'bigint') {
        return { text: `${word}: Resolver Error 0 (no error)\n`, code: 1 };
      }
      const request = { dev, local: cidr.address, prefixLen: cidr.prefixLen };
      const flags = { create: true, excl: true, replace: false };
      const done = add ? newAddress(proc.netns, request, flags) : delAddress(proc.netns, request);
      if (done.ok) continue;
      const call = add ? 'SIOCSIFADDR' : 'SIOCDIFADDR';
      return { text: `${call}: ${strerror(done.error.errno)}\n`, code: 1 };
    }
  }
  return undefined;
}
