import type { FibRoute } from '../../linux/ip/fib';
import type { Netns } from '../../linux/netns';
import { dumpRoutes } from '../../linux/rtnetlink/route';
import { formatIp, maskV4 } from '../../wire/ip';

const RT_TABLE_MAIN = 254;

/** One line of /proc/net/route (fib_route_seq_show, net/ipv4/fib_trie.c), decoded. */
export interface KernelRoute {
  readonly destination: string;
  readonly gateway: string;
  readonly genmask: string;
  readonly flags: string;
  readonly metric: number;
  readonly reject: boolean;
  readonly iface: string;
  readonly mtu: number;
  readonly window: number;
}

export const kernelRoutes = (net: Netns): readonly KernelRoute[] =>
  dumpRoutes(net, 4, RT_TABLE_MAIN).filter(shown).map(decode);

const shown = (route: FibRoute): boolean =>
  route.type !== 'broadcast' && route.type !== 'multicast' && typeof route.dst === 'number';

function decode(route: FibRoute): KernelRoute {
  const nexthop = route.nexthops[0];
  const reject = route.type === 'unreachable' || route.type === 'prohibit';
  const gateway = nexthop?.via;
  const flags = reject
    ? `!${route.prefixLen === 32 ? 'H' : ''}`
    : `U${gateway === undefined ? '' : 'G'}${route.prefixLen === 32 ? 'H' : ''}`;
  return {
    destination: formatIp(route.dst),
    gateway: reject ? '-' : formatIp(typeof gateway === 'number' ? gateway : 0),
    genmask: formatIp(maskV4(route.prefixLen)),
    flags,
    metric: route.priority,
    reject,
    iface: reject ? '-' : (nexthop?.dev?.name ?? '*'),
    mtu: route.metrics.advmss ?? 0,
    window: route.metrics.window ?? 0,
  };
}

const HEAD = 'Kernel IP routing table\nDestination     Gateway         Genmask         Flags ';

/** Names take the place of numbers where there is one without asking a server. */
const nameOf = (r: KernelRoute, numeric: boolean): string =>
  !numeric && r.destination === '0.0.0.0' && r.genmask === '0.0.0.0' ? 'default' : r.destination;

const headOf = (r: KernelRoute, numeric: boolean): string =>
  [nameOf(r, numeric), r.gateway, r.genmask].map((word) => `${word.padEnd(15)} `).join('');

/** rprint_fib(), lib/inet_gr.c, as `route` shows it. */
export function formatRoutes(net: Netns, numeric: boolean): string {
  const lines = kernelRoutes(net).map((r) => {
    const references = (r.reject ? '-' : '0').padEnd(2);
    const numbers = `${String(r.metric).padEnd(6)} ${references} ${'0'.padStart(7)}`;
    return `${headOf(r, numeric)}${r.flags.padEnd(5)} ${numbers} ${r.iface}\n`;
  });
  return `${HEAD}Metric Ref    Use Iface\n${lines.join('')}`;
}

/** As `netstat -r` shows it. */
export function formatNetstatRoutes(net: Netns, numeric: boolean): string {
  const lines = kernelRoutes(net).map((r) => {
    const cell = (value: number): string => (r.reject ? '-' : String(value));
    const numbers = `${cell(r.mtu).padStart(5)} ${cell(r.window).padEnd(5)} ${cell(0).padStart(6)}`;
    return `${headOf(r, numeric)}${r.flags.padEnd(6)}${numbers} ${r.iface}\n`;
  });
  return `${HEAD}  MSS Window  irtt Iface\n${lines.join('')}`;
}
