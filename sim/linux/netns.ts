import { ETH_P_ARP, ETH_P_IP, ETH_P_IPV6, IPPROTO_ICMP, IPPROTO_ICMPV6 } from '../wire/frame';
import { bridgeDeviceEvent } from './device/bridge-event';
import { stpRcv } from './device/bridge-stp-input';
import { devChangeNetNamespace, unregisterNetdevice } from './device/dev';
import { newLoopback } from './device/loopback';
import type { NetDevice } from './device/net-device';
import type { NetdeviceNotifier } from './device/notifier';
import { upperDeviceEvent } from './device/upper-event';
import { addrconfNotify } from './ip/addrconf';
import { ARP_PROTOCOL, arpNetdevEvent, arpRcv } from './ip/arp';
import { newNeighParms, registerDeviceConf, registerNeigh } from './ip/dev-conf';
import { FibTables } from './ip/fib';
import { fibNetdevEvent } from './ip/fib-frontend';
import { fragNeeded4, ICMP_PROTOCOL, linkFailure4 } from './ip/icmp';
import { fragNeeded6, ICMPV6_PROTOCOL, linkFailure6 } from './ip/icmpv6';
import { inetdevEvent } from './ip/inet-address';
import { ipRcv } from './ip/input';
import { ipv6Rcv } from './ip/input6';
import { Ipv4Net } from './ip/ipv4-net';
import { Ipv6Net } from './ip/ipv6-net';
import type { IcmpError, L4Protocol, PacketTap, RawSockets } from './ip/l4-protocol';
import { ETH_P_802_2 } from './ip/l4-protocol';
import { NDISC_PROTOCOL } from './ip/ndisc';
import { NeighTable } from './ip/neighbour-table';
import { FibRules } from './ip/rule';
import { Snmp } from './ip/snmp';
import type { Kernel } from './kernel';
import { newBrNetfilter, registerBrNetfilter } from './netfilter/br-netfilter-sysctl';
import { masqDeviceEvent } from './netfilter/conntrack/masquerade';
import { registerConntrackSysctls } from './netfilter/conntrack/sysctl-table';
import type { NfConntrack } from './netfilter/conntrack/table';
import { NfHooks } from './netfilter/hook';
import { NfTables } from './netfilter/nf-tables';
import type { RtnlListener, RtnlMessage } from './rtnetlink/notify';
import type { Skb } from './sk-buff';
import { registerInts, SysctlTree } from './sysctl';

export interface NetnsOptions {
  readonly hostName: string;
  /** Name in /run/netns; '' for the host's own. */
  readonly name?: string | undefined;
}

/** struct net: everything one network namespace owns. */
export class Netns {
  readonly kernel: Kernel;
  /** ns.inum: the number in `net:[…]`. */
  readonly inode: number;
  /** As the trace shows it; whoever binds or unbinds /run/netns/NAME sets it. */
  name: string;
  hostName: string;
  readonly fib4 = new FibTables(4);
  readonly fib6 = new FibTables(6);
  readonly rules4 = new FibRules(4);
  readonly rules6 = new FibRules(6);
  readonly arpDefaults = newNeighParms(4);
  readonly ndDefaults = newNeighParms(6);
  readonly arp = new NeighTable(4, this.arpDefaults, ARP_PROTOCOL);
  readonly nd = new NeighTable(6, this.ndDefaults, NDISC_PROTOCOL);
  readonly nfHooks = new NfHooks();
  /** Tracked connections; conntrackOf() makes it on first need. */
  ct: NfConntrack | undefined;
  readonly bridgeNf = newBrNetfilter();
  readonly snmp = new Snmp();
  /** net/core sysctls that are read. */
  readonly core = {
    default_qdisc: 'pfifo_fast',
    somaxconn: 4096,
    netdev_max_backlog: 1000,
    rmem_default: 212_992,
    rmem_max: 212_992,
    wmem_default: 212_992,
    wmem_max: 212_992,
    optmem_max: 131_072,
  };
  readonly ipv4: Ipv4Net;
  readonly ipv6: Ipv6Net;
  /** fib_multipath_hash's random key. */
  readonly multipathSeed: number;
  /** inet_protos[] and inet6_protos[], by IP protocol number. */
  readonly protocols4 = new Map<number, L4Protocol>([[IPPROTO_ICMP, ICMP_PROTOCOL]]);
  readonly protocols6 = new Map<number, L4Protocol>([[IPPROTO_ICMPV6, ICMPV6_PROTOCOL]]);
  raw4: RawSockets | undefined;
  raw6: RawSockets | undefined;
  /** ping_rcv() and ping_err(): echo replies and errors for SOCK_DGRAM ICMP sockets. */
  pingRcv: ((skb: Skb) => void) | undefined;
  pingErr: ((net: Netns, error: IcmpError) => void) | undefined;
  /** UDP sockets of tunnels (encap_rcv), by port; true = taken. */
  readonly udpTunnels = new Map<number, (skb: Skb) => boolean>();
  readonly taps = new Set<PacketTap>();
  /** ptype_base: who takes an EtherType. */
  readonly packetTypes: ReadonlyMap<number, (skb: Skb) => void> = PACKET_TYPES;
  /** netdev_chain, in order of registration. */
  readonly notifiers: readonly NetdeviceNotifier[] = NOTIFIERS;
  readonly lo: NetDevice;
  readonly #byIndex = new Map<number, NetDevice>();
  readonly #byName = new Map<string, NetDevice>();
  readonly #nsids = new Map<Netns, number>();
  readonly #usedNsids = new Set<number>();
  /** No smaller id is free. */
  #freeNsid = 0;
  readonly #listeners = new Set<RtnlListener>();
  #sysctl: SysctlTree | undefined;
  #nft: NfTables | undefined;
  #sorted: readonly NetDevice[] | undefined;
  #ifindex = 0;
  #dead = false;

