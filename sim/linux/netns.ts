import type { NetDevice } from './device/net-device';
import type { FibTables } from './ip/fib';
import type { L4Protocol, PacketTap, RawSockets } from './ip/l4-protocol';
import type { NeighTable } from './ip/neighbour-table';
import type { FibRules } from './ip/rule';
import type { Snmp } from './ip/snmp';
import type { Kernel } from './kernel';
import type { NfHooks } from './netfilter/hook';
import type { RtnlListener, RtnlMessage } from './rtnetlink/notify';
import type { SysctlTree } from './sysctl';

export interface NetnsOptions {
  readonly hostName: string;
  /** Name in /run/netns; '' for the host's own. */
  readonly name?: string | undefined;
}

/** struct net: everything one network namespace owns. */
export declare class Netns {
  constructor(kernel: Kernel, options: NetnsOptions);
  readonly kernel: Kernel;
  /** ns.inum: the number in `net:[…]`. */
  readonly inode: number;
  /** As the trace shows it; whoever binds or unbinds /run/netns/NAME sets it. */
  name: string;
  hostName: string;
  readonly lo: NetDevice;
  readonly sysctl: SysctlTree;
  readonly fib4: FibTables;
  readonly fib6: FibTables;
  readonly rules4: FibRules;
  readonly rules6: FibRules;
  readonly arp: NeighTable;
  readonly nd: NeighTable;
  readonly nfHooks: NfHooks;
  readonly snmp: Snmp;
  /** inet_protos[] and inet6_protos[], by IP protocol number. */
  readonly protocols4: Map<number, L4Protocol>;
  readonly protocols6: Map<number, L4Protocol>;
  raw4: RawSockets | undefined;
  raw6: RawSockets | undefined;
  readonly taps: Set<PacketTap>;
  /** Devices in order of ifindex, as a dump gives them. */
  devices(): readonly NetDevice[];
  deviceByIndex(ifindex: number): NetDevice | undefined;
  /** __dev_get_by_name(); alternative names count. */
  deviceByName(name: string): NetDevice | undefined;
  /** peernet2id(): undefined if none was allocated. */
  nsidOf(other: Netns): number | undefined;
  /** peernet2id_alloc(): allocates on first need. */
  nsidAlloc(other: Netns): number;
  nsids(): ReadonlyMap<Netns, number>;
  readonly dead: boolean;
  /** cleanup_net(): the last reference went away. */
  destroy(): void;
  /** For `ip monitor`; returns the way to stop listening. */
  rtnlListen(listener: RtnlListener): () => void;
  rtnlNotify(message: RtnlMessage): void;
}
