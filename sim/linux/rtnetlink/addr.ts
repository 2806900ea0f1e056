import type { Ip } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import type { Netns } from '../netns';
import type { Rtnl } from './netlink-error';

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
export declare function newAddress(net: Netns, req: AddressRequest, flags: AddressFlags): Rtnl;

/** What `ip addr del` selects by: inet_rtm_deladdr(). */
export interface AddressSelector {
  readonly dev: NetDevice;
  readonly local?: Ip | undefined;
  readonly peer?: Ip | undefined;
  readonly prefixLen: number;
  readonly label?: string | undefined;
}

/** inet_rtm_deladdr(), inet6_rtm_deladdr(). Addresses are read from `dev.inDev` and `dev.in6Dev`. */
export declare function delAddress(net: Netns, sel: AddressSelector): Rtnl;
