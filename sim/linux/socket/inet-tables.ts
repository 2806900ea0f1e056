import type { Netns } from '../netns';
import type { PacketSock } from './packet';
import { BindTable } from './port';
import { RawTable } from './raw-table';
import type { Sock } from './sock';
import { TcpTable } from './tcp-table';
import { UdpTable } from './udp-table';

/** What one namespace keeps about its sockets: net->ipv4 and the hash tables keyed by net. */
export interface InetTables {
  readonly udp: UdpTable;
  readonly tcp: TcpTable;
  readonly raw: RawTable;
  readonly packet: Set<PacketSock>;
  /** The kernel's own UDP sockets (vxlan) by port, once somebody listed them. */
  readonly tunnels: Map<number, Sock>;
}

const tables = new WeakMap<Netns, InetTables>();

export function inetOf(net: Netns): InetTables {
  const known = tables.get(net);
  if (known) return known;
  const made: InetTables = {
    udp: new UdpTable(new BindTable()),
    tcp: new TcpTable(new BindTable()),
    raw: new RawTable(),
    packet: new Set(),
    tunnels: new Map(),
  };
  tables.set(net, made);
  return made;
}
