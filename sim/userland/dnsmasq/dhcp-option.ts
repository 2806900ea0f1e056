import { utf8Encode } from '../../base/bytes';
import { err, ok, type Result } from '../../base/result';
import { formatIp, parseIpv4 } from '../../wire/ip';

/** How an option's value is written: OT_ADDR_LIST, OT_NAME, OT_DEC, OT_TIME, or bytes. */
type Kind = 'addresses' | 'name' | 'decimal' | 'time' | 'bytes';

interface OptionType {
  readonly name: string;
  readonly kind: Kind;
  /** Bytes of a number. */
  readonly size?: number | undefined;
  /** OT_INTERNAL: not to be set by name. */
  readonly internal?: boolean | undefined;
}

const addresses = (name: string, internal = false): OptionType => ({
  name,
  kind: 'addresses',
  internal,
});
const text = (name: string, internal = false): OptionType => ({ name, kind: 'name', internal });
const number = (name: string, size: number, kind: Kind = 'bytes'): OptionType => ({
  name,
  kind,
  size,
});
const bytes = (name: string, internal = false): OptionType => ({ name, kind: 'bytes', internal });
const time = (name: string, internal = false): OptionType => ({ name, kind: 'time', internal });

/** opttab[], dhcp-common.c: a data table. */
const OPTIONS: ReadonlyMap<number, OptionType> = new Map([
  [1, addresses('netmask')],
  [2, number('time-offset', 4)],
  [3, addresses('router')],
  [6, addresses('dns-server')],
  [7, addresses('log-server')],
  [9, addresses('lpr-server')],
  [12, text('hostname', true)],
  [13, number('boot-file-size', 2, 'decimal')],
  [15, text('domain-name')],
  [16, addresses('swap-server')],
  [17, text('root-path')],
  [18, text('extension-path')],
  [19, number('ip-forward-enable', 1)],
  [23, number('default-ttl', 1, 'decimal')],
  [26, number('mtu', 2, 'decimal')],
  [27, number('all-subnets-local', 1)],
  [28, addresses('broadcast', true)],
  [31, number('router-discovery', 1)],
  [32, addresses('router-solicitation')],
  [33, addresses('static-route')],
  [35, number('arp-timeout', 4, 'decimal')],
  [37, number('tcp-ttl', 1)],
  [38, number('tcp-keepalive', 4, 'decimal')],
  [40, text('nis-domain')],
  [41, addresses('nis-server')],
  [42, addresses('ntp-server')],
  [43, bytes('vendor-encap', true)],
  [44, addresses('netbios-ns')],
  [45, addresses('netbios-dd')],
  [46, number('netbios-nodetype', 1)],
  [47, bytes('netbios-scope')],
  [50, addresses('requested-address', true)],
  [51, time('lease-time', true)],
  [52, bytes('option-overload', true)],
  [53, { name: 'message-type', kind: 'decimal', internal: true }],
  [54, addresses('server-identifier', true)],
  [55, bytes('parameter-request', true)],
  [56, bytes('message', true)],
  [57, bytes('max-message-size', true)],
  [58, time('T1')],
  [59, time('T2')],
  [60, bytes('vendor-class')],
  [61, bytes('client-id', true)],
  [66, text('tftp-server')],
  [67, text('bootfile-name')],
  [77, bytes('user-class')],
  [80, bytes('rapid-commit')],
  [81, bytes('FQDN', true)],
  [82, bytes('agent-info', true)],
  [100, text('posix-timezone')],
  [101, text('tzdb-timezone')],
  [118, bytes('subnet-select', true)],
  [119, bytes('domain-search')],
  [121, bytes('classless-static-route')],
  [150, addresses('tftp-server-address')],
]);
const OPTION_DOMAIN_SEARCH = 119;
const MAX_SHOWN = 14;

export const optionName = (code: number): string => OPTIONS.get(code)?.name ?? '';

/** lookup_dhcp_opt(): the code of `option:name`. */
export function optionByName(name: string): number | undefined {
  for (const [code, type] of OPTIONS) {
    if (type.name.toLowerCase() === name.toLowerCase() && type.internal !== true) return code;
  }
  return undefined;
}

