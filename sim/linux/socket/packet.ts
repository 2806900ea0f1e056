import { err, OK, ok, type Result } from '../../base/result';
import { ETH_HLEN, type EthernetFrame } from '../../wire/frame';
import { frameLength } from '../../wire/length';
import { devSetPromiscuity } from '../device/dev';
import type { NetDevice } from '../device/net-device';
import type { Errno } from '../errno';
import { ETH_P_ALL, type PacketTap } from '../ip/l4-protocol';
import { packetXmit } from '../ip/output';
import type { Netns } from '../netns';
import { allocSkb, type PacketType, type Skb } from '../sk-buff';
import { inetOf } from './inet-tables';
import { Sock } from './sock';

/** A frame as AF_PACKET delivers it, with its sockaddr_ll. */
export interface CapturedFrame {
  readonly frame: EthernetFrame;
  readonly ifindex: number;
  readonly devName: string;
  readonly linkType: NetDevice['linkType'];
  readonly pktType: PacketType;
  /** TP_STATUS_CSUMNOTREADY: the transport checksum was left to the device. */
  readonly partialChecksum: boolean;
  readonly atUs: number;
}

/** What a capture may hold back, bytes: libpcap's default ring of 2 MiB. */
const RING_BYTES = 2 * 1024 * 1024;

/** struct packet_sock, net/packet/af_packet.c. */
export class PacketSock {
  readonly sk: Sock;
  /** SO_ATTACH_FILTER. */
  filter: ((captured: CapturedFrame) => boolean) | undefined;
  /** PACKET_STATISTICS. */
  received = 0;
  drops = 0;
  readonly #queue: CapturedFrame[] = [];
  #bytes = 0;
  #tap: PacketTap | undefined;
  #promisc: NetDevice | undefined;

  constructor(
    net: Netns,
    readonly etherType: number = ETH_P_ALL,
  ) {
    this.sk = new Sock(net, { family: 4, type: 'packet', protocol: etherType });
    inetOf(net).packet.add(this);
  }

  /** packet_do_bind(): from one device, or from all. A device that is down is an error of the next call. */
  bind(dev: NetDevice | undefined): Result<undefined, Errno> {
    this.#unhook();
    if (dev?.dead) return err('ENODEV');
    this.sk.boundIfindex = dev?.ifindex ?? 0;
    if (dev && !dev.up) this.sk.error = 'ENETDOWN';
    this.#tap = {
      ifindex: this.sk.boundIfindex,
      etherType: this.etherType,
      receive: (skb, from) => this.#receive(skb, from),
    };
    this.sk.net.taps.add(this.#tap);
    return OK;
  }

  /** PACKET_MR_PROMISC. */
  setPromisc(dev: NetDevice): void {
    if (this.#promisc) return;
    this.#promisc = dev;
    devSetPromiscuity(dev, 1);
  }

  /** packet_snd(): a frame with its own link-layer header. */
  send(dev: NetDevice, frame: EthernetFrame): Result<number, Errno> {
    const error = this.sk.takeError();
    if (error) return err(error);
    if (!dev.up) return err('ENETDOWN');
    const skb = allocSkb(this.sk.net.kernel, {
      dev,
      packet: frame.payload,
      eth: { dst: frame.dst, src: frame.src, vlan: frame.vlan },
    });
    const sent = packetXmit(dev, skb);
    return sent.ok ? ok(frameLength(frame)) : sent;
  }

  recv(): CapturedFrame | Errno {
    const error = this.sk.takeError();
    if (error) return error;
    const first = this.#queue.shift();
    if (!first) return 'EAGAIN';
    this.#bytes -= frameLength(first.frame);
    return first;
  }

  close(): void {
    if (this.sk.closed) return;
    this.sk.closed = true;
    this.#unhook();
    if (this.#promisc && !this.#promisc.dead) devSetPromiscuity(this.#promisc, -1);
    this.#promisc = undefined;
    inetOf(this.sk.net).packet.delete(this);
    this.sk.wakeAll();
  }

  /** tpacket_rcv(). */
  #receive(skb: Skb, dev: NetDevice): void {
    const captured: CapturedFrame = {
      frame: {
        dst: skb.eth?.dst ?? 0,
        src: skb.eth?.src ?? 0,
        vlan: skb.eth?.vlan,
        payload: skb.packet,
      },
      ifindex: dev.ifindex,
      devName: dev.name,
      linkType: dev.linkType,
      pktType: skb.pktType,
      partialChecksum: skb.partialChecksum,
      atUs: this.sk.nowUs,
    };
    if (this.filter && !this.filter(captured)) return;
    this.received++;
    const bytes = ETH_HLEN + frameLength(captured.frame);
    if (this.#bytes + bytes > RING_BYTES) {
      this.drops++;
      return;
    }
    this.#bytes += frameLength(captured.frame);
    this.#queue.push(captured);
    this.sk.readable.wake();
  }

  #unhook(): void {
    if (this.#tap) this.sk.net.taps.delete(this.#tap);
    this.#tap = undefined;
  }
}
