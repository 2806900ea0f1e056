import type { Ip } from '../../wire/frame';
import type { RawSock } from './raw';
import { isAny } from './sock';

/** struct raw_hashinfo: raw sockets by family and protocol. */
export class RawTable {
  readonly socks = new Set<RawSock>();

  /** raw_v4_match(), raw_v6_match(). */
  matching(match: {
    readonly family: 4 | 6;
    readonly protocol: number;
    readonly local: Ip;
    readonly peer: Ip;
    readonly ifindex: number;
  }): readonly RawSock[] {
    const found: RawSock[] = [];
    for (const sock of this.socks) {
      const sk = sock.sk;
      if (sk.family !== match.family || sk.protocol !== match.protocol) continue;
      if (sk.local !== undefined && !isAny(sk.local) && sk.local !== match.local) continue;
      if (sk.peer !== undefined && sk.peer !== match.peer) continue;
      if (sk.boundIfindex !== 0 && sk.boundIfindex !== match.ifindex) continue;
      found.push(sock);
    }
    return found;
  }
}
