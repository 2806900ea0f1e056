import type { Family } from '../../wire/ip';
import {
  type ChannelConfig,
  type ChannelLimit,
  newBgpConfig,
  newChannelConfig,
  type ProtoConfig,
  type ProtoKind,
  type StaticNexthop,
  type StaticRoute,
} from './config';
import { parseDebugMask } from './debug';
import { parseCommands, parsePolicy } from './filter/parse';
import { bgpPostconfig, parseBgpChannelItem, parseBgpItem } from './parse-bgp';
import type { Parser } from './parser';

const KINDS: Readonly<Record<string, ProtoKind>> = {
  DEVICE: 'device',
  DIRECT: 'direct',
  KERNEL: 'kernel',
  STATIC: 'static',
  BGP: 'bgp',
};
const OTHERS: ReadonlySet<string> = new Set(
  'BFD OSPF RIP BABEL RADV PIPE RPKI MRT PERF'.split(' '),
);

/** proto, after PROTOCOL or TEMPLATE. */
export function parseProtocol(p: Parser, template: boolean): void {
  const word = p.peek().kind;
  const kind = KINDS[word];
  if (OTHERS.has(word)) p.notSimulated(`protocol ${word.toLowerCase()}`);
  if (!kind) {
    p.unexpected();
    return;
  }
  p.next();
  const proto = newProto(kind, template);
  parseName(p, proto);
  p.expect("'{'");
  while (!p.is("'}'", 'END')) {
    parseItem(p, proto);
    p.expect("';'");
  }
  if (p.is('END')) p.unexpected();
  p.expect("'}'");
  if (!template) postconfig(p, proto);
  p.config.protos.push(proto);
}

function newProto(kind: ProtoKind, template: boolean): ProtoConfig {
  const common = {
    name: '',
    template,
    disabled: false,
    description: undefined,
    debug: undefined,
    routerId: undefined,
    channels: [],
  };
  switch (kind) {
    case 'device':
      return { ...common, kind, scanTime: 60 };
    case 'direct':
      return { ...common, kind, interfaces: [], checkLink: false };
    case 'kernel':
      return {
        ...common,
        kind,
        scanTime: 60,
        learn: false,
        persist: false,
        metric: 32,
        mergePaths: 0,
        kernelTable: 254,
      };
    case 'static':
      return { ...common, kind, routes: [], checkLink: false };
    case 'bgp':
      return { ...common, kind, bgp: newBgpConfig() };
  }
}

/** proto_name: a name, a default one, and the template it is made from. */
function parseName(p: Parser, proto: ProtoConfig): void {
  if (!p.is("'{'", 'FROM')) {
    if (!p.isName) p.unexpected();
    proto.name = p.name();
  }
  if (p.take('FROM')) {
    const symbol = p.symbol();
    if (symbol?.kind !== 'proto') p.fail('Template or protocol name expected');
    else if (symbol.proto.kind !== proto.kind) p.fail('Protocol type mismatch');
    else copyConfig(proto, symbol.proto);
  }
  if (proto.name === '') proto.name = defaultName(p, proto.kind);
  p.define(proto.name, { kind: 'proto', proto });
}

/** cf_default_name(). */
function defaultName(p: Parser, kind: ProtoKind): string {
  for (let i = 1; ; i++) {
    const name = `${kind}${i}`;
    if (!p.config.symbols.has(name)) return name;
  }
}

/** proto_copy_config(). */
function copyConfig(to: ProtoConfig, from: ProtoConfig): void {
  const { name } = to;
  to.channels.push(...from.channels.map((channel) => ({ ...channel })));
  to.description = from.description;
  to.debug = from.debug;
  to.routerId = from.routerId;
  to.disabled = from.disabled;
  to.name = name;
  if (to.kind === 'bgp' && from.kind === 'bgp') Object.assign(to.bgp, from.bgp);
}

