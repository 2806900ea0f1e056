import { maskV4 } from '../ip';
import { printBgpAttribute } from './bgp-attribute';
import { hexOnly, type Printer, tok } from './printer';

const TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'Open'],
  [2, 'Update'],
  [3, 'Notification'],
  [4, 'Keepalive'],
  [5, 'Route Refresh'],
]);
const CAPABILITIES: ReadonlyMap<number, string> = new Map([
  [1, 'Multiprotocol Extensions'],
  [2, 'Route Refresh'],
  [3, 'Cooperative Route Filtering'],
  [4, 'Multiple Routes to a Destination'],
  [5, 'Extended Next Hop Encoding'],
  [8, 'Multiple Labels'],
  [64, 'Graceful Restart'],
  [65, '32-Bit AS Number'],
  [67, 'Dynamic Capability'],
  [68, 'Multisession BGP'],
  [69, 'Multiple Paths'],
  [70, 'Enhanced Route Refresh'],
  [71, 'Long-lived Graceful Restart'],
  [128, 'Route Refresh (Cisco)'],
]);
const ERRORS: ReadonlyMap<number, string> = new Map([
  [1, 'Message Header Error'],
  [2, 'OPEN Message Error'],
  [3, 'UPDATE Message Error'],
  [4, 'Hold Timer Expired'],
  [5, 'Finite State Machine Error'],
  [6, 'Cease'],
  [7, 'Capability Message Error'],
]);
const OPEN_ERRORS: ReadonlyMap<number, string> = new Map([
  [1, 'Unsupported Version Number'],
  [2, 'Bad Peer AS'],
  [3, 'Bad BGP Identifier'],
  [4, 'Unsupported Optional Parameter'],
  [5, 'Authentication Failure'],
  [6, 'Unacceptable Hold Time'],
  [7, 'Capability Message Error'],
]);
const CEASE: ReadonlyMap<number, string> = new Map([
  [1, 'Maximum Number of Prefixes Reached'],
  [2, 'Administrative Shutdown'],
  [3, 'Peer Unconfigured'],
  [4, 'Administrative Reset'],
  [5, 'Connection Rejected'],
  [6, 'Other Configuration Change'],
  [7, 'Connection Collision Resolution'],
]);
const AFI: ReadonlyMap<number, string> = new Map([
  [1, 'IPv4'],
  [2, 'IPv6'],
]);
const SAFI: ReadonlyMap<number, string> = new Map([
  [1, 'Unicast'],
  [2, 'Multicast'],
]);
/** RFC 4271 §4.1: marker, length, type. */
const HEADER = 19;
const MARKER = 16;

/** bgp_print(), print-bgp.c: without -v only the name. */
export function printBgp(p: Printer, bytes: Uint8Array): void {
  p.protocol = 'bgp';
  p.put(': BGP');
  if (p.verbose < 1) return;
  let at = 0;
  let start = 0;
  while (at < bytes.length && !p.ended) {
    if (!bytes.subarray(at, at + MARKER).every((byte) => byte === 0xff)) {
      at += 1;
      continue;
    }
    if (at + MARKER > bytes.length) return;
    const length = p.u16(bytes, at + MARKER);
    const type = p.u8(bytes, at + MARKER + 2);
    if (start !== at) p.put(' [|bgp]');
    if (length < HEADER) {
      p.put(`\nmessage length ${length} < ${HEADER}`);
      p.invalid();
      return;
    }
    if (at + length > bytes.length) {
      p.put(`\n[|BGP ${tok(TYPES, type, 'Unknown Message Type')}]`);
      return;
    }
    printMessage(p, bytes.subarray(at, at + length), type);
    at += length;
    start = at;
  }
}

/** bgp_pdu_print(). */
function printMessage(p: Printer, bytes: Uint8Array, type: number): void {
  p.put(`\n\t${tok(TYPES, type, 'Unknown')} Message (${type}), length: ${bytes.length}`);
  if (type === 1) printOpen(p, bytes);
  else if (type === 2) printUpdate(p, bytes);
  else if (type === 3) printNotification(p, bytes);
  else if (type === 5) printRouteRefresh(p, bytes);
  else if (type !== 4) {
    p.put(`\n\t  no Message ${type} decoder`);
    p.put(hexOnly('\n\t  ', bytes));
  }
}

/** bgp_open_print(). */
function printOpen(p: Printer, bytes: Uint8Array): void {
  p.put(`\n\t  Version ${p.u8(bytes, 19)}, my AS ${p.u16(bytes, 20)}, `);
  p.put(`Holdtime ${p.u16(bytes, 22)}s, ID ${p.ip4(bytes, 24)}`);
  const size = p.u8(bytes, 28);
  p.put(`\n\t  Optional parameters, length: ${size}`);
  let at = 29;
  while (at < 29 + size && !p.ended) {
    const type = p.u8(bytes, at);
    const length = p.u8(bytes, at + 1);
    if (at + 2 + length > 29 + size) {
      p.put(`\n\t     Option ${type}, length: ${length}, goes past the end of the options`);
      return;
    }
    const name = type === 1 ? 'Authentication Information' : 'Capabilities Advertisement';
    p.put(`\n\t    Option ${type > 2 ? 'Unknown' : name} (${type}), length: ${length}`);
    if (type === 2) printCapabilities(p, bytes.subarray(at + 2, at + 2 + length));
    else p.put(`\n\t      no decoder for option ${type}`);
    at += 2 + length;
  }
}

