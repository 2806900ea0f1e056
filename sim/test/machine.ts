import { concat, NO_BYTES, utf8Decode, utf8Encode } from '../base/bytes';
import { devOpen, randomMac } from '../linux/device/dev';
import type { NetDevice } from '../linux/device/net-device';
import { newVethDevice, registerVethPair } from '../linux/device/veth';
import { mkdir, writeFileAt } from '../linux/files';
import type { Host } from '../linux/host';
import type { Program } from '../linux/inode';
import type { Netns } from '../linux/netns';
import { type FileOps, OpenFile } from '../linux/open-file';
import { exitCode, type Proc } from '../linux/process';
import { newAddress } from '../linux/rtnetlink/addr';
import { newRoute } from '../linux/rtnetlink/route';
import type { Signal } from '../linux/signal';
import type { Process } from '../linux/wait-queue';
import { World } from '../linux/world';
import { parseCidr, parseIp } from '../wire/ip';

const must = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`test set-up: ${what}`);
  return value;
};

/** What a program wrote and how it ended. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
  readonly tookUs: number;
}

/** A program that still runs. */
export interface Running {
  readonly proc: Proc;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** One machine with network namespaces, for tests that want the real stack under a program. */
export class Machine {
  readonly world: World;
  readonly host: Host;
  readonly #netnses = new Map<string, Netns>();

  constructor(seed = 'test') {
    this.world = new World({ seed });
    this.host = this.world.addHost('lab');
    mkdir(this.host.init, '/etc');
    mkdir(this.host.init, '/tmp');
    writeFileAt(this.host.init, '/etc/hosts', '127.0.0.1 localhost\n');
    writeFileAt(this.host.init, '/etc/resolv.conf', '');
  }

  netns(name: string): Netns {
    const known = this.#netnses.get(name);
    if (known) return known;
    const made = this.host.newNetns(name);
    this.#netnses.set(name, made);
    // As a mount under /run/netns does, a process keeps the namespace alive.
    this.host.spawn(this.host.init, { main: forever, argv: ['sleep'], netns: made });
    return made;
  }

  /** `eth0` here and `eth0` there, up, with these addresses. */
  cable(a: readonly [netns: string, dev: string, addr: string], b: typeof a): void {
    const devices = [a, b].map(([netns, dev]) => newVethDevice(this.netns(netns), dev));
    for (const dev of devices) dev.mac = randomMac(dev.netns);
    const first = must(devices[0], 'veth');
    const second = must(devices[1], 'veth');
    if (!registerVethPair(first, second, {}).ok) throw new Error('test set-up: veth');
    this.addr(a[0], a[1], a[2]);
    this.addr(b[0], b[1], b[2]);
    devOpen(first);
    devOpen(second);
    this.run(0);
  }

  dev(netns: string, name: string): NetDevice {
    return must(this.netns(netns).deviceByName(name), `device ${name}`);
  }

  addr(netns: string, dev: string, text: string): void {
    const cidr = must(parseCidr(text), text);
    const request = { dev: this.dev(netns, dev), local: cidr.address, prefixLen: cidr.prefixLen };
    const flags = { create: true, excl: true, replace: false };
    newAddress(this.netns(netns), { ...request, noDad: true }, flags);
  }

  route(netns: string, to: string, via: string): void {
    const cidr = must(parseCidr(to === 'default' ? '0.0.0.0/0' : to), to);
    const gateway = must(parseIp(via), via);
    const family = typeof gateway === 'number' ? 4 : 6;
    const route = { family, dst: cidr.address, prefixLen: cidr.prefixLen, via: gateway } as const;
    newRoute(this.netns(netns), route, { create: true, excl: true, replace: false, append: false });
  }

  up(netns: string, dev: string): void {
    devOpen(this.dev(netns, dev));
  }

  sysctl(netns: string, path: string, value: string): void {
    const entry = must(this.netns(netns).sysctl.get(path), path);
    if (!entry.write(value).ok) throw new Error(`test set-up: ${path}`);
  }

  /** Lets time pass. */
  run(seconds: number): void {
    this.world.runUntil(this.world.nowUs + seconds * 1e6);
  }

  /** Starts a program in a namespace. */
  start(netns: string, program: Program, args: string, stdin = ''): Running {
    const out = collector();
    const error = collector();
    const argv = args.match(/'[^']*'|\S+/g)?.map((word) => word.replace(/^'|'$/g, '')) ?? [];
    const proc = this.host.spawn(this.host.init, {
      main: (child) => program(child, argv),
      argv,
      netns: this.netns(netns),
      fds: new Map([
        [0, source(stdin)],
        [1, out.file],
        [2, error.file],
      ]),
    });
    if (proc === 'EAGAIN') throw new Error('too many processes');
    return { proc, stdout: out.text, stderr: error.text };
  }

  /** Runs a program to its end; at most `limit` virtual seconds. */
  exec(netns: string, program: Program, args: string, stdin = '', limit = 300): Ran {
    const began = this.world.nowUs;
    const running = this.start(netns, program, args, stdin);
    this.world.runWhile(() => running.proc.alive, began + limit * 1e6);
    const { status } = running.proc;
    if (!status) throw new Error(`${args} did not end: ${running.stdout()} ${running.stderr()}`);
    const code = exitCode(status);
    const tookUs = this.world.nowUs - began;
    return { stdout: running.stdout(), stderr: running.stderr(), code, tookUs };
  }

  kill(running: Running, signal: Signal): void {
    running.proc.kill(signal);
    this.world.runWhile(() => running.proc.alive, this.world.nowUs + 1e6);
  }
}

function* forever(): Process {
  for (;;) yield { kind: 'wait', on: [] };
}

function collector(): { readonly file: OpenFile; readonly text: () => string } {
  const parts: Uint8Array[] = [];
  const ops: FileOps = {
    kind: 'pipe',
    read: () => 'EBADF',
    write: (_file, bytes) => {
      parts.push(bytes.slice());
      return bytes.length;
    },
    poll: () => ({ in: false, out: true }),
  };
  const file = new OpenFile(ops, { read: false, write: true }, 'out').get();
  return { file, text: () => utf8Decode(concat(parts)) };
}

function source(text: string): OpenFile {
  let left = utf8Encode(text);
  const ops: FileOps = {
    kind: 'pipe',
    read: (_file, max) => {
      const part = left.subarray(0, max);
      left = left.length > max ? left.subarray(max) : NO_BYTES;
      return part;
    },
    write: () => 'EBADF',
    poll: () => ({ in: true, out: false }),
  };
  return new OpenFile(ops, { read: true, write: false }, 'in').get();
}

/** Recorded time and round trips differ from run to run: what `tool/normalise.py` of the recordings masks. */
export const masked = (text: string): string =>
  text
    .replace(/time=[\d.]+ ms/g, 'time=<t> ms')
    .replace(/rtt min\/avg\/max\/mdev = .*/g, 'rtt <t>')
    .replace(/, time \d+ms/g, ', time <t>ms')
    .replace(/\b\d+\.\d+( ?)ms\b/g, '<t>$1ms');
