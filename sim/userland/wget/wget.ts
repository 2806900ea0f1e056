import { concat, NO_BYTES } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import { writeFileAt } from '../../linux/files';
import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { printError, sleep, write } from '../../linux/process-io';
import { block, connect, openTcp } from '../../linux/socket/socket';
import { tcpRecv } from '../../linux/socket/tcp';
import type { TcpSock } from '../../linux/socket/tcp-sock';
import type { Blocking } from '../../linux/wait-queue';
import {
  encodeRequestHead,
  type HttpResponseHead,
  headerOf,
  parseChunks,
  parseResponseHead,
  responseFraming,
} from '../../wire/http';
import { formatIp } from '../../wire/ip';
import { formatUrl, hostField, parseUrl, resolveUrl, type Url } from '../curl/url';
import { gaiStrerror, getaddrinfo } from '../glibc/getaddrinfo';
import { getopt } from '../glibc/getopt';
import { ABSENT_OPTIONS } from './absent-options';
import { stamp } from './stamp';

interface Options {
  quiet: boolean;
  spider: boolean;
  showHeaders: boolean;
  output: string | undefined;
  tries: number;
  timeoutUs: number | undefined;
  family: 4 | 6 | undefined;
  headers: string[];
}

/** Exit codes of wget(1): network failure, server error. */
const NETWORK_FAILURE = 4;
const SERVER_ERROR = 8;
const DEFAULT_TRIES = 20;
const MAX_REDIRECTS = 20;
const MAX_BODY = 32 * 1024 * 1024;

const NOT_SIMULATED = ['b', 'i', 'r', 'c', 'p', 'm', 'N', 'k', 'x', 'A', 'P', 'post-data'];

/** wget(1) 1.21.3 for one document at a time. */
export const wget: Program = function* (proc, argv) {
  const parsed = getopt(argv, 'qO:T:t:S46bircpmNkxA:P:', [
    { name: 'quiet', short: 'q' },
    { name: 'output-document', short: 'O', argument: 'required' },
    { name: 'timeout', short: 'T', argument: 'required' },
    { name: 'tries', short: 't', argument: 'required' },
    { name: 'server-response', short: 'S' },
    { name: 'spider' },
    { name: 'header', argument: 'required' },
    { name: 'post-data', argument: 'required' },
    { name: 'no-check-certificate' },
    { name: 'inet4-only', short: '4' },
    { name: 'inet6-only', short: '6' },
  ]);
  if (!parsed.ok) {
    if (parsed.unknown !== undefined && ABSENT_OPTIONS.has(parsed.unknown)) {
      yield* printError(proc, `hopwise: wget: ${parsed.unknown} is not simulated\n`);
      return 2;
    }
    const usage = "Usage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n";
    yield* printError(proc, parsed.error + usage);
    return 2;
  }
  const missing = parsed.options.find((o) => NOT_SIMULATED.includes(o.name));
  if (missing) {
    yield* printError(proc, `hopwise: wget: -${missing.name} is not simulated\n`);
    return 2;
  }
  if (parsed.operands.length === 0) {
    yield* printError(
      proc,
      "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n",
    );
    return 1;
  }
  const options = optionsOf(parsed.options);
  let code = 0;
  for (const text of parsed.operands) code = (yield* fetchUrl(proc, options, text)) || code;
  return code;
};

function optionsOf(list: readonly { name: string; value: string | undefined }[]): Options {
  const last = (name: string) => list.findLast((o) => o.name === name)?.value;
  const has = (name: string) => list.some((o) => o.name === name);
  const tries = Number(last('t') ?? DEFAULT_TRIES);
  const seconds = Number(last('T') ?? 0);
  return {
    quiet: has('q'),
    spider: has('spider'),
    showHeaders: has('S'),
    output: last('O'),
    tries: tries === 0 ? Number.POSITIVE_INFINITY : tries,
    timeoutUs: seconds > 0 ? seconds * 1_000_000 : undefined,
    family: has('4') ? 4 : has('6') ? 6 : undefined,
    headers: list.filter((o) => o.name === 'header').map((o) => o.value ?? ''),
  };
}

function* log(proc: Proc, options: Options, text: string): Blocking<void> {
  if (!options.quiet) yield* printError(proc, text);
}

