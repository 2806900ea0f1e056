import { NO_BYTES } from '../../../base/bytes';
import type { TcpSock } from '../../../linux/socket/tcp-sock';
import type { BgpMessage, BgpOpen } from '../../../wire/bgp';
import type { Ip, Ipv4 } from '../../../wire/frame';
import type { Channel } from '../channel';
import type { BgpConfig, ProtoOf } from '../config';
import { findNeighbor, type Iface, type IfaceChange } from '../iface';
import type { DownCode, Proto, ProtoHooks, RouteChange } from '../proto';
import type { Route } from '../route';
import { registerBgp } from './bgp-of';
import { BgpConnection, BgpTimer, STATE_ORDER } from './connection';
import { notificationData, notificationText, SHUTDOWN_SUBCODES } from './errors';
import { preexport, RouteSender } from './export';
import { receiveUpdate } from './import';
import { bgpChannelInfo, bgpInfo } from './info';
import { checkOpen } from './open';

type ErrorClass =
  | ''
  | 'Error: '
  | 'Socket: '
  | 'Received: '
  | 'BGP Error: '
  | 'Automatic shutdown: ';

/** NOTIFICATION code of RFC 4271 §4.5. */
const CEASE = 6;
type BgpNotification = Extract<BgpMessage, { kind: 'notification' }>;

/** struct bgp_proto, proto/bgp/bgp.c. */
export class BgpProtocol implements ProtoHooks {
  config: BgpConfig;
  localIp: Ip | undefined;
  remoteId: Ipv4 = 0;
  iface: Iface | undefined;
  lastError: { readonly class: ErrorClass; readonly text: string } | undefined;
  startState: 'prepare' | 'delay' | 'connect' = 'prepare';
  startupDelay = 0;
  remoteOpen: BgpOpen | undefined;
  connection: BgpConnection | undefined;
  #listening = false;
  #hasLock = false;
  #lastErrorUs: number | undefined;
  readonly outgoing: BgpConnection;
  readonly incoming: BgpConnection;
  readonly startupTimer: BgpTimer;
  readonly sender: RouteSender;

  constructor(
    readonly proto: Proto,
    config: ProtoOf<'bgp'>,
  ) {
    this.config = config.bgp;
    this.outgoing = new BgpConnection(this);
    this.incoming = new BgpConnection(this);
    this.startupTimer = new BgpTimer(this, () => this.#startup());
    this.sender = new RouteSender(this);
    registerBgp(this);
  }

  get bgp(): BgpConfig {
    return this.config;
  }
  get isInternal(): boolean {
    return this.config.localAs === this.config.remoteAs;
  }
  get localId(): Ipv4 {
    return this.proto.config.routerId ?? this.proto.daemon.routerId;
  }
  get clusterId(): Ipv4 | undefined {
    return this.config.rrClient ? (this.config.rrClusterId ?? this.localId) : undefined;
  }

  /** bgp_start(), bgp_start_locked(). */
  start(): 'start' {
    this.localIp = this.config.localIp;
    this.startState = 'prepare';
    this.proto.setState('start');
    this.proto.daemon.bgpLock(this, () => this.#locked());
    return 'start';
  }

  /** bgp_start_locked(): no other session has this neighbour's port. */
  #locked(): void {
    if (this.proto.state !== 'start') return;
    this.#hasLock = true;
    if (this.config.multihop) this.#initiate();
    else this.#tryNeighbor();
  }

  #tryNeighbor(): void {
    const found = this.#findNeighbor();
    if (!found || found.local) return;
    if (this.config.checkLink && !found.iface.linkUp) return;
    this.iface = found.iface;
    this.localIp ??= found.address?.ip;
    this.#initiate();
  }

