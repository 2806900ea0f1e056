import { err, ok, type Result } from '../../base/result';
import type { NetDevice } from '../../linux/device/net-device';
import type { Proc } from '../../linux/process';
import { PacketSock } from '../../linux/socket/packet';
import { recvPacket } from '../../linux/socket/socket';
import { installPacket, type Opened } from '../../linux/socket/socket-file';
import type { Blocking } from '../../linux/wait-queue';
import {
  DHCP_CLIENT_PORT,
  DHCP_SERVER_PORT,
  DHCPACK,
  DHCPDISCOVER,
  DHCPNAK,
  DHCPOFFER,
  DHCPRELEASE,
  DHCPREQUEST,
  type DhcpMessage,
  type DhcpOption,
  decodeDhcp,
  dhcpByte,
  dhcpMessageType,
  dhcpOption,
  dhcpWords,
  encodeDhcp,
  OPTION_MESSAGE_TYPE,
  OPTION_REQUESTED_IP,
  OPTION_SERVER_ID,
} from '../../wire/dhcp';
import { BROADCAST_MAC, ETH_P_IP, IPPROTO_UDP, type L3 } from '../../wire/frame';
import { formatGoDuration } from '../pkg/duration';
import { goErrno } from '../types/error';

/** dhcp4.Packet's PadToMinSize(). */
const MIN_LENGTH = 272;
const BROADCAST_IP = 0xffff_ffff;
const TTL = 16;

export interface ClientOptions {
  readonly timeoutUs: number;
  /** Asks the server to broadcast its answers. */
  readonly broadcast: boolean;
}

/** dhcp4client.Client over a packet socket: one message after the other, always to everybody. */
export class DhcpClient {
  readonly #proc: Proc;
  readonly #dev: NetDevice;
  readonly #opened: Opened<PacketSock>;
  readonly #options: ClientOptions;

  private constructor(proc: Proc, dev: NetDevice, options: ClientOptions) {
    this.#proc = proc;
    this.#dev = dev;
    this.#options = options;
    this.#opened = installPacket(proc, new PacketSock(dev.netns, ETH_P_IP));
  }

  /** NewPacketSock(), New(). */
  static open(proc: Proc, dev: NetDevice, options: ClientOptions): Result<DhcpClient, string> {
    const client = new DhcpClient(proc, dev, options);
    const bound = client.#opened.sock.bind(dev);
    if (bound.ok) return ok(client);
    client.close();
    return err(goErrno(bound.error));
  }

  close(): void {
    this.#proc.close(this.#opened.fd);
  }

  /** DhcpRequest(): DISCOVER to ACK. Undefined: the server refused its own offer. */
  *request(more: readonly DhcpOption[]): Blocking<Result<DhcpMessage | undefined, string>> {
    const discover = this.#message(DHCPDISCOVER, this.#newXid(), {}, more);
    const sent = this.#send(discover);
    if (!sent.ok) return sent;
    const offer = yield* this.#receive(discover.xid, [DHCPOFFER]);
    if (!offer.ok) return offer;
    const { xid, ciaddr, siaddr, yiaddr } = offer.value;
    const wanted = [
      dhcpWords(OPTION_REQUESTED_IP, yiaddr),
      { code: OPTION_SERVER_ID, data: serverId(offer.value) },
    ];
    const request = this.#message(DHCPREQUEST, xid, { ciaddr, siaddr }, [...wanted, ...more]);
    return yield* this.#exchange(request);
  }

