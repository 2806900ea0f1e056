import type { Prng } from '../../base/prng';
import { type Proc, preempt } from '../../linux/process';
import { openTcp } from '../../linux/socket/socket';
import type { Opened } from '../../linux/socket/socket-file';
import { tcpAccept, tcpBind, tcpClose, tcpListen } from '../../linux/socket/tcp';
import type { TcpSock } from '../../linux/socket/tcp-sock';
import { type Blocking, WaitQueue } from '../../linux/wait-queue';
import type { Ip, Ipv4 } from '../../wire/frame';
import { familyOf } from '../../wire/ip';
import { BgpProtocol } from './bgp/bgp-proto';
import type { ChannelConfig, Config, ProtoConfig } from './config';
import type { ControlSocket } from './control';
import { findNeighbor, type Iface, type Neighbor, scanInterfaces } from './iface';
import { KernelProtocol } from './kernel';
import { type LogClass, writeLog } from './log';
import { Proto, type ProtoHooks } from './proto';
import { sameProto } from './reconfigure';
import { deviceProtocol, directProtocol, staticProtocol } from './simple-protocols';
import { RTable } from './table';

interface Timer {
  readonly atUs: number;
  readonly run: () => void;
}

/** What bird does between two waits; more is a bug of ours or a routing loop. */
const MAX_ROUNDS = 10_000;
const BGP_BACKLOG = 8;
/** From an event to the process that waits for it in poll(2); answers to what it just sent are there by then. */
const WAKE_US = 50;

/** The state of one bird: sysdep/unix/main.c and io.c. */
export class Daemon {
  readonly ifaces = new Map<number, Iface>();
  readonly tables = new Map<string, RTable>();
  protos: Proto[] = [];
  readonly random: Prng;
  readonly bootUs: number;
  reconfiguredUs: number;
  /** The configuration before the last one, for `configure undo`. */
  previous: Config | undefined;
  tablesChanged = false;
  stopping = false;
  ended = false;
  readonly #timers = new Set<Timer>();
  #deferred: (() => void)[] = [];
  #netlink = true;
  #undo: { readonly cancel: () => void; readonly atUs: number } | undefined;
  readonly #woken = new WaitQueue();
  /** By address and port; 0 is every address. */
  readonly #listeners = new Map<string, Opened<TcpSock>>();
  readonly #listening = new Set<BgpProtocol>();
  readonly #locks = new Map<string, readonly { bgp: BgpProtocol; run: () => void }[]>();

  constructor(
    readonly proc: Proc,
    public config: Config,
    readonly control: ControlSocket,
  ) {
    this.random = proc.host.random('bird');
    this.bootUs = proc.host.clockUs;
    this.reconfiguredUs = this.bootUs;
  }

  get nowUs(): number {
    return this.proc.host.nowUs;
  }

  get routerId(): Ipv4 {
    return this.config.routerId ?? this.#chosenId ?? 0;
  }

