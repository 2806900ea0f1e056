import { utf8Encode } from '../../base/bytes';
import type { Prng } from '../../base/prng';
import { open } from '../../linux/files';
import { type Proc, preempt } from '../../linux/process';
import { openTcp } from '../../linux/socket/socket';
import type { Opened } from '../../linux/socket/socket-file';
import { tcpAccept, tcpBind, tcpClose, tcpListen } from '../../linux/socket/tcp';
import type { TcpSock } from '../../linux/socket/tcp-sock';
import { type Blocking, WaitQueue } from '../../linux/wait-queue';
import type { Ip, Ipv4 } from '../../wire/frame';
import { BgpProtocol } from './bgp/bgp-proto';
import type { ChannelConfig, Config, ProtoConfig } from './config';
import type { ControlSocket } from './control';
import { findNeighbor, type Iface, type Neighbor, scanInterfaces } from './iface';
import { KernelProtocol } from './kernel';
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
const LOG_CLASSES = { INFO: 'INFO', WARN: 'WARN', ERR: 'ERR', RMT: 'RMT' } as const;

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
  readonly #woken = new WaitQueue();
  #listener: Opened<TcpSock> | undefined;
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

  /** log_commit(), sysdep/unix/log.c. */
  log(kind: keyof typeof LOG_CLASSES, text: string): void {
    for (const { to } of this.config.logs) {
      if (to === 'syslog') continue;
      if (to === 'stderr') {
        const stderr = this.proc.fds.get(2);
        stderr?.ops.write(stderr, utf8Encode(`bird: ${text}\n`));
        continue;
      }
      const file = open(this.proc, to.file, {
        write: true,
        append: true,
        create: true,
        mode: 0o640,
      });
      if (typeof file === 'string') continue;
      const time = clockText(this.proc.host.clockUs);
      file.get().ops.write(file, utf8Encode(`${time} <${LOG_CLASSES[kind]}> ${text}\n`));
      file.put();
    }
  }

  /** config_commit() for the first configuration. */
  boot(): void {
    for (const { name, family } of this.config.tables) {
      this.tables.set(name, new RTable(name, family, () => this.proc.host.clockUs));
    }
    this.protos = this.#wanted().map((config) => this.#newProto(config));
    for (const proto of this.protos) proto.start();
    this.#netlinkChanged();
    this.log('INFO', 'Started');
  }

  #wanted(): readonly ProtoConfig[] {
    return this.config.protos.filter((proto) => !proto.template);
  }

  #newProto(config: ProtoConfig): Proto {
    return new Proto(this, config, hooksOf);
  }

  /** config_do_commit(): protocols that are as before go on, others start anew. False: some have yet to stop. */
  reconfigure(config: Config): boolean {
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
      if (known && sameProto(known, wanted)) next.push(known);
      else {
        const made = this.#newProto(wanted);
        if (known && known.state !== 'down') done = false;
        if (known) this.#retire(known, 'reconfigure', () => made.start());
        else this.defer(() => made.start());
        next.push(made);
      }
    }
    for (const gone of old.values()) {
      if (gone.state !== 'down') done = false;
      this.#retire(gone, 'remove', () => undefined);
    }
    this.protos = next;
    this.log('INFO', 'Reconfigured');
    return done;
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
    this.log('INFO', 'Shutting down');
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

  /** bgp_open(): one listening socket for all sessions. */
  bgpListen(bgp: BgpProtocol): boolean {
    this.#listening.add(bgp);
    if (this.#listener) return true;
    const opened = openTcp(this.proc, 4);
    opened.sock.sk.reuseAddr = true;
    opened.sock.sk.tos = 0xc0;
    opened.sock.sk.ttl = 255;
    const ready = tcpBind(opened.sock, { addr: 0, port: bgp.config.localPort });
    if (!ready.ok || !tcpListen(opened.sock, BGP_BACKLOG).ok) {
      this.proc.close(opened.fd);
      this.log('ERR', `${bgp.proto.name}: Cannot open listening socket`);
      return false;
    }
    this.#listener = opened;
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
    if (this.#listening.size > 0 || !this.#listener) return;
    this.proc.close(this.#listener.fd);
    this.#listener = undefined;
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
    const tp = this.#listener && tcpAccept(this.#listener.sock);
    if (!tp || typeof tp === 'string') return false;
    const { peer, local } = tp.sk;
    const bgp = this.#bgps().find(
      ({ config }) =>
        config.remoteIp === peer && (config.localIp === undefined || config.localIp === local),
    );
    if (!bgp) this.log('WARN', 'BGP: Unexpected connect from unknown address');
    // What the neighbour sent meanwhile stays unread, so that close(2) is a reset.
    if (!bgp?.incomingConnection(tp)) this.after(WAKE_US / 1e6, () => tcpClose(tp));
    return true;
  }

  #queues(): readonly WaitQueue[] {
    const queues = [this.#woken, ...this.control.queues()];
    if (this.#listener) queues.push(this.#listener.sock.sk.readable);
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

/** TM_ISO_LONG_MS; the short form is its second half. */
export function clockText(clockUs: number): string {
  const days = Math.floor(clockUs / 86_400e6);
  return `${dateText(days)} ${timeText(clockUs)}`;
}

export function timeText(clockUs: number): string {
  const ms = Math.floor(clockUs / 1000) % 86_400_000;
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const time = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`;
  return `${time}.${String(ms % 1000).padStart(3, '0')}`;
}

/** Days since 1970 as a date (H. Hinnant's civil_from_days). */
function dateText(days: number): string {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
