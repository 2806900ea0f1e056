import { err, ok, type Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import type { Proc } from '../../linux/process';
import type { PacketType } from '../../linux/sk-buff';
import type { CapturedFrame, PacketSock } from '../../linux/socket/packet';
import { openPacket } from '../../linux/socket/socket';
import { encodeFrame, encodeL3 } from '../../wire/codec';
import type { LinkType } from '../../wire/print';
import {
  encodeSll2,
  PACKET_BROADCAST,
  PACKET_HOST,
  PACKET_MULTICAST,
  PACKET_OTHERHOST,
  PACKET_OUTGOING,
} from '../../wire/sll2';
import type { TcpdumpOptions } from './options';

/** A capture that was opened: pcap_activate(). */
export interface Capture {
  readonly name: string;
  readonly linkType: LinkType;
  readonly sock: PacketSock;
  readonly device: NetDevice | undefined;
}

/** Opens the device, or all of them for `any`. The error is tcpdump's. */
export function openCapture(proc: Proc, options: TcpdumpOptions): Result<Capture, string> {
  const name = options.device ?? defaultDevice(proc);
  if (name === 'any') {
    const { sock } = openPacket(proc);
    sock.bind(undefined);
    return ok({ name, linkType: 'LINUX_SLL2', sock, device: undefined });
  }
  const device = findDevice(proc, name);
  if (!device) return err(`${name}: No such device exists\n(No such device exists)`);
  if (!device.up) return err(`${device.name}: That device is not up`);
  const { sock } = openPacket(proc);
  sock.bind(device);
  if (!options.noPromisc) sock.setPromisc(device);
  const framed = device.linkType === 'ether' || device.linkType === 'loopback';
  return ok({ name: device.name, linkType: framed ? 'EN10MB' : 'RAW', sock, device });
}

/** A number of the list of -D stands for its device. */
function findDevice(proc: Proc, name: string): NetDevice | undefined {
  const named = proc.netns.deviceByName(name);
  if (named || !/^\d+$/.test(name)) return named;
  const listed = interfaceNames(proc)[Number(name) - 1];
  return listed === undefined ? undefined : proc.netns.deviceByName(listed);
}

/** pcap_lookupdev(): the first of the list. */
const defaultDevice = (proc: Proc): string => interfaceNames(proc)[0] ?? 'any';

/** add_or_find_if()'s order: what is up and running first, loopback after `any`. */
export function interfaceNames(proc: Proc): readonly string[] {
  const devices = proc.netns.devices();
  const loopbacks = devices.filter((d) => d.linkType === 'loopback');
  const others = devices.filter((d) => d.linkType !== 'loopback');
  const up = others.filter((d) => d.up);
  const down = others.filter((d) => !d.up);
  return [...up, 'any', ...loopbacks, ...down].map((d) => (typeof d === 'string' ? d : d.name));
}

/** dev->type of include/uapi/linux/if_arp.h. */
const HARDWARE: Readonly<Record<NetDevice['linkType'], number>> = {
  ether: 1,
  loopback: 772,
  ipip: 768,
  none: 65_534,
};

const PACKET_TYPES: Readonly<Record<PacketType, number>> = {
  host: PACKET_HOST,
  broadcast: PACKET_BROADCAST,
  multicast: PACKET_MULTICAST,
  otherhost: PACKET_OTHERHOST,
  outgoing: PACKET_OUTGOING,
  loopback: PACKET_OUTGOING,
};

/**
 * linux_check_direction(), pcap-linux.c: a looped packet is shown once; -Q chooses one direction.
 */
export function isWanted(frame: CapturedFrame, direction: TcpdumpOptions['direction']): boolean {
  const outgoing = frame.pktType === 'outgoing';
  if (outgoing && (frame.linkType === 'loopback' || direction === 'in')) return false;
  return outgoing || direction !== 'out';
}

/** The bytes that a capture of this link type holds. */
export function captureBytes(captured: CapturedFrame, linkType: LinkType): Uint8Array {
  const options = { partialChecksum: captured.partialChecksum };
  const { frame } = captured;
  if (linkType === 'EN10MB') return encodeFrame(frame, options);
  if (linkType === 'RAW') return encodeL3(frame.payload, options);
  const framed = captured.linkType === 'ether' || captured.linkType === 'loopback';
  const meta = {
    ifindex: captured.ifindex,
    packetType: PACKET_TYPES[captured.pktType],
    hardwareType: HARDWARE[captured.linkType],
  };
  const packet = { src: framed ? frame.src : undefined, payload: frame.payload, vlan: frame.vlan };
  return encodeSll2(packet, meta, options);
}
