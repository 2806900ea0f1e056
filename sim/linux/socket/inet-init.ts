import { IPPROTO_TCP, IPPROTO_UDP } from '../../wire/frame';
import type { Netns } from '../netns';
import { rawSockets } from './raw';
import { tcpProtocol } from './tcp-proto';
import { udpProtocol } from './udp-input';

/** inet_init(), net/ipv4/af_inet.c; inet6_init(): TCP, UDP and raw sockets of a namespace. */
export function inetInit(net: Netns): void {
  for (const protocols of [net.protocols4, net.protocols6]) {
    protocols.set(IPPROTO_TCP, tcpProtocol);
    protocols.set(IPPROTO_UDP, udpProtocol);
  }
  net.raw4 = rawSockets(4);
  net.raw6 = rawSockets(6);
}