function* fetchUrl(proc: Proc, options: Options, text: string): Blocking<number> {
  let url = parseUrl(text);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    if (!url) {
      yield* printError(proc, `${text}: Invalid URL.\n`);
      return 1;
    }
    if (url.scheme !== 'http') {
      yield* printError(proc, `hopwise: wget: ${url.scheme} is not simulated\n`);
      return 2;
    }
    const next: Url | number = yield* tryOften(proc, options, url);
    if (typeof next === 'number') return next;
    url = next;
  }
  yield* log(proc, options, `${MAX_REDIRECTS} redirections exceeded.\n`);
  return SERVER_ERROR;
}

/**
 * retrieve_url() with http_loop(): what the network refuses is tried again, what it denies is not.
 */
function* tryOften(proc: Proc, options: Options, url: Url): Blocking<number | Url> {
  for (let attempt = 1; ; attempt++) {
    const shown = attempt > 1 ? `(try:${String(attempt).padStart(2)})` : '';
    yield* log(proc, options, `--${stamp(proc.host.clockUs)}--${shown}  ${formatUrl(url)}\n`);
    const got = yield* once(proc, options, url);
    if (got !== 'again') return got;
    if (attempt >= options.tries) {
      yield* log(proc, options, 'Giving up.\n\n');
      return NETWORK_FAILURE;
    }
    yield* log(proc, options, 'Retrying.\n\n');
    yield* sleep(proc, Math.min(attempt, 10) * 1_000_000);
  }
}

function* once(proc: Proc, options: Options, url: Url): Blocking<number | Url | 'again'> {
  const opened = yield* connectTo(proc, options, url);
  if (typeof opened !== 'object') return opened;
  const extra = options.headers.map((h): [string, string] => {
    const at = h.indexOf(':');
    return [h.slice(0, at), h.slice(at + 1).trim()];
  });
  const request = encodeRequestHead({
    method: options.spider ? 'HEAD' : 'GET',
    target: url.target,
    version: 'HTTP/1.1',
    headers: [
      ['Host', hostField(url)],
      ['User-Agent', 'Wget/1.21.3'],
      ['Accept', '*/*'],
      ['Accept-Encoding', 'identity'],
      ['Connection', 'Keep-Alive'],
      ...extra,
    ],
  });
  yield* write(proc, opened.fd, request);
  yield* log(proc, options, 'HTTP request sent, awaiting response... ');
  const answer = yield* readAnswer(proc, options, opened.tp);
  proc.close(opened.fd);
  if (typeof answer === 'string') {
    yield* log(proc, options, `${answer}\n`);
    return 'again';
  }
  return yield* conclude(proc, options, url, answer);
}

interface Open {
  readonly fd: number;
  readonly tp: TcpSock;
}

/** connect_to_host(). */
function* connectTo(proc: Proc, options: Options, url: Url): Blocking<Open | number | 'again'> {
  const named = !/^[\d.]+$|:/.test(url.host);
  if (named) yield* log(proc, options, `Resolving ${url.host} (${url.host})... `);
  const found = yield* getaddrinfo(proc, url.host, options.family);
  if (typeof found === 'string') {
    yield* log(proc, options, `failed: ${gaiStrerror(found)}.\n`);
    yield* printError(proc, `wget: unable to resolve host address ‘${url.host}’\n`);
    return NETWORK_FAILURE;
  }
  if (named) yield* log(proc, options, `${found.addresses.map(formatIp).join(', ')}\n`);
  for (const addr of found.addresses) {
    const where = named ? `${url.host} (${url.host})|${formatIp(addr)}|` : formatIp(addr);
    yield* log(proc, options, `Connecting to ${where}:${url.port}... `);
    const { fd, sock } = openTcp(proc, typeof addr === 'number' ? 4 : 6);
    const done = yield* connect(proc, sock, { addr, port: url.port }, options.timeoutUs);
    if (done.ok) {
      yield* log(proc, options, 'connected.\n');
      return { fd, tp: sock };
    }
    proc.close(fd);
    const errno = done.error === 'EINPROGRESS' ? 'ETIMEDOUT' : done.error;
    yield* log(proc, options, `failed: ${strerror(errno)}.\n`);
    // retryable_socket_connect_error(): these will not change by themselves.
    if (['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH'].includes(errno)) return NETWORK_FAILURE;
  }
  return 'again';
}

