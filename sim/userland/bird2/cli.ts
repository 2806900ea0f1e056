import { formatCidr, formatIp } from '../../wire/ip';
import { type Command, denied, end } from './cli-command';
import { configure } from './cli-configure';
import { showRoute } from './cli-route';
import type { StaticRoute } from './config';
import type { Client } from './control';
import type { Daemon } from './daemon';
import { parseDebugMask, untold } from './debug';
import { patmatch } from './filter/match';
import { parseConstant } from './filter/parse';
import { formatValue } from './filter/value';
import type { Iface } from './iface';
import { Parser } from './parser';
import type { Proto } from './proto';
import { PROTOCOLS_HEADER, protocolDetails, protocolLine } from './show-protocols';
import { activeNexthop } from './simple-protocols';
import { formatTime } from './time-format';

type Run = (c: Command) => void;

/** cli_command(), nest/cli.c: the lines of the answer, each with its code. */
export function runCommand(daemon: Daemon, client: Client, line: string): readonly string[] {
  const config = { ...daemon.config, file: '' };
  const p = new Parser(config, line, () => ({ error: 'Include not allowed in CLI' }));
  const out: string[] = [];
  const found = Object.keys(COMMANDS)
    .filter((name) => line === name || line.startsWith(`${name} `))
    .sort((a, b) => b.length - a.length)[0];
  const run = found === undefined ? undefined : COMMANDS[found];
  if (!run || found === undefined) return ['9001 syntax error'];
  for (let i = 0; i < found.split(' ').length; i++) p.next();
  run({ daemon, client, p, out });
  if (p.missing !== undefined) return [`8001 hopwise: birdc: ${p.missing} is not simulated`];
  if (p.lexer.error) return [`9001 ${p.lexer.error.message}`];
  return out;
}

const notSimulated =
  (what: string): Run =>
  ({ out }) =>
    out.push(`8001 hopwise: birdc: ${what} is not simulated`);

const COMMANDS: Readonly<Record<string, Run>> = {
  'show status': showStatus,
  'show protocols': showProtocols,
  'show route': (c) => showRoute(c),
  'show interfaces': showInterfaces,
  'show static': showStatic,
  'show memory': notSimulated('show memory'),
  'show symbols': notSimulated('show symbols'),
  'show bfd sessions': ({ out }) => out.push('9001 There is no BFD protocol running'),
  'show ospf': ({ out }) => out.push('9001 There is no OSPF protocol running'),
  'show rip': ({ out }) => out.push('9001 There is no RIP protocol running'),
  configure,
  enable: (c) => apply(c, 'enable'),
  disable: (c) => apply(c, 'disable'),
  restart: (c) => apply(c, 'restart'),
  reload: (c) => apply(c, 'reload'),
  restrict: ({ client, out }) => {
    client.restricted = true;
    out.push('0016 Access restricted');
  },
  down: (c) => {
    end(c);
    if (c.p.failed || denied(c)) return;
    c.out.push('0007 Shutdown requested');
    c.daemon.defer(() => c.daemon.shutdown());
  },
  eval: ({ p, out }) => {
    const value = parseConstant(p);
    if (!p.failed) out.push(`0023 ${formatValue(value)}`);
  },
  debug,
  dump: notSimulated('dump'),
  echo: notSimulated('echo'),
  mrtdump: notSimulated('mrtdump'),
  'graceful restart': notSimulated('graceful restart'),
};

function showStatus(c: Command): void {
  end(c);
  const { daemon, out } = c;
  const { proc, config } = daemon;
  const shown = (clockUs: number): string =>
    formatTime(config.timeFormats.base, clockUs, proc.host.clockUs);
  out.push(
    '1000-BIRD 2.0.12',
    `1011-Router ID is ${formatIp(daemon.routerId)}`,
    `1011-Hostname is ${daemon.config.hostname ?? proc.uts.hostname}`,
    `1011-Current server time is ${shown(proc.host.clockUs)}`,
    `1011-Last reboot on ${shown(daemon.bootUs)}`,
    `1011-Last reconfiguration on ${shown(daemon.reconfiguredUs)}`,
    daemon.stopping ? '0006-Shutdown in progress' : '0003-Daemon is up and running',
    '0000 ',
  );
}

