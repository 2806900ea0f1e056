/** struct xt_icmp_names of extensions/libxt_icmp.h: an alias follows the name that is printed. A data table. */
export interface IcmpName {
  readonly name: string;
  readonly type: number;
  readonly code: { readonly min: number; readonly max: number };
}

const row = (name: string, type: number, min = 0, max = min): IcmpName => ({
  name,
  type,
  code: { min, max },
});
const whole = (name: string, type: number): IcmpName => row(name, type, 0, 255);

/** icmp_codes[]. */
export const ICMP_CODES: readonly IcmpName[] = [
  whole('any', 255),
  whole('echo-reply', 0),
  whole('pong', 0),
  whole('destination-unreachable', 3),
  row('network-unreachable', 3, 0),
  row('host-unreachable', 3, 1),
  row('protocol-unreachable', 3, 2),
  row('port-unreachable', 3, 3),
  row('fragmentation-needed', 3, 4),
  row('source-route-failed', 3, 5),
  row('network-unknown', 3, 6),
  row('host-unknown', 3, 7),
  row('network-prohibited', 3, 9),
  row('host-prohibited', 3, 10),
  row('TOS-network-unreachable', 3, 11),
  row('TOS-host-unreachable', 3, 12),
  row('communication-prohibited', 3, 13),
  row('host-precedence-violation', 3, 14),
  row('precedence-cutoff', 3, 15),
  whole('source-quench', 4),
  whole('redirect', 5),
  row('network-redirect', 5, 0),
  row('host-redirect', 5, 1),
  row('TOS-network-redirect', 5, 2),
  row('TOS-host-redirect', 5, 3),
  whole('echo-request', 8),
  whole('ping', 8),
  whole('router-advertisement', 9),
  whole('router-solicitation', 10),
  whole('time-exceeded', 11),
  whole('ttl-exceeded', 11),
  row('ttl-zero-during-transit', 11, 0),
  row('ttl-zero-during-reassembly', 11, 1),
  whole('parameter-problem', 12),
  row('ip-header-bad', 12, 0),
  row('required-option-missing', 12, 1),
  whole('timestamp-request', 13),
  whole('timestamp-reply', 14),
  whole('address-mask-request', 17),
  whole('address-mask-reply', 18),
];

/** icmpv6_codes[]. */
export const ICMPV6_CODES: readonly IcmpName[] = [
  whole('destination-unreachable', 1),
  row('no-route', 1, 0),
  row('communication-prohibited', 1, 1),
  row('beyond-scope', 1, 2),
  row('address-unreachable', 1, 3),
  row('port-unreachable', 1, 4),
  row('failed-policy', 1, 5),
  row('reject-route', 1, 6),
  whole('packet-too-big', 2),
  whole('time-exceeded', 3),
  whole('ttl-exceeded', 3),
  row('ttl-zero-during-transit', 3, 0),
  row('ttl-zero-during-reassembly', 3, 1),
  whole('parameter-problem', 4),
  row('bad-header', 4, 0),
  row('unknown-header-type', 4, 1),
  row('unknown-option', 4, 2),
  whole('echo-request', 128),
  whole('ping', 128),
  whole('echo-reply', 129),
  whole('pong', 129),
  whole('router-solicitation', 133),
  whole('router-advertisement', 134),
  whole('neighbour-solicitation', 135),
  whole('neighbor-solicitation', 135),
  whole('neighbour-advertisement', 136),
  whole('neighbor-advertisement', 136),
  whole('redirect', 137),
];

/** icmp6_type_xlate_array[]. */
export const ND_TYPES: ReadonlyMap<number, string> = new Map([
  [133, 'nd-router-solicit'],
  [134, 'nd-router-advert'],
  [135, 'nd-neighbor-solicit'],
  [136, 'nd-neighbor-advert'],
  [137, 'nd-redirect'],
]);
