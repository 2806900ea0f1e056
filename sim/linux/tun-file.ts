import { err, ok, type Result } from '../base/result';
import { decodeFrame, decodeL3 } from '../wire/codec';
import { ETH_HLEN, ETH_P_IP, ETH_P_IPV6 } from '../wire/frame';
import type { NetDevice } from './device/net-device';
import { netifReceive } from './device/receive';
import {
  PI_LEN,
  type TunFlags,
  type TunQueue,
  type TunRequest,
  tunDetach,
  tunOf,
  tunSetIff,
  VNET_HDR_LEN,
} from './device/tun';
import type { Errno } from './errno';
import { type FileOps, OpenFile, type OpenFlags, type Poll } from './open-file';
import type { Proc } from './process';
import { allocSkb } from './sk-buff';
import { WaitQueue } from './wait-queue';

/**
 * An open /dev/net/tun, drivers/net/tun.c. A program opens the file, asks for a device with `setIff`
 * (TUNSETIFF), and then each read gives it one packet that the machine sent there, each write hands one in.
 */
export class TunFile implements FileOps, TunQueue {
  readonly kind = 'char';
  readonly readable = new WaitQueue();
  readonly #packets: Uint8Array[] = [];
  #dev: NetDevice | undefined;

  constructor(readonly proc: Proc) {}

  get dev(): NetDevice | undefined {
    return this.#dev;
  }

  /** TUNSETIFF. */
  setIff(request: TunRequest): Result<NetDevice, Errno> {
    if (this.#dev) return err('EINVAL');
    if (!this.proc.capable('NET_ADMIN')) return err('EPERM');
    const made = tunSetIff(this.proc.netns, request, this);
    if (made.ok) this.#dev = made.value;
    return made;
  }

  /** TUNSETPERSIST, TUNSETOWNER, TUNSETGROUP. */
  set(change: {
    readonly persist?: boolean;
    readonly owner?: number;
    readonly group?: number;
  }): Errno | undefined {
    const tun = this.#dev && tunOf(this.#dev);
    if (!tun) return 'EBADFD';
    if (change.persist !== undefined) tun.persist = change.persist;
    if (change.owner !== undefined) tun.owner = change.owner;
    if (change.group !== undefined) tun.group = change.group;
    return undefined;
  }

  enqueue(bytes: Uint8Array): boolean {
    const room = this.#dev?.txQueueLen ?? 0;
    if (this.#packets.length >= room) return false;
    this.#packets.push(bytes);
    this.readable.wake();
    return true;
  }

  detached(): void {
    this.#dev = undefined;
    this.#packets.length = 0;
    this.readable.wake();
  }

  /** tun_do_read(): one packet, cut to what the program has room for. */
  read(_file: OpenFile, max: number): Uint8Array | Errno {
    const dev = this.#dev;
    if (!dev) return 'EBADFD';
    const packet = this.#packets.shift();
    if (!packet) return 'EAGAIN';
    dev.stats.txPackets++;
    dev.stats.txBytes += packet.length;
    return packet.subarray(0, max);
  }

  /** tun_get_user(): the packet comes in by the device. */
  write(_file: OpenFile, bytes: Uint8Array): number | Errno {
    const dev = this.#dev;
    const tun = dev && tunOf(dev);
    if (!dev || !tun) return 'EBADFD';
    const read = parseWritten(tun.flags, bytes);
    if (!read.ok) {
      if (read.error === 'EINVAL' && bytes.length > 0) dev.stats.rxDropped++;
      return read.error;
    }
    if (!dev.up) {
      dev.stats.rxDropped++;
      return 'EIO';
    }
    receive(dev, tun.flags.mode, read.value);
    return bytes.length;
  }

  poll(): Poll {
    return { in: this.#packets.length > 0, out: this.#dev?.up ?? false };
  }

  release(): void {
    const dev = this.#dev;
    this.#dev = undefined;
    if (dev) tunDetach(dev, this);
  }
}

/** open(2) of /dev/net/tun. */
export const openTun = (proc: Proc, flags: OpenFlags): OpenFile =>
  new OpenFile(new TunFile(proc), flags, '/dev/net/tun');

/** The device file behind a descriptor, for ioctl(2). */
export function tunFileOf(file: OpenFile | undefined): TunFile | undefined {
  return file?.ops instanceof TunFile ? file.ops : undefined;
}

interface Written {
  readonly etherType: number;
  readonly body: Uint8Array;
}

/** The headers before the packet; a packet without a word about its protocol says it in its first nibble. */
function parseWritten(flags: TunFlags, bytes: Uint8Array): Result<Written, Errno> {
  const at = (flags.pi ? PI_LEN : 0) + (flags.vnetHdr ? VNET_HDR_LEN : 0);
  if (bytes.length < at) return err('EINVAL');
  const body = bytes.subarray(at);
  if (flags.mode === 'tap')
    return body.length < ETH_HLEN ? err('EINVAL') : ok({ etherType: 0, body });
  if (flags.pi) return ok({ etherType: ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0), body });
  const version = (body[0] ?? 0) >> 4;
  if (version === 4) return ok({ etherType: ETH_P_IP, body });
  return version === 6 ? ok({ etherType: ETH_P_IPV6, body }) : err('EINVAL');
}

/** netif_rx(); bytes that are no packet are counted, and lost where IP would have dropped them. */
function receive(dev: NetDevice, mode: TunFlags['mode'], { etherType, body }: Written): void {
  const { kernel } = dev.netns;
  if (mode === 'tap') {
    const frame = decodeFrame(body);
    if (!frame.ok) {
      countLost(dev, body);
      return;
    }
    const { payload, ...eth } = frame.value;
    netifReceive(dev, allocSkb(kernel, { dev, packet: payload, eth }));
    return;
  }
  const packet = decodeL3(etherType, body);
  if (packet.ok) netifReceive(dev, allocSkb(kernel, { dev, packet: packet.value }));
  else countLost(dev, body);
}

function countLost(dev: NetDevice, body: Uint8Array): void {
  dev.stats.rxPackets++;
  dev.stats.rxBytes += body.length;
}
