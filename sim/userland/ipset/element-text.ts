import type { IpSet, IpSetEntry } from '../../linux/netfilter/ipset/ip-set';
import { timeoutLeft } from '../../linux/netfilter/ipset/ip-set';
import type { IpSetElement } from '../../linux/netfilter/ipset/ip-set-type';
import type { Ip } from '../../wire/frame';
import { addressBits, familyOf, formatIp } from '../../wire/ip';
import { formatMac } from '../../wire/mac';
import { protoPortText } from './port';

/** ipset_print_elem(). */
export function elementText(set: IpSet, element: IpSetElement): string {
  const { ip, ip2, iface, mac, physdev, port, prefixLen, prefixLen2, proto } = element;
  const parts: string[] = [];
  for (const dimension of set.type.dimensions) {
    if (dimension === 'ip' && ip !== undefined) parts.push(formatIp(ip));
    else if (dimension === 'net' && ip !== undefined) parts.push(network(ip, prefixLen));
    else if (dimension === 'ip2' && ip2 !== undefined) parts.push(formatIp(ip2));
    else if (dimension === 'net2' && ip2 !== undefined) parts.push(network(ip2, prefixLen2));
    else if (dimension === 'port' && port !== undefined) {
      parts.push(set.type.kind === 'bitmap' ? String(port) : protoPortText(proto ?? 0, port));
    } else if (dimension === 'mac' && mac !== undefined) {
      parts.push(formatMac(mac).toUpperCase());
    } else if (dimension === 'iface') parts.push(`${physdev ? 'physdev:' : ''}${iface ?? ''}`);
    else if (dimension === 'set') parts.push(element.set ?? '');
  }
  return parts.join(',');
}

const network = (ip: Ip, prefixLen: number | undefined): string =>
  prefixLen === undefined || prefixLen === addressBits(familyOf(ip))
    ? formatIp(ip)
    : `${formatIp(ip)}/${prefixLen}`;

const hex = (value: number): string => `0x${value.toString(16)}`;

/** An element with what stands beside it. */
export function entryText(set: IpSet, entry: IpSetEntry, nowUs: number): string {
  const { options } = set;
  const { comment, skbmark, skbprio, skbqueue } = entry;
  let text = elementText(set, entry.element);
  if (options.timeout !== undefined) text += ` timeout ${timeoutLeft(entry, nowUs)}`;
  if (entry.nomatch) text += ' nomatch';
  if (options.counters) text += ` packets ${entry.packets} bytes ${entry.bytes}`;
  if (comment !== '') text += ` comment "${comment}"`;
  if (skbmark) {
    text += ` skbmark ${hex(skbmark.mark)}`;
    if (skbmark.mask !== 0xffff_ffff) text += `/${hex(skbmark.mask)}`;
  }
  if (skbprio !== 0) {
    text += ` skbprio ${(skbprio >>> 16).toString(16)}:${(skbprio & 0xffff).toString(16)}`;
  }
  return skbqueue === 0 ? text : `${text} skbqueue ${skbqueue}`;
}
