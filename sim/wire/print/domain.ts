import { printEdnsOptions } from './edns';
import { type Printer, relativeTime, tok, visible } from './printer';

/** ns_type2str, print-domain.c. */
const TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [10, 'NULL'],
  [11, 'WKS'],
  [12, 'PTR'],
  [13, 'HINFO'],
  [15, 'MX'],
  [16, 'TXT'],
  [17, 'RP'],
  [18, 'AFSDB'],
  [24, 'SIG'],
  [25, 'KEY'],
  [28, 'AAAA'],
  [29, 'LOC'],
  [33, 'SRV'],
  [35, 'NAPTR'],
  [37, 'CERT'],
  [39, 'DNAME'],
  [41, 'OPT'],
  [43, 'DS'],
  [44, 'SSHFP'],
  [46, 'RRSIG'],
  [47, 'NSEC'],
  [48, 'DNSKEY'],
  [99, 'SPF'],
  [250, 'TSIG'],
  [251, 'IXFR'],
  [252, 'AXFR'],
  [255, 'ANY'],
  [256, 'URI'],
]);
const CLASSES: ReadonlyMap<number, string> = new Map([
  [1, 'IN'],
  [3, 'CHAOS'],
  [4, 'HS'],
  [255, 'ANY'],
]);
const OPCODE_NAMES =
  ' inv_q, stat, op3, notify, update, op6, op7, op8, updateA, updateD, updateDA, updateM,' +
  ' updateMA, zoneInit, zoneRef';
const OPCODES = ['', ...OPCODE_NAMES.split(',')];
const RCODES =
  ' FormErr, ServFail, NXDomain, NotImp, Refused, YXDomain, YXRRSet, NXRRSet, NotAuth, NotZone,' +
  ' Resp11, Resp12, Resp13, Resp14, NoChange, BadVers,Resp17, Resp18, Resp19, Resp20,Resp21,' +
  ' Resp22, BadCookie';
const RESPONSES = ['', ...RCODES.split(',')];
const T_OPT = 41;
const C_IN = 1;
/** Top bit of the class in multicast DNS: unicast reply wanted, or cache flush. */
const MDNS_BIT = 0x8000;
const MAX_NAME = 255;

export interface Domain {
  readonly length: number;
  readonly mdns: boolean;
}

/** RFC 1035 §4.2.2: the length goes before the message. */
export function printDomainOverTcp(p: Printer, bytes: Uint8Array, length: number): void {
  p.protocol = 'domain';
  if (length < 2) {
    p.put(` [DNS over TCP: length ${length} < 2]`);
    p.invalid();
    return;
  }
  const prefix = p.u16(bytes, 0);
  if (prefix !== length - 2) {
    p.put(` [prefix length(${prefix}) != length(${length - 2})]`);
    p.invalid();
    return;
  }
  p.put(' ');
  printDomain(p, bytes.subarray(2), { length: length - 2, mdns: false });
}

/** domain_print(), print-domain.c. */
export function printDomain(p: Printer, bytes: Uint8Array, { length, mdns }: Domain): void {
  p.protocol = 'domain';
  if (length < 12) {
    p.put(`domain [length ${length} < 12]`);
    p.invalid();
    return;
  }
  if (bytes.length < 12) {
    p.truncate();
    return;
  }
  const message = new MessagePrinter(p, bytes, mdns);
  const done = p.u16(bytes, 2) & 0x8000 ? message.response() : message.query();
  if (done) p.put(` (${length})`);
  else p.put(' [|domain]');
}

/** One message under way: where the next record starts. `false` means that bytes are missing. */
class MessagePrinter {
  #at = 12;
  readonly #p: Printer;
  readonly #bytes: Uint8Array;
  readonly #mdns: boolean;

  constructor(p: Printer, bytes: Uint8Array, mdns: boolean) {
    this.#p = p;
    this.#bytes = bytes;
    this.#mdns = mdns;
  }