/** bgp_capabilities_print(). Omitted: the bodies of rare capabilities, which are dumped. */
function printCapabilities(p: Printer, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length && !p.ended) {
    const type = p.u8(bytes, at);
    const length = p.u8(bytes, at + 1);
    p.put(`\n\t      ${tok(CAPABILITIES, type, 'Unknown')} (${type}), length: ${length}`);
    const body = bytes.subarray(at + 2, at + 2 + length);
    if (body.length < length) {
      p.truncate();
      return;
    }
    printCapability(p, type, body);
    if (p.verbose > 1 && length > 0) p.put(hexOnly('\n\t\t', body));
    at += 2 + length;
  }
}

function printCapability(p: Printer, type: number, body: Uint8Array): void {
  if (type === 1) p.put(`\n\t\t${family(p, body, 0)}${safi(p, body, 3)}`);
  else if (type === 65) p.put(`\n\t\t 4 Byte AS ${p.u32(body, 0)}`);
  else if (type === 64) {
    const word = p.u16(body, 0);
    const flags = word & 0x8000 ? 'R' : 'none';
    p.put(`\n\t\tRestart Flags: [${flags}], Restart Time ${word & 0xfff}s`);
    for (let at = 2; at + 4 <= body.length; at += 4) {
      const kept = p.u8(body, at + 3) & 0x80 ? 'yes' : 'no';
      p.put(`\n\t\t  ${family(p, body, at)}${safi(p, body, at + 2)}`);
      p.put(`, Forwarding state preserved: ${kept}`);
    }
  } else if (![2, 71, 128].includes(type)) {
    p.put(`\n\t\tno decoder for Capability ${type}`);
    if (p.verbose <= 1) p.put(hexOnly('\n\t\t', body));
  }
}

const family = (p: Printer, bytes: Uint8Array, at: number): string =>
  `AFI ${tok(AFI, p.u16(bytes, at), 'Unknown')} (${p.u16(bytes, at)}), `;
const safi = (p: Printer, bytes: Uint8Array, at: number): string =>
  `SAFI ${tok(SAFI, p.u8(bytes, at), 'Unknown')} (${p.u8(bytes, at)})`;

/** bgp_update_print(). */
function printUpdate(p: Printer, bytes: Uint8Array): void {
  const withdrawn = p.u16(bytes, HEADER);
  let at = HEADER + 2;
  if (withdrawn > 1) {
    p.put('\n\t  Withdrawn routes:');
    printPrefixes(p, bytes.subarray(at, at + withdrawn));
  }
  at += withdrawn;
  const attributes = p.u16(bytes, at);
  at += 2;
  if (withdrawn === 0 && attributes === 0 && at === bytes.length) {
    p.put('\n\t  End-of-Rib Marker (empty NLRI)');
    return;
  }
  const end = at + attributes;
  if (end > bytes.length) {
    p.truncate();
    return;
  }
  while (at < end && !p.ended) at = printBgpAttribute(p, bytes.subarray(0, end), at);
  if (end < bytes.length) {
    p.put('\n\t  Updated routes:');
    printPrefixes(p, bytes.subarray(end));
  }
}

/** decode_prefix4(). Omitted: path identifiers (RFC 7911). */
function printPrefixes(p: Printer, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length && !p.ended) {
    const width = p.u8(bytes, at);
    if (width > 32) {
      p.put('\n\t    (illegal prefix length)');
      return;
    }
    const octets = Math.ceil(width / 8);
    if (at + 1 + octets > bytes.length) {
      p.truncate();
      return;
    }
    let address = 0;
    for (let i = 0; i < 4; i++)
      address = address * 256 + (i < octets ? p.u8(bytes, at + 1 + i) : 0);
    p.put(`\n\t    ${p.host((address & maskV4(width)) >>> 0)}/${width}`);
    at += 1 + octets;
  }
}

/** bgp_notification_print(). */
function printNotification(p: Printer, bytes: Uint8Array): void {
  if (bytes.length < HEADER + 2) return;
  const major = p.u8(bytes, HEADER);
  const minor = p.u8(bytes, HEADER + 1);
  p.put(`, ${tok(ERRORS, major, 'Unknown Error')} (${major})`);
  if (major === 2) p.put(`, subcode ${tok(OPEN_ERRORS, minor, 'Unknown')} (${minor})`);
  else if (major === 6) p.put(`, subcode ${tok(CEASE, minor, 'Unknown')} (${minor})`);
  else if (major === 1 || major === 3) p.put(`, subcode Unknown (${minor})`);
  else if (major === 5 || major === 7) p.put(` subcode Unknown (${minor})`);
}

/** bgp_route_refresh_print(). */
function printRouteRefresh(p: Printer, bytes: Uint8Array): void {
  p.put(`\n\t  ${family(p, bytes, HEADER)}${safi(p, bytes, HEADER + 3)}`);
}
