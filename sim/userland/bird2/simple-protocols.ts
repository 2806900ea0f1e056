import type { Cidr } from '../../wire/ip';
import { familyOf } from '../../wire/ip';
import type { Channel } from './channel';
import type { StaticRoute } from './config';
import { runFilter } from './filter/eval';
import { type Iface, type IfaceAddress, matchesPatterns } from './iface';
import type { Proto, ProtoHooks } from './proto';
import { type Nexthop, netKey, newRoute, type Route, sortNexthops } from './route';

/** kif: the interfaces are the daemon's, so that here is nothing left to do. */
export const deviceProtocol = (): ProtoHooks => ({ start: () => 'up', shutdown: () => 'down' });

/** proto_device of nest/rt-dev.c: a route for each address of each interface. */
export function directProtocol(proto: Proto): ProtoHooks {
  const announced = new Map<string, { readonly channel: Channel; readonly net: Cidr }>();
  const refresh = (): void => {
    const wanted = new Map<string, { channel: Channel; net: Cidr; iface: Iface }>();
    for (const iface of proto.daemon.ifaces.values()) {
      for (const address of iface.up ? iface.addresses : []) {
        const channel = channelFor(proto, iface, address);
        const key = `${netKey(address.prefix)} ${iface.index}`;
        if (channel) wanted.set(key, { channel, net: address.prefix, iface });
      }
    }
    for (const [key, { channel, net }] of announced) {
      if (wanted.has(key)) continue;
      announced.delete(key);
      channel.import(net, undefined);
    }
    for (const [key, { channel, net, iface }] of wanted) {
      if (announced.has(key)) continue;
      announced.set(key, { channel, net });
      channel.import(net, deviceRoute(channel, net, iface));
    }
  };
  return {
    start: () => 'up',
    up: refresh,
    shutdown: () => {
      announced.clear();
      return 'down';
    },
    ifaceNotify: () => {
      if (proto.state === 'up') refresh();
    },
    reload: () => {
      announced.clear();
      refresh();
      return true;
    },
  };
}

function channelFor(proto: Proto, iface: Iface, address: IfaceAddress): Channel | undefined {
  if (proto.config.kind !== 'direct' || address.secondary) return undefined;
  if (address.scope === 'host' || address.scope === 'link') return undefined;
  if (!matchesPatterns(proto.config.interfaces, iface.name)) return undefined;
  return proto.channels.find((channel) => channel.config.family === familyOf(address.ip));
}

const deviceRoute = (channel: Channel, net: Cidr, iface: Iface): Route =>
  newRoute(channel, {
    net,
    source: 'RTS_DEVICE',
    dest: 'unicast',
    nexthops: [{ gw: undefined, iface, weight: 0, onlink: false }],
  });

/** proto/static/static.c. */
export function staticProtocol(proto: Proto): ProtoHooks {
  const announced = new Set<StaticRoute>();
  const routes = (): readonly StaticRoute[] =>
    proto.config.kind === 'static' ? proto.config.routes : [];
  const refresh = (): void => {
    const [channel] = proto.channels;
    if (!channel || proto.state !== 'up') return;
    for (const old of announced) {
      if (routes().includes(old)) continue;
      announced.delete(old);
      if (!routes().some((route) => netKey(route.net) === netKey(old.net))) {
        channel.import(old.net, undefined);
      }
    }
    for (const config of routes()) {
      const route = staticRoute(proto, channel, config);
      if (!route && !announced.has(config)) continue;
      if (route && announced.has(config) && config.dest !== 'unicast') continue;
      if (route) announced.add(config);
      else announced.delete(config);
      channel.import(config.net, route);
    }
  };
  return {
    start: () => 'up',
    up: refresh,
    shutdown: () => {
      announced.clear();
      return 'down';
    },
    ifaceNotify: refresh,
    reload: () => {
      announced.clear();
      refresh();
      return true;
    },
  };
}

function staticRoute(proto: Proto, channel: Channel, config: StaticRoute): Route | undefined {
  const base = { net: config.net, source: 'RTS_STATIC' as const };
  let route: Route;
  if (config.dest === 'recursive') {
    const recursive = { address: config.via ?? 0, table: channel.table };
    route = newRoute(channel, { ...base, dest: 'unreachable', nexthops: [], recursive });
  } else {
    const nexthops = sortNexthops(config.nexthops.flatMap((nh) => activeNexthop(proto, nh)));
    if (config.dest === 'unicast' && nexthops.length === 0) return undefined;
    route = newRoute(channel, { ...base, dest: config.dest, nexthops });
  }
  if (!config.commands) return route;
  return runFilter(config.commands, route, proto.daemon.config.symbols).route;
}

/** static_decide(). */
export function activeNexthop(
  proto: Proto,
  { via, iface, weight, onlink }: StaticRoute['nexthops'][number],
): readonly Nexthop[] {
  const { daemon } = proto;
  const named = [...daemon.ifaces.values()].find((known) => known.name === iface);
  const checkLink = proto.config.kind === 'static' && proto.config.checkLink;
  const usable = (found: Iface): boolean => found.up && (!checkLink || found.linkUp);
  if (via === undefined || onlink) {
    return named && usable(named) ? [{ gw: via, iface: named, weight, onlink }] : [];
  }
  const neighbor = daemon.neighbor(via, iface);
  if (!neighbor || !usable(neighbor.iface)) return [];
  return [{ gw: via, iface: neighbor.iface, weight, onlink }];
}
