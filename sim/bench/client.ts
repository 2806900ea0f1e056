import { utf8Encode } from '../base/bytes';
import { drive } from '../cli/drive';
import { advanceWhile } from '../lab/drive';
import type { Netns } from '../linux/netns';
import type { Proc } from '../linux/process';
import { block, connect, openTcp, openUdp, recvfrom } from '../linux/socket/socket';
import { tcpRecv, tcpSend } from '../linux/socket/tcp';
import type { Blocking, Process } from '../linux/wait-queue';
import { parseIpv4 } from '../wire/ip';
import type { Bench } from './row';

export interface Target {
  readonly netns: Netns;
  readonly address: string;
  readonly port: number;
}

/** `count` connections one after the other, each closed at once; wall µs of each connect(2). */
export const connections = (bench: Bench, to: Target, count: number): Promise<number[]> =>
  times(bench, to, count, (proc, addr) => once(proc, { addr, port: to.port }));

/** `count` HTTP requests, each on its own connection, to the end of the answer. */
export const requests = (bench: Bench, to: Target, count: number): Promise<number[]> =>
  times(bench, to, count, (proc, addr) => request(proc, { addr, port: to.port }));

/** `count` datagrams on one socket, each after the answer to the one before. */
export async function datagrams(bench: Bench, to: Target, count: number): Promise<number> {
  const addr = must(parseIpv4(to.address));
  const from = performance.now();
  await runIn(bench, to.netns, function* (proc) {
    const { sock } = openUdp(proc, 4);
    for (let i = 0; i < count; i++) {
      sock.sendto(utf8Encode('x'), { addr, port: to.port });
      const got = yield* recvfrom(proc, sock);
      if (typeof got === 'string') throw new Error(`no answer: ${got}`);
    }
    return 0;
  });
  return ((performance.now() - from) * 1000) / count;
}

interface To {
  readonly addr: number;
  readonly port: number;
}

function* once(proc: Proc, to: To): Blocking<void> {
  const opened = openTcp(proc, 4);
  const done = yield* connect(proc, opened.sock, to, 5_000_000);
  if (!done.ok) throw new Error(`no connection: ${done.error}`);
  proc.close(opened.fd);
}

function* request(proc: Proc, to: To): Blocking<void> {
  const opened = openTcp(proc, 4);
  const done = yield* connect(proc, opened.sock, to, 5_000_000);
  if (!done.ok) throw new Error(`no connection: ${done.error}`);
  tcpSend(opened.sock, utf8Encode('GET / HTTP/1.1\r\nHost: svc\r\nConnection: close\r\n\r\n'));
  const read = (): ReturnType<typeof tcpRecv> => tcpRecv(opened.sock, 65_536);
  const got = yield* block(proc, opened.sock.sk.readable, read);
  if (typeof got === 'string') throw new Error(`no answer: ${got}`);
  proc.close(opened.fd);
}

async function times(
  bench: Bench,
  to: Target,
  count: number,
  one: (proc: Proc, addr: number) => Blocking<void>,
): Promise<number[]> {
  const addr = must(parseIpv4(to.address));
  const found: number[] = [];
  await runIn(bench, to.netns, function* (proc) {
    for (let i = 0; i < count; i++) {
      const from = performance.now();
      yield* one(proc, addr);
      found.push((performance.now() - from) * 1000);
    }
    return 0;
  });
  return found.sort((a, b) => a - b);
}

async function runIn(bench: Bench, netns: Netns, main: (proc: Proc) => Process): Promise<void> {
  const { world, host } = bench;
  const proc = host.spawn(host.init, { main, argv: ['bench'], netns });
  if (proc === 'EAGAIN') throw new Error('too many processes');
  await drive(advanceWhile(world, () => proc.alive));
  const [fault] = world.kernel.faults;
  if (fault !== undefined) throw new Error(fault);
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a benchmark is wrong');
  return value;
}

export const median = (sorted: readonly number[]): number => sorted[sorted.length >> 1] ?? 0;
