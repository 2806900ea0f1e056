import { EPOCH_US } from '../../linux/host';
import type { Channel } from './channel';
import type { ChannelFilter, ChannelLimit } from './config';
import type { LimitDirection } from './limit';
import type { Proto } from './proto';
import { formatTime } from './time-format';

const KINDS = {
  device: 'Device',
  direct: 'Direct',
  kernel: 'Kernel',
  static: 'Static',
  bgp: 'BGP',
};

export const PROTOCOLS_HEADER = 'Name       Proto      Table      State  Since         Info';

/** proto_cmd_show(), nest/proto.c. */
export function protocolLine(proto: Proto): string {
  const { kind } = proto.config;
  const main = kind === 'kernel' || kind === 'static' ? proto.channels[0] : undefined;
  const fields = [
    proto.name.padEnd(10),
    KINDS[kind].padEnd(10),
    (main?.table.name ?? '---').padEnd(10),
    proto.state.padEnd(6),
    shownTime(proto).padEnd(12),
  ];
  return `${fields.join(' ')}  ${proto.hooks.status?.() ?? ''}`;
}

function shownTime({ daemon, lastChangeUs }: Proto): string {
  const { clockUs } = daemon.proc.host;
  return formatTime(daemon.config.timeFormats.protocol, EPOCH_US + lastChangeUs, clockUs);
}

export function protocolDetails(proto: Proto): readonly string[] {
  const { description, routerId } = proto.config;
  return [
    ...(description === undefined ? [] : [`  Description:    ${description}`]),
    ...(proto.message === undefined ? [] : [`  Message:        ${proto.message}`]),
    ...(routerId === undefined ? [] : [`  Router ID:      ${quad(routerId)}`]),
    ...(proto.hooks.info?.() ?? []),
    ...proto.channels.flatMap((channel) => [
      ...channelLines(channel),
      ...(proto.hooks.channelInfo?.(channel) ?? []),
    ]),
    '',
  ];
}

const quad = (n: number): string =>
  [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join('.');

/** channel_show_info(). */
function channelLines(channel: Channel): readonly string[] {
  const { config } = channel;
  return [
    `  Channel ipv${config.family}`,
    `    State:          ${channel.state}`,
    `    Table:          ${channel.table.name}`,
    `    Preference:     ${config.preference}`,
    `    Input filter:   ${filterName(config.import)}`,
    `    Output filter:  ${filterName(config.export)}`,
    ...limitLines(channel, 'receive', config.receiveLimit),
    ...limitLines(channel, 'import', config.importLimit),
    ...limitLines(channel, 'export', config.exportLimit),
    ...(channel.state === 'DOWN' ? [] : statLines(channel)),
  ];
}

/** filter_name(). */
const filterName = (filter: ChannelFilter | undefined): string => {
  if (filter === 'accept') return 'ACCEPT';
  if (filter === 'reject' || !filter) return 'REJECT';
  return filter.name ?? '(unnamed)';
};

/** channel_show_limit(). */
function limitLines(
  channel: Channel,
  direction: LimitDirection,
  limit: ChannelLimit | undefined,
): readonly string[] {
  if (!limit) return [];
  const name = `${direction[0]?.toUpperCase()}${direction.slice(1)} limit:`;
  const hit = channel.limits.isHit(direction) ? ' [HIT]' : '';
  return [`    ${name.padEnd(16)}${limit.limit}${hit}`, `      Action:       ${limit.action}`];
}

function statLines({ stats: s, config }: Channel): readonly string[] {
  const row = (name: string, ...cells: readonly (number | '---')[]): string =>
    `      ${name.padEnd(19)} ${cells.map((cell) => String(cell).padStart(10)).join(' ')}`;
  const kept = config.keepFiltered ? `${s.filtered} filtered, ` : '';
  return [
    `    Routes:         ${s.imported} imported, ${kept}${s.exported} exported, ${s.preferred} preferred`,
    '    Route change stats:     received   rejected   filtered    ignored   accepted',
    row(
      'Import updates:',
      s.updates.received,
      s.updates.invalid,
      s.updates.filtered,
      s.updates.ignored,
      s.updates.accepted,
    ),
    row(
      'Import withdraws:',
      s.withdraws.received,
      s.withdraws.invalid,
      '---',
      s.withdraws.ignored,
      s.withdraws.accepted,
    ),
    row(
      'Export updates:',
      s.exports.received,
      s.exports.rejected,
      s.exports.filtered,
      '---',
      s.exports.accepted,
    ),
    row(
      'Export withdraws:',
      s.exportWithdraws.received,
      '---',
      '---',
      '---',
      s.exportWithdraws.accepted,
    ),
  ];
}
