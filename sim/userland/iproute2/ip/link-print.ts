import { IFF_POINTOPOINT, IFF_UP, type NetDevice } from '../../../linux/device/net-device';
import { MAX_TAP_QUEUES } from '../../../linux/device/tun';
import { formatIp } from '../../../wire/ip';
import { formatMac } from '../../../wire/mac';
import type { ToolContext } from '../context';
import type { Color, Printer } from '../print';
import type { LinkFilter } from './link-filter';
import { printLinkFlags } from './link-flags';
import { hasLinkInfo, printLinkInfo } from './link-info';
import { printLinkStats } from './link-stats';

/** Queues and offload limits that `-d` shows: veth's newlink sets 2 queues for 2 CPUs. */
const TSO_MAX_SIZE = 524_280;
const TSO_LEGACY_MAX_SIZE = 65_536;

/** A bridge and a VXLAN device take their limit from the devices below, if there are any; a tun has the old one. */
function hasLower(dev: NetDevice): boolean {
  if (dev.data.kind === 'bridge') return dev.data.bridge.ports.length > 0;
  if (dev.data.kind === 'tun') return false;
  return dev.data.kind !== 'vxlan' || dev.data.vxlan.link !== undefined;
}

/**
 * print_linkinfo(), ip/ipaddress.c. False when the filter left the device out (its -1): then its
 * addresses are not printed either.
 */
export function printLink(
  ctx: ToolContext,
  dev: NetDevice,
  filter: LinkFilter,
  del = false,
): boolean {
  if (!filter.takesLink(dev)) return false;
  if (filter.label !== undefined) return true;
  const p = ctx.print;
  if (del) p.bool('deleted', 'Deleted ', true);
  if (ctx.options.brief) {
    printBrief(ctx, dev, filter);
    return true;
  }
  if (filter.family === 6 && !filter.ifindex) {
    printInet6Link(ctx, dev);
    return true;
  }
  p.any('ifindex', '%d: ', dev.ifindex);
  const peerDown = printNameAndLink(p, '%s: ', dev, linkOf(dev));
  printLinkFlags(p, dev.getFlags(), peerDown);
  p.any('mtu', 'mtu %u ', dev.mtu);
  p.any('qdisc', 'qdisc %s ', dev.qdisc);
  if (dev.master) p.any('master', 'master %s ', dev.master.name);
  p.fp('state ');
  p.color(operColor(dev), 'operstate', '%s ', dev.operstate);
  if (ctx.doLink) p.any('linkmode', 'mode %s ', 'DEFAULT');
  p.any('group', 'group %s ', ctx.names.name('group', dev.group));
  if (filter.showQueue && dev.txQueueLen) p.any('txqlen', 'qlen %d', dev.txQueueLen);
  if (filter.family === 0 || filter.family === 'link' || ctx.options.details)
    printAddresses(p, dev);
  printNetnsId(ctx, dev);
  if (ctx.options.details) printDetails(ctx, dev);
  if ((ctx.doLink || ctx.options.details) && dev.alias !== undefined) {
    p.fp('%s    ', p.separator);
    p.any('ifalias', 'alias %s', dev.alias);
  }
  if (ctx.doLink && ctx.options.stats > 0) {
    p.nl();
    printLinkStats(ctx, dev);
  }
  printAltNames(p, dev);
  p.fp('\n');
  return true;
}

/**
 * What a dump of AF_INET6 tells of a device: inet6_fill_ifinfo(), net/ipv6/addrconf.c, knows
 * little.
 */
function printInet6Link(ctx: ToolContext, dev: NetDevice): void {
  const p = ctx.print;
  p.any('ifindex', '%d: ', dev.ifindex);
  const peerDown = printNameAndLink(p, '%s: ', dev, linkByIndex(dev));
  printLinkFlags(p, dev.getFlags(), peerDown);
  p.any('mtu', 'mtu %u ', dev.mtu);
  p.fp('state ');
  p.color(operColor(dev), 'operstate', '%s ', dev.operstate);
  if (dev.txQueueLen) p.any('txqlen', 'qlen %d', dev.txQueueLen);
  if (ctx.options.details) {
    p.nl();
    p.any('link_type', '    link/%s ', dev.linkType);
    p.color('mac', 'address', '%s', linkAddress(dev, dev.mac));
  }
  p.fp('\n');
}

/** oper_state_color(). */
function operColor(dev: NetDevice): Color {
  return dev.operstate === 'UP' ? 'up' : dev.operstate === 'DOWN' ? 'down' : 'none';
}

/** print_linkinfo_brief(). */
function printBrief(ctx: ToolContext, dev: NetDevice, filter: LinkFilter): void {
  const p = ctx.print;
  const inet6 = filter.family === 6 && !filter.ifindex;
  const link = inet6 ? linkByIndex(dev) : linkOf(dev);
  const peerDown = printNameAndLink(p, '%-16s ', dev, link);
  p.color(operColor(dev), 'operstate', '%-14s ', dev.operstate);
  if (filter.family !== 'link') return;
  p.color('mac', 'address', '%s ', linkAddress(dev, dev.mac));
  printLinkFlags(p, dev.getFlags(), peerDown);
  p.fp('\n');
}

/** IFLA_LINK with its IFLA_LINK_NETNSID: a name here, an index elsewhere. */
export interface ShownLink {
  readonly index: number;
  /** Where the index is one of this namespace. */
  readonly local: NetDevice | undefined;
  readonly foreign: boolean;
}

