import { err, ok, type Result } from '../../base/result';
import { strerror } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import { printError } from '../../linux/process-io';
import { connect, openTcp } from '../../linux/socket/socket';
import type { Opened } from '../../linux/socket/socket-file';
import { tcpBind } from '../../linux/socket/tcp';
import type { TcpSock } from '../../linux/socket/tcp-sock';
import type { Blocking } from '../../linux/wait-queue';
import type { Ip } from '../../wire/frame';
import { formatIp, parseIp } from '../../wire/ip';
import { getaddrinfo } from '../glibc/getaddrinfo';
import type { CurlOptions } from './options';
import type { Url } from './url';

/** A CURLcode and its text. */
export interface CurlError {
  readonly code: number;
  readonly text: string;
}

export const curlError = (code: number, text: string): CurlError => ({ code, text });

/** One transfer's clock and options. */
export interface Session {
  readonly proc: Proc;
  readonly options: CurlOptions;
  /** When the whole command's -m began. */
  readonly startUs: number;
}

export interface Connected {
  readonly opened: Opened<TcpSock>;
  readonly address: Ip;
  /** Set by name resolution and handshake, µs since the start. */
  readonly nameLookupUs: number;
  readonly connectUs: number;
}

/** CURLE_*. */
export const COULDNT_RESOLVE_HOST = 6;
const COULDNT_CONNECT = 7;
export const OPERATION_TIMEDOUT = 28;
const INTERFACE_FAILED = 45;
/** DEFAULT_CONNECT_TIMEOUT: 300 s. */
const DEFAULT_CONNECT_TIMEOUT_US = 300_000_000;

const elapsedMs = (s: Session, since: number): number =>
  Math.round((s.proc.host.nowUs - since) / 1000);

/** What -v says. */
export function* info(s: Session, text: string): Blocking<void> {
  if (s.options.verbose) yield* printError(s.proc, `* ${text}\n`);
}

/** Curl_timeleft() while connecting: µs. */
function connectTimeLeft(s: Session, since: number): number {
  const { maxTimeMs, connectTimeoutMs } = s.options;
  const now = s.proc.host.nowUs;
  const whole = maxTimeMs === undefined ? undefined : s.startUs + maxTimeMs * 1000 - now;
  const limit =
    connectTimeoutMs === undefined ? DEFAULT_CONNECT_TIMEOUT_US : connectTimeoutMs * 1000;
  return Math.min(since + limit - now, whole ?? Number.POSITIVE_INFINITY);
}

/** Resolves, then tries the addresses in order. */
export function* openConnection(s: Session, url: Url): Blocking<Result<Connected, CurlError>> {
  const since = s.proc.host.nowUs;
  const addresses = yield* withinTime(s, since, addressesOf(s, url));
  if (addresses === 'late') {
    const text = `Resolving timed out after ${elapsedMs(s, since)} milliseconds`;
    return err(curlError(OPERATION_TIMEDOUT, text));
  }
  if (!addresses) {
    return err(curlError(COULDNT_RESOLVE_HOST, `Could not resolve host: ${url.host}`));
  }
  const nameLookupUs = s.proc.host.nowUs - s.startUs;
  for (const address of addresses) {
    const got = yield* tryAddress(s, url, address, since);
    if (!got.ok && got.error) return err(got.error);
    if (!got.ok) continue;
    yield* info(s, `Connected to ${url.host} (${formatIp(address)}) port ${url.port} (#0)`);
    return ok({
      opened: got.value,
      address,
      nameLookupUs,
      connectUs: s.proc.host.nowUs - s.startUs,
    });
  }
  const after = `after ${elapsedMs(s, since)} ms`;
  const text = `Failed to connect to ${url.host} port ${url.port} ${after}: Couldn't connect to server`;
  yield* info(s, text);
  yield* info(s, 'Closing connection 0');
  return err(curlError(COULDNT_CONNECT, text));
}

