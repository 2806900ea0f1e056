import { DNS_PORT } from '../dns';
import { IPPROTO_UDP } from '../frame';
import { VXLAN_PORT } from '../vxlan';
import { printBootp } from './bootp';
import { printDomain } from './domain';
import { hex, type IpContext, type Printer, shouldBe, transportSum } from './printer';
import { printText, SIP } from './text-protocol';
import { printOtv, printVxlan } from './vxlan';

const OTV_PORT = 8472;
const MULTICAST_DNS_PORT = 5353;
const SIP_PORT = 5060;
const BOOTP_PORTS = [67, 68];

/** udp_print(), print-udp.c: the protocols that a network of containers speaks. */
export function printUdp(p: Printer, bytes: Uint8Array, length: number, ip: IpContext): void {
  p.protocol = 'udp';
  if (bytes.length < 4) {
    if (ip.protocol === IPPROTO_UDP) p.put(`${p.host(ip.src)} > ${p.host(ip.dst)}: `);
    p.truncate();
    return;
  }
  const sport = p.u16(bytes, 0);
  const dport = p.u16(bytes, 2);
  const address = ip.protocol === IPPROTO_UDP;
  const src = `${address ? `${p.host(ip.src)}.` : ''}${p.port(sport, 'udp')}`;
  const dst = `${address ? `${p.host(ip.dst)}.` : ''}${p.port(dport, 'udp')}`;
  p.put(`${src} > ${dst}: `);
  if (length < 8) {
    p.put(`truncated-udp ${length}`);
    return;
  }
  const claimed = p.u16(bytes, 4);
  if (claimed < 8) {
    p.put(`truncated-udplength ${claimed}`);
    return;
  }
  const size = Math.min(claimed, length);
  if (p.verbose > 0 && !p.options.noChecksum && !ip.fragmented) {
    printChecksum(p, bytes.subarray(0, size), { size, ip });
  }
  const payload = bytes.subarray(8);
  const either = (port: number): boolean => sport === port || dport === port;
  if (p.options.quiet) printPlain(p, claimed, { size, ip });
  else if (either(DNS_PORT)) printDomain(p, payload, { length: size - 8, mdns: false });
  else if (either(MULTICAST_DNS_PORT)) printDomain(p, payload, { length: size - 8, mdns: true });
  else if (BOOTP_PORTS.some(either)) printBootp(p, payload, size - 8);
  else if (either(SIP_PORT)) printText(p, SIP, { bytes: payload, length: size - 8 });
  else if (either(OTV_PORT)) printOtv(p, payload, size - 8);
  else if (either(VXLAN_PORT)) printVxlan(p, payload, size - 8);
  else printPlain(p, claimed, { size, ip });
}

interface Datagram {
  readonly size: number;
  readonly ip: IpContext;
}

function printPlain(p: Printer, claimed: number, { size, ip }: Datagram): void {
  if (claimed > size && !ip.fragmented) p.put(`UDP, bad length ${claimed - 8} > ${size - 8}`);
  else p.put(`UDP, length ${claimed - 8}`);
}

/** For IPv4 only with -vv; a checksum of 0 there means none. */
function printChecksum(p: Printer, bytes: Uint8Array, { size, ip }: Datagram): void {
  const found = p.u16(bytes, 6);
  if (typeof ip.src === 'number') {
    if (p.verbose < 2) return;
    if (found === 0) {
      p.put('[no cksum] ');
      return;
    }
  }
  if (bytes.length < size) return;
  const sum = transportSum(ip, IPPROTO_UDP, bytes);
  if (sum === 0) p.put('[udp sum ok] ');
  else p.put(`[bad udp cksum 0x${hex(found, 4)} -> 0x${hex(shouldBe(found, sum), 4)}!] `);
}
