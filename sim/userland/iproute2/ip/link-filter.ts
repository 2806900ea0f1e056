import { IFF_UP, type NetDevice } from '../../../linux/device/net-device';
import { globMatch } from '../../glibc/fnmatch';
import { type AddressFamily, type InetPrefix, prefixMatches } from '../inet-prefix';
import type { ShownAddress } from './shown-address';

/**
 * struct link_filter of ip/ip_common.h: what `ip link show` and `ip address show` were asked for.
 */
export class LinkFilter {
  family: AddressFamily = 0;
  ifindex = 0;
  up = false;
  showQueue = false;
  oneline = false;
  label: string | undefined;
  group = -1;
  /** 0 any, -1 nomaster (which ip itself leaves to the kernel), else an ifindex. */
  master = 0;
  kind: string | undefined;
  slaveKind: string | undefined;
  scope: number | undefined;
  flags = 0;
  flagMask = 0;
  prefix: InetPrefix | undefined;

  /**
   * The tests at the head of print_linkinfo(); the dump's own filter for `master` and `type` is
   * the same.
   */
  takesLink(dev: NetDevice): boolean {
    if (this.ifindex && dev.ifindex !== this.ifindex) return false;
    if (this.up && !(dev.flags & IFF_UP)) return false;
    if (this.group !== -1 && dev.group !== this.group) return false;
    if (this.master > 0 && dev.master?.ifindex !== this.master) return false;
    if (this.master < 0 && dev.master) return false;
    if (this.kind !== undefined && linkKind(dev) !== this.kind) return false;
    return this.slaveKind === undefined || slaveKind(dev) === this.slaveKind;
  }

  /** The tests of ipaddr_filter() and print_addrinfo(). */
  takesAddress(address: ShownAddress): boolean {
    if (this.family !== 0 && this.family !== address.family) return false;
    if (this.ifindex && address.dev.ifindex !== this.ifindex) return false;
    if (this.scope !== undefined && this.scope !== address.scope) return false;
    if ((this.flags ^ address.flags) & this.flagMask) return false;
    if (this.label !== undefined) {
      if (!globMatch(this.label, address.label ?? address.dev.name)) return false;
    }
    return prefixMatches(this.prefix, address.local);
  }
}

/** IFLA_INFO_KIND: undefined for devices that rtnetlink did not make. */
export function linkKind(dev: NetDevice): string | undefined {
  const kind = dev.data.kind;
  return kind === 'loopback' || kind === 'cable' ? undefined : kind;
}

/** IFLA_INFO_SLAVE_KIND. */
export const slaveKind = (dev: NetDevice): string | undefined =>
  dev.brport ? 'bridge' : undefined;
