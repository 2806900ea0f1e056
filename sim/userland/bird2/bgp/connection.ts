import { concat } from '../../../base/bytes';
import { strerror } from '../../../linux/errno';
import { openTcp } from '../../../linux/socket/socket';
import { installTcp, type Opened } from '../../../linux/socket/socket-file';
import { tcpBind, tcpConnect, tcpRecv, tcpSend } from '../../../linux/socket/tcp';
import type { TcpSock } from '../../../linux/socket/tcp-sock';
import {
  type BgpCapability,
  type BgpMessage,
  type BgpOpen,
  decodeBgp,
  encodeBgp,
} from '../../../wire/bgp';
import { familyOf } from '../../../wire/ip';
import type { BgpProtocol } from './bgp-proto';

export type ConnectionState =
  | 'Idle'
  | 'Connect'
  | 'Active'
  | 'OpenSent'
  | 'OpenConfirm'
  | 'Established'
  | 'Close';

export const STATE_ORDER: readonly ConnectionState[] = [
  'Idle',
  'Connect',
  'Active',
  'OpenSent',
  'OpenConfirm',
  'Established',
  'Close',
];

/** A timer that can say what is left of it. */
export class BgpTimer {
  #cancel: (() => void) | undefined;
  #endUs = 0;

  constructor(
    readonly bgp: BgpProtocol,
    readonly fire: () => void,
  ) {}

