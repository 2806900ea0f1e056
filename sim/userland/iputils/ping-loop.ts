import type { Errno } from '../../linux/errno';
import { print, printError } from '../../linux/process-io';
import type { Blocking } from '../../linux/wait-queue';
import { warn } from './error';
import { receiveErrorMessage, receiveReply } from './ping-receive';
import { type PingRun, stampText } from './ping-run';
import { finishText, statusText } from './ping-stats';

/** MININTERVAL, ms: the least that is waited for anything. */
const MININTERVAL = 10;

/** A packet's way over `lo`. */
const LOOPBACK_US = 20;

/** What the loop keeps besides the counters. */
interface Pace {
  lastSentUs: number | undefined;
  tokens: number;
  outOfMemory: number;
  alarmUs: number | undefined;
  exiting: boolean;
}

/** main_loop(), ping_common.c. */
export function* mainLoop(run: PingRun): Blocking<number> {
  const { proc, options, stats } = run;
  proc.setDisposition('INT', 'catch');
  proc.setDisposition('QUIT', 'catch');
  const startUs = proc.host.nowUs;
  const deadlineUs = options.deadlineSec * 1_000_000;
  const pace: Pace = {
    lastSentUs: undefined,
    tokens: 0,
    outOfMemory: 0,
    alarmUs: deadlineUs > 0 ? startUs + deadlineUs : undefined,
    exiting: false,
  };
  for (;;) {
    yield* takeSignals(run, pace);
    if (pace.exiting || isDone(run)) break;
    let next = 0;
    do {
      next = yield* pinger(run, pace);
      next = scheduleExit(run, pace, next);
    } while (next <= 0);
    yield* waitForAnswers(run, pace, next);
  }
  const elapsedUs = (pace.lastSentUs ?? startUs) - startUs;
  const paced = options.intervalMs === 0 || options.flood || options.adaptive;
  const totals = { hostname: run.hostname, elapsedUs, timing: run.timing, pace: paced };
  yield* print(proc, finishText(stats, totals));
  const short = options.deadlineSec > 0 && stats.received < (options.count ?? 0);
  return stats.received === 0 || short ? 1 : 0;
}

function isDone({ options, stats }: PingRun): boolean {
  if (options.count !== undefined && stats.received + stats.errors >= options.count) return true;
  return options.deadlineSec > 0 && stats.errors > 0;
}

function* takeSignals(run: PingRun, pace: Pace): Blocking<void> {
  for (;;) {
    const signal = run.proc.takeSignal();
    if (!signal) break;
    if (signal === 'QUIT') yield* printError(run.proc, statusText(run.stats, run.timing));
    else pace.exiting = true;
  }
  if (pace.alarmUs !== undefined && run.proc.host.nowUs >= pace.alarmUs) pace.exiting = true;
}

/** schedule_exit(): after the last probe the answers get some more time. */
function scheduleExit(run: PingRun, pace: Pace, next: number): number {
  const { options, stats } = run;
  if (options.count === undefined || stats.transmitted < options.count) return next;
  if (options.deadlineSec > 0 || pace.alarmUs !== undefined) return next;
  const waitUs =
    stats.received > 0
      ? Math.max(2 * stats.tmax, options.intervalMs * 1000)
      : options.lingerMs * 1000;
  pace.alarmUs = run.proc.host.nowUs + waitUs;
  return Math.max(next, Math.trunc(waitUs / 1000));
}

/** pinger(): sends if it is time to; gives the ms until the next. */
function* pinger(run: PingRun, pace: Pace): Blocking<number> {
  const { options, stats, proc } = run;
  const enough = options.count !== undefined && stats.transmitted >= options.count;
  if (pace.exiting || (enough && options.deadlineSec === 0)) return 1000;
  const wait = takeTokens(run, pace);
  if (wait > 0) return wait;
  if (options.outstanding && stats.transmitted > 0 && !stats.wasSeen(stats.transmitted)) {
    const text = `no answer yet for icmp_seq=${stats.transmitted % 0x10000}\n`;
    yield* print(proc, stampText(run) + text);
  }
  const sent = sendProbe(run);
  if (sent === undefined) {
    pace.outOfMemory = 0;
    stats.advance();
    if (!options.quiet && options.flood) yield* print(proc, '.');
    return options.intervalMs - pace.tokens;
  }
  return yield* sendFailed(run, pace, sent);
}

