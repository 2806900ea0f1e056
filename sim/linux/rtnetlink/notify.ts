import type { Mac } from '../../wire/frame';
import type { NetDevice } from '../device/net-device';
import type { Inet6Ifaddr, InIfaddr } from '../ip/address';
import type { FibRoute } from '../ip/fib';
import type { Neighbour } from '../ip/neighbour';
import type { FibRule } from '../ip/rule';

/** What `ip monitor` and `bridge monitor` print. */
export type RtnlMessage =
  | { readonly kind: 'newlink' | 'dellink'; readonly dev: NetDevice }
  | { readonly kind: 'newaddr' | 'deladdr'; readonly address: InIfaddr | Inet6Ifaddr }
  | { readonly kind: 'newroute' | 'delroute'; readonly route: FibRoute; readonly replace: boolean }
  | { readonly kind: 'newneigh' | 'delneigh'; readonly neigh: Neighbour }
  | { readonly kind: 'newrule' | 'delrule'; readonly rule: FibRule }
  | {
      readonly kind: 'newfdb' | 'delfdb';
      readonly dev: NetDevice;
      readonly mac: Mac;
      readonly vlan: number;
    }
  | { readonly kind: 'newnsid' | 'delnsid'; readonly nsid: number };

export type RtnlListener = (message: RtnlMessage) => void;
