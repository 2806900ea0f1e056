import { routeOutput } from '../../linux/ip/output';
import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { T_A, T_AAAA, T_PTR } from '../../wire/dns';
import type { Ip } from '../../wire/frame';
import { type Family, familyOf, formatIp } from '../../wire/ip';
import { hostsByAddr, hostsByName } from './hosts';
import { numericHost } from './inet-aton';
import { resQuery, resSearch } from './resolver';

/** EAI_* of netdb.h. */
export type GaiError = 'NONAME' | 'AGAIN' | 'FAIL' | 'NODATA' | 'ADDRFAMILY';

const TEXTS: Record<GaiError, string> = {
  NONAME: 'Name or service not known',
  AGAIN: 'Temporary failure in name resolution',
  FAIL: 'Non-recoverable failure in name resolution',
  NODATA: 'No address associated with hostname',
  ADDRFAMILY: 'Address family for hostname not supported',
};

/** gai_strerror(3). */
export const gaiStrerror = (error: GaiError): string => TEXTS[error];

export interface AddrInfo {
  readonly addresses: readonly Ip[];
  /** sin6_scope_id of a zone that was given. */
  readonly scopeId: number | undefined;
  readonly canonName: string;
  /** The name was a numeric address. */
  readonly numeric: boolean;
}

/** getaddrinfo(3) with nsswitch.conf `hosts: files dns`. */
export function* getaddrinfo(
  proc: Proc,
  name: string,
  family?: Family,
): Blocking<AddrInfo | GaiError> {
  const numeric = numericHost(name);
  if (numeric) {
    if (family !== undefined && familyOf(numeric.addr) !== family) return 'ADDRFAMILY';
    const scopeId = numeric.zone === undefined ? undefined : zoneIndex(proc, numeric.zone);
    if (numeric.zone !== undefined && scopeId === undefined) return 'NONAME';
    return { addresses: [numeric.addr], scopeId, canonName: name, numeric: true };
  }
  const fromFiles = hostsByName(proc, name).filter(
    (e) => family === undefined || familyOf(e.addr) === family,
  );
  if (fromFiles.length > 0) {
    const addresses = sortAddresses(proc, [...new Set(fromFiles.map((e) => e.addr))]);
    const canonName = fromFiles[0]?.names[0] ?? name;
    return { addresses, scopeId: undefined, canonName, numeric: false };
  }
  return yield* fromDns(proc, name, family);
}

function* fromDns(
  proc: Proc,
  name: string,
  family: Family | undefined,
): Blocking<AddrInfo | GaiError> {
  const types = family === 4 ? [T_A] : family === 6 ? [T_AAAA] : [T_A, T_AAAA];
  const got = yield* resSearch(proc, name, types);
  if (got === 'TRY_AGAIN' || got === 'SERVFAIL') return 'AGAIN';
  if (got === 'NO_DATA') return 'NODATA';
  if (got === 'HOST_NOT_FOUND') return 'NONAME';
  const addresses = got.records.flatMap((r) =>
    r.data.kind === 'a' || r.data.kind === 'aaaa' ? [r.data.address] : [],
  );
  const canonName = got.name.replace(/\.$/, '');
  return {
    addresses: sortAddresses(proc, addresses),
    scopeId: undefined,
    canonName,
    numeric: false,
  };
}

/** rfc3484_sort(), sysdeps/posix/getaddrinfo.c: reachable ones first, then IPv6 before IPv4. */
function sortAddresses(proc: Proc, addresses: readonly Ip[]): readonly Ip[] {
  const reachable = (ip: Ip) => routeOutput(proc.netns, { dst: ip }).ok;
  const rank = (ip: Ip) => (reachable(ip) ? 0 : 2) + (typeof ip === 'bigint' ? 0 : 1);
  return addresses
    .map((ip, i) => ({ ip, i, rank: rank(ip) }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .map(({ ip }) => ip);
}

function zoneIndex(proc: Proc, zone: string): number | undefined {
  const dev = proc.netns.deviceByName(zone);
  if (dev) return dev.ifindex;
  return /^\d+$/.test(zone) ? Number(zone) : undefined;
}

/** The name to ask for an address: RFC 1035 §3.5, RFC 3596 §2.5. */
export function reverseName(ip: Ip): string {
  if (typeof ip === 'number') return `${formatIp(ip).split('.').reverse().join('.')}.in-addr.arpa.`;
  const digits = ip.toString(16).padStart(32, '0');
  return `${[...digits].reverse().join('.')}.ip6.arpa.`;
}

/** getnameinfo(3) with NI_NAMEREQD: undefined if there is no name. */
export function* getnameinfo(proc: Proc, ip: Ip): Blocking<string | undefined> {
  const known = hostsByAddr(proc, ip);
  if (known) return known.names[0];
  const got = yield* resQuery(proc, reverseName(ip), [T_PTR]);
  if (typeof got === 'string') return undefined;
  const first = got.records[0]?.data;
  return first?.kind === 'name' ? first.name.replace(/\.$/, '') : undefined;
}