  /** bgp_start_timer(): up to a quarter less, RFC 4271 §10; 0 stops it. */
  start(seconds: number): void {
    this.stop();
    if (seconds === 0) return;
    const { daemon } = this.bgp.proto;
    const us = seconds * 1e6 - daemon.random.below(Math.floor((seconds * 1e6) / 4) + 1);
    this.#endUs = daemon.nowUs + us;
    this.#cancel = daemon.after(us / 1e6, () => {
      this.#cancel = undefined;
      this.fire();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  get active(): boolean {
    return this.#cancel !== undefined;
  }

  /** tm_remains(), as `%t` prints it. */
  get remains(): string {
    const us = this.active ? Math.max(0, this.#endUs - this.bgp.proto.daemon.nowUs) : 0;
    return (us / 1e6).toFixed(3);
  }
}

/** struct bgp_conn. */
export class BgpConnection {
  state: ConnectionState = 'Idle';
  sock: Opened<TcpSock> | undefined;
  open: BgpOpen | undefined;
  holdTime = 0;
  keepaliveTime = 0;
  as4 = false;
  #input: Uint8Array = new Uint8Array(0);
  #output: Uint8Array[] = [];
  readonly connectTimer: BgpTimer;
  readonly holdTimer: BgpTimer;
  readonly keepaliveTimer: BgpTimer;

  constructor(readonly bgp: BgpProtocol) {
    this.connectTimer = new BgpTimer(bgp, () => bgp.connectTimeout(this));
    this.holdTimer = new BgpTimer(bgp, () => bgp.holdTimeout(this));
    this.keepaliveTimer = new BgpTimer(bgp, () => this.sendKeepalive());
  }

  /** bgp_connect(). */
  connect(): void {
    const { bgp } = this;
    const { daemon } = bgp.proto;
    const to = bgp.config.remoteIp ?? 0;
    this.state = 'Connect';
    this.sock = openTcp(daemon.proc, familyOf(to));
    const { sk } = this.sock.sock;
    sk.ttl = bgp.config.multihop || 1;
    sk.tos = 0xc0;
    if (bgp.iface && !bgp.config.multihop) sk.boundIfindex = bgp.iface.index;
    const bound =
      bgp.localIp === undefined
        ? undefined
        : tcpBind(this.sock.sock, { addr: bgp.localIp, port: 0 });
    const started =
      bound && !bound.ok
        ? bound
        : tcpConnect(this.sock.sock, { addr: to, port: bgp.config.remotePort });
    if (!started.ok) {
      bgp.socketError(this, strerror(started.error));
      return;
    }
    this.connectTimer.start(bgp.config.connectRetry);
  }

  /** bgp_setup_sk() for a connection that came in. */
  accept(tp: TcpSock): void {
    tp.sk.ttl = this.bgp.config.multihop || 1;
    tp.sk.tos = 0xc0;
    this.sock = installTcp(this.bgp.proto.daemon.proc, tp);
    this.sendOpen();
  }

  /** Looks after the socket: connect(2) that ended, bytes that came, the end. */
  poll(): boolean {
    const tp = this.sock?.sock;
    if (!tp) return false;
    if (this.state === 'Connect') {
      const error = tp.sk.takeError();
      if (error || tp.sk.state === 'CLOSE') {
        this.bgp.socketError(this, strerror(error ?? 'ECONNABORTED'));
        return true;
      }
      if (tp.sk.state === 'SYN_SENT') return false;
      this.connectTimer.stop();
      this.sendOpen();
      return true;
    }
    this.#flush();
    return this.#receive(tp);
  }

  #receive(tp: TcpSock): boolean {
    const got = tcpRecv(tp, 65_536);
    if (got === 'EAGAIN') return false;
    if (typeof got === 'string' || got.length === 0) {
      this.bgp.socketError(this, typeof got === 'string' ? strerror(got) : undefined);
      return true;
    }
    this.#input = concat([this.#input, got]);
    while (this.sock?.sock === tp && this.state !== 'Close') {
      const decoded = decodeBgp(this.#input, { as4: this.as4 });
      if (!decoded.ok) {
        if (decoded.error.kind !== 'truncated') this.bgp.error(this, 1, 1);
        break;
      }
      this.#input = this.#input.subarray(decoded.value.length);
      this.bgp.receive(this, decoded.value.message);
    }
    return true;
  }

  sendOpen(): void {
    const { bgp } = this;
    this.open = localOpen(bgp);
    this.send(this.open);
    this.state = 'OpenSent';
    this.holdTimer.start(bgp.config.initialHoldTime);
  }

  send(message: BgpMessage): void {
    if (!this.sock) return;
    this.#output.push(encodeBgp(message, { as4: this.as4 }));
    this.#flush();
  }

  sendKeepalive(): void {
    this.send({ kind: 'keepalive' });
    this.keepaliveTimer.start(this.keepaliveTime);
  }

  #flush(): void {
    while (this.sock && this.#output.length > 0) {
      const bytes = concat(this.#output);
      const sent = tcpSend(this.sock.sock, bytes);
      if (typeof sent === 'string') return;
      this.#output = sent < bytes.length ? [bytes.subarray(sent)] : [];
    }
  }

  /** bgp_close_conn(). */
  close(): void {
    this.connectTimer.stop();
    this.holdTimer.stop();
    this.keepaliveTimer.stop();
    if (this.sock) this.bgp.proto.daemon.proc.close(this.sock.fd);
    this.sock = undefined;
    this.#input = new Uint8Array(0);
    this.#output = [];
    this.as4 = false;
    this.state = 'Idle';
  }
}

/** bgp_prepare_capabilities(), in the order in which bird writes them. */
function localOpen(bgp: BgpProtocol): BgpOpen {
  const { config } = bgp;
  const capabilities: BgpCapability[] = bgp.proto.channels.map((channel) => ({
    kind: 'multiprotocol',
    afi: channel.config.family === 4 ? 1 : 2,
    safi: 1,
  }));
  const empty = new Uint8Array(0);
  if (config.enableRefresh) capabilities.push({ kind: 'routeRefresh' });
  if (config.gracefulRestart !== 'off') {
    capabilities.push({ kind: 'other', code: 64, data: Uint8Array.of(0, 120) });
  }
  capabilities.push({ kind: 'as4', as: config.localAs });
  if (config.enableRefresh) capabilities.push({ kind: 'other', code: 70, data: empty });
  if (config.gracefulRestart !== 'off') capabilities.push({ kind: 'other', code: 71, data: empty });
  return {
    kind: 'open',
    myAs: config.localAs > 0xffff ? 23_456 : config.localAs,
    holdTimeSec: config.holdTime,
    identifier: bgp.localId,
    capabilities,
  };
}