/** The token bucket that keeps the pace. 0: send now. */
function takeTokens(run: PingRun, pace: Pace): number {
  const { options, stats, proc } = run;
  const interval = options.intervalMs;
  const now = proc.host.nowUs;
  if (pace.lastSentUs === undefined) {
    pace.lastSentUs = now;
    pace.tokens = interval * (options.preload - 1);
    return 0;
  }
  let tokens = Math.trunc((now - pace.lastSentUs) / 1000);
  if (interval === 0 && tokens < MININTERVAL && stats.inFlight >= options.preload) {
    return MININTERVAL - tokens;
  }
  tokens = Math.min(tokens + pace.tokens, interval * options.preload);
  if (tokens < interval) return interval - tokens;
  pace.lastSentUs = now;
  pace.tokens = tokens - interval;
  return 0;
}

/** ping4_send_probe(), ping6_send_probe(). */
function sendProbe(run: PingRun): Errno | undefined {
  const { stats, raw, dst, proc, data } = run;
  const seq = (stats.transmitted + 1) & 0xffff;
  stats.forget(seq);
  run.sentAtUs.set(seq, proc.host.nowUs);
  run.sentAtUs.delete((seq - 0x8000) & 0xffff);
  const rest = run.ident * 65_536 + seq;
  const to = { addr: dst, port: 0, scopeId: run.scopeId };
  const sent = raw.sendto(
    typeof dst === 'number'
      ? { kind: 'icmp', type: 8, code: 0, rest, data }
      : { kind: 'icmpv6', type: 128, code: 0, rest, data },
    to,
  );
  return sent.ok ? undefined : sent.error;
}

function* sendFailed(run: PingRun, pace: Pace, errno: Errno): Blocking<number> {
  const { options, stats } = run;
  let local = 0;
  if (errno === 'ENOBUFS' || errno === 'ENOMEM') {
    pace.tokens = 0;
    const again = Math.min(500, Math.max(MININTERVAL, Math.trunc(options.intervalMs / 2)));
    pace.outOfMemory++;
    if (pace.outOfMemory * again < options.lingerMs) return again;
  } else {
    // What a rule answers to the machine itself is there before sendmsg(2) returns.
    if (!run.raw.sk.hasErrors) {
      yield { kind: 'wait', on: [run.raw.sk.readable], timeoutUs: LOOPBACK_US };
    }
    // Nothing in the queue is EAGAIN, which ping takes for a local error of its own and stays silent.
    const waiting = run.raw.sk.hasErrors;
    local = waiting ? Math.min(0, yield* receiveErrorMessage(run)) : -1;
  }
  stats.advance();
  if (local === 0 && !options.quiet) {
    if (options.flood) yield* print(run.proc, 'E');
    else yield* warn(run.proc, 'sendmsg', errno);
  }
  pace.tokens = 0;
  return Math.max(MININTERVAL, options.intervalMs);
}

/** The receiving half of the loop: until `next` ms have passed or nothing is on its way. */
function* waitForAnswers(run: PingRun, pace: Pace, next: number): Blocking<void> {
  const { proc, raw, stats } = run;
  const { sk } = raw;
  const now = proc.host.nowUs;
  const until = Math.min(now + next * 1000, pace.alarmUs ?? Number.POSITIVE_INFINITY);
  const ready = raw.pending > 0 || sk.error !== undefined || sk.hasErrors;
  if (!ready) {
    const wake = yield { kind: 'wait', on: [sk.readable], timeoutUs: Math.max(0, until - now) };
    if (wake.kind !== 'woken') return;
  }
  for (;;) {
    const more = yield* receiveReply(run);
    if (!more || stats.inFlight === 0) return;
  }
}
