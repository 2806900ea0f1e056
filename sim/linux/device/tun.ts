import { ByteWriter, NO_BYTES } from '../../base/bytes';
import { err, OK, ok, type Result } from '../../base/result';
import { encodeFrame, encodeL3, etherTypeOf } from '../../wire/codec';
import type { Errno } from '../errno';
import type { Netns } from '../netns';
import { kfreeSkbReason, type Skb } from '../sk-buff';
import { devGetValidName, randomMac, registerNetdevice, unregisterNetdevice } from './dev';
import { netifCarrierOff, netifCarrierOn } from './link-watch';
import {
  IFF_BROADCAST,
  IFF_MULTICAST,
  IFF_NOARP,
  IFF_POINTOPOINT,
  NetDevice,
  type NetDeviceOps,
} from './net-device';

/** Flags of TUNSETIFF, include/uapi/linux/if_tun.h. */
export interface TunFlags {
  readonly mode: 'tun' | 'tap';
  /** Without IFF_NO_PI: four bytes before each packet, flags and EtherType. */
  readonly pi: boolean;
  readonly vnetHdr: boolean;
  readonly multiQueue: boolean;
  readonly oneQueue: boolean;
}

/** One open /dev/net/tun that is attached to a device: struct tun_file. */
export interface TunQueue {
  /** Puts a packet into the queue; false: it is full. */
  enqueue(bytes: Uint8Array): boolean;
  /** The device is gone. */
  detached(): void;
}

/** struct tun_struct. */
export interface Tun {
  flags: TunFlags;
  persist: boolean;
  /** -1: anybody. */
  owner: number;
  group: number;
  readonly queues: TunQueue[];
}

/** MAX_TAP_QUEUES, and the queues of a device with IFF_MULTI_QUEUE. */
export const MAX_TAP_QUEUES = 256;
/** TUN_READQ_SIZE. */
const TUN_QUEUE_LEN = 500;
/** struct virtio_net_hdr. */
export const VNET_HDR_LEN = 10;
/** struct tun_pi. */
export const PI_LEN = 4;

const IFF_TUN = 0x1;
const IFF_TAP = 0x2;
const IFF_MULTI_QUEUE = 0x100;
const IFF_PERSIST = 0x800;
const IFF_NO_PI = 0x1000;
const IFF_ONE_QUEUE = 0x2000;
const IFF_VNET_HDR = 0x4000;

/** tun_flags(), as sysfs shows them. */
export const tunFlagBits = ({ flags, persist }: Tun): number =>
  (flags.mode === 'tun' ? IFF_TUN : IFF_TAP) |
  (flags.multiQueue ? IFF_MULTI_QUEUE : 0) |
  (persist ? IFF_PERSIST : 0) |
  (flags.pi ? 0 : IFF_NO_PI) |
  (flags.oneQueue ? IFF_ONE_QUEUE : 0) |
  (flags.vnetHdr ? IFF_VNET_HDR : 0);

export const tunOf = (dev: NetDevice): Tun | undefined =>
  dev.data.kind === 'tun' ? dev.data.tun : undefined;

/** drivers/net/tun.c. */
const TUN_OPS: NetDeviceOps = {
  /** tun_net_xmit(): into the queue of a program, if one holds the device. */
  xmit(dev, skb) {
    const tun = tunOf(dev);
    const queue = tun?.queues[skb.id % Math.max(1, tun.queues.length)];
    if (tun && queue?.enqueue(encodeForReader(tun.flags, skb))) return;
    dev.stats.txDropped++;
    skb.xmitDrop = true;
    kfreeSkbReason(skb, queue ? 'FULL_RING' : 'DEV_READY', 'tun_net_xmit');
  },
  /** tun_detach_all(). */
  uninit(dev) {
    for (const queue of tunOf(dev)?.queues.splice(0) ?? []) queue.detached();
  },
};

