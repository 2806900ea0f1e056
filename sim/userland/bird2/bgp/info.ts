import type { BgpCapability } from '../../../wire/bgp';
import { formatIp } from '../../../wire/ip';
import type { Channel } from '../channel';
import type { BgpProtocol } from './bgp-proto';
import { ownNextHop } from './export';

/** bgp_show_proto_info(). */
export function bgpInfo(bgp: BgpProtocol): readonly string[] {
  const { config, proto } = bgp;
  const lines = [
    `  BGP state:          ${bgp.stateText}`,
    `    Neighbor address: ${formatIp(config.remoteIp ?? 0)}${config.iface ? `%${config.iface}` : ''}`,
  ];
  if (bgp.connection === bgp.outgoing && config.remotePort !== 179) {
    lines.push(`    Neighbor port:    ${config.remotePort}`);
  }
  lines.push(`    Neighbor AS:      ${config.remoteAs}`, `    Local AS:         ${config.localAs}`);
  if (proto.state === 'start') lines.push(...startInfo(bgp));
  if (proto.state === 'up') lines.push(...sessionInfo(bgp));
  if (bgp.lastError) lines.push(`    Last error:       ${bgp.errorText}`);
  return lines;
}

function startInfo(bgp: BgpProtocol): readonly string[] {
  const { config, outgoing, startupTimer } = bgp;
  if (bgp.startState !== 'connect' && startupTimer.active) {
    return [`    Error wait:       ${startupTimer.remains}/${bgp.startupDelay}`];
  }
  if (outgoing.state === 'Active' && outgoing.connectTimer.active) {
    return [`    Connect delay:    ${outgoing.connectTimer.remains}/${config.connectDelay}`];
  }
  return [];
}

function sessionInfo(bgp: BgpProtocol): readonly string[] {
  const conn = bgp.connection;
  if (!conn) return [];
  const { config } = bgp;
  const session = [
    bgp.isInternal ? 'internal' : 'external',
    ...(config.multihop ? ['multihop'] : []),
    ...(config.rrClient ? ['route-reflector'] : []),
    ...(config.rsClient ? ['route-server'] : []),
    ...(conn.as4 ? ['AS4'] : []),
  ];
  return [
    `    Neighbor ID:      ${formatIp(bgp.remoteId)}`,
    '    Local capabilities',
    ...capabilities(conn.open?.capabilities ?? []),
    '    Neighbor capabilities',
    ...capabilities(bgp.remoteOpen?.capabilities ?? []),
    `    Session:          ${session.join(' ')}`,
    `    Source address:   ${formatIp(bgp.localIp ?? 0)}`,
    `    Hold timer:       ${conn.holdTimer.remains}/${conn.holdTime}`,
    `    Keepalive timer:  ${conn.keepaliveTimer.remains}/${conn.keepaliveTime}`,
  ];
}

/** bgp_show_capabilities(). */
function capabilities(list: readonly BgpCapability[]): readonly string[] {
  const families = list.flatMap((c) => (c.kind === 'multiprotocol' ? [c.afi] : []));
  const has = (code: number): boolean => list.some((c) => c.kind === 'other' && c.code === code);
  const lines: string[] = [];
  if (families.length > 0) {
    const names = families.map((afi) => (afi === 1 ? 'ipv4' : 'ipv6'));
    lines.push('      Multiprotocol', `        AF announced: ${names.join(' ')}`);
  }
  if (list.some((c) => c.kind === 'routeRefresh')) lines.push('      Route refresh');
  if (has(64)) lines.push('      Graceful restart');
  if (list.some((c) => c.kind === 'as4')) lines.push('      4-octet AS numbers');
  if (has(70)) lines.push('      Enhanced refresh');
  if (has(71)) lines.push('      Long-lived graceful restart');
  return lines;
}

/** What follows a channel of BGP in `show protocols all`. */
export function bgpChannelInfo(bgp: BgpProtocol, channel: Channel): readonly string[] {
  const lines: string[] = [];
  if (channel.state === 'UP') {
    lines.push(`    BGP Next hop:   ${formatIp(ownNextHop(bgp, channel) ?? 0)}`);
  }
  if (channel.config.gateway === 'recursive') {
    lines.push(`    IGP IPv${channel.config.family} table: ${channel.table.name}`);
  }
  return lines;
}
