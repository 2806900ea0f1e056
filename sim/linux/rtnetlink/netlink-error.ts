import { err, type Result } from '../../base/result';
import type { Errno } from '../errno';

/** The answer of a netlink request: an errno, and the extended ack's text where the kernel sends one. */
export interface NetlinkError {
  readonly errno: Errno;
  /** NLMSGERR_ATTR_MSG. */
  readonly message?: string | undefined;
}

export type Rtnl<T = undefined> = Result<T, NetlinkError>;

export const nlErr = (errno: Errno, message?: string) =>
  err<NetlinkError>(message === undefined ? { errno } : { errno, message });