function* addressesOf(s: Session, url: Url): Blocking<readonly Ip[] | undefined> {
  for (const entry of s.options.resolve) {
    const [host, port, ...rest] = entry.replace(/^\+/, '').split(':');
    if (host !== url.host && host !== '*') continue;
    if (Number(port) !== url.port) continue;
    const list = rest.join(':').split(',');
    const parsed = list.flatMap((text) => parseIp(text.replace(/^\[|\]$/g, '')) ?? []);
    if (parsed.length > 0) return parsed;
  }
  const found = yield* getaddrinfo(s.proc, url.host, s.options.family);
  return typeof found === 'string' ? undefined : found.addresses;
}

/** Curl_resolver_wait_resolv(): the resolver's own thread is left behind when the time is over. */
function* withinTime<T>(s: Session, since: number, work: Blocking<T>): Blocking<T | 'late'> {
  let step = work.next({ kind: 'woken' });
  while (!step.done) {
    const wait = step.value;
    const left = connectTimeLeft(s, since);
    if (left <= 0) return 'late';
    if (wait.kind === 'host') {
      step = work.next(yield wait);
      continue;
    }
    const own = wait.timeoutUs ?? Number.POSITIVE_INFINITY;
    const wake = yield { ...wait, timeoutUs: Math.min(own, left) };
    step = work.next(wake.kind === 'timeout' && left < own ? { kind: 'woken' } : wake);
  }
  return step.value;
}

/** An address that refuses gives no error: the next is tried. */
function* tryAddress(
  s: Session,
  url: Url,
  address: Ip,
  since: number,
): Blocking<Result<Opened<TcpSock>, CurlError | undefined>> {
  const shown = typeof address === 'number' ? formatIp(address) : `[${formatIp(address)}]`;
  yield* info(s, `  Trying ${shown}:${url.port}...`);
  const opened = openTcp(s.proc, typeof address === 'number' ? 4 : 6);
  opened.sock.noDelay = true;
  const bound = bindLocal(s, opened.sock);
  if (!bound.ok) return bound;
  const left = connectTimeLeft(s, since);
  const done = yield* connect(s.proc, opened.sock, { addr: address, port: url.port }, left);
  if (done.ok) return ok(opened);
  s.proc.close(opened.fd);
  if (done.error === 'EINPROGRESS') {
    const text = timeoutText(s, url, elapsedMs(s, since));
    yield* info(s, text);
    yield* info(s, 'Closing connection 0');
    return err(curlError(OPERATION_TIMEDOUT, text));
  }
  yield* info(
    s,
    `connect to ${formatIp(address)} port ${url.port} failed: ${strerror(done.error)}`,
  );
  return err(undefined);
}

/** Curl_is_connected() speaks for --connect-timeout, the multi handle for -m. */
function timeoutText({ options }: Session, url: Url, ms: number): string {
  const { connectTimeoutMs = Number.POSITIVE_INFINITY, maxTimeMs } = options;
  return maxTimeMs !== undefined && maxTimeMs <= connectTimeoutMs
    ? `Connection timed out after ${ms} milliseconds`
    : `Failed to connect to ${url.host} port ${url.port} after ${ms} ms: Timeout was reached`;
}

/** bindlocal(), lib/cf-socket.c: --interface and --local-port. */
function bindLocal(s: Session, tp: TcpSock): Result<undefined, CurlError> {
  const { device, localPort } = s.options;
  if (device === undefined && !localPort) return ok(undefined);
  const wildcard = tp.sk.family === 4 ? 0 : 0n;
  let addr: Ip = wildcard;
  if (device !== undefined) {
    const name = device.replace(/^(if|host)!/, '');
    const dev = s.proc.netns.deviceByName(name);
    const ip = parseIp(name);
    if (dev) tp.sk.boundIfindex = dev.ifindex;
    else if (ip !== undefined) addr = ip;
    else return err(curlError(INTERFACE_FAILED, `Couldn't bind to '${device}'`));
  }
  if (!localPort && addr === wildcard) return ok(undefined);
  const [from, to] = localPort ?? [0, 0];
  let last = '';
  for (let port = from; port <= to; port++) {
    const bound = tcpBind(tp, { addr, port });
    if (bound.ok) return ok(undefined);
    const number = bound.error === 'EADDRINUSE' ? 98 : 99;
    last = `bind failed with errno ${number}: ${strerror(bound.error)}`;
    if (bound.error !== 'EADDRINUSE') break;
  }
  return err(curlError(INTERFACE_FAILED, last));
}
