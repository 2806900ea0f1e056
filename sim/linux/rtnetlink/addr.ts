import { OK } from '../../base/result';
import type { Ip, Ipv4, Ipv6 } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import { inet6AddrAdd, inet6AddrDel, scopeNumber } from '../ip/addrconf';
import { FOREVER, type Inet6Ifaddr, type InIfaddr } from '../ip/address';
import { ifaMatch } from '../ip/address-type';
import { expireLater, inetDelIfa, inetInsertIfa, newIfa } from '../ip/inet-address';
import type { Netns } from '../netns';
import { nlErr, type Rtnl } from './netlink-error';

/** RTM_NEWADDR's attributes: IFA_LOCAL, IFA_ADDRESS (peer), … */
export interface AddressRequest {
  readonly dev: NetDevice;
  readonly local: Ip;
  /** The other end; its prefix length is `prefixLen`. */
  readonly peer?: Ip | undefined;
  readonly prefixLen: number;
  readonly broadcast?: Ip | undefined;
  readonly scope?: number | undefined;
  readonly label?: string | undefined;
  readonly metric?: number | undefined;
  readonly validSec?: number | undefined;
  readonly preferredSec?: number | undefined;
  readonly noPrefixRoute?: boolean | undefined;
  readonly noDad?: boolean | undefined;
  readonly home?: boolean | undefined;
  readonly mngTmpAddr?: boolean | undefined;
  readonly protocol?: number | undefined;
}

/** NLM_F_* of RTM_NEWADDR: `add` create+excl, `change` replace, `replace` create+replace. */
export interface AddressFlags {
  readonly create: boolean;
  readonly excl: boolean;
  readonly replace: boolean;
}

/** inet_rtm_newaddr(), inet6_rtm_newaddr(). */
export function newAddress(net: Netns, req: AddressRequest, flags: AddressFlags): Rtnl {
  const { local } = req;
  return typeof local === 'bigint'
    ? newAddress6(net, { ...req, local }, flags)
    : newAddress4(net, { ...req, local }, flags);
}

function newAddress4(
  net: Netns,
  req: AddressRequest & { readonly local: Ipv4 },
  flags: AddressFlags,
): Rtnl {
  const { dev } = req;
  if (req.prefixLen > 32) return nlErr('EINVAL', 'ipv4: Invalid prefix length');
  const validSec = req.validSec ?? FOREVER;
  const preferredSec = req.preferredSec ?? FOREVER;
  if (validSec === 0 || preferredSec > validSec) {
    return nlErr('EINVAL', 'ipv4: address lifetime invalid');
  }
  const ifa: InIfaddr = {
    ...newIfa(dev, req.local, req.prefixLen, req.scope ?? 0),
    address: typeof req.peer === 'number' ? req.peer : req.local,
    broadcast: typeof req.broadcast === 'number' ? req.broadcast : undefined,
    label: req.label ?? dev.name,
    noPrefixRoute: req.noPrefixRoute ?? false,
    metric: req.metric ?? 0,
    protocol: req.protocol ?? 0,
    validSec,
    preferredSec,
  };
  const list = dev.inDev.addresses;
  const known = list.find(
    (o) => o.prefixLen === ifa.prefixLen && o.local === ifa.local && ifaMatch(o.address, ifa),
  );
  if (!known) return inetInsertIfa(ifa);
  if (flags.excl || !flags.replace) return nlErr('EEXIST', 'ipv4: Address already assigned');
  const changed: InIfaddr = {
    ...known,
    validSec,
    preferredSec,
    metric: ifa.metric,
    sinceUs: net.kernel.scheduler.nowUs,
  };
  list[list.indexOf(known)] = changed;
  expireLater(changed);
  net.rtnlNotify({ kind: 'newaddr', address: changed });
  return OK;
}

function newAddress6(
  net: Netns,
  req: AddressRequest & { readonly local: Ipv6 },
  flags: AddressFlags,
): Rtnl {
  const { dev, local } = req;
  if (req.prefixLen > 128) return nlErr('EINVAL', 'ipv6: address prefix length larger than 128');
  const validSec = req.validSec ?? FOREVER;
  const preferredSec = req.preferredSec ?? FOREVER;
  if (validSec === 0 || preferredSec > validSec) {
    return nlErr('EINVAL', 'ipv6: address lifetime invalid');
  }
  const { addresses, conf } = dev.in6Dev;
  const known = addresses.find((one) => one.address === local);
  const ifa: Inet6Ifaddr = {
    dev,
    address: local,
    peer: typeof req.peer === 'bigint' ? req.peer : undefined,
    prefixLen: req.prefixLen,
    scope: scopeNumber(local),
    tentative: true,
    dadFailed: false,
    noDad: req.noDad ?? false,
    noPrefixRoute: req.noPrefixRoute ?? false,
    dynamic: false,
    mngTmpAddr: req.mngTmpAddr ?? false,
    metric: req.metric ?? 0,
    protocol: req.protocol ?? 0,
    validSec,
    preferredSec,
    sinceUs: net.kernel.scheduler.nowUs,
  };
  if (!known) {
    if (conf.disable_ipv6 !== 0) return nlErr('EACCES', 'ipv6: IPv6 is disabled on this device');
    inet6AddrAdd(ifa);
    return OK;
  }
  if (flags.excl || !flags.replace) return nlErr('EEXIST', 'ipv6: address already assigned');
  const { tentative, dadFailed } = known;
  addresses[addresses.indexOf(known)] = { ...ifa, tentative, dadFailed };
  return OK;
}

/** What `ip addr del` selects by: inet_rtm_deladdr(). */
export interface AddressSelector {
  readonly dev: NetDevice;
  readonly local?: Ip | undefined;
  /** IFA_ADDRESS: only with it IPv4 compares `prefixLen`. */
  readonly peer?: Ip | undefined;
  readonly prefixLen: number;
  readonly label?: string | undefined;
}

/** inet_rtm_deladdr(), inet6_rtm_deladdr(). Addresses are read from `dev.inDev` and `dev.in6Dev`. */
export function delAddress(_net: Netns, sel: AddressSelector): Rtnl {
  const { dev, local, peer } = sel;
  if (typeof local === 'bigint' || typeof peer === 'bigint') {
    const found = dev.in6Dev.addresses.find(
      (ifa) => ifa.address === local && ifa.prefixLen === sel.prefixLen,
    );
    return found ? inet6AddrDel(found) : nlErr('EADDRNOTAVAIL', 'ipv6: address not found');
  }
  const found = dev.inDev.addresses.find((ifa) => {
    if (local !== undefined && ifa.local !== local) return false;
    if (sel.label !== undefined && ifa.label !== sel.label) return false;
    if (typeof peer !== 'number') return true;
    return ifa.prefixLen === sel.prefixLen && ifaMatch(peer, ifa);
  });
  if (!found) return nlErr('EADDRNOTAVAIL', 'ipv4: Address not found');
  inetDelIfa(found);
  return OK;
}
