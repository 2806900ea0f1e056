import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { ExtendedError } from '../../linux/socket/sock';
import { openUdp } from '../../linux/socket/socket';
import type { UdpSock } from '../../linux/socket/udp';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import { gaiStrerror, getaddrinfo, getnameinfo } from '../glibc/getaddrinfo';
import { getopt } from '../glibc/getopt';
import { fail, strtolOrError } from './error';

const USAGE = `
Usage
  tracepath [options] <destination>

Options:
  -4             use IPv4
  -6             use IPv6
  -b             print both name and IP
  -l <length>    use packet <length>
  -m <hops>      use maximum <hops>
  -n             no reverse DNS name resolution
  -p <port>      use destination <port>
  -V             print version and exit
  <destination>  DNS name or IP address

For more details see tracepath(8).
`;

const DEFAULT_PORT = 44_444;
const MAX_HOPS = 30;
const HOST_COLUMN = 52;
const REPLY_US = 1_000_000;
/** MAX_PROBES: how often a hop is asked. */
const PROBES = 3;
/** DEFAULT_MTU_IPV4, DEFAULT_MTU_IPV6: before anything is known of the path. */
const DEFAULT_MTU = { 4: 65_535, 6: 128_000 } as const;

/** struct run_state of tracepath.c. */
class Run {
  mtu: number;
  hopsTo: number | undefined;
  port: number;

  constructor(
    readonly proc: Proc,
    readonly sock: UdpSock,
    readonly target: {
      readonly addr: Ip;
      readonly scopeId: number | undefined;
      readonly numeric: boolean;
      readonly both: boolean;
    },
    start: { readonly length: number | undefined; readonly port: number },
  ) {
    this.mtu = start.length ?? DEFAULT_MTU[this.family];
    this.port = start.port;
  }

  get family(): 4 | 6 {
    return typeof this.target.addr === 'number' ? 4 : 6;
  }

  get overhead(): number {
    return this.family === 4 ? 28 : 48;
  }
}

/** tracepath(8) of iputils 20221126. */
export const tracepath: Program = function* (proc, argv) {
  const parsed = getopt(argv, '46nbh?l:m:p:V');
  const options = new Map((parsed.ok ? parsed.options : []).map((o) => [o.name, o.value ?? '']));
  if (options.has('V')) {
    yield* print(proc, 'tracepath from iputils 20221126\n');
    return 0;
  }
  const host = parsed.ok ? parsed.operands[0] : undefined;
  if (!parsed.ok || host === undefined || options.has('h')) {
    yield* printError(proc, (parsed.ok ? '' : parsed.error) + USAGE);
    return 255;
  }
  const number = (name: string, min: number, max: number) =>
    options.has(name) ? strtolOrError(options.get(name) ?? '', min, max) : undefined;
  const hops = number('m', 0, 255);
  const length = number('l', 28, 65_535);
  const port = number('p', 0, 65_535);
  for (const n of [hops, length, port]) if (n && 'error' in n) return yield* fail(proc, 1, n.error);
  const given = (n: typeof hops) => (n && 'value' in n ? n.value : undefined);
  const family = options.has('4') ? 4 : options.has('6') ? 6 : undefined;
  const found = yield* getaddrinfo(proc, host, family);
  if (typeof found === 'string') return yield* fail(proc, 1, `${host}: ${gaiStrerror(found)}`);
  const addr = found.addresses[0] ?? 0;
  const { sock } = openUdp(proc, typeof addr === 'number' ? 4 : 6);
  sock.sk.pmtuDiscover = 'probe';
  sock.sk.recvErr = true;
  const target = {
    addr,
    scopeId: found.scopeId,
    numeric: options.has('n'),
    both: options.has('b'),
  };
  const start = { length: given(length), port: given(port) ?? DEFAULT_PORT };
  return yield* trace(new Run(proc, sock, target, start), given(hops) ?? MAX_HOPS);
};

/** What a probe, or an error, came to. */
type Step = 'reached' | 'progress' | 'mtu' | 'none' | { readonly errno: ExtendedError['errno'] };