  #findNeighbor() {
    const { remoteIp, iface } = this.config;
    return findNeighbor(this.proto.daemon.ifaces.values(), remoteIp ?? 0, iface);
  }

  /** bgp_initiate(). */
  #initiate(): void {
    if (!this.proto.daemon.bgpListen(this)) {
      this.proto.disabled = true;
      this.storeError('Error: ', 'No listening socket');
      this.proto.setState('down');
      return;
    }
    this.#listening = true;
    if (this.startupDelay > 0) {
      this.startState = 'delay';
      this.startupTimer.start(this.startupDelay);
    } else this.#startup();
  }

  #startup(): void {
    this.startState = 'connect';
    if (!this.config.passive) this.#active();
  }

  #active(): void {
    this.outgoing.state = 'Active';
    this.outgoing.connectTimer.start(Math.max(1, this.config.connectDelay));
  }

  connectTimeout(conn: BgpConnection): void {
    conn.close();
    if (this.proto.state === 'start') conn.connect();
    else this.#decide();
  }

  /** bgp_hold_timeout(). */
  holdTimeout(conn: BgpConnection): void {
    if (conn.state === 'Close') this.#idle(conn);
    else this.error(conn, 4, 0);
  }

  /** bgp_sock_err(); no text: the other side closed. */
  socketError(conn: BgpConnection, text: string | undefined): void {
    if (conn.state !== 'Close') this.storeError('Socket: ', text ?? 'Connection closed', conn);
    this.#idle(conn);
  }

  /** bgp_incoming_connection(): false where it is not wanted. */
  incomingConnection(tp: TcpSock): boolean {
    const wanted =
      (this.proto.state === 'start' || this.proto.state === 'up') &&
      this.startState === 'connect' &&
      !this.incoming.sock;
    if (wanted) this.incoming.accept(tp);
    return wanted;
  }

  receive(conn: BgpConnection, message: BgpMessage): void {
    switch (message.kind) {
      case 'open':
        this.#receiveOpen(conn, message);
        return;
      case 'keepalive':
        conn.holdTimer.start(conn.holdTime);
        if (conn.state === 'OpenConfirm') this.#established(conn);
        else if (conn.state !== 'Established') this.error(conn, 5, 1);
        return;
      case 'notification':
        this.#receiveNotification(conn, message);
        return;
      case 'routeRefresh':
        if (conn.state === 'Established') for (const channel of this.proto.channels) channel.feed();
        return;
      case 'update':
        if (conn.state !== 'Established') this.error(conn, 5, 2);
        else {
          conn.holdTimer.start(conn.holdTime);
          receiveUpdate(this, message);
        }
    }
  }

  #receiveOpen(conn: BgpConnection, open: BgpOpen): void {
    if (conn.state !== 'OpenSent') {
      this.error(conn, 5, 3);
      return;
    }
    const checked = checkOpen(this, open);
    if ('code' in checked) {
      this.error(conn, checked.code, checked.subcode, checked.data);
      return;
    }
    const other = conn === this.outgoing ? this.incoming : this.outgoing;
    if (other.state === 'Connect' || other.state === 'Active') this.#idle(other);
    if (other.state === 'OpenConfirm' || other.state === 'Established') {
      const neighborDominates = this.localId < open.identifier;
      const keepNew =
        other.state === 'OpenConfirm' && neighborDominates === (conn === this.incoming);
      this.error(keepNew ? other : conn, 6, 7);
      if (!keepNew) return;
    }
    conn.holdTime = checked.holdTime;
    conn.keepaliveTime = checked.keepaliveTime;
    conn.as4 = checked.as4;
    this.remoteId = open.identifier;
    this.remoteOpen = open;
    conn.sendKeepalive();
    conn.holdTimer.start(conn.holdTime);
    conn.state = 'OpenConfirm';
  }

  /** bgp_conn_enter_established_state(). */
  #established(conn: BgpConnection): void {
    this.localIp ??= conn.sock?.sock.sk.local;
    this.connection = conn;
    this.lastError = undefined;
    conn.state = 'Established';
    this.sender.begin(conn);
    this.proto.setState('up');
  }

  #receiveNotification(conn: BgpConnection, message: BgpNotification): void {
    const { code, subcode, data } = message;
    const text = notificationText(code, subcode);
    const more = notificationData(code, subcode, data);
    this.proto.daemon.log('remote', `${this.proto.name}: Received: ${text}${more}`);
    this.storeError('Received: ', text, conn);
    const wasEstablished = this.connection === conn;
    conn.state = 'Close';
    if (code !== 6) {
      this.#updateStartupDelay();
      this.stop();
    }
    this.#idle(conn, wasEstablished);
  }

  /** bgp_error(): tells the neighbour and closes. */
  error(conn: BgpConnection, code: number, subcode: number, data: Uint8Array = NO_BYTES): void {
    if (conn.state === 'Close') return;
    const text = notificationText(code, subcode);
    if (code !== CEASE) {
      const more = notificationData(code, subcode, data);
      this.proto.daemon.log('remote', `${this.proto.name}: Error: ${text}${more}`);
    }
    this.storeError('BGP Error: ', text, conn);
    const wasEstablished = this.connection === conn;
    conn.send({ kind: 'notification', code, subcode, data });
    conn.state = 'Close';
    if (code !== 6) {
      this.#updateStartupDelay();
      this.stop();
    }
    this.#idle(conn, wasEstablished);
  }

  storeError(kind: ErrorClass, text: string, conn?: BgpConnection): void {
    if (this.proto.state === 'up' && conn && conn !== this.connection) return;
    if (this.proto.state === 'stop') return;
    this.lastError = { class: kind, text };
  }

  #updateStartupDelay(): void {
    const { daemon } = this.proto;
    const { errorForget, errorWaitMin, errorWaitMax, disableAfterError } = this.config;
    if (this.#lastErrorUs !== undefined && daemon.nowUs - this.#lastErrorUs >= errorForget * 1e6) {
      this.startupDelay = 0;
    }
    this.#lastErrorUs = daemon.nowUs;
    if (disableAfterError) {
      this.startupDelay = 0;
      this.proto.disabled = true;
    } else if (this.startupDelay === 0) this.startupDelay = errorWaitMin;
    else this.startupDelay = Math.min(2 * this.startupDelay, errorWaitMax);
  }

  /** bgp_conn_enter_idle_state(). */
  #idle(conn: BgpConnection, wasEstablished = this.connection === conn): void {
    conn.close();
    if (wasEstablished) {
      this.connection = undefined;
      if (this.proto.state === 'up') this.stop();
    }
    this.proto.daemon.defer(() => this.#decide());
  }

  /** bgp_decision(). */
  #decide(): void {
    const { state } = this.proto;
    const idle = this.outgoing.state === 'Idle';
    if (state === 'start' && this.startState === 'connect' && idle) {
      if (this.incoming.state !== 'OpenConfirm' && !this.config.passive) this.#active();
    }
    if (state === 'stop' && idle && this.incoming.state === 'Idle') this.#down();
  }

  /** bgp_stop(). */
  stop(subcode = 0): void {
    this.proto.setState('stop');
    this.startupTimer.stop();
    for (const conn of [this.outgoing, this.incoming]) {
      if (conn.state === 'Connect' || conn.state === 'Active') this.#idle(conn);
      else if (conn.state !== 'Idle' && conn.state !== 'Close') this.error(conn, 6, subcode);
    }
    this.proto.daemon.defer(() => this.#decide());
  }

  #down(): void {
    if (this.#listening) this.proto.daemon.bgpClose(this);
    this.#listening = false;
    this.iface = undefined;
    this.#hasLock = false;
    this.proto.daemon.bgpUnlock(this);
    this.proto.setState('down');
  }

  /** bgp_shutdown(). */
  shutdown(code: DownCode): 'stop' {
    const isLimit = code === 'limit' || code === 'export limit';
    const { daemon, name, disabled } = this.proto;
    if (code === 'limit') {
      daemon.log('warning', `${name}: Route limit exceeded, shutting down`);
    }
    this.lastError = undefined;
    if (isLimit) this.storeError('Automatic shutdown: ', 'Route limit exceeded');
    if (isLimit && !disabled) this.#updateStartupDelay();
    else this.startupDelay = 0;
    this.stop(SHUTDOWN_SUBCODES[code]);
    return 'stop';
  }

  /** bgp_neigh_notify(). */
  ifaceNotify(_changes: readonly IfaceChange[]): void {
    const { state } = this.proto;
    if (this.config.multihop || state === 'down' || state === 'stop') return;
    if (state === 'start' && this.startState === 'prepare' && !this.#listening) {
      if (this.#hasLock) this.#tryNeighbor();
      return;
    }
    const found = this.#findNeighbor();
    if (!found || found.local) {
      this.storeError('Error: ', 'Neighbor lost');
      this.stop();
    } else if (this.config.checkLink && !found.iface.linkUp) {
      this.storeError('Error: ', 'Link down');
      if (state === 'up') this.#updateStartupDelay();
      this.stop();
    }
  }

  preexport(_channel: Channel, route: Route): 'reject' | undefined {
    return preexport(this, route);
  }

  routeNotify(channel: Channel, net: Route['net'], { route }: RouteChange): void {
    this.sender.change(channel, net, route);
  }

  feedEnd(channel: Channel): void {
    this.sender.endOfFeed(channel);
  }

  /** bgp_reload_routes(): asks for a route refresh. */
  reload(channel: Channel): boolean {
    const able = this.remoteOpen?.capabilities.some((c) => c.kind === 'routeRefresh');
    if (!able || !this.connection) return false;
    this.connection.send({
      kind: 'routeRefresh',
      afi: channel.config.family === 4 ? 1 : 2,
      safi: 1,
    });
    return true;
  }

  /** bgp_state_dsc(). */
  get stateText(): string {
    if (this.proto.state === 'down') return 'Down';
    const order = [this.incoming, this.outgoing].map((conn) => STATE_ORDER.indexOf(conn.state));
    const state = STATE_ORDER[Math.max(...order)] ?? 'Idle';
    return state === 'Idle' && this.startState === 'connect' && this.config.passive
      ? 'Passive'
      : state;
  }

  get errorText(): string {
    return this.lastError ? this.lastError.class + this.lastError.text : '';
  }

  status(): string {
    if (this.proto.state === 'down') return this.errorText;
    return this.stateText.padEnd(14) + this.errorText;
  }

  info(): readonly string[] {
    return bgpInfo(this);
  }

  channelInfo(channel: Channel): readonly string[] {
    return bgpChannelInfo(this, channel);
  }
}
