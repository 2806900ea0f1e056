import type { XtOwner } from '../xt-match';
import { inRange } from './tcp';
import type { XtMatchFn } from './verdict';

/** owner_mt(), net/netfilter/xt_owner.c. The kernel's own packets have no socket of a program. */
export function ownerMatch(match: XtOwner): XtMatchFn {
  const { uid, gid, socketExists } = match;
  const asked = [uid, gid, socketExists].filter((one) => one !== undefined);
  return (pkt) => {
    const owner = pkt.skb.sk?.uid;
    if (owner === undefined) return asked.every((one) => one.invert);
    if (socketExists?.invert) return false;
    if (uid && inRange(owner, uid.value) === uid.invert) return false;
    return !gid || inRange(groupOf(owner), gid.value) !== gid.invert;
  };
}

/** Debian gives each user a group of the same number. */
const groupOf = (uid: number): number => uid;