/** tun_put_user(): the headers that the program asked for, and the packet. */
function encodeForReader(flags: TunFlags, skb: Skb): Uint8Array {
  const options = { partialChecksum: skb.partialChecksum };
  const { eth, packet } = skb;
  const body =
    flags.mode === 'tap' && eth
      ? encodeFrame({ ...eth, payload: packet }, options)
      : encodeL3(packet, options);
  const pi = flags.pi ? new ByteWriter(PI_LEN).u16(0).u16(etherTypeOf(packet)).finish() : NO_BYTES;
  const vnet = flags.vnetHdr ? new Uint8Array(VNET_HDR_LEN) : NO_BYTES;
  if (pi.length + vnet.length === 0) return body;
  return new ByteWriter(pi.length + vnet.length + body.length)
    .bytes(pi)
    .bytes(vnet)
    .bytes(body)
    .finish();
}

/** tun_net_init(): point-to-point without a link layer, or an Ethernet card. */
function newTunDevice(net: Netns, name: string, flags: TunFlags): NetDevice {
  const tun: Tun = { flags, persist: false, owner: -1, group: -1, queues: [] };
  const data = { kind: 'tun' as const, tun };
  const tap = flags.mode === 'tap';
  const linkType = tap ? 'ether' : 'none';
  const dev = new NetDevice({ netns: net, name, data, ops: TUN_OPS, linkType });
  dev.flags = tap ? IFF_BROADCAST | IFF_MULTICAST : IFF_POINTOPOINT | IFF_NOARP | IFF_MULTICAST;
  dev.noQueue = false;
  if (tap) {
    dev.mac = randomMac(net);
    dev.maxMtu = 65_521;
  } else {
    dev.txQueueLen = TUN_QUEUE_LEN;
  }
  return dev;
}

export interface TunRequest extends TunFlags {
  /** Empty: the first free `tun0`, `tap0`. */
  readonly name: string;
  /** IFF_TUN_EXCL: it must not exist yet. */
  readonly exclusive: boolean;
}

/** tun_set_iff(): the device of that name, or a new one, gets another queue. */
export function tunSetIff(
  net: Netns,
  request: TunRequest,
  queue: TunQueue,
): Result<NetDevice, Errno> {
  const { name, exclusive, ...flags } = request;
  const known = name === '' ? undefined : net.deviceByName(name);
  if (known) return exclusive ? err('EBUSY') : attachKnown(known, flags, queue);
  const valid = devGetValidName(net, name === '' ? `${flags.mode}%d` : name);
  if (!valid.ok) return valid;
  const dev = newTunDevice(net, valid.value, flags);
  const registered = registerNetdevice(dev);
  if (!registered.ok) return registered;
  tunOf(dev)?.queues.push(queue);
  return ok(dev);
}

function attachKnown(dev: NetDevice, flags: TunFlags, queue: TunQueue): Result<NetDevice, Errno> {
  const tun = tunOf(dev);
  if (!tun || tun.flags.mode !== flags.mode) return err('EINVAL');
  if (tun.flags.multiQueue !== flags.multiQueue) return err('EINVAL');
  const attached = tunAttach(tun, queue);
  if (!attached.ok) return attached;
  tun.flags = flags;
  netifCarrierOn(dev);
  return ok(dev);
}

/** tun_attach(). */
function tunAttach(tun: Tun, queue: TunQueue): Result<undefined, Errno> {
  if (!tun.flags.multiQueue && tun.queues.length === 1) return err('EBUSY');
  if (tun.queues.length >= MAX_TAP_QUEUES) return err('E2BIG');
  tun.queues.push(queue);
  return OK;
}

/** tun_detach(): the last program took its hand off; what is not persistent goes. */
export function tunDetach(dev: NetDevice, queue: TunQueue): void {
  const tun = tunOf(dev);
  const at = tun?.queues.indexOf(queue) ?? -1;
  if (!tun || at < 0) return;
  tun.queues.splice(at, 1);
  if (tun.queues.length > 0) return;
  netifCarrierOff(dev);
  if (!tun.persist) unregisterNetdevice(dev);
}
