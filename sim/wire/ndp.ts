import { ByteReader, ByteWriter } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { type DecodeError, malformed, truncated } from './decode-error';
import type { Icmpv6Message, Ipv6, Mac } from './frame';
import {
  ICMPV6_MLD2_REPORT,
  NDISC_NEIGHBOUR_ADVERTISEMENT,
  NDISC_NEIGHBOUR_SOLICITATION,
  NDISC_ROUTER_ADVERTISEMENT,
  NDISC_ROUTER_SOLICITATION,
} from './icmpv6';

/** Neighbour discovery, RFC 4861: what the `rest` and `data` of an ICMPv6 message hold. */

/** Option types, RFC 4861 §4.6, RFC 8106 §5.1. */
export const ND_OPT_SOURCE_LL_ADDR = 1;
export const ND_OPT_TARGET_LL_ADDR = 2;
export const ND_OPT_PREFIX_INFO = 3;
export const ND_OPT_MTU = 5;
export const ND_OPT_RDNSS = 25;

export type NdOption =
  | { readonly kind: 'sourceLinkAddress'; readonly mac: Mac }
  | { readonly kind: 'targetLinkAddress'; readonly mac: Mac }
  | {
      readonly kind: 'prefixInfo';
      readonly prefixLen: number;
      readonly onLink: boolean;
      readonly autonomous: boolean;
      readonly validLifetimeSec: number;
      readonly preferredLifetimeSec: number;
      readonly prefix: Ipv6;
    }
  | { readonly kind: 'mtu'; readonly mtu: number }
  | { readonly kind: 'rdnss'; readonly lifetimeSec: number; readonly servers: readonly Ipv6[] }
  | { readonly kind: 'other'; readonly type: number; readonly bytes: Uint8Array };

/** RFC 4861 §4.3; `target` of §4.4. */
export interface NeighbourSolicitation {
  readonly target: Ipv6;
  readonly options: readonly NdOption[];
}

export interface NeighbourAdvertisement {
  readonly target: Ipv6;
  readonly router: boolean;
  readonly solicited: boolean;
  readonly override: boolean;
  readonly options: readonly NdOption[];
}

/** RFC 4861 §4.2. */
export interface RouterAdvertisement {
  readonly hopLimit: number;
  readonly managed: boolean;
  readonly otherConfig: boolean;
  readonly routerLifetimeSec: number;
  readonly reachableMs: number;
  readonly retransMs: number;
  readonly options: readonly NdOption[];
}

const message = (type: number, rest: number, data: Uint8Array): Icmpv6Message => ({
  kind: 'icmpv6',
  type,
  code: 0,
  rest: rest >>> 0,
  data,
});

export function neighbourSolicitation(ns: NeighbourSolicitation): Icmpv6Message {
  const w = new ByteWriter().u128(ns.target);
  writeNdOptions(w, ns.options);
  return message(NDISC_NEIGHBOUR_SOLICITATION, 0, w.finish());
}

export function neighbourAdvertisement(na: NeighbourAdvertisement): Icmpv6Message {
  const w = new ByteWriter().u128(na.target);
  writeNdOptions(w, na.options);
  const flags = (na.router ? 4 : 0) | (na.solicited ? 2 : 0) | (na.override ? 1 : 0);
  return message(NDISC_NEIGHBOUR_ADVERTISEMENT, flags << 29, w.finish());
}

export function routerSolicitation(options: readonly NdOption[]): Icmpv6Message {
  const w = new ByteWriter();
  writeNdOptions(w, options);
  return message(NDISC_ROUTER_SOLICITATION, 0, w.finish());
}

export function routerAdvertisement(ra: RouterAdvertisement): Icmpv6Message {
  const w = new ByteWriter().u32(ra.reachableMs).u32(ra.retransMs);
  writeNdOptions(w, ra.options);
  const flags = (ra.managed ? 0x80 : 0) | (ra.otherConfig ? 0x40 : 0);
  const rest = (ra.hopLimit << 24) | (flags << 16) | ra.routerLifetimeSec;
  return message(NDISC_ROUTER_ADVERTISEMENT, rest, w.finish());
}

export function parseNeighbourSolicitation(
  icmp: Icmpv6Message,
): Result<NeighbourSolicitation, DecodeError> {
  const r = new ByteReader(icmp.data);
  const target = r.u128();
  if (r.short) return truncated('icmpv6');
  const options = parseNdOptions(r.rest());
  return options.ok ? ok({ target, options: options.value }) : options;
}

export function parseNeighbourAdvertisement(
  icmp: Icmpv6Message,
): Result<NeighbourAdvertisement, DecodeError> {
  const parsed = parseNeighbourSolicitation(icmp);
  if (!parsed.ok) return parsed;
  const flags = icmp.rest >>> 29;
  return ok({
    ...parsed.value,
    router: (flags & 4) !== 0,
    solicited: (flags & 2) !== 0,
    override: (flags & 1) !== 0,
  });
}

export const parseRouterSolicitation = (
  icmp: Icmpv6Message,
): Result<readonly NdOption[], DecodeError> => parseNdOptions(icmp.data);

