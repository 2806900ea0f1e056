import { strerror } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { formatIp, parseIp } from '../../wire/ip';
import { gaiStrerror, getaddrinfo, getnameinfo } from '../glibc/getaddrinfo';
import {
  icmpMethod,
  type Method,
  type SendFailure,
  type Trace,
  tcpMethod,
  udpMethod,
} from './method';
import { type ParsedTraceroute, parseTraceroute, type TracerouteOptions } from './options';
import { newProbe, type Probe } from './probe';
import { USAGE } from './usage';

/** traceroute(1): Dmitry Butskoy's traceroute 2.1, as Debian 12 has it. */
export const traceroute: Program = function* (proc, argv) {
  const parsed = parseTraceroute(argv);
  if (parsed.kind !== 'run') return yield* refuse(proc, parsed);
  const { options, host } = parsed;
  const found = yield* getaddrinfo(proc, host, options.family);
  if (typeof found === 'string') {
    const position = `on position 1 (argc ${argv.indexOf(host)})`;
    const text = `${host}: ${gaiStrerror(found)}\nCannot handle "host" cmdline arg \`${host}' ${position}\n`;
    yield* printError(proc, text);
    return 2;
  }
  const dst = found.addresses[0] ?? 0;
  const source = options.source === undefined ? undefined : parseIp(options.source);
  const headers = typeof dst === 'number' ? 20 : 40;
  const usual = options.mtuDiscovery ? MAX_PACKET_LENGTH : headers + 40;
  const packetLength = Math.max(options.packetLength ?? usual, headers + 8);
  const trace: Trace = { proc, options, dst, source, packetLength };
  const bytes = `${packetLength} byte packets`;
  yield* print(
    proc,
    `traceroute to ${host} (${formatIp(dst)}), ${options.maxHops} hops max, ${bytes}`,
  );
  if (options.device !== undefined && !proc.netns.deviceByName(options.device)) {
    return yield* fatal(proc, { call: 'setsockopt SO_BINDTODEVICE', errno: 'ENODEV' });
  }
  return yield* run(trace, new Report(proc, options));
};

function* refuse(proc: Proc, parsed: Exclude<ParsedTraceroute, { kind: 'run' }>): Blocking<number> {
  switch (parsed.kind) {
    case 'usage':
      yield* printError(proc, USAGE);
      return 0;
    case 'version':
      yield* printError(
        proc,
        'Modern traceroute for Linux, version 2.1.2\n' +
          'Copyright (c) 2016  Dmitry Butskoy,   License: GPL v2 or any later\n',
      );
      return 0;
    case 'error':
      yield* printError(proc, `${parsed.text}\n`);
      return 2;
    default:
      yield* printError(proc, `hopwise: traceroute: ${parsed.option} is not simulated\n`);
      return 2;
  }
}

/** error(): a line end, then perror(). */
function* fatal(proc: Proc, failure: SendFailure): Blocking<number> {
  yield* printError(proc, `\n${failure.call}: ${strerror(failure.errno)}\n`);
  return 1;
}

const methodOf = (trace: Trace): Method => {
  const { method } = trace.options;
  return method === 'icmp'
    ? icmpMethod(trace)
    : method === 'tcp'
      ? tcpMethod(trace)
      : udpMethod(trace);
};

/** MAX_PACKET_LEN: what --mtu begins with. */
const MAX_PACKET_LENGTH = 65_000;

/** ttl2hops(): how far away an answer was made, from the usual first values. */
const ttlToHops = (ttl: number): number => (ttl <= 64 ? 65 : ttl <= 128 ? 129 : 256) - ttl;

/** print_probe() and what it remembers of the line. */
class Report {
  #previous: Ip | undefined;

  constructor(
    readonly proc: Proc,
    readonly options: TracerouteOptions,
  ) {}

