import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import { type Proc, tick } from '../../linux/process';
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
import { versionText } from './version';

const USAGE = `
Usage
  tracepath [options] <destination>

Options:
  -4             use IPv4
  -6             use IPv6
  -b             print both name and ip
  -l <length>    use packet <length>
  -m <hops>      use maximum <hops>
  -n             no dns name resolution
  -p <port>      use destination <port>
  -V             print version and exit
  <destination>  dns name or ip address

For more details see tracepath(8).
`;

const BASE_PORT = 44_444;
const MAX_HOPS = 30;
/** HOST_COLUMN_SIZE. */
const HOST_COLUMN = 52;
const WAIT_US = 1_000_000;
/** MAX_PROBES: how often one probe is sent again while errors are waiting. */
const MAX_PROBES = 10;
/** How often a hop is asked. */
const TRIES = 3;
/** HIS_ARRAY_SIZE: probes remembered, by their port. */
const HISTORY = 64;
const MAX_PACKET = 128_000;
/** Before anything is known of the path. */
const DEFAULT_MTU = { 4: 65_535, 6: 128_000 } as const;

interface Probe {
  readonly hops: number;
  readonly sentUs: number;
}

/** struct run_state of tracepath.c. */
class Run {
  mtu: number;
  hopsTo: number | undefined;
  hopsFrom: number | undefined;
  slot = 0;
  readonly history: (Probe | undefined)[] = [];

  constructor(
    readonly proc: Proc,
    readonly sock: UdpSock,
    readonly target: {
      readonly addr: Ip;
      readonly scopeId: number | undefined;
      readonly numeric: boolean;
      readonly both: boolean;
    },
    readonly start: { readonly length: number | undefined; readonly port: number },
  ) {
    this.mtu = start.length ?? DEFAULT_MTU[this.family];
  }

  get family(): 4 | 6 {
    return typeof this.target.addr === 'number' ? 4 : 6;
  }

  /** Headers that are part of the packet length. */
  get overhead(): number {
    return this.family === 4 ? 28 : 48;
  }
}

