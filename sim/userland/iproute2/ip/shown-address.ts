import type { NetDevice } from '../../../linux/device/net-device';
import { FOREVER, type Inet6Ifaddr, type InIfaddr } from '../../../linux/ip/address';
import type { Ip } from '../../../wire/frame';
import { type Family, isLinkLocal6 } from '../../../wire/ip';

/** IFA_F_* of include/uapi/linux/if_addr.h. */
export const IFA_F_SECONDARY = 0x01;
export const IFA_F_NODAD = 0x02;
export const IFA_F_DADFAILED = 0x08;
export const IFA_F_DEPRECATED = 0x20;
export const IFA_F_TENTATIVE = 0x40;
export const IFA_F_PERMANENT = 0x80;
export const IFA_F_MANAGETEMPADDR = 0x100;
export const IFA_F_NOPREFIXROUTE = 0x200;

/** RTM_NEWADDR as a dump carries it: struct ifaddrmsg and its attributes. */
export interface ShownAddress {
  readonly dev: NetDevice;
  readonly family: Family;
  readonly local: Ip;
  /** IFA_ADDRESS where it differs from IFA_LOCAL. */
  readonly peer: Ip | undefined;
  readonly prefixLen: number;
  readonly broadcast: Ip | undefined;
  readonly scope: number;
  readonly flags: number;
  readonly label: string | undefined;
  readonly metric: number;
  /** IFA_PROTO. */
  readonly protocol: number;
  /** Seconds left; FOREVER. */
  readonly validSec: number;
  readonly preferredSec: number;
}

const left = (sec: number, sinceUs: number, nowUs: number): number =>
  sec === FOREVER ? FOREVER : Math.max(0, sec - Math.floor((nowUs - sinceUs) / 1_000_000));

/** inet_fill_ifaddr(), net/ipv4/devinet.c. */
export function fillInet(a: InIfaddr, nowUs: number): ShownAddress {
  const validSec = left(a.validSec, a.sinceUs, nowUs);
  const preferredSec = left(a.preferredSec, a.sinceUs, nowUs);
  return {
    dev: a.dev,
    family: 4,
    local: a.local,
    peer: a.address === a.local ? undefined : a.address,
    prefixLen: a.prefixLen,
    broadcast: a.broadcast,
    scope: a.scope,
    flags:
      (a.secondary ? IFA_F_SECONDARY : 0) |
      (a.noPrefixRoute ? IFA_F_NOPREFIXROUTE : 0) |
      (preferredSec === 0 ? IFA_F_DEPRECATED : 0) |
      (a.validSec === FOREVER ? IFA_F_PERMANENT : 0),
    label: a.label,
    metric: a.metric,
    protocol: a.protocol,
    validSec,
    preferredSec,
  };
}

/** inet6_fill_ifaddr(), net/ipv6/addrconf.c. */
export function fillInet6(a: Inet6Ifaddr, nowUs: number): ShownAddress {
  const validSec = left(a.validSec, a.sinceUs, nowUs);
  const preferredSec = left(a.preferredSec, a.sinceUs, nowUs);
  return {
    dev: a.dev,
    family: 6,
    local: a.address,
    peer: a.peer,
    prefixLen: a.prefixLen,
    broadcast: undefined,
    scope: a.scope === 0 && isLinkLocal6(a.address) ? 253 : a.scope,
    flags:
      (a.noDad ? IFA_F_NODAD : 0) |
      (a.dadFailed ? IFA_F_DADFAILED : 0) |
      (a.tentative ? IFA_F_TENTATIVE : 0) |
      (a.mngTmpAddr ? IFA_F_MANAGETEMPADDR : 0) |
      (a.noPrefixRoute ? IFA_F_NOPREFIXROUTE : 0) |
      (preferredSec === 0 ? IFA_F_DEPRECATED : 0) |
      (a.validSec === FOREVER ? IFA_F_PERMANENT : 0),
    label: undefined,
    metric: a.metric,
    protocol: a.protocol,
    validSec,
    preferredSec,
  };
}

/** The addresses of a device, IPv4 first as a dump of all families gives them. */
export const addressesOf = (dev: NetDevice, nowUs: number): readonly ShownAddress[] => [
  ...dev.inDev.addresses.map((a) => fillInet(a, nowUs)),
  ...dev.in6Dev.addresses.map((a) => fillInet6(a, nowUs)),
];
