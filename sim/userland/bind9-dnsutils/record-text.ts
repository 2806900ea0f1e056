import { utf8Decode } from '../../base/bytes';
import type { DnsData, DnsRecord } from '../../wire/dns';
import { formatIp } from '../../wire/ip';

/** IANA DNS parameters: types as master files write them. */
const TYPES: readonly (readonly [name: string, type: number])[] = [
  ['A', 1],
  ['NS', 2],
  ['CNAME', 5],
  ['SOA', 6],
  ['PTR', 12],
  ['MX', 15],
  ['TXT', 16],
  ['AAAA', 28],
  ['SRV', 33],
  ['AXFR', 252],
  ['ANY', 255],
];

export const typeName = (type: number): string =>
  TYPES.find(([, n]) => n === type)?.[0] ?? `TYPE${type}`;

export const typeNumber = (name: string): number | undefined => {
  const upper = name.toUpperCase();
  const generic = /^TYPE(\d{1,5})$/.exec(upper);
  return generic ? Number(generic[1]) : TYPES.find(([n]) => n === upper)?.[1];
};

const RCODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'] as const;
export const rcodeName = (rcode: number): string => RCODES[rcode] ?? `RESERVED${rcode}`;

/** The data as in a master file, RFC 1035 §5.1. */
export function dataText(data: DnsData): string {
  switch (data.kind) {
    case 'a':
    case 'aaaa':
      return formatIp(data.address);
    case 'name':
      return data.name;
    case 'mx':
      return `${data.preference} ${data.exchange}`;
    case 'srv':
      return `${data.priority} ${data.weight} ${data.port} ${data.target}`;
    case 'txt':
      return data.strings.map((s) => `"${utf8Decode(s).replace(/["\\]/g, '\\$&')}"`).join(' ');
    case 'soa': {
      const { mname, rname, serial, refresh, retry, expire, minimum } = data;
      return `${mname} ${rname} ${serial} ${refresh} ${retry} ${expire} ${minimum}`;
    }
    default: {
      const hex = [...data.bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
      return `\\# ${data.bytes.length} ${hex.toUpperCase()}`;
    }
  }
}

/** dns_rdataset_totext() of BIND: columns at 24, 32, 40 and 48, reached with tabs. */
export function columns(fields: readonly string[], stops: readonly number[]): string {
  let text = '';
  let at = 0;
  for (const [i, field] of fields.entries()) {
    if (i > 0) {
      const stop = stops[i - 1] ?? 0;
      const tabs = at < stop ? Math.ceil((stop - at) / 8) : 0;
      text += tabs > 0 ? '\t'.repeat(tabs) : ' ';
      at = tabs > 0 ? stop : at + 1;
    }
    text += field;
    at += field.length;
  }
  return text;
}

export const recordLine = (r: DnsRecord): string =>
  columns([r.name, String(r.ttl), 'IN', typeName(r.type), dataText(r.data)], [24, 32, 40, 48]);