  /** if_choose_router_id(): the lowest address of the interfaces. */
  get #chosenId(): Ipv4 | undefined {
    const ids = [...this.ifaces.values()]
      .filter((iface) => !iface.isLoopback && iface.up)
      .flatMap((iface) => iface.addresses.map((a) => a.ip))
      .filter((ip) => typeof ip === 'number');
    return ids.length > 0 ? Math.min(...ids) : undefined;
  }

  table(channel: ChannelConfig): RTable {
    const known = this.tables.get(channel.table);
    if (known) return known;
    const made = new RTable(channel.table, channel.family, () => this.proc.host.clockUs);
    this.tables.set(channel.table, made);
    return made;
  }

  neighbor(ip: Ip, only?: string): Neighbor | undefined {
    return findNeighbor(this.ifaces.values(), ip, only);
  }

  defer(run: () => void): void {
    this.#deferred.push(run);
    this.#woken.wake();
  }

  /** tm_start(); the returned function stops it. */
  after(seconds: number, run: () => void): () => void {
    const timer = { atUs: this.nowUs + Math.round(seconds * 1e6), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  log(kind: LogClass, text: string): void {
    writeLog(this.proc, this.config, kind, text);
  }

  /** config_commit() for the first configuration. */
  boot(): void {
    for (const { name, family } of this.config.tables) {
      this.tables.set(name, new RTable(name, family, () => this.proc.host.clockUs));
    }
    this.protos = this.#wanted().map((config) => this.#newProto(config));
    for (const proto of this.protos) proto.start();
    this.#netlinkChanged();
    this.log('info', 'Started');
  }

  #wanted(): readonly ProtoConfig[] {
    return this.config.protos.filter((proto) => !proto.template);
  }

  #newProto(config: ProtoConfig): Proto {
    return new Proto(this, config, hooksOf);
  }

  /** config_do_commit(): protocols that are as before go on, others start anew. False: some have yet to stop. */
  reconfigure(config: Config, soft = false): boolean {
    this.log('info', 'Reconfiguring');
    this.previous = this.config;
    this.config = config;
    this.reconfiguredUs = this.proc.host.clockUs;
    for (const { name, family } of config.tables) {
      if (!this.tables.has(name)) {
        this.tables.set(name, new RTable(name, family, () => this.proc.host.clockUs));
      }
    }
    const old = new Map(this.protos.map((proto) => [proto.name, proto]));
    const next: Proto[] = [];
    let done = true;
    for (const wanted of this.#wanted()) {
      const known = old.get(wanted.name);
      old.delete(wanted.name);
      if (known && sameProto(known, wanted, soft)) next.push(known);
      else {
        this.#logChange(known, wanted);
        const made = this.#newProto(wanted);
        if (known && known.state !== 'down') done = false;
        if (known) this.#retire(known, 'reconfigure', () => made.start());
        else this.defer(() => made.start());
        next.push(made);
      }
    }
    for (const gone of old.values()) {
      if (gone.state !== 'down') done = false;
      this.log('info', `Removing protocol ${gone.name}`);
      this.#retire(gone, 'remove', () => undefined);
    }
    this.protos = next;
    this.log('info', 'Reconfigured');
    return done;
  }

  /** config_undo(); undefined where there is nothing before this one. */
  undo(): boolean | undefined {
    const { previous } = this;
    this.undoAfter(0);
    if (!previous) return undefined;
    const done = this.reconfigure(previous);
    this.previous = undefined;
    return done;
  }

  /** The timer of config_commit(); 0 stops it. */
  undoAfter(seconds: number): void {
    this.#undo?.cancel();
    this.#undo = undefined;
    if (seconds === 0) return;
    const cancel = this.after(seconds, () => {
      this.log('info', 'Config timeout expired, starting undo');
      this.undo();
    });
    this.#undo = { cancel, atUs: this.nowUs + seconds * 1e6 };
  }

  /** config_timer_status(). */
  get undoSeconds(): number | undefined {
    return this.#undo && (this.#undo.atUs - this.nowUs) / 1e6;
  }

  #logChange(known: Proto | undefined, { name, disabled }: ProtoConfig): void {
    if (!known) this.log('info', `Adding protocol ${name}`);
    else if (!known.disabled && !disabled) this.log('info', `Restarting protocol ${name}`);
    else if (!disabled) this.log('info', `Enabling protocol ${name}`);
    else if (!known.disabled) this.log('info', `Disabling protocol ${name}`);
  }

  #retire(proto: Proto, code: 'reconfigure' | 'remove', then: () => void): void {
    proto.removed = true;
    proto.stop(code);
    const wait = (): void => {
      if (proto.state === 'down') then();
      else this.after(0.01, wait);
    };
    this.defer(wait);
  }

  /** order_shutdown(). */
  shutdown(): void {
    if (this.stopping) return;
    this.stopping = true;
    this.log('info', 'Shutting down');
    for (const proto of this.protos) {
      proto.removed = true;
      proto.stop('shutdown');
    }
    const finish = (): void => {
      if (this.protos.every((proto) => proto.state === 'down')) this.ended = true;
      else this.after(0.01, finish);
    };
    this.defer(finish);
  }

  /** bgp_open(): one listening socket for all sessions, or one for an address (strict bind). */
  bgpListen(bgp: BgpProtocol): boolean {
    this.#listening.add(bgp);
    const key = listenKey(bgp);
    if (this.#listeners.has(key)) return true;
    const addr = bgp.config.strictBind ? (bgp.localIp ?? 0) : 0;
    const opened = openTcp(this.proc, familyOf(addr));
    opened.sock.sk.reuseAddr = true;
    opened.sock.sk.tos = 0xc0;
    opened.sock.sk.ttl = 255;
    const ready = tcpBind(opened.sock, { addr, port: bgp.config.localPort });
    if (!ready.ok || !tcpListen(opened.sock, BGP_BACKLOG).ok) {
      this.proc.close(opened.fd);
      this.log('error', `${bgp.proto.name}: Cannot open listening socket`);
      return false;
    }
    this.#listeners.set(key, opened);
    return true;
  }

  /** olock_acquire(): runs once nobody else speaks to this address and port. */
  bgpLock(bgp: BgpProtocol, run: () => void): void {
    const waiting = this.#locks.get(lockKey(bgp)) ?? [];
    this.#locks.set(lockKey(bgp), [...waiting, { bgp, run }]);
    if (waiting.length === 0) run();
  }

  bgpUnlock(bgp: BgpProtocol): void {
    const key = lockKey(bgp);
    const locks = this.#locks.get(key) ?? [];
    const rest = locks.filter((lock) => lock.bgp !== bgp);
    this.#locks.set(key, rest);
    const [next] = rest;
    if (next && locks[0]?.bgp === bgp) this.defer(next.run);
  }

  bgpClose(bgp: BgpProtocol): void {
    this.#listening.delete(bgp);
    const used = new Set(this.#bgps().map(listenKey));
    for (const [key, opened] of this.#listeners) {
      if (used.has(key)) continue;
      this.proc.close(opened.fd);
      this.#listeners.delete(key);
    }
  }

  /** io_loop(). */
  *run(): Blocking<void> {
    const stopListening = this.proc.netns.rtnlListen(() => {
      this.#netlink = true;
      this.#woken.wake();
    });
    this.proc.setDisposition('TERM', 'catch');
    this.proc.setDisposition('INT', 'catch');
    this.proc.setDisposition('HUP', 'catch');
    this.proc.setDisposition('PIPE', 'ignore');
    for (let round = 0; !this.ended; round++) {
      const busy = this.#signals() || this.#work();
      if (this.proc.charge(5)) yield* preempt(this.proc);
      if (busy && round < MAX_ROUNDS) continue;
      round = 0;
      yield { kind: 'wait', on: this.#queues(), timeoutUs: this.#nextTimer() };
      yield { kind: 'wait', on: [], timeoutUs: WAKE_US };
    }
    stopListening();
  }

  #signals(): boolean {
    const signal = this.proc.takeSignal();
    if (signal === 'TERM' || signal === 'INT') this.shutdown();
    if (signal === 'HUP') this.control.reloadFile(this);
    return signal !== undefined;
  }

  #work(): boolean {
    const deferred = this.#deferred;
    this.#deferred = [];
    for (const run of deferred) run();
    let busy = deferred.length > 0;
    for (const timer of [...this.#timers].sort((a, b) => a.atUs - b.atUs)) {
      if (timer.atUs > this.nowUs || !this.#timers.delete(timer)) continue;
      timer.run();
      busy = true;
    }
    if (this.#netlink) {
      this.#netlink = false;
      this.#netlinkChanged();
      busy = true;
    }
    busy = this.#accept() || busy;
    for (const bgp of this.#bgps()) busy = bgp.outgoing.poll() || bgp.incoming.poll() || busy;
    if (this.tablesChanged) {
      this.tablesChanged = false;
      for (const table of this.tables.values()) table.updateRecursive();
      busy = true;
    }
    return this.control.poll(this) || busy;
  }

  #netlinkChanged(): void {
    const changes = scanInterfaces(this.proc.netns, this.ifaces);
    for (const proto of this.protos) {
      if (changes.length > 0) proto.hooks.ifaceNotify?.(changes);
      if (proto.hooks instanceof KernelProtocol) proto.hooks.kernelChanged();
    }
  }

  #bgps(): readonly BgpProtocol[] {
    return [...this.#listening];
  }

  #accept(): boolean {
    const accepted = [...this.#listeners.values()].map((one) => tcpAccept(one.sock));
    const connections = accepted.filter((tp) => typeof tp !== 'string');
    for (const tp of connections) this.#incoming(tp);
    return connections.length > 0;
  }

  #incoming(tp: TcpSock): void {
    const { peer, local } = tp.sk;
    const bgp = this.#bgps().find(
      ({ config }) =>
        config.remoteIp === peer && (config.localIp === undefined || config.localIp === local),
    );
    if (!bgp) this.log('warning', 'BGP: Unexpected connect from unknown address');
    // What the neighbour sent meanwhile stays unread, so that close(2) is a reset.
    if (!bgp?.incomingConnection(tp)) this.after(WAKE_US / 1e6, () => tcpClose(tp));
  }

  #queues(): readonly WaitQueue[] {
    const queues = [this.#woken, ...this.control.queues()];
    for (const { sock } of this.#listeners.values()) queues.push(sock.sk.readable);
    for (const bgp of this.#bgps()) {
      for (const { sock } of [bgp.outgoing, bgp.incoming]) {
        if (sock) queues.push(sock.sock.sk.readable, sock.sock.sk.writable);
      }
    }
    return queues;
  }

  #nextTimer(): number | undefined {
    const times = [...this.#timers].map((timer) => timer.atUs);
    return times.length > 0 ? Math.max(0, Math.min(...times) - this.nowUs) : undefined;
  }
}

const listenKey = ({ config, localIp }: BgpProtocol): string =>
  `${config.strictBind ? (localIp ?? 0) : 0} ${config.localPort}`;

const lockKey = ({ config }: BgpProtocol): string => `${config.remoteIp} ${config.remotePort}`;

function hooksOf(proto: Proto): ProtoHooks {
  const { config } = proto;
  switch (config.kind) {
    case 'device':
      return deviceProtocol();
    case 'direct':
      return directProtocol(proto);
    case 'static':
      return staticProtocol(proto);
    case 'kernel':
      return new KernelProtocol(proto, config);
    case 'bgp':
      return new BgpProtocol(proto, config);
  }
}
