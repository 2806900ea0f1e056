import { FOREVER } from '../../../linux/ip/address';
import { formatIp } from '../../../wire/ip';
import type { ToolContext } from '../context';
import { familyName } from '../inet-prefix';
import { familyColor } from '../print';
import {
  IFA_F_DADFAILED,
  IFA_F_DEPRECATED,
  IFA_F_MANAGETEMPADDR,
  IFA_F_NODAD,
  IFA_F_NOPREFIXROUTE,
  IFA_F_PERMANENT,
  IFA_F_SECONDARY,
  IFA_F_TENTATIVE,
  type ShownAddress,
} from './shown-address';

export interface AddressFlag {
  readonly name: string;
  readonly mask: number;
  /** `ip address add` cannot set it. */
  readonly readonly: boolean;
  readonly v6only: boolean;
}

const flag = (name: string, mask: number, readonly: boolean, v6only: boolean): AddressFlag => ({
  name,
  mask,
  readonly,
  v6only,
});

/** ifa_flag_data[], ip/ipaddress.c. Data table. */
export const ADDRESS_FLAGS: readonly AddressFlag[] = [
  flag('secondary', IFA_F_SECONDARY, true, false),
  flag('temporary', IFA_F_SECONDARY, true, false),
  flag('nodad', IFA_F_NODAD, false, true),
  flag('optimistic', 0x04, false, true),
  flag('dadfailed', IFA_F_DADFAILED, true, true),
  flag('home', 0x10, false, true),
  flag('deprecated', IFA_F_DEPRECATED, true, true),
  flag('tentative', IFA_F_TENTATIVE, true, true),
  flag('permanent', IFA_F_PERMANENT, true, true),
  flag('mngtmpaddr', IFA_F_MANAGETEMPADDR, false, true),
  flag('noprefixroute', IFA_F_NOPREFIXROUTE, false, false),
  flag('autojoin', 0x400, false, false),
  flag('stable-privacy', 0x800, true, true),
];

export interface AddressPrintOptions {
  /** filter.oneline, and `ip monitor`: the device stands before the address. */
  readonly withDevice: boolean;
  readonly deleted?: boolean | undefined;
}

/** print_addrinfo(), ip/ipaddress.c. */
export function printAddress(
  ctx: ToolContext,
  a: ShownAddress,
  options: AddressPrintOptions,
): void {
  const p = ctx.print;
  if (options.deleted) p.bool('deleted', 'Deleted ', true);
  if (!ctx.options.brief) {
    if (options.withDevice) {
      p.field('index', a.dev.ifindex);
      p.field('dev', a.dev.name);
      p.fp('%u: %s', a.dev.ifindex, a.dev.name);
    }
    p.any('family', '    %s ', familyName(a.family));
  }
  p.color(familyColor(a.local), 'local', '%s', formatIp(a.local));
  if (a.peer !== undefined) {
    p.fp(' %s ', 'peer');
    p.color(familyColor(a.peer), 'address', '%s', formatIp(a.peer));
  }
  p.any('prefixlen', '/%d ', a.prefixLen);
  if (a.metric) p.any('metric', 'metric %u ', a.metric);
  if (ctx.options.brief) return;
  if (a.broadcast !== undefined) {
    p.fp('%s ', 'brd');
    p.color(familyColor(a.broadcast), 'broadcast', '%s ', formatIp(a.broadcast));
  }
  p.any('scope', 'scope %s ', ctx.names.name('rt_scopes', a.scope));
  printFlags(ctx, a);
  if (a.label !== undefined) p.any('label', '%s', a.label);
  p.nl();
  p.fp('       valid_lft ');
  printLifetime(ctx, 'valid_life_time', a.validSec);
  p.fp(' preferred_lft ');
  printLifetime(ctx, 'preferred_life_time', a.preferredSec);
  p.fp('\n');
}

function printLifetime(ctx: ToolContext, key: string, seconds: number): void {
  if (seconds !== FOREVER) {
    ctx.print.any(key, '%usec', seconds);
    return;
  }
  ctx.print.field(key, seconds);
  ctx.print.fp('forever');
}

/** print_ifa_flags(). */
function printFlags(ctx: ToolContext, a: ShownAddress): void {
  const p = ctx.print;
  let left = a.flags;
  for (const { name, mask } of ADDRESS_FLAGS) {
    if (mask === IFA_F_PERMANENT) {
      if (!(left & mask)) p.bool('dynamic', 'dynamic ', true);
    } else if (left & mask) {
      const shown = mask === IFA_F_SECONDARY && a.family === 6 ? 'temporary' : name;
      p.fp('%s ', shown);
      p.field(shown, true);
    }
    left &= ~mask;
  }
  if (left) p.hex('ifa_flags', 'flags %02x ', left);
}