function* trace(run: Run, maxHops: number): Blocking<number> {
  for (let ttl = 1; ttl <= maxHops; ttl++) {
    run.sock.sk.ttl = ttl;
    let step: Step = 'none';
    let tries = 0;
    while (tries < PROBES) {
      const before = run.mtu;
      step = yield* probe(run, ttl);
      // A smaller MTU is progress: the same hop is asked again.
      if (step === 'mtu' && run.mtu < before) {
        tries = 0;
        continue;
      }
      if (step !== 'none') break;
      tries++;
    }
    if (step === 'none') yield* print(run.proc, `${column(ttl)}:  no reply\n`);
    if (step === 'reached') return yield* finish(run);
    if (typeof step === 'object') {
      yield* printError(run.proc, `tracepath: ${strerror(step.errno)}\n`);
      return 1;
    }
  }
  yield* print(run.proc, '     Too many hops: pmtu ');
  yield* print(run.proc, `${run.mtu}\n`);
  return yield* finish(run);
}

function* finish(run: Run): Blocking<number> {
  const hops = run.hopsTo === undefined ? '' : `hops ${run.hopsTo} `;
  yield* print(run.proc, `     Resume: pmtu ${run.mtu} ${hops}\n`);
  return 0;
}

const column = (ttl: number): string => String(ttl).padStart(2);

/** probe_ttl(): sends one, and reads errors until something was learnt. */
function* probe(run: Run, ttl: number): Blocking<Step> {
  const { proc, sock, target } = run;
  const sentUs = proc.host.nowUs;
  const size = Math.min(Math.max(0, run.mtu - run.overhead), 65_507);
  const data = new Uint8Array(size);
  const sent = sock.sendto(data, { addr: target.addr, port: run.port, scopeId: target.scopeId });
  run.port++;
  if (!sent.ok && sent.error !== 'EMSGSIZE' && sent.error !== 'ECONNREFUSED') {
    if (!sock.sk.hasErrors) return { errno: sent.error };
  }
  const until = sentUs + REPLY_US;
  for (;;) {
    const error = sock.sk.takeExtendedError();
    if (error) {
      sock.sk.takeError();
      return yield* learn(run, ttl, error, sentUs);
    }
    const left = until - proc.host.nowUs;
    if (left <= 0) return 'none';
    yield { kind: 'wait', on: [sock.sk.readable], timeoutUs: left };
  }
}

/** recverr(): one line for one error. */
function* learn(run: Run, ttl: number, error: ExtendedError, sentUs: number): Blocking<Step> {
  const { proc } = run;
  if (error.origin === 'local') {
    yield* print(proc, `${column(ttl)}?: ${'[LOCALHOST]'.padEnd(32)} `);
  } else {
    const name = yield* hostText(run, error.offender ?? 0);
    const us = error.atUs - sentUs;
    const time = `${String(Math.trunc(us / 1000)).padStart(3)}.${String(us % 1000).padStart(3, '0')}ms `;
    yield* print(proc, `${column(ttl)}:  ${name.padEnd(HOST_COLUMN - 1)} ${time}`);
  }
  switch (error.errno) {
    case 'EMSGSIZE':
      yield* print(proc, `pmtu ${error.info}\n`);
      run.mtu = error.info;
      return 'mtu';
    case 'ECONNREFUSED':
      yield* print(proc, 'reached\n');
      run.hopsTo = ttl;
      return 'reached';
    case 'EHOSTUNREACH':
      if (error.type === (error.origin === 'icmp' ? 11 : 3) && error.code === 0) {
        yield* print(proc, '\n');
        return 'progress';
      }
      yield* print(proc, '!H\n');
      return 'reached';
    case 'EPROTO':
      yield* print(proc, '!P\n');
      return 'reached';
    case 'ENETUNREACH':
      yield* print(proc, '!N\n');
      return 'reached';
    case 'EACCES':
      yield* print(proc, '!A\n');
      return 'reached';
    default:
      yield* printError(proc, `NET ERROR: ${strerror(error.errno)}\n`);
      return 'reached';
  }
}

/** print_host(). */
function* hostText(run: Run, ip: Ip): Blocking<string> {
  const address = formatIp(ip);
  if (run.target.numeric) return address;
  const name = yield* getnameinfo(run.proc, ip);
  if (name === undefined) return address;
  return run.target.both ? `${name} (${address})` : name;
}
