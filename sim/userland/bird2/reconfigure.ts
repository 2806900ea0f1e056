import { BgpProtocol } from './bgp/bgp-proto';
import type { ChannelConfig, ProtoConfig } from './config';
import type { Proto } from './proto';

const key = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item)) ??
  '';

/** Own options of a protocol, without what is compared apart. */
function optionsOf(config: ProtoConfig): string {
  const rest: Record<string, unknown> = { ...config };
  for (const name of ['channels', 'routes', 'description', 'debug', 'bgp']) delete rest[name];
  return key(rest) + (config.kind === 'bgp' ? key(config.bgp) : '');
}

/** proto_reconfigure(): true where the protocol goes on with its new configuration. */
export function sameProto(proto: Proto, next: ProtoConfig, soft = false): boolean {
  const old = proto.config;
  if (old.kind !== next.kind || optionsOf(old) !== optionsOf(next)) return false;
  if (old.channels.length !== next.channels.length) return false;
  const tables = old.channels.every(
    (channel, i) =>
      channel.table === next.channels[i]?.table && channel.family === next.channels[i]?.family,
  );
  if (!tables || (proto.state === 'down') !== next.disabled) return false;
  proto.config = next;
  proto.debug = next.debug ?? proto.daemon.config.debug;
  if (next.kind === 'bgp' && proto.hooks instanceof BgpProtocol) proto.hooks.config = next.bgp;
  proto.channels.forEach((channel, i) => {
    const config = next.channels[i];
    if (config) changeChannel(proto, channel, config, soft);
  });
  if (next.kind === 'static' && key(old) !== key(next)) {
    proto.daemon.defer(() => proto.hooks.ifaceNotify?.([]));
  }
  return true;
}

/** channel_reconfigure(): changed policies are applied to what is there. */
function changeChannel(
  proto: Proto,
  channel: Proto['channels'][number],
  next: ChannelConfig,
  soft: boolean,
): void {
  const old = channel.config;
  channel.config = next;
  if (channel.state !== 'UP' || soft) return;
  const imports = key([old.import, old.preference]) !== key([next.import, next.preference]);
  if (imports) proto.daemon.defer(() => proto.hooks.reload?.(channel));
  const rest = (c: ChannelConfig): string => key([c.export, c.nextHopSelf, c.nextHopKeep]);
  if (rest(old) !== rest(next)) proto.daemon.defer(() => channel.refeed());
}
