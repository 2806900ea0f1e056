import type { Ip } from '../../wire/frame';
import { SKB_OVERHEAD, type Sock, type SockAddr } from './sock';

/** A received datagram and the control messages that may be asked for beside it. */
export interface Datagram {
  readonly data: Uint8Array;
  readonly from: SockAddr;
  /** IP_PKTINFO: destination address and the device it came in by. */
  readonly to: Ip;
  readonly ifindex: number;
  /** IP_RECVTTL. */
  readonly ttl: number;
  readonly tos: number;
  /** SO_TIMESTAMP. */
  readonly atUs: number;
}

/** sk_receive_queue with sk_rcvbuf. */
export class ReceiveQueue {
  readonly #queue: Datagram[] = [];
  #bytes = 0;
  /** sk_drops. */
  drops = 0;

  /** __udp_enqueue_schedule_skb(), sock_queue_rcv_skb(): false if there is no room. */
  push(sk: Sock, datagram: Datagram): boolean {
    if (this.#bytes > sk.rcvbuf) {
      this.drops++;
      return false;
    }
    this.#queue.push(datagram);
    this.#bytes += datagram.data.length + SKB_OVERHEAD;
    sk.readable.wake();
    return true;
  }

  shift(): Datagram | undefined {
    const first = this.#queue.shift();
    if (first) this.#bytes -= first.data.length + SKB_OVERHEAD;
    return first;
  }

  /** Puts back what was only looked at (MSG_PEEK). */
  unshift(datagram: Datagram): void {
    this.#queue.unshift(datagram);
    this.#bytes += datagram.data.length + SKB_OVERHEAD;
  }

  get length(): number {
    return this.#queue.length;
  }

  /** sk_rmem_alloc: Recv-Q of `ss` for UDP and raw sockets. */
  get bytes(): number {
    return this.#bytes;
  }
}
