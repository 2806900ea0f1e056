import type { Netns } from '../../../linux/netns';
import {
  type DiagSock,
  packetSockets,
  rawSockets,
  tcpSockets,
  udpSockets,
} from '../../../linux/socket/diag';

/** print_summary(), misc/ss.c: `ss -s`. */
export function summaryText(net: Netns): string {
  const tcp = tcpSockets(net);
  const udp = udpSockets(net);
  const raw = rawSockets(net);
  const waiting = tcp.filter((s) => s.state === 'TIME_WAIT').length;
  const established = tcp.filter((s) => s.state === 'ESTABLISHED').length;
  const orphaned = tcp.filter((s) => s.sk.closed && s.state !== 'TIME_WAIT').length;
  const live = tcp.filter((s) => s.state !== 'TIME_WAIT');
  const total = live.length + udp.length + raw.length + packetSockets(net).length;
  const counts = `estab ${established}, closed ${waiting}, orphaned ${orphaned}, timewait ${waiting}`;
  const line = (name: string, socks: readonly DiagSock[]): string => {
    const four = socks.filter((s) => s.family === 4).length;
    return row(name, four, socks.length - four);
  };
  return (
    `Total: ${total}\nTCP:   ${tcp.length} (${counts})\n\n` +
    'Transport Total     IP        IPv6\n' +
    line('RAW', raw) +
    line('UDP', udp) +
    line('TCP', live) +
    line('INET', [...raw, ...udp, ...live]) +
    `${row('FRAG', 0, 0)}\n`
  );
}

const row = (name: string, four: number, six: number): string =>
  `${name}\t  ${String(four + six).padEnd(9)} ${String(four).padEnd(9)} ${String(six).padEnd(9)}\n`;