  /** DhcpRenew(). */
  *renew(
    ack: DhcpMessage,
    more: readonly DhcpOption[],
  ): Blocking<Result<DhcpMessage | undefined, string>> {
    const addresses = { ciaddr: ack.yiaddr, siaddr: ack.siaddr };
    const request = this.#message(DHCPREQUEST, this.#newXid(), addresses, [
      dhcpWords(OPTION_REQUESTED_IP, ack.yiaddr),
      { code: OPTION_SERVER_ID, data: serverId(ack) },
      ...more,
    ]);
    return yield* this.#exchange({ ...request, chaddr: ack.chaddr });
  }

  /** DhcpRelease(). */
  release(ack: DhcpMessage, more: readonly DhcpOption[]): Result<undefined, string> {
    const server = { code: OPTION_SERVER_ID, data: serverId(ack) };
    const addresses = { ciaddr: ack.yiaddr };
    const message = this.#message(DHCPRELEASE, this.#newXid(), addresses, [server, ...more]);
    return this.#send({ ...message, chaddr: ack.chaddr, broadcast: false });
  }

  *#exchange(request: DhcpMessage): Blocking<Result<DhcpMessage | undefined, string>> {
    const sent = this.#send(request);
    if (!sent.ok) return sent;
    const answer = yield* this.#receive(request.xid, [DHCPACK, DHCPNAK]);
    if (!answer.ok) return answer;
    return ok(dhcpMessageType(answer.value) === DHCPACK ? answer.value : undefined);
  }

  #message(
    type: number,
    xid: number,
    addresses: Partial<Pick<DhcpMessage, 'ciaddr' | 'siaddr'>>,
    options: readonly DhcpOption[],
  ): DhcpMessage {
    return {
      op: 1,
      xid,
      secs: 0,
      broadcast: this.#options.broadcast,
      ciaddr: 0,
      yiaddr: 0,
      siaddr: 0,
      giaddr: 0,
      ...addresses,
      chaddr: this.#dev.mac,
      options: [dhcpByte(OPTION_MESSAGE_TYPE, type), ...options],
    };
  }

  /** packetSock.Write(): from no address to everybody. */
  #send(message: DhcpMessage): Result<undefined, string> {
    const packet: L3 = {
      kind: 'ipv4',
      src: 0,
      dst: BROADCAST_IP,
      tos: 0,
      id: this.#newXid() & 0xff00,
      df: false,
      mf: false,
      fragOffset: 0,
      ttl: TTL,
      protocol: IPPROTO_UDP,
      options: new Uint8Array(0),
      payload: {
        kind: 'udp',
        srcPort: DHCP_CLIENT_PORT,
        dstPort: DHCP_SERVER_PORT,
        payload: encodeDhcp(message, MIN_LENGTH),
      },
    };
    const frame = { dst: BROADCAST_MAC, src: this.#dev.mac, payload: packet };
    const sent = this.#opened.sock.send(this.#dev, frame);
    return sent.ok ? ok(undefined) : err(goErrno(sent.error));
  }

  /** GetOffer(), GetAcknowledgement(): the answer to this transaction. */
  *#receive(xid: number, types: readonly number[]): Blocking<Result<DhcpMessage, string>> {
    const { timeoutUs } = this.#options;
    const until = this.#proc.host.nowUs + timeoutUs;
    for (;;) {
      const left = Math.max(0, until - this.#proc.host.nowUs);
      const got = yield* recvPacket(this.#proc, this.#opened.sock, left);
      if (got === 'EAGAIN') {
        return err(`no DHCP packet received within ${formatGoDuration(timeoutUs)}`);
      }
      if (typeof got === 'string') return err(goErrno(got));
      const message = dhcpIn(got.frame.payload);
      const type = message && dhcpMessageType(message);
      if (message?.xid === xid && type !== undefined && types.includes(type)) return ok(message);
    }
  }

  #newXid(): number {
    return this.#proc.host.random('cni/dhcp').u32();
  }
}

const serverId = (message: DhcpMessage): Uint8Array =>
  dhcpOption(message, OPTION_SERVER_ID) ?? new Uint8Array(0);

function dhcpIn(packet: L3): DhcpMessage | undefined {
  if (packet.kind !== 'ipv4' || packet.payload.kind !== 'udp') return undefined;
  const { payload } = packet.payload;
  if (!(payload instanceof Uint8Array)) return undefined;
  const message = decodeDhcp(payload);
  return message.ok ? message.value : undefined;
}