/** prettyprint_time(). */
export function prettyTime(seconds: number): string {
  if (seconds === 0xffff_ffff) return 'infinite';
  const parts: readonly (readonly [count: number, unit: string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ];
  return parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : '')).join('');
}

const hex = (data: Uint8Array): string =>
  Array.from(data, (one) => one.toString(16).padStart(2, '0')).join(':');

/** option_string(): a value as log-dhcp tells it. */
export function optionText(code: number, data: Uint8Array): string {
  const kind = OPTIONS.get(code)?.kind ?? 'bytes';
  if (kind === 'addresses') {
    const list: string[] = [];
    for (let at = 0; at + 4 <= data.length; at += 4) list.push(formatIp(word(data, at, 4)));
    return list.join(', ');
  }
  if (kind === 'name') {
    return Array.from(data, (one) => (one >= 32 && one < 127 ? String.fromCharCode(one) : '')).join(
      '',
    );
  }
  if (data.length === 0) return '';
  if (kind === 'time') return prettyTime(word(data, 0, data.length));
  if (kind === 'decimal') return String(word(data, 0, data.length));
  return data.length > MAX_SHOWN ? `${hex(data.subarray(0, MAX_SHOWN))}...` : hex(data);
}

function word(data: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + (data[at + i] ?? 0);
  return value;
}

const toBytes = (value: number, size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (value / 256 ** (size - 1 - i)) & 0xff);

/** `1h30m` has no place here: one number with one unit. */
export function parseTime(input: string): number | undefined {
  const match = /^\s*(\d+)([wdhms]?)$/i.exec(input);
  if (!match) return undefined;
  const units: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60 };
  return Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] ?? 1);
}

/** The value part of parse_dhcp_opt(): what the text looks like decides, where the option does not. */
export function parseOptionValue(code: number, value: string): Result<Uint8Array, string> {
  const type = OPTIONS.get(code);
  const kind = type?.kind ?? 'bytes';
  const isAddress = /^[\d.,/ ]*$/.test(value) && /\d/.test(value) && !value.startsWith('/');
  if (kind === 'addresses') {
    if (!isAddress || !value.includes('.')) return err('bad IP address');
    return parseAddresses(value);
  }
  if (kind === 'name') return ok(utf8Encode(value));
  const seconds = kind === 'time' ? parseTime(value) : undefined;
  if (seconds !== undefined) return ok(toBytes(seconds, 4));
  if (/^[\da-f]{1,2}(:[\da-f]{1,2})+$/i.test(value)) {
    return ok(Uint8Array.from(value.split(':'), (one) => Number.parseInt(one, 16)));
  }
  const decimal = /^(\d+)([bsi]?)$/.exec(value);
  if (decimal) return ok(decimalBytes(Number(decimal[1]), decimal[2] ?? '', type?.size));
  if (isAddress) return parseAddresses(value);
  return ok(code === OPTION_DOMAIN_SEARCH ? searchList(value) : utf8Encode(value));
}

function decimalBytes(value: number, unit: string, known: number | undefined): Uint8Array {
  const sizes: Readonly<Record<string, number>> = { b: 1, s: 2, i: 4 };
  const needed = value > 0xffff ? 4 : value > 0xff ? 2 : 1;
  return toBytes(value, sizes[unit] ?? known ?? needed);
}

/** A network in the descriptor's form of RFC 3442 where a length follows. */
function parseAddresses(value: string): Result<Uint8Array, string> {
  const parts: number[] = [];
  for (const one of value.split(',')) {
    const [addressText = '', lengthText] = one.trim().split('/');
    const address = parseIpv4(addressText);
    if (address === undefined) return err('bad IPv4 address');
    const octets = toBytes(address, 4);
    if (lengthText === undefined) parts.push(...octets);
    else {
      const prefixLen = Number(lengthText);
      parts.push(prefixLen, ...octets.subarray(0, Math.ceil(prefixLen / 8)));
    }
  }
  return ok(Uint8Array.from(parts));
}

/** RFC 3397, without compression. */
const searchList = (value: string): Uint8Array =>
  Uint8Array.from(
    value.split(',').flatMap((domain) => [
      ...domain
        .trim()
        .split('.')
        .filter((label) => label !== '')
        .flatMap((label) => [label.length & 63, ...utf8Encode(label.slice(0, 63))]),
      0,
    ]),
  );
