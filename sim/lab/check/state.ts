import { utf8Decode } from '../../base/bytes';
import type { NetDevice } from '../../linux/device/net-device';
import { fileBytes, type Inode } from '../../linux/inode';
import type { FibRoute } from '../../linux/ip/fib';
import type { Netns } from '../../linux/netns';
import { lookupPath } from '../../linux/path';
import { inetOf } from '../../linux/socket/inet-tables';
import { formatIp, parseCidr, parseIp } from '../../wire/ip';
import { formatMac } from '../../wire/mac';
import type { StateOf } from '../check-schema';
import type { Place } from '../place';
import { pattern } from './pattern';

/** Is the state there? Reads the structures of the kernel, not any tool's text. */
export function stateHolds(place: Place, is: StateOf): boolean {
  const { netns, host } = place;
  if ('link' in is) return linkHolds(netns, is.link);
  if ('address' in is) return addressHolds(netns, is.address);
  if ('route' in is) return routeHolds(netns, is.route);
  if ('neighbour' in is) return neighbourHolds(netns, is.neighbour);
  if ('sysctl' in is) {
    const path = is.sysctl.name.replaceAll('.', '/');
    return netns.sysctl.get(path)?.read() === String(is.sysctl.value);
  }
  if ('netns' in is) return [...host.netnses].some((one) => one.name === is.netns);
  if ('fdb' in is) return fdbHolds(netns, is.fdb);
  if ('file' in is) return fileHolds(place, is.file);
  if ('process' in is) {
    const wanted = pattern(is.process.command);
    return [...host.procs.values()].some(
      (p) => p.alive && p.netns === netns && wanted.test(p.argv.join(' ')),
    );
  }
  return listens(netns, is.listening);
}

type Of<K extends string> = Extract<StateOf, Record<K, unknown>>[K &
  keyof Extract<StateOf, Record<K, unknown>>];

const same = <T>(wanted: T | undefined, found: T | undefined): boolean =>
  wanted === undefined || wanted === found;

function linkHolds(netns: Netns, want: Of<'link'>): boolean {
  const dev = netns.deviceByName(want.name);
  if (!dev) return false;
  return (
    same(want.kind, dev.data.kind) &&
    same(want.up, dev.up) &&
    same(want.mtu, dev.mtu) &&
    same(want.master, dev.master?.name) &&
    same(want.mac?.toLowerCase(), formatMac(dev.mac))
  );
}

function addressHolds(netns: Netns, want: Of<'address'>): boolean {
  const cidr = parseCidr(want.cidr);
  if (!cidr) return false;
  const has = (dev: NetDevice): boolean =>
    dev.inDev.addresses.some((a) => a.local === cidr.address && a.prefixLen === cidr.prefixLen) ||
    dev.in6Dev.addresses.some((a) => a.address === cidr.address && a.prefixLen === cidr.prefixLen);
  return netns.devices().some((dev) => same(want.dev, dev.name) && has(dev));
}

function routeHolds(netns: Netns, want: Of<'route'>): boolean {
  const cidr = parseCidr(want.dst === 'default' ? '0.0.0.0/0' : want.dst);
  if (!cidr) return false;
  const fib = typeof cidr.address === 'number' ? netns.fib4 : netns.fib6;
  const matches = (route: FibRoute): boolean =>
    route.dst === cidr.address &&
    route.prefixLen === cidr.prefixLen &&
    same(want.type, route.type) &&
    (want.via === undefined && want.dev === undefined
      ? true
      : route.nexthops.some(
          (hop) =>
            same(want.dev, hop.dev?.name) &&
            (want.via === undefined || (hop.via !== undefined && formatIp(hop.via) === want.via)),
        ));
  const tables = want.table === undefined ? [254] : [want.table];
  return tables.some((table) => fib.routes(table).some(matches));
}

function neighbourHolds(netns: Netns, want: Of<'neighbour'>): boolean {
  const ip = parseIp(want.ip);
  const entries = typeof ip === 'number' ? netns.arp.entries() : netns.nd.entries();
  return entries.some(
    (one) =>
      one.ip === ip &&
      same(want.dev, one.dev.name) &&
      same(want.state, one.state) &&
      same(want.mac?.toLowerCase(), one.lladdr === undefined ? undefined : formatMac(one.lladdr)),
  );
}

function fdbHolds(netns: Netns, want: Of<'fdb'>): boolean {
  const dev = netns.deviceByName(want.bridge);
  if (dev?.data.kind !== 'bridge') return false;
  return [...dev.data.bridge.fdb.values()].some(
    (one) => formatMac(one.mac) === want.mac.toLowerCase() && same(want.dev, one.port?.dev.name),
  );
}

function fileHolds(place: Place, want: Of<'file'>): boolean {
  const inode: Inode | string = lookupPath(place.host.init, want.path);
  if (typeof inode === 'string') return false;
  if (want.executable !== undefined && ((inode.mode & 0o111) !== 0) !== want.executable)
    return false;
  if (want.matches === undefined) return true;
  return (
    inode.body.kind === 'file' && pattern(want.matches).test(utf8Decode(fileBytes(inode.body)))
  );
}

function listens(netns: Netns, want: Of<'listening'>): boolean {
  const inet = inetOf(netns);
  if (want.udp) return inet.udp.bind.at(want.port).size > 0;
  return inet.tcp.listeners().some((tp) => tp.sk.localPort === want.port);
}