  *probe(probe: Probe, index: number): Blocking<void> {
    const { probesPerHop, numeric } = this.options;
    let text = '';
    if (index % probesPerHop === 0) {
      text += `\n${String(Math.floor(index / probesPerHop) + 1).padStart(2)} `;
      this.#previous = undefined;
    }
    const { from } = probe;
    if (from === undefined) text += ' *';
    else {
      if (from !== this.#previous) {
        const address = formatIp(from);
        const name = numeric ? undefined : yield* getnameinfo(this.proc, from);
        text += numeric ? ` ${address}` : ` ${name ?? address} (${address})`;
      }
      this.#previous = from;
    }
    if (probe.receivedUs !== undefined) {
      const us = probe.receivedUs - (probe.sentUs ?? 0);
      text += `  ${(us / 1000).toFixed(3)} ms`;
    }
    if (probe.mark !== '') text += ` ${probe.mark}`;
    if (probe.mtu !== undefined) text += ` F=${probe.mtu}`;
    const hops = Math.floor(index / probesPerHop) + 1;
    if (this.options.backward && probe.ttl !== undefined && ttlToHops(probe.ttl) !== hops) {
      text += ` '-${ttlToHops(probe.ttl)}'`;
    }
    yield* print(this.proc, text);
  }
}

/** DEF_WAIT_PREC, µs: keeps the factors from making an answer's time too short. */
const WAIT_PRECISION_US = 1000;

/** get_timeout(): shorter where the same hop, or a later one, has answered. */
function timeoutUs(probes: readonly Probe[], index: number, options: TracerouteOptions): number {
  const max = options.waitSec * 1_000_000;
  const took = (p: Probe | undefined): number | undefined =>
    p?.done && p.receivedUs !== undefined && p.sentUs !== undefined
      ? p.receivedUs - p.sentUs
      : undefined;
  const { probesPerHop, hereFactor, nearFactor } = options;
  if (hereFactor > 0) {
    const first = index - (index % probesPerHop);
    for (let i = first; i < first + probesPerHop; i++) {
      const us = took(probes[i]);
      if (us !== undefined && us > 0) return Math.min((us + WAIT_PRECISION_US) * hereFactor, max);
    }
  }
  if (nearFactor > 0) {
    for (let i = index + 1; probes[i]?.sentUs !== undefined; i++) {
      const us = took(probes[i]);
      if (us !== undefined && us > 0) return Math.min((us + WAIT_PRECISION_US) * nearFactor, max);
    }
  }
  return max;
}

interface Progress {
  start: number;
  end: number;
  lastSentUs: number;
}

/** do_it(). */
function* run(trace: Trace, report: Report): Blocking<number> {
  const { proc, options } = trace;
  const method = methodOf(trace);
  const probes = Array.from({ length: options.maxHops * options.probesPerHop }, newProbe);
  const window: Progress = {
    start: (options.firstHop - 1) * options.probesPerHop,
    end: probes.length,
    lastSentUs: Number.NEGATIVE_INFINITY,
  };
  while (window.start < window.end) {
    const next = yield* round(trace, report, { method, probes, window });
    if (typeof next !== 'number') return yield* fatal(proc, next);
    if (!Number.isFinite(next)) continue;
    const left = Math.max(0, next - proc.host.nowUs);
    yield { kind: 'wait', on: method.queues(probes), timeoutUs: left };
    method.poll(probes);
  }
  yield* print(proc, '\n');
  return 0;
}

interface Round {
  readonly method: Method;
  readonly probes: readonly Probe[];
  readonly window: Progress;
}

/** One pass over the probes: expires, prints, sends. Gives the time to look again. */
function* round(
  { proc, options }: Trace,
  report: Report,
  { method, probes, window }: Round,
): Blocking<number | SendFailure> {
  let next = Number.POSITIVE_INFINITY;
  let pending = 0;
  for (let n = window.start; n < window.end; n++) {
    const probe = probes[n];
    if (!probe) break;
    const now = proc.host.nowUs;
    const limit = timeoutUs(probes, n, options);
    if (!probe.done && probe.sentUs !== undefined && now - probe.sentUs >= limit) {
      probe.done = true;
      probe.close();
    }
    if (probe.done) {
      if (n === window.start) {
        yield* report.probe(probe, n);
        window.start++;
      }
      if (probe.final)
        window.end = (Math.floor(n / options.probesPerHop) + 1) * options.probesPerHop;
      continue;
    }
    if (probe.sentUs === undefined) {
      const earliest = window.lastSentUs + options.sendWaitSec * 1_000_000;
      if (now < earliest) return Math.min(next, earliest);
      const sent = method.send(probe, n, Math.floor(n / options.probesPerHop) + 1);
      if (!sent.ok) return sent.error;
      window.lastSentUs = now;
    }
    next = Math.min(next, (probe.sentUs ?? now) + timeoutUs(probes, n, options));
    pending++;
    if (pending >= options.simultaneous) break;
  }
  return next;
}
