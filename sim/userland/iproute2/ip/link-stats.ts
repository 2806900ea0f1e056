import type { LinkStats, NetDevice } from '../../../linux/device/net-device';
import { cFormat } from '../c-format';
import type { ToolContext } from '../context';
import type { Printer } from '../print';

/** print_num(): a counter right-aligned, or human-readable with -h. */
export function formatCount(ctx: ToolContext, width: number, count: number): string {
  const base = ctx.options.iec ? 1024 : 1000;
  if (!ctx.options.humanReadable || count < base) return cFormat('%*d ', width, count);
  const prefixes = ['k', 'M', 'G', 'T', 'P', 'E'];
  let step = 0;
  let unit = base;
  while (step < prefixes.length - 1 && count / base >= unit) {
    unit *= base;
    step++;
  }
  const value = count / unit;
  const precision = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const text = `${value.toFixed(precision)}${prefixes[step] ?? ''}${ctx.options.iec ? 'i' : ''}`;
  return `${text.padStart(width)} `;
}

interface Columns {
  readonly title: string;
  readonly rx: readonly number[];
  readonly rxErrors: readonly number[];
  readonly tx: readonly number[];
  readonly txErrors: readonly number[];
}

const WIDTHS = ['*X errors:', 'packets', 'errors', 'dropped', 'heartbt', 'overrun', 'compressed'];

/**
 * print_stats64(), ip/ipaddress.c: text. Errors the engine does not count are 0 as on a virtual
 * device.
 */
export function printLinkStats(ctx: ToolContext, dev: NetDevice): void {
  if (ctx.print.json) {
    printStatsJson(ctx, ctx.print, dev.stats, dev);
    return;
  }
  const cols = columnsOf(dev);
  const widths = WIDTHS.map((word, i) => {
    const rows = ctx.options.stats > 1 ? [cols.rxErrors, cols.txErrors] : [];
    const values = ctx.options.humanReadable ? [] : [cols.rx, cols.tx, ...rows];
    return Math.max(word.length, ...values.map((row) => String(row[i] ?? 0).length));
  });
  const nl = ctx.print.separator;
  const line = (values: readonly number[], from = 0): string =>
    values
      .slice(from)
      .map((value, i) => formatCount(ctx, widths[i + from] ?? 0, value))
      .join('');
  const out = ctx.print.put;
  out(statsHeader('RX', ['packets', 'errors', 'dropped', 'missed', 'mcast'], widths) + nl);
  out(`    ${line(cols.rx)}`);
  if (ctx.options.stats > 1) {
    out(`${nl}${errorsHeader('RX', ['length', 'crc', 'frame', 'fifo', 'overrun'], widths)}${nl}`);
    out(' '.repeat((widths[0] ?? 0) + 5) + line(cols.rxErrors, 1));
  }
  out(nl);
  out(statsHeader('TX', ['packets', 'errors', 'dropped', 'carrier', 'collsns'], widths) + nl);
  out(`    ${line(cols.tx)}`);
  if (ctx.options.stats > 1) {
    const names = ['aborted', 'fifo', 'window', 'heartbt', 'transns'];
    out(`${nl}${errorsHeader('TX', names, widths)}${nl}`);
    out(' '.repeat((widths[0] ?? 0) + 5) + line(cols.txErrors, 1));
  }
}

function columnsOf(dev: NetDevice): Columns {
  const s = dev.stats;
  const transitions = dev.carrierUpCount + dev.carrierDownCount;
  return {
    title: dev.name,
    rx: [s.rxBytes, s.rxPackets, s.rxErrors, s.rxDropped, 0, s.rxMulticast],
    rxErrors: [0, 0, 0, 0, 0, 0],
    tx: [s.txBytes, s.txPackets, s.txErrors, s.txDropped, s.txCarrierErrors, s.collisions],
    txErrors: [0, 0, 0, 0, 0, transitions],
  };
}

const statsHeader = (side: string, names: readonly string[], widths: readonly number[]): string =>
  `    ${side}: ${'bytes'.padStart((widths[0] ?? 0) - 4)} ${names
    .map((name, i) => name.padStart(widths[i + 1] ?? 0))
    .join(' ')} ${' '.repeat(widths[6] ?? 0)}`;

const errorsHeader = (side: string, names: readonly string[], widths: readonly number[]): string =>
  `    ${side} errors:${' '.repeat((widths[0] ?? 0) - 10)} ${names
    .map((name, i) => name.padStart(widths[i + 1] ?? 0))
    .join(' ')}`;

function printStatsJson(ctx: ToolContext, p: Printer, s: LinkStats, dev: NetDevice): void {
  const detailed = ctx.options.stats > 1;
  p.openObject('stats64');
  p.openObject('rx');
  const rx = { bytes: s.rxBytes, packets: s.rxPackets, errors: s.rxErrors, dropped: s.rxDropped };
  for (const [key, value] of Object.entries(rx)) p.field(key, value);
  p.field('over_errors', 0);
  p.field('multicast', s.rxMulticast);
  const rxErrors = ['length_errors', 'crc_errors', 'frame_errors', 'fifo_errors', 'missed_errors'];
  if (detailed) for (const key of rxErrors) p.field(key, 0);
  p.closeObject();
  p.openObject('tx');
  const tx = { bytes: s.txBytes, packets: s.txPackets, errors: s.txErrors, dropped: s.txDropped };
  for (const [key, value] of Object.entries(tx)) p.field(key, value);
  p.field('carrier_errors', s.txCarrierErrors);
  p.field('collisions', s.collisions);
  const txErrors = ['aborted_errors', 'fifo_errors', 'window_errors', 'heartbeat_errors'];
  if (detailed) {
    for (const key of txErrors) p.field(key, 0);
    p.field('carrier_changes', dev.carrierUpCount + dev.carrierDownCount);
  }
  p.closeObject();
  p.closeObject();
}
