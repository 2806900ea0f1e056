import { ipLength } from '../../../wire/length';
import type { Skb } from '../../sk-buff';
import { type CtInfo, dirOf, IPS_FIXED_TIMEOUT, type NfConn } from './conn';
import type { NfConntrack } from './table';

/** __nf_ct_refresh_acct(): the connection lives this many seconds from now; the packet is counted. */
export function refreshAcct(
  table: NfConntrack,
  packet: { readonly ct: NfConn; readonly info: CtInfo; readonly skb: Skb },
  seconds: number,
): void {
  const { ct } = packet;
  if (!ct.has(IPS_FIXED_TIMEOUT)) {
    const us = seconds * 1_000_000;
    ct.timeoutUs = ct.confirmed ? table.nowUs + us : us;
  }
  countPacket(packet);
}

/** nf_ct_acct_update(). */
export function countPacket(packet: {
  readonly ct: NfConn;
  readonly info: CtInfo;
  readonly skb: Skb;
}): void {
  const counter = packet.ct.acct?.[dirOf(packet.info)];
  const l3 = packet.skb.packet;
  if (!counter || (l3.kind !== 'ipv4' && l3.kind !== 'ipv6')) return;
  counter.packets++;
  counter.bytes += ipLength(l3);
}
