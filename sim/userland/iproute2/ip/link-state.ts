import type { NetDevice } from '../../../linux/device/net-device';
import type { LinkAttributes } from '../../../linux/rtnetlink/link';
import type { NetlinkError } from '../../../linux/rtnetlink/netlink-error';
import type { ToolContext } from '../context';

/** What iplink_parse() collects; `attrs` becomes the netlink request. */
export interface LinkParse {
  readonly ctx: ToolContext;
  readonly create: boolean;
  readonly attrs: { -readonly [K in keyof LinkAttributes]: LinkAttributes[K] };
  name: string | undefined;
  dev: string | undefined;
  link: string | undefined;
  type: string | undefined;
  group: number | undefined;
  addressLength: number;
  /** What the kernel will say to an attribute that our request type cannot carry. */
  refusal: NetlinkError | undefined;
  /** The device that `set` is about. */
  device: NetDevice | undefined;
  /** IFLA_LINK. */
  lower: NetDevice | undefined;
}
