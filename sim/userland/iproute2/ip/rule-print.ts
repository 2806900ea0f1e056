import type { FibRule } from '../../../linux/ip/rule';
import { addressBits, formatIp } from '../../../wire/ip';
import type { ToolContext } from '../context';
import { familyColor, type Printer } from '../print';

const RTPROT_KERNEL = 2;
const FULL_MASK = 0xffff_ffff;

/** inet_proto_n2a(), lib/inet_proto.c: names of /etc/protocols. */
const PROTOCOL_NAMES: Readonly<Record<number, string>> = {
  1: 'icmp',
  6: 'tcp',
  17: 'udp',
  58: 'ipv6-icmp',
  132: 'sctp',
};

/** print_rule(), ip/iprule.c. */
export function printRule(ctx: ToolContext, rule: FibRule, deleted = false): void {
  const p = ctx.print;
  p.openObject();
  if (deleted) p.bool('deleted', 'Deleted ', true);
  p.any('priority', '%u:\t', rule.priority);
  if (rule.not) p.nil('not', 'not ');
  if (rule.src && rule.src.prefixLen > 0) {
    p.fp('from ');
    p.color(familyColor(rule.src.address), 'src', '%s', formatIp(rule.src.address));
    printLength(p, 'srclen', rule, rule.src.prefixLen);
  } else p.any('src', 'from %s', 'all');
  if (rule.dst && rule.dst.prefixLen > 0) {
    p.fp(' to ');
    p.color(familyColor(rule.dst.address), 'dst', '%s', formatIp(rule.dst.address));
    printLength(p, 'dstlen', rule, rule.dst.prefixLen);
  }
  if (rule.tos) p.any('tos', ' tos %s', ctx.names.name('rt_dsfield', rule.tos));
  if (rule.mark !== undefined && (rule.mark || rule.markMask)) {
    p.hex0x('fwmark', ' fwmark %#llx', rule.mark);
    if (rule.markMask !== FULL_MASK) p.hex0x('fwmask', '/%#llx', rule.markMask);
  }
  printDevices(ctx, rule);
  printSelectors(p, rule);
  printAction(ctx, rule);
  const shown = rule.protocol && rule.protocol !== RTPROT_KERNEL;
  if (shown || ctx.options.details) {
    p.any('protocol', ' proto %s', ctx.names.name('rt_protos', rule.protocol));
  }
  p.fp('\n');
  p.closeObject();
}

function printLength(p: Printer, key: string, rule: FibRule, length: number): void {
  if (length !== addressBits(rule.family)) p.any(key, '/%u', length);
}

/** A rule that names a device which is not there is detached. */
function printDevices(ctx: ToolContext, rule: FibRule): void {
  const p = ctx.print;
  if (rule.iif !== undefined) {
    p.fp(' iif ');
    p.color('ifname', 'iif', '%s', rule.iif);
    if (!ctx.net.deviceByName(rule.iif)) p.nil('iif_detached', ' [detached]');
  }
  if (rule.oif !== undefined) {
    p.fp(' oif ');
    p.color('ifname', 'oif', '%s', rule.oif);
    if (!ctx.net.deviceByName(rule.oif)) p.nil('oif_detached', ' [detached]');
  }
}

function printSelectors(p: Printer, rule: FibRule): void {
  if (rule.uidRange) {
    p.any('uid_start', ' uidrange %u', rule.uidRange.from);
    p.any('uid_end', '-%u', rule.uidRange.to);
  }
  if (rule.ipProto !== undefined) {
    p.any('ipproto', ' ipproto %s', PROTOCOL_NAMES[rule.ipProto] ?? `ipproto-${rule.ipProto}`);
  }
  for (const name of ['sport', 'dport'] as const) {
    const range = rule[name];
    if (!range) continue;
    const single = range.from === range.to;
    p.any(single ? name : `${name}_start`, ` ${name} %u`, range.from);
    if (!single) p.any(`${name}_end`, '-%u', range.to);
  }
}

function printAction(ctx: ToolContext, rule: FibRule): void {
  const p = ctx.print;
  const { action } = rule;
  switch (action.kind) {
    case 'table':
      p.any('table', ' lookup %s', ctx.names.name('rt_tables', action.table));
      if (rule.suppressPrefixLen !== undefined) {
        p.any('suppress_prefixlen', ' suppress_prefixlength %d', rule.suppressPrefixLen);
      }
      return;
    case 'goto': {
      p.any('goto', ' goto %u', action.target);
      const rules = rule.family === 4 ? ctx.net.rules4 : ctx.net.rules6;
      const target = rules.rules.some((other) => other.priority === action.target);
      if (!target) p.nil('unresolved', ' [unresolved]');
      return;
    }
    case 'nop':
      p.nil('nop', ' nop');
      return;
    default:
      p.any('action', ' %s', action.kind);
  }
}