function parseItem(p: Parser, proto: ProtoConfig): void {
  if (p.is("';'")) return;
  if (p.take('DISABLED')) proto.disabled = p.bool();
  else if (p.take('DEBUG')) proto.debug = parseDebugMask(p);
  else if (p.take('DESCRIPTION')) proto.description = p.text();
  else if (p.is('ROUTER')) {
    p.words('ROUTER', 'ID');
    proto.routerId = p.routerId();
  } else if (p.is('MRTDUMP', 'VRF')) p.notSimulated(p.peek().text);
  else if (proto.kind !== 'device' && p.is('IPV4', 'IPV6')) parseChannel(p, proto);
  else parseOwnItem(p, proto);
}

function parseOwnItem(p: Parser, proto: ProtoConfig): void {
  if (proto.kind === 'bgp') parseBgpItem(p, proto.bgp);
  else if (proto.kind === 'static') {
    if (p.take('ROUTE')) proto.routes.push(parseRoute(p));
    else if (p.words('CHECK', 'LINK')) proto.checkLink = p.bool();
    else p.unexpected();
  } else if (proto.kind === 'kernel') parseKernelItem(p, proto);
  else if (proto.kind === 'direct') {
    if (p.take('INTERFACE')) proto.interfaces = interfacePatterns(p);
    else if (p.words('CHECK', 'LINK')) proto.checkLink = p.bool();
    else p.unexpected();
  } else if (p.words('SCAN', 'TIME')) proto.scanTime = p.number();
  else if (p.is('INTERFACE')) p.notSimulated('interface options');
  else p.unexpected();
}

/** iface_patt_list: names with wildcards; `-` negates. */
function interfacePatterns(p: Parser): string[] {
  const patterns: string[] = [];
  do {
    const negative = p.take("'-'") ? '-' : '';
    patterns.push(negative + p.expect('TEXT').text);
  } while (p.take("','"));
  return patterns;
}

function parseKernelItem(p: Parser, proto: Extract<ProtoConfig, { kind: 'kernel' }>): void {
  if (p.words('SCAN', 'TIME')) proto.scanTime = p.number();
  else if (p.take('LEARN')) proto.learn = p.bool();
  else if (p.take('PERSIST')) proto.persist = p.bool();
  else if (p.take('METRIC')) proto.metric = p.number();
  else if (p.words('KERNEL', 'TABLE')) proto.kernelTable = p.number();
  else if (p.words('MERGE', 'PATHS')) {
    const on = p.bool();
    const limit = p.take('LIMIT') ? p.number() : 16;
    if (limit < 1 || limit > 255) p.fail('Merge paths limit must be in range 1-255');
    proto.mergePaths = on ? limit : 0;
  } else if (p.words('GRACEFUL', 'RESTART')) p.bool();
  else p.unexpected();
}

/** proto_channel and bgp_proto_channel; a second one of a family changes the first. */
function parseChannel(p: Parser, proto: ProtoConfig): void {
  const family: Family = p.next().kind === 'IPV4' ? 4 : 6;
  if (p.is('MULTICAST', 'MPLS', 'SADR')) p.notSimulated(`a channel of ${p.peek().text}`);
  let channel = proto.channels.find((known) => known.family === family);
  if (!channel) {
    channel = newChannelConfig(proto.kind, family, `master${family}`);
    proto.channels.push(channel);
  }
  if (!p.is("'{'")) {
    if (!p.is("';'")) p.unexpected("';'", "'{'");
    return;
  }
  p.next();
  while (!p.is("'}'", 'END')) {
    parseChannelItem(p, proto.kind, channel);
    p.expect("';'");
  }
  p.expect("'}'");
}

function parseChannelItem(p: Parser, kind: ProtoKind, channel: ChannelConfig): void {
  if (p.take('TABLE')) {
    const symbol = p.symbol();
    if (symbol?.kind !== 'table') p.fail('Table expected');
    else if (symbol.table.family !== channel.family) p.fail('Incompatible table type');
    else channel.table = symbol.table.name;
  } else if (p.take('PREFERENCE')) channel.preference = p.number();
  else if (p.take('IMPORT')) parseImport(p, channel);
  else if (p.take('EXPORT')) {
    if (p.take('LIMIT')) channel.exportLimit = parseLimit(p);
    else if (p.is('TABLE')) p.notSimulated('export table');
    else channel.export = parsePolicy(p);
  } else if (p.words('RECEIVE', 'LIMIT')) channel.receiveLimit = parseLimit(p);
  else if (p.take('DEBUG')) parseDebugMask(p);
  else if (kind === 'bgp') parseBgpChannelItem(p, channel);
  else p.unexpected();
}