/** tracepath(8) of iputils 20221126. */
export const tracepath: Program = function* (proc, argv) {
  const parsed = getopt(argv, '46nbh?l:m:p:V');
  const options = new Map((parsed.ok ? parsed.options : []).map((o) => [o.name, o.value ?? '']));
  if (options.has('V')) {
    yield* print(proc, versionText('tracepath'));
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
  const length = number('l', 0, 2_147_483_647);
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
  const run = new Run(proc, sock, target, {
    length: given(length),
    port: given(port) ?? BASE_PORT,
  });
  if (run.mtu <= run.overhead) {
    const range = `${run.overhead} < value <= 2147483647`;
    return yield* fail(proc, 1, `pktlen must be within: ${range}`);
  }
  return yield* trace(run, given(hops) ?? MAX_HOPS);
};

/** What a probe came to: `end` = the path is known, `more` = something was learnt, `none` = silence. */
type Outcome = 'end' | 'more' | 'none';

/** main(): a hop is asked again from the start when the MTU turned out smaller. */
function* trace(run: Run, maxHops: number): Blocking<number> {
  for (let ttl = 1; ttl <= maxHops; ttl++) {
    run.sock.sk.ttl = ttl;
    let outcome: Outcome = 'none';
    for (let tries = 0; tries < TRIES; tries++) {
      const before = run.mtu;
      outcome = yield* probeTtl(run, ttl);
      if (run.mtu !== before) {
        tries = -1;
        continue;
      }
      if (outcome === 'end') return yield* finish(run);
      if (outcome === 'more') break;
    }
    if (outcome === 'none') yield* print(run.proc, `${column(ttl)}:  no reply\n`);
  }
  yield* print(run.proc, `     Too many hops: pmtu ${run.mtu}\n`);
  return yield* finish(run);
}

function* finish(run: Run): Blocking<number> {
  const to = run.hopsTo === undefined ? '' : `hops ${run.hopsTo} `;
  const back = run.hopsFrom === undefined ? '' : `back ${run.hopsFrom} `;
  yield* print(run.proc, `     Resume: pmtu ${run.mtu} ${to}${back}\n`);
  return 0;
}

const column = (ttl: number): string => String(ttl).padStart(2);

/** probe_ttl(): sends one probe; errors that wait are read first and tell how large it may be. */
function* probeTtl(run: Run, ttl: number): Blocking<Outcome> {
  const { proc, sock, target } = run;
  for (let i = 0; i < MAX_PROBES; ) {
    const size = Math.min(run.mtu, MAX_PACKET) - run.overhead;
    run.history[run.slot] = { hops: ttl, sentUs: proc.host.nowUs };
    const port = run.start.port + run.slot;
    const to = { addr: target.addr, port, scopeId: target.scopeId };
    const sent = sock.sendto(new Uint8Array(size), to);
    if (sent.ok) {
      run.slot = (run.slot + 1) % (HISTORY - 1);
      return yield* answer(run, ttl);
    }
    const outcome = yield* readErrors(run, ttl);
    run.history[run.slot] = undefined;
    if (outcome === 'end') return 'end';
    if (outcome === 'none') i++;
    else i = 0;
  }
  yield* print(proc, `${column(ttl)}:  send failed\n`);
  return 'end';
}

/** data_wait(), then what came: a datagram means that the port was open. */
function* answer(run: Run, ttl: number): Blocking<Outcome> {
  const { proc, sock } = run;
  const until = proc.host.nowUs + WAIT_US;
  while (!sock.sk.hasErrors && sock.queue.length === 0 && proc.host.nowUs < until) {
    yield { kind: 'wait', on: [sock.sk.readable], timeoutUs: until - proc.host.nowUs };
  }
  if (!sock.sk.hasErrors && sock.queue.shift()) {
    yield* print(proc, `${column(ttl)}?: reply received 8)\n`);
    return 'end';
  }
  return yield* readErrors(run, ttl);
}

/** recverr(): every error that waits, a line each. */
function* readErrors(run: Run, ttl: number): Blocking<Outcome> {
  let outcome: Outcome = 'none';
  for (;;) {
    yield* tick(run.proc);
    const error = run.sock.sk.takeExtendedError();
    if (!error) return outcome;
    run.sock.sk.takeError();
    outcome = 'more';
    if (yield* tellError(run, ttl, error)) return 'end';
  }
}

/** One line for one error; true when it ends the path. */
function* tellError(run: Run, ttl: number, error: ExtendedError): Blocking<boolean> {
  const slot = error.dst.port - run.start.port;
  const probe = error.origin === 'local' ? undefined : run.history[slot];
  if (probe) run.history[slot] = undefined;
  if (error.origin === 'local') {
    yield* print(run.proc, `${column(ttl)}?: ${'[LOCALHOST]'.padEnd(32)} `);
  } else {
    const host = yield* hostText(run, error.offender ?? 0);
    const padded = host.padEnd(Math.max(HOST_COLUMN, host.length + 1));
    const where = probe ? `${column(probe.hops)}:  ` : `${column(ttl)}?: `;
    yield* print(run.proc, where + padded + (probe ? elapsed(error.atUs - probe.sentUs) : ''));
  }
  return yield* meaning(run, probe?.hops ?? ttl, error);
}

function elapsed(us: number): string {
  return `${String(Math.trunc(us / 1000)).padStart(3)}.${String(us % 1000).padStart(3, '0')}ms `;
}

/** Hops that the answer took back, from the TTL that a stack starts with. */
function hopsBack(error: ExtendedError): number | undefined {
  if (error.ttl === undefined) return undefined;
  if (error.ttl <= 64) return 65 - error.ttl;
  return (error.ttl <= 128 ? 129 : 256) - error.ttl;
}

function* meaning(run: Run, hops: number, error: ExtendedError): Blocking<boolean> {
  const { proc } = run;
  const back = hopsBack(error);
  const end = function* (text: string): Blocking<true> {
    yield* print(proc, `${text}\n`);
    return true;
  };
  switch (error.errno) {
    case 'EMSGSIZE':
      yield* print(proc, `pmtu ${error.info}\n`);
      run.mtu = error.info;
      return false;
    case 'ECONNREFUSED':
      run.hopsTo = hops;
      run.hopsFrom = back;
      return yield* end('reached');
    case 'EPROTO':
      return yield* end('!P');
    case 'EHOSTUNREACH': {
      const exceeded = error.origin === 'icmp' ? 11 : 3;
      if (error.type !== exceeded || error.code !== 0) return yield* end('!H');
      const asymmetric = back !== undefined && back !== hops ? `asymm ${column(back)} ` : '';
      yield* print(proc, `${asymmetric}\n`);
      return false;
    }
    case 'ENETUNREACH':
      return yield* end('!N');
    case 'EACCES':
      return yield* end('!A');
    default:
      yield* print(proc, '\n');
      yield* printError(proc, `tracepath: NET ERROR: ${strerror(error.errno)}\n`);
      return true;
  }
}

/** print_host(): an address without a name is `???` unless names are not wanted. */
function* hostText(run: Run, ip: Ip): Blocking<string> {
  const address = formatIp(ip);
  if (run.target.numeric) return address;
  const name = (yield* getnameinfo(run.proc, ip)) ?? '???';
  return run.target.both ? `${name} (${address})` : name;
}
