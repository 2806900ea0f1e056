import { ByteWriter } from '../../base/bytes';
import { etherTypeOf } from '../../wire/codec';
import { formatIp } from '../../wire/ip';
import { kernelLog } from '../printk';
import type { EthHeader, Skb } from '../sk-buff';
import { orConf } from './route';

/** Which address of a packet cannot be. */
export type Martian = 'source' | 'destination';

/** KERN_WARNING. */
const LEVEL_WARNING = 4;

/** ip_handle_martian_source() and martian_destination of net/ipv4/route.c, where log_martians is on. */
export function logMartian(skb: Skb, which: Martian): void {
  const { dev, packet, eth } = skb;
  if (packet.kind !== 'ipv4' || !orConf(dev, 'log_martians')) return;
  const { kernel, hostName } = dev.netns;
  const say = (text: string): void =>
    kernelLog(kernel, hostName).printk({
      atUs: kernel.scheduler.nowUs,
      level: LEVEL_WARNING,
      text,
    });
  const way = `${formatIp(packet.dst)} from ${formatIp(packet.src)}`;
  if (which === 'destination') {
    say(`IPv4: martian destination ${way}, dev ${dev.name}`);
    return;
  }
  say(`IPv4: martian source ${way}, on dev ${dev.name}`);
  if (eth) say(`ll header: 00000000: ${headerBytes(eth, etherTypeOf(packet))}`);
}

/** print_hex_dump() of the link-layer header. */
function headerBytes(eth: EthHeader, etherType: number): string {
  const bytes = new ByteWriter(14).u48(eth.dst).u48(eth.src).u16(etherType).finish();
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
