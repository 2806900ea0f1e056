import { isMulticast } from '../../wire/ip';
import { ipLength } from '../../wire/length';
import type { Skb } from '../sk-buff';

/** Where a counter stands in every namespace's list; numbers are given as names are first counted. */
const SLOTS = new Map<string, Map<string, number>>();
let slots = 0;

function slotOf(mib: string, name: string): number {
  let names = SLOTS.get(mib);
  if (!names) {
    names = new Map();
    SLOTS.set(mib, names);
  }
  let slot = names.get(name);
  if (slot === undefined) {
    slot = slots++;
    names.set(name, slot);
  }
  return slot;
}

/** By the two low bits of the type of service: RFC 3168 §5. */
const ECN_COUNTERS = ['InNoECTPkts', 'InECT1Pkts', 'InECT0Pkts', 'InCEPkts'] as const;

/** Whole names: one put together for each packet would be hashed for each packet. */
const GROUP_COUNTERS = {
  In: { Mcast: ['InMcastPkts', 'InMcastOctets'], Bcast: ['InBcastPkts', 'InBcastOctets'] },
  Out: { Mcast: ['OutMcastPkts', 'OutMcastOctets'], Bcast: ['OutBcastPkts', 'OutBcastOctets'] },
} as const;

/** Counters of /proc/net/snmp, snmp6 and netstat by MIB and name ("Ip", "InReceives"). */
export class Snmp {
  readonly #counts: number[] = [];

  /** SNMP_INC_STATS(). */
  inc(mib: string, name: string, by = 1): void {
    const slot = slotOf(mib, name);
    while (this.#counts.length <= slot) this.#counts.push(0);
    this.#counts[slot] = (this.#counts[slot] ?? 0) + by;
  }

  /** IP_UPD_PO_STATS(), IP6_UPD_PO_STATS(): packets and octets of a direction. */
  packet(way: 'In' | 'Out', skb: Skb): void {
    const { packet } = skb;
    if (packet.kind !== 'ipv4' && packet.kind !== 'ipv6') return;
    const octets = ipLength(packet);
    const [base, ext] = packet.kind === 'ipv4' ? ['Ip', 'IpExt'] : ['Ip6', 'Ip6'];
    if (way === 'In') {
      const tos = packet.kind === 'ipv4' ? packet.tos : packet.trafficClass;
      this.inc(base, 'InReceives');
      this.inc(ext, 'InOctets', octets);
      this.inc(ext, ECN_COUNTERS[tos & 3] ?? '');
    } else {
      this.inc(base, 'OutTransmits');
      this.inc(ext, 'OutOctets', octets);
    }
    const broadcast = way === 'In' ? skb.pktType === 'broadcast' : skb.dst?.broadcast === true;
    const group = isMulticast(packet.dst) ? 'Mcast' : broadcast ? 'Bcast' : undefined;
    if (group === undefined) return;
    const [packets, bytes] = GROUP_COUNTERS[way][group];
    this.inc(ext, packets);
    this.inc(ext, bytes, octets);
  }

  /** icmp_out_count(), ICMPMSGOUT_INC_STATS() and their like. */
  icmp(way: 'In' | 'Out', version: 4 | 6, type: number): void {
    const mib = version === 4 ? 'Icmp' : 'Icmp6';
    this.inc(mib, `${way}Msgs`);
    this.inc(`${mib}Msg`, `${way}Type${type}`);
  }

  get(mib: string, name: string): number {
    const slot = SLOTS.get(mib)?.get(name);
    return slot === undefined ? 0 : (this.#counts[slot] ?? 0);
  }
}
