import type { Icmpv6Message } from '../../../wire/frame';
import {
  ICMP_DEST_UNREACH,
  ICMP_HOST_ANO,
  ICMP_HOST_UNREACH,
  ICMP_NET_ANO,
  ICMP_NET_UNREACH,
  ICMP_PKT_FILTERED,
  ICMP_PORT_UNREACH,
  ICMP_PROT_UNREACH,
} from '../../../wire/icmp';
import {
  ICMPV6_ADDR_UNREACH,
  ICMPV6_ADM_PROHIBITED,
  ICMPV6_DEST_UNREACH,
  ICMPV6_NOROUTE,
  ICMPV6_POLICY_FAIL,
  ICMPV6_PORT_UNREACH,
  ICMPV6_REJECT_ROUTE,
} from '../../../wire/icmpv6';
import { icmpSend } from '../../ip/icmp';
import { icmp6Send } from '../../ip/icmpv6';
import type { RejectWith, XtReject } from '../xt-target';
import { nfSendReset } from './reject-reset';
import type { XtTargetFn } from './verdict';

const ICMP_CODES: Partial<Record<RejectWith, number>> = {
  'icmp-net-unreachable': ICMP_NET_UNREACH,
  'icmp-host-unreachable': ICMP_HOST_UNREACH,
  'icmp-proto-unreachable': ICMP_PROT_UNREACH,
  'icmp-port-unreachable': ICMP_PORT_UNREACH,
  'icmp-net-prohibited': ICMP_NET_ANO,
  'icmp-host-prohibited': ICMP_HOST_ANO,
  'icmp-admin-prohibited': ICMP_PKT_FILTERED,
};

const ICMP6_CODES: Partial<Record<RejectWith, Icmpv6Message['code']>> = {
  'icmp6-no-route': ICMPV6_NOROUTE,
  'icmp6-adm-prohibited': ICMPV6_ADM_PROHIBITED,
  'icmp6-addr-unreachable': ICMPV6_ADDR_UNREACH,
  'icmp6-port-unreachable': ICMPV6_PORT_UNREACH,
  'icmp6-policy-fail': ICMPV6_POLICY_FAIL,
  'icmp6-reject-route': ICMPV6_REJECT_ROUTE,
};

/** reject_tg(), ipt_REJECT.c; reject_tg6(), ip6t_REJECT.c: says so to the sender, and drops. */
export const rejectTarget =
  (target: XtReject): XtTargetFn =>
  (pkt) => {
    const { skb, ip } = pkt;
    if (target.with === 'tcp-reset') nfSendReset(pkt);
    else if (ip.kind === 'ipv4') {
      const code = ICMP_CODES[target.with] ?? ICMP_PORT_UNREACH;
      icmpSend(skb, { type: ICMP_DEST_UNREACH, code, info: 0 });
    } else {
      const code = ICMP6_CODES[target.with] ?? ICMPV6_PORT_UNREACH;
      icmp6Send(skb, { type: ICMPV6_DEST_UNREACH, code, info: 0 });
    }
    return 'drop';
  };