  response(): boolean {
    const p = this.#p;
    const flags = p.u16(this.#bytes, 2);
    const [qd, an, ns, ar] = this.#counts();
    const rcode = this.#rcode();
    p.put(`${p.u16(this.#bytes, 0)}${OPCODES[(flags >> 11) & 15] ?? ''}`);
    p.put(RESPONSES[rcode] ?? ` Resp${rcode & 0xfff}`);
    p.put(`${flags & 0x400 ? '*' : ''}${flags & 0x80 ? '' : '-'}${flags & 0x200 ? '|' : ''}`);
    p.put(flags & 0x20 ? '$' : '');
    if (qd !== 1) p.put(` [${qd}q]`);
    for (let i = 0; i < qd; i++) {
      if (i > 0) p.put(',');
      if (p.verbose > 1) p.put(' q:');
      if (!(p.verbose > 1 ? this.#question() : this.#skip(4))) return false;
    }
    p.put(` ${an}/${ns}/${ar}`);
    if (!this.#section('', an)) return false;
    if (p.verbose < 2) return true;
    return this.#section(' ns:', ns) && this.#section(' ar:', ar);
  }

  query(): boolean {
    const p = this.#p;
    const flags = p.u16(this.#bytes, 2);
    const [qd, an, ns, ar] = this.#counts();
    p.put(`${p.u16(this.#bytes, 0)}${OPCODES[(flags >> 11) & 15] ?? ''}`);
    p.put(`${flags & 0x100 ? '+' : ''}${flags & 0x10 ? '%' : ''}`);
    if (flags & 0x6cf) p.put(` [b2&3=0x${flags.toString(16)}]`);
    if (an) p.put(` [${an}a]`);
    if (qd !== 1) p.put(` [${qd}q]`);
    if (ns) p.put(` [${ns}n]`);
    if (ar) p.put(` [${ar}au]`);
    for (let i = 0; i < qd; i++) if (!this.#question()) return false;
    if (p.verbose < 2) return true;
    return this.#section('', an) && this.#section(' ns:', ns) && this.#section(' ar:', ar);
  }

  #counts(): readonly [number, number, number, number] {
    const count = (at: number): number => this.#p.u16(this.#bytes, at);
    return [count(4), count(6), count(8), count(10)];
  }

  /** The code with its upper bits, which an OPT record has. */
  #rcode(): number {
    const [qd, an, ns, ar] = this.#counts();
    const low = this.#p.u16(this.#bytes, 2) & 15;
    const start = this.#at;
    let found = low;
    for (let i = 0; i < qd && this.#at < this.#bytes.length; i++) this.#skip(4);
    for (let i = 0; i < an + ns + ar && this.#at < this.#bytes.length; i++) {
      if (!this.#skip(0)) break;
      const type = this.#peek16(this.#at);
      if (i >= an + ns && type === T_OPT) {
        found = low | ((this.#bytes[this.#at + 4] ?? 0) << 4);
        break;
      }
      this.#at += 10 + this.#peek16(this.#at + 8);
    }
    this.#at = start;
    return found;
  }

  #peek16(at: number): number {
    return ((this.#bytes[at] ?? 0) << 8) | (this.#bytes[at + 1] ?? 0);
  }

  #section(title: string, count: number): boolean {
    if (count === 0) return true;
    this.#p.put(title);
    for (let i = 0; i < count; i++) {
      if (i > 0) this.#p.put(',');
      if (this.#at >= this.#bytes.length || !this.#record()) return false;
    }
    return true;
  }

  /** ns_nskip(): past a name and `more` bytes. */
  #skip(more: number): boolean {
    let at = this.#at;
    for (;;) {
      const head = this.#bytes[at];
      if (head === undefined) return false;
      at += 1;
      if (head >= 0xc0) at += 1;
      if (head === 0 || head >= 0xc0) break;
      at += head & 0x3f;
    }
    this.#at = at + more;
    return true;
  }

  /** ns_qprint(). */
  #question(): boolean {
    const name = this.#at;
    if (!this.#skip(4) || this.#at > this.#bytes.length) return false;
    const type = this.#peek16(this.#at - 4);
    const full = this.#peek16(this.#at - 2);
    const qclass = this.#mdns ? full & ~MDNS_BIT : full;
    this.#p.put(` ${tok(TYPES, type, `Type${type}`)}`);
    if (qclass !== C_IN) this.#p.put(` ${tok(CLASSES, qclass, `(Class ${qclass})`)}`);
    if (this.#mdns) this.#p.put(full & MDNS_BIT ? ' (QU)' : ' (QM)');
    this.#p.put('? ');
    return this.#name(name) !== undefined;
  }

  /** ns_rprint(). */
  #record(): boolean {
    const p = this.#p;
    if (p.verbose > 0) {
      p.put(' ');
      const end = this.#name(this.#at);
      if (end === undefined) return false;
      this.#at = end;
    } else if (!this.#skip(0)) return false;
    if (this.#at + 10 > this.#bytes.length) {
      this.#at = this.#bytes.length;
      return true;
    }
    const type = this.#peek16(this.#at);
    const full = this.#peek16(this.#at + 2);
    const rclass = this.#mdns ? full & ~MDNS_BIT : full;
    if (rclass !== C_IN && type !== T_OPT) p.put(` ${tok(CLASSES, rclass, `(Class ${rclass})`)}`);
    if (this.#mdns && full & MDNS_BIT) p.put(' (Cache flush)');
    if (type !== T_OPT && p.verbose > 2) {
      p.put(` [${relativeTime(p.u32(this.#bytes, this.#at + 4))}]`);
    }
    const flags = this.#peek16(this.#at + 6);
    const start = this.#at + 10;
    const end = start + this.#peek16(this.#at + 8);
    p.put(` ${tok(TYPES, type, `Type${type}`)}`);
    if (end > this.#bytes.length) return false;
    if (type === T_OPT) {
      p.put(` UDPsize=${rclass}${flags & 0x8000 ? ' DO' : ''}`);
      printEdnsOptions(p, this.#bytes.subarray(start, end));
    } else if (!this.#data(type, start, end)) return false;
    this.#at = end;
    return true;
  }

  #data(type: number, start: number, end: number): boolean {
    const p = this.#p;
    const bytes = this.#bytes;
    if (type === 1) p.put(` ${p.ip4(bytes, start)}`);
    else if (type === 28) p.put(` ${p.ip6(bytes, start)}`);
    else if (type === 2 || type === 5 || type === 12 || type === 39) {
      p.put(' ');
      return this.#name(start) !== undefined;
    } else if (type === 15) {
      p.put(' ');
      if (this.#name(start + 2) === undefined) return false;
      p.put(` ${p.u16(bytes, start)}`);
    } else if (type === 33) {
      p.put(' ');
      if (this.#name(start + 6) === undefined) return false;
      p.put(`:${p.u16(bytes, start + 4)} ${p.u16(bytes, start)} ${p.u16(bytes, start + 2)}`);
    } else if (type === 16) {
      for (let at = start; at < end; at += 1 + (bytes[at] ?? 0)) {
        const text = bytes.subarray(at + 1, at + 1 + (bytes[at] ?? 0));
        p.put(` "${Array.from(text, visible).join('')}"`);
      }
    } else if (type === 6 && p.verbose > 0) return this.#soa(start);
    return true;
  }

  #soa(start: number): boolean {
    const p = this.#p;
    p.put(' ');
    const rname = this.#name(start);
    if (rname === undefined) return false;
    p.put(' ');
    const numbers = this.#name(rname);
    if (numbers === undefined || numbers + 20 > this.#bytes.length) return false;
    for (let i = 0; i < 20; i += 4) p.put(` ${p.u32(this.#bytes, numbers + i)}`);
    return true;
  }

  /** fqdn_print(): gives where the name ends; undefined if it is broken. */
  #name(start: number): number | undefined {
    const p = this.#p;
    let at = start;
    let end: number | undefined;
    let limit = start;
    let length = 0;
    for (;;) {
      const head = this.#bytes[at];
      if (head === undefined) return undefined;
      if (head >= 0xc0) {
        if (at + 1 >= this.#bytes.length) return undefined;
        end ??= at + 2;
        const target = this.#peek16(at) & 0x3fff;
        if (target >= limit) {
          p.put('<BAD PTR>');
          return undefined;
        }
        limit = target;
        at = target;
        continue;
      }
      if (head > 0x3f) {
        p.put(head >= 0x80 ? '<BAD LABEL TYPE>' : `<ELT ${head & 0x3f}>`);
        return undefined;
      }
      if (head === 0) break;
      if (at + 1 + head > this.#bytes.length) return undefined;
      length += head + 1;
      if (length <= MAX_NAME) {
        p.put(`${Array.from(this.#bytes.subarray(at + 1, at + 1 + head), visible).join('')}.`);
      }
      at += head + 1;
    }
    if (length === 0) p.put('.');
    if (length > MAX_NAME) p.put('<DOMAIN NAME TOO LONG>');
    return end ?? at + 1;
  }
}