interface Answer {
  readonly head: HttpResponseHead;
  readonly headText: Uint8Array;
  readonly body: Uint8Array;
}

function* readAnswer(proc: Proc, options: Options, tp: TcpSock): Blocking<Answer | string> {
  let bytes: Uint8Array = NO_BYTES;
  let ended = false;
  for (;;) {
    const parsed = parseResponseHead(bytes);
    if (parsed.ok) {
      const { head, length } = parsed.value;
      const rest = bytes.subarray(length);
      const framing = responseFraming(head, options.spider ? 'HEAD' : 'GET');
      if (!framing.ok) return 'Malformed response.';
      const headText = bytes.slice(0, length);
      if (framing.value.kind === 'length' && rest.length >= framing.value.bytes) {
        return { head, headText, body: rest.slice(0, framing.value.bytes) };
      }
      if (framing.value.kind === 'chunked') {
        const chunks = parseChunks(rest);
        if (!chunks.ok) return 'Malformed response.';
        if (chunks.value.done) return { head, headText, body: concat(chunks.value.data) };
      }
      if (ended && framing.value.kind === 'close') return { head, headText, body: rest.slice() };
      if (ended) return 'Read error at byte end.';
    } else if (ended || parsed.error.kind !== 'truncated') return 'No data received.';
    const got = yield* block(proc, tp.sk.readable, () => tcpRecv(tp, 65_536), options.timeoutUs);
    if (got === 'EAGAIN') return 'Read error (Connection timed out) in headers.';
    if (typeof got === 'string') return `Read error (${strerror(got)}) in headers.`;
    ended = got.length === 0;
    if (bytes.length > MAX_BODY) return 'Read error: too large.';
    bytes = concat([bytes, got]);
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** gethttp() after the answer: saves it, follows it, or says what is wrong with it. */
function* conclude(proc: Proc, o: Options, url: Url, answer: Answer): Blocking<number | Url> {
  const { head, body } = answer;
  yield* log(proc, o, `${head.status} ${head.reason}\n`);
  if (o.showHeaders) {
    const lines = [
      `${head.version} ${head.status} ${head.reason}`,
      ...head.headers.map((h) => h.join(': ')),
    ];
    yield* log(proc, o, lines.map((l) => `  ${l}\n`).join(''));
  }
  const location = headerOf(head.headers, 'location');
  if (REDIRECTS.has(head.status) && location !== undefined) {
    yield* log(proc, o, `Location: ${location} [following]\n`);
    return resolveUrl(url, location) ?? SERVER_ERROR;
  }
  if (head.status >= 400) {
    yield* log(proc, o, `${stamp(proc.host.clockUs)} ERROR ${head.status}: ${head.reason}.\n\n`);
    return SERVER_ERROR;
  }
  const type = headerOf(head.headers, 'content-type')?.replace(/;.*/, '');
  const length = headerOf(head.headers, 'content-length') ?? 'unspecified';
  yield* log(proc, o, `Length: ${length}${type === undefined ? '' : ` [${type}]`}\n`);
  if (o.spider) {
    yield* log(proc, o, 'Remote file exists.\n\n');
    return 0;
  }
  return yield* save(proc, o, url, body);
}

function* save(proc: Proc, o: Options, url: Url, body: Uint8Array): Blocking<number> {
  const base = url.target.replace(/\?.*/, '').replace(/.*\//, '');
  const name = o.output ?? (base === '' ? 'index.html' : base);
  const shown = name === '-' ? 'STDOUT' : name;
  yield* log(proc, o, `Saving to: ‘${shown}’\n\n`);
  if (name === '-') yield* write(proc, 1, body);
  else {
    const failed = writeFileAt(proc, name, body);
    if (failed) {
      yield* printError(proc, `${name}: ${strerror(failed)}\n`);
      return 3;
    }
  }
  const total = body.length;
  yield* log(
    proc,
    o,
    `\n${stamp(proc.host.clockUs)} - ${name === '-' ? 'written to stdout' : `‘${name}’ saved`} [${total}/${total}]\n\n`,
  );
  return 0;
}
