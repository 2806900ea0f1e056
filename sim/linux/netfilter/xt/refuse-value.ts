import type { Errno } from '../../errno';
import type { NftChain, NftTable } from '../nf-tables';
import type { AddrTypeName, XtMatch } from '../xt-match';
import type { XtEntry } from '../xt-rule';
import type { XtTarget } from '../xt-target';

/** Types that IPv6 has no route type for: addrtype_mt_checkentry_v1(). */
const NOT_IPV6: readonly AddrTypeName[] = [
  'BROADCAST',
  'BLACKHOLE',
  'PROHIBIT',
  'THROW',
  'NAT',
  'XRESOLVE',
];

/** nf_conntrack_helper_register() of what is built in: name and protocol. */
const HELPERS: readonly (readonly [name: string, proto: number])[] = [
  ['ftp', 6],
  ['irc', 6],
  ['sip', 17],
  ['sip', 6],
  ['tftp', 17],
  ['amanda', 17],
  ['pptp', 6],
  ['snmp', 17],
  ['snmp_trap', 17],
  ['netbios-ns', 17],
  ['RAS', 17],
  ['Q.931', 6],
  ['sane', 6],
];

/** Where a packet has a queue and a priority that `--map-set` may change. */
const MAP_HOOKS: readonly string[] = ['FORWARD', 'OUTPUT', 'POSTROUTING'];

interface Place {
  readonly table: NftTable;
  readonly chain: NftChain;
}

/** checkentry() of the extensions: values that the kernel does not take. */
export function refusedValue(place: Place, entry: XtEntry): Errno | undefined {
  for (const match of entry.matches) if (badMatch(place, match)) return 'EINVAL';
  return entry.target && badTarget(place, entry.target, entry.proto?.value);
}

function badMatch({ table }: Place, match: XtMatch): boolean {
  switch (match.name) {
    case 'addrtype': {
      const types = [...(match.source?.value ?? []), ...(match.dest?.value ?? [])];
      return table.family === 'ip6' && types.some((type) => NOT_IPV6.includes(type));
    }
    case 'owner':
      return [match.uid, match.gid].some((ids) => ids && ids.value.max < ids.value.min);
    case 'recent':
      return match.list.includes('/');
    default:
      return false;
  }
}

function badTarget(
  { chain, table }: Place,
  target: XtTarget,
  proto: number | undefined,
): Errno | undefined {
  switch (target.name) {
    case 'CT': {
      const { helper, timeout } = target;
      const known = HELPERS.some(([name, number]) => name === helper && number === proto);
      if (helper !== undefined && !known) return 'ENOENT';
      if (timeout === undefined) return undefined;
      return proto === undefined ? 'EINVAL' : 'ENOENT';
    }
    case 'NFQUEUE':
      return target.queue.max - target.queue.min >= 65_535 ? 'EINVAL' : undefined;
    case 'SET': {
      if (!target.map) return undefined;
      const hook = chain.base?.hook;
      const anywhere = !target.mapPrio && !target.mapQueue;
      const fits = anywhere || hook === undefined || MAP_HOOKS.includes(hook);
      return table.name === 'mangle' && fits ? undefined : 'EINVAL';
    }
    default:
      return undefined;
  }
}