/** proto_patt, proto_patt2: the protocols that are meant. */
function protosOf(c: Command, all: boolean, ...expected: readonly string[]): readonly Proto[] {
  const { p, daemon } = c;
  let list: readonly Proto[] = daemon.protos;
  if (p.is('CF_SYM_KNOWN')) {
    const { text } = p.next();
    list = daemon.protos.filter((proto) => proto.name === text);
    if (list.length === 0) c.out.push(`9002 ${text} is not a protocol`);
  } else if (p.is('TEXT')) {
    const { text } = p.next();
    list = daemon.protos.filter((proto) => patmatch(text, proto.name));
    if (list.length === 0) c.out.push('8003 No protocols match');
  } else if (p.is('ALL')) p.next();
  else if (all || !p.is('END')) p.unexpected(...expected);
  return list;
}

function showProtocols(c: Command): void {
  const { p, out } = c;
  const all = p.take('ALL');
  const expected = ['END', 'CF_SYM_KNOWN', 'TEXT', ...(all ? [] : ['ALL'])];
  const protos = protosOf(c, false, ...expected);
  end(c);
  if (p.failed || protos.length === 0) return;
  out.push(`2002-${PROTOCOLS_HEADER}`);
  for (const proto of protos) {
    out.push(`1002-${protocolLine(proto)}`);
    if (all) out.push(...protocolDetails(proto).map((line) => `1006-${line}`));
  }
  out.push('0000 ');
}

/** proto_cmd_enable() and its like. */
function apply(c: Command, action: 'enable' | 'disable' | 'restart' | 'reload'): void {
  const { p, out, daemon } = c;
  if (action === 'reload' && !p.take('IN')) p.take('OUT');
  const protos = protosOf(c, true, 'CF_SYM_KNOWN', 'TEXT', 'ALL');
  const message = p.is('TEXT') ? p.next().text : undefined;
  end(c);
  if (p.failed || denied(c) || protos.length === 0) return;
  out.push(...protos.flatMap((proto) => applyTo(daemon, proto, action) ?? []));
  if (message !== undefined) for (const proto of protos) proto.message = message;
  out.push('0000 ');
}

function applyTo(daemon: Daemon, proto: Proto, action: string): string | undefined {
  const { name } = proto;
  if (action === 'enable') {
    if (!proto.disabled) return `0010-${name}: already enabled`;
    daemon.log('info', `Enabling protocol ${name}`);
    proto.disabled = false;
    daemon.defer(() => proto.start());
    return `0011-${name}: enabled`;
  }
  if (proto.disabled) return `0008-${name}: already disabled`;
  if (action === 'disable') {
    daemon.log('info', `Disabling protocol ${name}`);
    proto.disabled = true;
    proto.stop('disable');
    return `0009-${name}: disabled`;
  }
  if (action === 'restart') {
    daemon.log('info', `Restarting protocol ${name}`);
    proto.stop('restart');
    return `0012-${name}: restarted`;
  }
  if (proto.state !== 'up') return undefined;
  daemon.log('info', `Reloading protocol ${name}`);
  for (const channel of proto.channels) {
    if (channel.state !== 'UP') continue;
    if (!(proto.hooks.reload?.(channel) ?? true)) return `8006-${name}: reload failed`;
    channel.refeed();
  }
  return `0015-${name}: reloading`;
}

/** proto_cmd_debug(): only states are told, and only where the log takes TRACE. */
function debug(c: Command): void {
  const protos = protosOf(c, true, 'CF_SYM_KNOWN', 'TEXT', 'ALL');
  if (c.p.failed) return;
  const classes = parseDebugMask(c.p);
  end(c);
  if (c.p.failed || denied(c) || protos.length === 0) return;
  const missing = untold(classes);
  if (missing.length > 0 && c.daemon.config.logs.some((log) => log.classes.has('trace'))) {
    c.out.push(`8001 hopwise: birdc: debug ${missing.join(', ')} is not simulated`);
    return;
  }
  for (const proto of protos) proto.debug = classes;
  c.out.push('0000 ');
}

