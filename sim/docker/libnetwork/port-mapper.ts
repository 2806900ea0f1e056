import { concat, utf8Decode } from '../../base/bytes';
import { err, ok, type Result } from '../../base/result';
import { spawnProgram } from '../../linux/exec';
import { open } from '../../linux/files';
import type { OpenFile } from '../../linux/open-file';
import { Pipe } from '../../linux/pipe';
import type { Proc } from '../../linux/process';
import { readAll } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { type Iptables, waitFor } from './iptables';
import type { PortAllocator } from './port-allocator';

/** One published port: types.PortBinding of libnetwork. */
export interface PublishedPort {
  readonly proto: string;
  readonly containerIp: string;
  readonly containerPort: number;
  readonly hostIp: string;
  readonly hostPort: number;
  readonly bridge: string;
  readonly proxy: Proc | undefined;
}

export interface PortRequest {
  readonly proto: string;
  readonly containerIp: string;
  readonly containerPort: number;
  readonly hostIp: string;
  /** 0: any port of the dynamic range. */
  readonly hostPort: number;
  readonly hostPortEnd: number;
  readonly bridge: string;
}

const PROXY = '/usr/sbin/docker-proxy';
/** maxAllocatePortAttempts of drivers/bridge. */
const MAX_ATTEMPTS = 10;

/** libnetwork/portmapper: takes a port, writes its rules and starts its proxy. */
export class PortMapper {
  constructor(
    readonly tables: Iptables,
    readonly allocator: PortAllocator,
  ) {}

  /** allocatePort(), drivers/bridge/port_mapping.go. */
  *publish(request: PortRequest): Blocking<Result<PublishedPort, string>> {
    let last: Result<PublishedPort, string> = err('');
    for (let i = 0; i < MAX_ATTEMPTS; i++) {
      last = yield* this.#map(request);
      if (last.ok || request.hostPort !== 0) break;
    }
    return last;
  }

  *#map(request: PortRequest): Blocking<Result<PublishedPort, string>> {
    const { proto, hostIp } = request;
    const hostPort = this.allocator.request(hostIp, proto, request.hostPort, request.hostPortEnd);
    if (hostPort === undefined) {
      const where = `${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:${request.hostPort}`;
      return err(
        request.hostPort === 0
          ? 'all ports are allocated'
          : `Bind for ${where} failed: port is already allocated`,
      );
    }
    const port = { ...request, hostPort, proxy: undefined };
    yield* this.#rules('append', port);
    const started = yield* this.#startProxy(port);
    if (started.ok) return ok({ ...port, proxy: started.value });
    yield* this.#rules('delete', port);
    this.allocator.release(hostIp, proto, hostPort);
    return err(`Error starting userland proxy: ${started.error}`);
  }

  *unpublish(port: PublishedPort): Blocking<void> {
    if (port.proxy) {
      port.proxy.kill('INT');
      yield* waitFor(this.tables.proc, port.proxy.pid);
    }
    yield* this.#rules('delete', port);
    this.allocator.release(port.hostIp, port.proto, port.hostPort);
  }

  /** ChainInfo.Forward(), iptables/iptables.go. IPv6 bindings live by the proxy alone. */
  *#rules(how: 'append' | 'delete', port: PublishedPort): Blocking<void> {
    if (port.hostIp.includes(':')) return;
    const { tables } = this;
    const { proto, bridge, containerIp } = port;
    const containerPort = String(port.containerPort);
    const destination = port.hostIp === '0.0.0.0' ? '0/0' : port.hostIp;
    const dnat = ['-p', proto, '-d', destination, '--dport', String(port.hostPort)];
    const to = ['-j', 'DNAT', '--to-destination', `${containerIp}:${containerPort}`];
    yield* tables.program(how, 'nat', 'DOCKER', [...dnat, ...to, '!', '-i', bridge]);
    const inward = ['-p', proto, '-d', containerIp, '--dport', containerPort, '-j', 'ACCEPT'];
    yield* tables.program(how, 'filter', 'DOCKER', ['!', '-i', bridge, '-o', bridge, ...inward]);
    const hairpin = ['-p', proto, '-s', containerIp, '-d', containerIp, '--dport', containerPort];
    yield* tables.program(how, 'nat', 'POSTROUTING', [...hairpin, '-j', 'MASQUERADE']);
  }

  /** newProxyCommand() and Start(): the child says `0`, or `1` and its error, on descriptor 3. */
  *#startProxy(port: PublishedPort): Blocking<Result<Proc, string>> {
    if (port.proto === 'sctp') return err('protocol not supported');
    const { proc } = this.tables;
    const pipe = new Pipe(proc.host.nextIno());
    const reading = pipe.open('read', 'pipe').get();
    const writing = pipe.open('write', 'pipe').get();
    const nothing = open(proc, '/dev/null', { read: true, write: true });
    const fds = new Map<number, OpenFile>([[3, writing]]);
    if (typeof nothing !== 'string') for (const fd of [0, 1, 2]) fds.set(fd, nothing);
    const { proto, hostIp, hostPort, containerIp, containerPort } = port;
    const where = ['-host-ip', hostIp, '-host-port', String(hostPort)];
    const child = spawnProgram(proc, {
      path: PROXY,
      argv: [
        PROXY,
        '-proto',
        proto,
        ...where,
        '-container-ip',
        containerIp,
        '-container-port',
        String(containerPort),
      ],
      netns: this.tables.net,
      fds,
    });
    writing.put();
    const said = yield* readAll(proc, reading);
    reading.put();
    if (typeof child === 'string') return err(`fork/exec ${PROXY}: no such file or directory`);
    const text = typeof said === 'string' ? '' : utf8Decode(concat(said));
    if (text.startsWith('0')) return ok(child);
    yield* waitFor(proc, child.pid);
    return err(text.slice(2).trimEnd());
  }
}