export function parseRouterAdvertisement(
  icmp: Icmpv6Message,
): Result<RouterAdvertisement, DecodeError> {
  const r = new ByteReader(icmp.data);
  const reachableMs = r.u32();
  const retransMs = r.u32();
  if (r.short) return truncated('icmpv6');
  const options = parseNdOptions(r.rest());
  if (!options.ok) return options;
  return ok({
    hopLimit: icmp.rest >>> 24,
    managed: (icmp.rest & 0x80_0000) !== 0,
    otherConfig: (icmp.rest & 0x40_0000) !== 0,
    routerLifetimeSec: icmp.rest & 0xffff,
    reachableMs,
    retransMs,
    options: options.value,
  });
}

/** RFC 4861 §4.6: length is in units of 8 bytes; 0 makes the whole packet invalid. */
export function parseNdOptions(bytes: Uint8Array): Result<readonly NdOption[], DecodeError> {
  const options: NdOption[] = [];
  const r = new ByteReader(bytes);
  while (r.left > 0) {
    const type = r.u8();
    const length = r.u8() * 8;
    if (r.short) return truncated('icmpv6');
    if (length === 0) return malformed('icmpv6', 'option length 0');
    const body = r.take(length - 2);
    if (r.short) return truncated('icmpv6');
    options.push(parseNdOption(type, body));
  }
  return ok(options);
}

function parseNdOption(type: number, body: Uint8Array): NdOption {
  const r = new ByteReader(body);
  if (type === ND_OPT_SOURCE_LL_ADDR && body.length === 6) {
    return { kind: 'sourceLinkAddress', mac: r.u48() };
  }
  if (type === ND_OPT_TARGET_LL_ADDR && body.length === 6) {
    return { kind: 'targetLinkAddress', mac: r.u48() };
  }
  if (type === ND_OPT_PREFIX_INFO && body.length === 30) return parsePrefixInfo(r);
  if (type === ND_OPT_MTU && body.length === 6) {
    r.u16();
    return { kind: 'mtu', mtu: r.u32() };
  }
  if (type === ND_OPT_RDNSS && body.length >= 22 && (body.length - 6) % 16 === 0) {
    r.u16();
    const lifetimeSec = r.u32();
    const servers: Ipv6[] = [];
    while (r.left > 0) servers.push(r.u128());
    return { kind: 'rdnss', lifetimeSec, servers };
  }
  return { kind: 'other', type, bytes: body.slice() };
}

function parsePrefixInfo(r: ByteReader): NdOption {
  const prefixLen = r.u8();
  const flags = r.u8();
  const validLifetimeSec = r.u32();
  const preferredLifetimeSec = r.u32();
  r.u32();
  return {
    kind: 'prefixInfo',
    prefixLen,
    onLink: (flags & 0x80) !== 0,
    autonomous: (flags & 0x40) !== 0,
    validLifetimeSec,
    preferredLifetimeSec,
    prefix: r.u128(),
  };
}

function writeNdOptions(w: ByteWriter, options: readonly NdOption[]): void {
  for (const option of options) writeNdOption(w, option);
}

function writeNdOption(w: ByteWriter, option: NdOption): void {
  if (option.kind === 'sourceLinkAddress') w.u8(ND_OPT_SOURCE_LL_ADDR).u8(1).u48(option.mac);
  else if (option.kind === 'targetLinkAddress') {
    w.u8(ND_OPT_TARGET_LL_ADDR).u8(1).u48(option.mac);
  } else if (option.kind === 'prefixInfo') {
    w.u8(ND_OPT_PREFIX_INFO).u8(4).u8(option.prefixLen);
    w.u8((option.onLink ? 0x80 : 0) | (option.autonomous ? 0x40 : 0));
    w.u32(option.validLifetimeSec).u32(option.preferredLifetimeSec).u32(0).u128(option.prefix);
  } else if (option.kind === 'mtu') w.u8(ND_OPT_MTU).u8(1).u16(0).u32(option.mtu);
  else if (option.kind === 'rdnss') {
    w.u8(ND_OPT_RDNSS)
      .u8(1 + 2 * option.servers.length)
      .u16(0)
      .u32(option.lifetimeSec);
    for (const server of option.servers) w.u128(server);
  } else {
    const words = Math.ceil((option.bytes.length + 2) / 8);
    w.u8(option.type).u8(words).bytes(option.bytes);
    for (let i = option.bytes.length + 2; i < words * 8; i++) w.u8(0);
  }
}

/** Record types of an MLDv2 report, RFC 3810 §5.2.12. */
export const MLD2_MODE_IS_EXCLUDE = 2;
export const MLD2_CHANGE_TO_INCLUDE = 3;
export const MLD2_CHANGE_TO_EXCLUDE = 4;

/** An MLDv2 report without sources, as mld_send_report() of net/ipv6/mcast.c sends it. */
export function mld2Report(
  records: readonly { readonly type: number; readonly group: Ipv6 }[],
): Icmpv6Message {
  const w = new ByteWriter();
  for (const { type, group } of records) w.u8(type).u8(0).u16(0).u128(group);
  return message(ICMPV6_MLD2_REPORT, records.length, w.finish());
}

/** The solicited-node multicast address, RFC 4291 §2.7.1: addrconf_addr_solict_mult(). */
export const solicitedNode = (ip: Ipv6): Ipv6 =>
  0xff02_0000_0000_0000_0000_0001_ff00_0000n | (ip & 0xff_ffffn);

/** RFC 2464 §7: ipv6_eth_mc_map(). */
export const multicastMac6 = (ip: Ipv6): Mac => 0x3333_0000_0000 + Number(ip & 0xffff_ffffn);