/** if_show(), if_show_summary(). */
function showInterfaces(c: Command): void {
  const { p, daemon, out } = c;
  const summary = p.take('SUMMARY');
  end(c);
  if (p.failed) return;
  const ifaces = [...daemon.ifaces.values()];
  if (summary) {
    out.push('2005-Interface  State  IPv4 address       IPv6 address');
    out.push(...ifaces.map((iface) => `1005-${summaryLine(iface)}`));
  } else out.push(...ifaces.flatMap(ifaceLines));
  out.push('0000 ');
}

function summaryLine(iface: Iface): string {
  const [four, six] = ([4, 6] as const).map((family) => {
    const found = iface.preferred(family);
    return found ? `${formatIp(found.ip)}/${found.prefix.prefixLen}` : '';
  });
  return `${iface.name.padEnd(10)} ${(iface.up ? 'up' : 'down').padEnd(6)} ${(four ?? '').padEnd(18)} ${six ?? ''}`;
}

function ifaceLines(iface: Iface): readonly string[] {
  const kind = iface.isPointToPoint ? 'PtP' : 'MultiAccess';
  const cast = iface.isBroadcast
    ? ' Broadcast Multicast'
    : iface.isPointToPoint
      ? ' Multicast'
      : '';
  const loopback = iface.isLoopback ? ' Loopback Ignored' : '';
  const admin = iface.adminUp ? 'Up' : 'Down';
  const link = iface.linkUp ? 'Up' : 'Down';
  return [
    `1001-${iface.name} ${iface.up ? 'up' : 'down'} (index=${iface.index})`,
    `1004-\t${kind}${cast} Admin${admin} Link${link}${loopback} MTU=${iface.mtu}`,
    ...iface.addresses.map((a) => {
      const primary = iface.preferred(4) === a || iface.preferred(6) === a || a.scope === 'link';
      const flag = primary ? 'Preferred, ' : a.secondary ? 'Secondary, ' : '';
      const opposite = a.opposite === undefined ? '' : `opposite ${formatIp(a.opposite)}, `;
      return `1003-\t${formatIp(a.ip)}/${a.prefix.prefixLen} (${flag}${opposite}scope ${a.scope})`;
    }),
  ];
}

/** static_show(). */
function showStatic(c: Command): void {
  const { p, out } = c;
  const protos = protosOf(c, false, 'END', 'CF_SYM_KNOWN');
  end(c);
  if (p.failed) return;
  const statics = protos.filter(
    (proto) => proto.config.kind === 'static' && proto.state !== 'down',
  );
  if (statics.length === 0) {
    out.push('9001 There is no Static protocol running');
    return;
  }
  for (const proto of statics) {
    if (proto !== statics[0]) out.push('1009-');
    if (proto.config.kind !== 'static') continue;
    for (const route of proto.config.routes) out.push(...staticLines(proto, route));
  }
  out.push('0000 ');
}

function staticLines(proto: Proto, route: StaticRoute): readonly string[] {
  const net = formatCidr(route.net);
  if (route.dest === 'recursive') return [`1009-${net}\trecursive ${formatIp(route.via ?? 0)}`];
  if (route.dest !== 'unicast') {
    return [`1009-${net}\t${route.dest === 'prohibit' ? 'prohibited' : route.dest}`];
  }
  return [
    `1009-${net}`,
    ...route.nexthops.map((nh) => {
      const dormant = activeNexthop(proto, nh).length > 0 ? '' : ' (dormant)';
      if (nh.via === undefined) return `1009-\tdev ${nh.iface}${dormant}`;
      const scope = nh.iface === undefined ? '' : `%${nh.iface}`;
      return `1009-\tvia ${formatIp(nh.via)}${scope}${nh.onlink ? ' onlink' : ''}${dormant}`;
    }),
  ];
}
