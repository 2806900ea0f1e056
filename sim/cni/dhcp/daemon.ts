import { utf8Encode } from '../../base/bytes';
import { err, ok, type Result } from '../../base/result';
import { strerror } from '../../linux/errno';
import { unlink, writeFileAt } from '../../linux/files';
import type { Proc } from '../../linux/process';
import { printError, write } from '../../linux/process-io';
import type { Opened } from '../../linux/socket/socket-file';
import { openUnix, type UnixSock, unixAccept, unixBind, unixListen } from '../../linux/socket/unix';
import type { Blocking } from '../../linux/wait-queue';
import { mkdirAll } from '../pkg/mkdir-all';
import { getNetns } from '../pkg/ns';
import type { Release } from '../release';
import { goErrno, goQuote } from '../types/error';
import { newResult, printResult } from '../types/result';
import { goLogLine } from './go-time';
import { Goroutines } from './goroutines';
import { DhcpLease, type Keeper, type LeaseOptions } from './lease';
import {
  clientIdOf,
  type DhcpConf,
  gatewayOf,
  prefixLenOf,
  prepareOptions,
  readDhcpConf,
  routesOf,
} from './options';
import { formatReply, parseRequest, type RpcReply, type RpcRequest, readLine } from './rpc';

const BACKLOG = 128;

export interface DaemonOptions extends LeaseOptions {
  readonly pidFile: string;
  readonly hostPrefix: string;
  readonly socketPath: string;
}

/** runDaemon(): leases that live as long as their containers. */
export function* runDaemon(proc: Proc, options: DaemonOptions, release: Release): Blocking<number> {
  const daemon = new Daemon(proc, options, release);
  const listener = daemon.listen();
  if (!listener.ok) {
    yield* printError(proc, goLogLine(proc.host.clockUs, listener.error));
    return 1;
  }
  if (release.modern) {
    proc.setDisposition('INT', 'catch');
    proc.setDisposition('TERM', 'catch');
  }
  daemon.routines.go(daemon.accept(listener.value));
  yield* daemon.routines.run();
  unlink(proc, options.hostPrefix + options.socketPath);
  unlink(proc, options.pidFile);
  return 0;
}

class Daemon implements Keeper {
  readonly routines: Goroutines;
  readonly #leases = new Map<string, DhcpLease>();

  constructor(
    readonly proc: Proc,
    readonly options: DaemonOptions,
    readonly release: Release,
  ) {
    this.routines = new Goroutines(proc);
  }

  readonly log = (text: string): void => {
    const stderr = this.proc.fds.get(2);
    stderr?.ops.write(stderr, utf8Encode(goLogLine(this.proc.host.clockUs, text)));
  };

  /** The pid file, then getListener(). */
  listen(): Result<Opened<UnixSock>, string> {
    const { pidFile, hostPrefix, socketPath } = this.options;
    if (pidFile !== '') {
      const what = `Error writing pidfile ${goQuote(pidFile)}`;
      if (!pidFile.startsWith('/')) return err(`${what}: path not absolute`);
      const wrong = writeFileAt(this.proc, pidFile, String(this.proc.pid), 0o644);
      if (wrong) return err(`${what}: open ${pidFile}: ${goErrno(wrong)}`);
    }
    const path = hostPrefix + socketPath;
    const dir = path.replace(/\/[^/]*$/, '');
    const made = mkdirAll(this.proc, dir, 0o700);
    if (made) return err(`Error getting listener: mkdir ${dir}: ${goErrno(made)}`);
    const opened = openUnix(this.proc);
    const bound = unixBind(this.proc, opened.sock, path);
    if (!bound.ok) {
      return err(`Error getting listener: listen unix ${path}: bind: ${goErrno(bound.error)}`);
    }
    unixListen(opened.sock, BACKLOG);
    return ok(opened);
  }

  *accept(listener: Opened<UnixSock>): Blocking<void> {
    for (;;) {
      const got = yield* unixAccept(this.proc, listener.sock);
      if (!got.ok) {
        this.log(`http: Accept error: ${strerror(got.error)}`);
        return;
      }
      this.routines.go(this.#serve(got.value));
    }
  }

  *#serve(connection: Opened<UnixSock>): Blocking<void> {
    const line = yield* readLine(this.proc, connection.file);
    if (line !== undefined) {
      const reply = yield* this.#answer(line);
      yield* write(this.proc, connection.fd, utf8Encode(formatReply(reply)));
    }
    this.proc.close(connection.fd);
  }

  *#answer(line: string): Blocking<RpcReply> {
    const request = parseRequest(line);
    if (!request.ok) return { error: request.error, result: '' };
    const conf = readDhcpConf(request.value.stdin);
    if (!conf.ok) return { error: `error parsing netconf: ${conf.error}`, result: '' };
    const done =
      request.value.method === 'Allocate'
        ? yield* this.#allocate(request.value, conf.value)
        : yield* this.#release(request.value, conf.value);
    return done.ok ? { error: '', result: done.value } : { error: done.error, result: '' };
  }

  /** Allocate(). Before v1.3 each call made a lease of its own. */
  *#allocate(request: RpcRequest, conf: DhcpConf): Blocking<Result<string, string>> {
    const prepared = prepareOptions(request.args, conf);
    if (!prepared.ok) return prepared;
    const clientId = clientIdOf(request.containerId, conf.name, request.ifName);
    const known = this.release.modern ? this.#leases.get(clientId) : undefined;
    const lease = known ? ok(known) : yield* this.#acquire(request, clientId, prepared.value);
    if (!lease.ok) return lease;
    const { ack } = lease.value;
    const prefixLen = ack && prefixLenOf(ack);
    if (!ack || prefixLen === undefined) {
      yield* lease.value.stop();
      return err('DHCP option Subnet Mask not found in DHCPACK');
    }
    this.#leases.set(clientId, lease.value);
    const { specVersion } = this.release;
    const result = newResult(specVersion, {
      ips: [{ address: { address: ack.yiaddr, prefixLen }, gateway: gatewayOf(ack) }],
      routes: routesOf(ack),
    });
    return printResult(result, specVersion, this.release);
  }

  /** AcquireLease(). */
  *#acquire(
    { netns, ifName }: RpcRequest,
    clientId: string,
    prepared: DhcpLease['prepared'],
  ): Blocking<Result<DhcpLease, string>> {
    this.log(`${clientId}: acquiring lease`);
    const ns = getNetns(this.proc, this.options.hostPrefix + netns);
    if (!ns.ok) return err(ns.error.msg);
    const dev = ns.value.net.deviceByName(ifName);
    if (!dev) return err(`error looking up ${goQuote(ifName)}: Link not found`);
    const lease = new DhcpLease(this, clientId, dev, prepared);
    const got = yield* lease.acquire();
    if (!got.ok) return got;
    this.log(`${clientId}: lease acquired, expiration is ${lease.expiration}`);
    this.routines.go(lease.maintain());
    return ok(lease);
  }

  *#release(request: RpcRequest, conf: DhcpConf): Blocking<Result<string, string>> {
    const clientId = clientIdOf(request.containerId, conf.name, request.ifName);
    const lease = this.#leases.get(clientId);
    if (lease) yield* lease.stop();
    this.#leases.delete(clientId);
    return ok('');
  }
}