function parseImport(p: Parser, channel: ChannelConfig): void {
  if (p.take('LIMIT')) channel.importLimit = parseLimit(p);
  else if (p.words('KEEP', 'FILTERED')) channel.keepFiltered = p.bool();
  else if (p.is('TABLE')) p.notSimulated('import table');
  else channel.import = parsePolicy(p);
}

function parseLimit(p: Parser): ChannelLimit | undefined {
  if (p.take('OFF')) return undefined;
  const limit = p.number();
  if (!p.take('ACTION')) return { limit, action: 'disable' };
  for (const action of ['warn', 'block', 'restart', 'disable'] as const) {
    if (p.take(action.toUpperCase())) return { limit, action };
  }
  p.unexpected('WARN', 'BLOCK', 'RESTART', 'DISABLE');
  return undefined;
}

const DESTS: Readonly<Record<string, StaticRoute['dest']>> = {
  DROP: 'blackhole',
  BLACKHOLE: 'blackhole',
  REJECT: 'unreachable',
  UNREACHABLE: 'unreachable',
  PROHIBIT: 'prohibit',
};

/** stat_route, after ROUTE. */
function parseRoute(p: Parser): StaticRoute {
  const net = p.net();
  const dest = DESTS[p.peek().kind];
  if (dest) {
    p.next();
    return { net, dest, nexthops: [], commands: routeCommands(p) };
  }
  if (p.take('RECURSIVE')) {
    return { net, dest: 'recursive', nexthops: [], via: p.address(), commands: routeCommands(p) };
  }
  const nexthops: StaticNexthop[] = [];
  while (p.take('VIA')) nexthops.push(parseNexthop(p));
  if (nexthops.length === 0) {
    if (p.is("';'", "'{'")) p.fail('Unexpected or missing nexthop/type');
    else p.unexpected();
  }
  return { net, dest: 'unicast', nexthops, commands: routeCommands(p) };
}

function parseNexthop(p: Parser): StaticNexthop {
  const iface = p.is('TEXT') ? p.next().text : undefined;
  const via = iface === undefined ? p.address() : undefined;
  const scope = via !== undefined && p.take("'%'") ? p.next().text : undefined;
  const nexthop: StaticNexthop = { via, iface: iface ?? scope, onlink: false, weight: 0 };
  while (p.is('ONLINK', 'WEIGHT', 'BFD', 'MPLS')) {
    if (p.take('ONLINK')) nexthop.onlink = p.bool();
    else if (p.take('WEIGHT')) {
      const weight = p.number();
      if (weight < 1 || weight > 256) p.fail('Weight must be in range 1-256');
      nexthop.weight = weight - 1;
    } else p.notSimulated(p.peek().text);
  }
  return nexthop;
}

function routeCommands(p: Parser): StaticRoute['commands'] {
  if (!p.is("'{'")) {
    if (!p.is("';'")) p.unexpected("';'", "'{'");
    return undefined;
  }
  p.next();
  p.pushScope([]);
  const body = parseCommands(p);
  p.popScope();
  p.expect("'}'");
  return { name: undefined, parameters: [], body };
}

function postconfig(p: Parser, proto: ProtoConfig): void {
  if (proto.kind === 'bgp') bgpPostconfig(p, proto);
  if ((proto.kind === 'static' || proto.kind === 'kernel') && proto.channels.length === 0) {
    p.fail('Channel not specified');
  }
  if (proto.kind !== 'kernel') return;
  const table = proto.channels[0]?.table;
  const other = p.config.protos.find(
    (known) => known.kind === 'kernel' && !known.template && known.channels[0]?.table === table,
  );
  if (other) p.fail(`Kernel syncer (${other.name}) already attached to table ${table}`);
}
