import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { type Family, formatIp } from '../../wire/ip';
import { getnameinfo } from '../glibc/getaddrinfo';
import { networkName } from './address';
import type { PrintStyle } from './extension';

/** Renders with the names of hosts: first to learn which addresses stand in it, then with their names. */
export function* withHostNames(
  proc: Proc,
  how: { readonly family: Family; readonly numeric: boolean },
  render: (style: PrintStyle) => string,
): Blocking<string> {
  if (how.numeric) return render({ ...how, proc, hostName: formatIp });
  const names = new Map<Ip, string>();
  const wanted = new Set<Ip>();
  render({
    ...how,
    proc,
    hostName: (ip) => {
      wanted.add(ip);
      return formatIp(ip);
    },
  });
  for (const ip of wanted) names.set(ip, yield* anyName(proc, ip));
  return render({ ...how, proc, hostName: (ip) => names.get(ip) ?? formatIp(ip) });
}

/** xtables_ipaddr_to_anyname(): a host, a network, or the numbers. */
function* anyName(proc: Proc, ip: Ip): Blocking<string> {
  return (yield* getnameinfo(proc, ip)) ?? networkName(ip) ?? formatIp(ip);
}
