import { EPOCH_US } from '../../linux/host';
import type { Channel } from './channel';
import type { ChannelFilter, ChannelLimit } from './config';
import { timeText } from './daemon';
import type { Proto } from './proto';

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
    timeText(EPOCH_US + proto.lastChangeUs).padEnd(12),
  ];
  return `${fields.join(' ')}  ${proto.hooks.status?.() ?? ''}`;
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
    ...limitLines('Receive limit:', config.receiveLimit),
    ...limitLines('Import limit:', config.importLimit),
    ...limitLines('Export limit:', config.exportLimit),
    ...(channel.state === 'DOWN' ? [] : statLines(channel)),
  ];
}

/** filter_name(). */
const filterName = (filter: ChannelFilter | undefined): string => {
  if (filter === 'accept') return 'ACCEPT';
  if (filter === 'reject' || !filter) return 'REJECT';
  return filter.name ?? '(unnamed)';
};

const limitLines = (name: string, limit: ChannelLimit | undefined): readonly string[] =>
  limit ? [`    ${name.padEnd(16)}${limit.limit}`, `      Action:       ${limit.action}`] : [];

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
