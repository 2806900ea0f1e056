import type { XtOwner } from '../xt-match';
import { inRange } from './tcp';
import type { XtMatchFn } from './verdict';

/**
 * owner_mt(), net/netfilter/xt_owner.c. A forwarded packet has no socket; what the kernel itself sends has one
 * (icmp_sk and its like) that no program opened.
 */
export function ownerMatch(match: XtOwner): XtMatchFn {
  const { uid, gid, socketExists } = match;
  const owners = [uid, gid].filter((one) => one !== undefined);
  return ({ skb }) => {
    const noSocket = !skb.sk && skb.inDev !== undefined;
    if (socketExists && noSocket !== socketExists.invert) return false;
    const owner = skb.sk?.uid;
    if (owner === undefined) return owners.every((one) => one.invert);
    if (uid && inRange(owner, uid.value) === uid.invert) return false;
    return !gid || inRange(groupOf(owner), gid.value) !== gid.invert;
  };
}

/** Debian gives each user a group of the same number. */
const groupOf = (uid: number): number => uid;