  constructor(kernel: Kernel, options: NetnsOptions) {
    this.kernel = kernel;
    this.inode = kernel.nextInode();
    this.hostName = options.hostName;
    this.name = options.name ?? '';
    this.multipathSeed = kernel.random.stream('multipath').u32();
    this.ipv4 = new Ipv4Net(this);
    this.ipv6 = new Ipv6Net(this);
    if (!kernel.initNetns.has(this.hostName)) kernel.initNetns.set(this.hostName, this);
    this.lo = newLoopback(this);
  }

  /** The files of /proc/sys/net; made when somebody looks, for thousands of namespaces nobody does. */
  get sysctl(): SysctlTree {
    if (this.#sysctl) return this.#sysctl;
    const tree = new SysctlTree();
    this.#sysctl = tree;
    this.ipv4.registerSysctls();
    this.ipv6.registerSysctls();
    registerNeigh(this, 'default', this.arpDefaults, 4);
    registerNeigh(this, 'default', this.ndDefaults, 6);
    registerInts(tree, 'net/core', this.core);
    registerConntrackSysctls(this, tree);
    registerBrNetfilter(tree, this.bridgeNf);
    for (const dev of this.devices()) registerDeviceConf(dev);
    return tree;
  }

  /** The tables of nf_tables; a namespace without any costs nothing. */
  get nft(): NfTables {
    this.#nft ??= new NfTables();
    return this.#nft;
  }

  /** Without a tree nobody has changed a setting. */
  get hasSysctlTree(): boolean {
    return this.#sysctl !== undefined;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Devices in order of ifindex, as a dump gives them. */
  devices(): readonly NetDevice[] {
    this.#sorted ??= [...this.#byIndex.values()].sort((a, b) => a.ifindex - b.ifindex);
    return this.#sorted;
  }

  deviceByIndex(ifindex: number): NetDevice | undefined {
    return this.#byIndex.get(ifindex);
  }

  /** __dev_get_by_name(); alternative names count. */
  deviceByName(name: string): NetDevice | undefined {
    const found = this.#byName.get(name);
    if (found) return found;
    for (const dev of this.#byIndex.values()) if (dev.altNames.includes(name)) return dev;
    return undefined;
  }

  /** dev_index_reserve(): the next free number; undefined if the wanted one is taken. */
  reserveIfindex(want: number | undefined): number | undefined {
    if (want !== undefined && want > 0) return this.#byIndex.has(want) ? undefined : want;
    do this.#ifindex++;
    while (this.#byIndex.has(this.#ifindex));
    return this.#ifindex;
  }

  /** list_netdevice(). */
  listDevice(dev: NetDevice): void {
    this.#sorted = undefined;
    this.#byIndex.set(dev.ifindex, dev);
    this.#byName.set(dev.name, dev);
  }

  unlistDevice(dev: NetDevice): void {
    this.#sorted = undefined;
    if (this.#byIndex.get(dev.ifindex) === dev) this.#byIndex.delete(dev.ifindex);
    if (this.#byName.get(dev.name) === dev) this.#byName.delete(dev.name);
  }

  renameDevice(dev: NetDevice, name: string): void {
    this.#byName.delete(dev.name);
    dev.name = name;
    this.#byName.set(name, dev);
  }

  /** peernet2id(): undefined if none was allocated. */
  nsidOf(other: Netns): number | undefined {
    return this.#nsids.get(other);
  }

  /** peernet2id_alloc(): allocates on first need. */
  nsidAlloc(other: Netns): number {
    const known = this.#nsids.get(other);
    if (known !== undefined) return known;
    let id = this.#freeNsid;
    while (this.#usedNsids.has(id)) id++;
    this.#freeNsid = id + 1;
    this.setNsid(other, id);
    return id;
  }

  setNsid(other: Netns, nsid: number): void {
    this.#nsids.set(other, nsid);
    this.#usedNsids.add(nsid);
    this.rtnlNotify({ kind: 'newnsid', nsid });
  }

  nsids(): ReadonlyMap<Netns, number> {
    return this.#nsids;
  }

  /** A namespace that knew the id of one which died forgets it: cleanup_net(), unhash_nsid(). */
  forgetNsid(other: Netns): void {
    const nsid = this.#nsids.get(other);
    if (nsid === undefined) return;
    this.#nsids.delete(other);
    this.#usedNsids.delete(nsid);
    this.#freeNsid = Math.min(this.#freeNsid, nsid);
    this.rtnlNotify({ kind: 'delnsid', nsid });
  }

  /** cleanup_net(): the last reference went away. Physical cards go back: default_device_exit_net(). */
  destroy(): void {
    if (this.#dead) return;
    this.#dead = true;
    const init = this.kernel.initNetns.get(this.hostName) ?? this;
    for (const dev of [...this.devices()].reverse()) {
      if (dev === this.lo) continue;
      if (dev.kind !== 'cable' || init === this) unregisterNetdevice(dev);
      else {
        const name = init.deviceByName(dev.name) ? `dev${dev.ifindex}` : dev.name;
        devChangeNetNamespace(dev, { net: init, name });
      }
    }
    unregisterNetdevice(this.lo);
    this.ct?.destroy();
    this.taps.clear();
    this.#nsids.clear();
    this.#listeners.clear();
  }

  /** dst_link_failure(): nobody answered for the next hop of a packet. */
  linkFailure(skb: Skb): void {
    if (skb.packet.kind === 'ipv4') linkFailure4(skb);
    else if (skb.packet.kind === 'ipv6') linkFailure6(skb);
  }

  /** ICMP_FRAG_NEEDED, ICMPV6_PKT_TOOBIG. */
  fragNeeded(skb: Skb, mtu: number): void {
    if (skb.packet.kind === 'ipv4') fragNeeded4(skb, mtu);
    else if (skb.packet.kind === 'ipv6') fragNeeded6(skb, mtu);
  }

  /** For `ip monitor`; returns the way to stop listening. */
  rtnlListen(listener: RtnlListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  rtnlNotify(message: RtnlMessage): void {
    if (message.kind === 'newlink') this.#allocLinkNetnsid(message.dev);
    for (const listener of this.#listeners) listener(message);
  }

  /** rtnl_fill_link_netnsid(): a message about a link whose peer is elsewhere needs an id for that namespace. */
  #allocLinkNetnsid(dev: NetDevice): void {
    const { link } = dev;
    if (!link || link.netns === this || this.#dead || link.netns.dead) return;
    if (dev.netns === this) this.nsidAlloc(link.netns);
  }
}

const PACKET_TYPES: ReadonlyMap<number, (skb: Skb) => void> = new Map([
  [ETH_P_IP, ipRcv],
  [ETH_P_ARP, arpRcv],
  [ETH_P_IPV6, ipv6Rcv],
  [ETH_P_802_2, stpRcv],
]);

const NOTIFIERS: readonly NetdeviceNotifier[] = [
  inetdevEvent,
  fibNetdevEvent,
  arpNetdevEvent,
  addrconfNotify,
  bridgeDeviceEvent,
  upperDeviceEvent,
  masqDeviceEvent,
];
