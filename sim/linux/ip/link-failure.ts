import type { Skb } from '../sk-buff';

/** dst_link_failure(): ipv4_link_failure() or ip6_link_failure() tells the sender. */
export function dstLinkFailure(skb: Skb): void {
  skb.dev.netns.linkFailure(skb);
}