/** rtnl_fill_ifinfo(): a peer in another namespace comes with that namespace's id. */
export function linkOf(dev: NetDevice): ShownLink | undefined {
  const { link } = dev;
  if (!link) return undefined;
  const foreign = link.netns !== dev.netns;
  return { index: link.ifindex, local: foreign ? undefined : link, foreign };
}

/**
 * br_fill_ifinfo() and inet6_fill_ifinfo() give IFLA_LINK without a namespace, so that the index
 * of a peer elsewhere is looked up here.
 */
export function linkByIndex(dev: NetDevice): ShownLink | undefined {
  const { link } = dev;
  if (!link) return undefined;
  const index = link.ifindex;
  // Equal indexes in two namespaces look like no link at all.
  if (index === dev.ifindex) return undefined;
  return { index, local: dev.netns.deviceByIndex(index), foreign: false };
}

/** print_name_and_link(), lib/utils.c; true when the lower device or peer is down (M-DOWN). */
export function printNameAndLink(
  p: Printer,
  format: string,
  dev: NetDevice,
  link: ShownLink | undefined,
): boolean {
  if (!link) {
    // IFLA_LINK 0: a tunnel bound to no device, or a veth whose peer is gone.
    const { data } = dev;
    const none = data.kind === 'ipip' || (data.kind === 'veth' && data.peer === undefined);
    if (none && p.json) p.field('link', null);
    p.color('ifname', 'ifname', format, none && !p.json ? `${dev.name}@NONE` : dev.name);
    return false;
  }
  const name = link.foreign || !link.local ? `if${link.index}` : link.local.name;
  if (link.foreign) p.field('link_index', link.index);
  else p.field('link', name);
  p.color('ifname', 'ifname', format, p.json ? dev.name : `${dev.name}@${name}`);
  return link.local !== undefined && (link.local.flags & IFF_UP) === 0;
}

/** ll_addr_n2a(): a tunnel's address is an IP address. */
export function linkAddress(dev: NetDevice, mac: number): string {
  return dev.linkType === 'ipip' ? formatIp(mac >>> 0) : formatMac(mac);
}

function printAddresses(p: Printer, dev: NetDevice): void {
  p.nl();
  p.any('link_type', '    link/%s ', dev.linkType);
  if (dev.linkType === 'none') return;
  const [own, other] =
    dev.data.kind === 'ipip' ? [dev.data.local, dev.data.remote] : [dev.mac, dev.broadcast];
  p.color('mac', 'address', '%s', linkAddress(dev, own));
  if (dev.flags & IFF_POINTOPOINT) {
    p.fp(' peer ');
    p.field('link_pointtopoint', true);
  } else p.fp(' brd ');
  p.color('mac', 'broadcast', '%s', linkAddress(dev, other));
  if (dev.permMac !== undefined && dev.permMac !== dev.mac && dev.permMac !== 0) {
    p.fp(' permaddr ');
    p.color('mac', 'permaddr', '%s', formatMac(dev.permMac));
  }
}

/** IFLA_LINK_NETNSID: rtnl_fill_link_netnsid() of the kernel allocates the id on first need. */
function printNetnsId(ctx: ToolContext, dev: NetDevice): void {
  const link = dev.link;
  if (!link || link.netns === dev.netns) return;
  const id = dev.netns.nsidAlloc(link.netns);
  if (ctx.print.json) {
    ctx.print.field('link_netnsid', id);
    return;
  }
  const name = ctx.netnsNameOf(id);
  ctx.print.fp(name === undefined ? ' link-netnsid %s' : ' link-netns %s', name ?? id);
}

function printDetails(ctx: ToolContext, dev: NetDevice): void {
  const p = ctx.print;
  p.any('promiscuity', ' promiscuity %u ', dev.promiscuity);
  p.any('allmulti', ' allmulti %u ', dev.allmulti);
  p.any('min_mtu', 'minmtu %u ', dev.minMtu);
  p.any('max_mtu', 'maxmtu %u ', dev.maxMtu);
  if (hasLinkInfo(dev)) printLinkInfo(ctx, dev);
  if (ctx.doLink) {
    const mode = dev.in6Dev.conf.addr_gen_mode === 1 ? 'none' : 'eui64';
    p.any('inet6_addr_gen_mode', 'addrgenmode %s ', mode);
  }
  const queues = queuesOf(dev);
  p.any('num_tx_queues', 'numtxqueues %u ', queues);
  p.any('num_rx_queues', 'numrxqueues %u ', queues);
  p.any('gso_max_size', 'gso_max_size %u ', 65_536);
  p.any('gso_max_segs', 'gso_max_segs %u ', 65_535);
  p.any('tso_max_size', 'tso_max_size %u ', hasLower(dev) ? TSO_MAX_SIZE : TSO_LEGACY_MAX_SIZE);
  p.any('tso_max_segs', 'tso_max_segs %u ', 65_535);
  p.any('gro_max_size', 'gro_max_size %u ', 65_536);
}

/** veth makes one for each processor, a tun with several readers as many as it may have. */
function queuesOf({ data }: NetDevice): number {
  if (data.kind === 'veth') return 2;
  return data.kind === 'tun' && data.tun.flags.multiQueue ? MAX_TAP_QUEUES : 1;
}

function printAltNames(p: Printer, dev: NetDevice): void {
  if (dev.altNames.length === 0) return;
  if (p.json) p.openArray('altnames');
  for (const name of dev.altNames) {
    p.fp('%s    altname ', p.separator);
    p.any(undefined, '%s', name);
  }
  if (p.json) p.closeArray();
}
