import { concat, NO_BYTES, utf8Decode } from '../../base/bytes';
import { err, ok, type Result } from '../../base/result';
import { type Errno, strerror } from '../../linux/errno';
import { printError, write } from '../../linux/process-io';
import { block } from '../../linux/socket/socket';
import { tcpRecv } from '../../linux/socket/tcp';
import type { Blocking } from '../../linux/wait-queue';
import {
  type BodyFraming,
  type HttpResponseHead,
  headerOf,
  parseChunks,
  parseResponseHead,
  responseFraming,
} from '../../wire/http';
import {
  type Connected,
  type CurlError,
  curlError,
  info,
  OPERATION_TIMEDOUT,
  openConnection,
  type Session,
} from './connection';
import { buildRequest, type Request } from './request';
import type { Url } from './url';

/** What a transfer gave, whole or not. */
export interface Transfer {
  readonly url: Url;
  readonly connected: Connected;
  readonly method: string;
  readonly head: HttpResponseHead;
  /** The head as it came. */
  readonly headBytes: Uint8Array;
  readonly firstByteUs: number;
  readonly body: Uint8Array;
  /** The body ended too early; what came of it is in `body`. */
  readonly error?: CurlError | undefined;
}

const GOT_NOTHING = 52;
const RECV_ERROR = 56;
const PARTIAL_FILE = 18;
const WEIRD_SERVER_REPLY = 8;
const MAX_BODY = 32 * 1024 * 1024;

/** One request and its answer over a connection of its own. */
export function* transfer(
  s: Session,
  url: Url,
  body: Uint8Array,
): Blocking<Result<Transfer, CurlError>> {
  const connected = yield* openConnection(s, url);
  if (!connected.ok) return connected;
  const { opened } = connected.value;
  const request = buildRequest(url, s.options, body);
  yield* showRequest(s, request);
  const sent = yield* write(s.proc, opened.fd, concat([request.head, request.body]));
  const reader = new Reader(s, connected.value);
  const got =
    typeof sent === 'string'
      ? err(curlError(55, `Send failure: ${strerror(sent)}`))
      : yield* readAnswer(reader, url, request);
  const close = !got.ok || got.value.error || isLast(got.value.head);
  yield* info(s, close ? 'Closing connection 0' : `Connection #0 to host ${url.host} left intact`);
  s.proc.close(opened.fd);
  return got;
}

const isLast = (head: HttpResponseHead): boolean =>
  /close/i.test(headerOf(head.headers, 'connection') ?? '') || head.version === 'HTTP/1.0';

/** -v shows what is sent, line by line, as it is sent. */
function* showRequest(s: Session, request: Request): Blocking<void> {
  if (!s.options.verbose) return;
  yield* printError(s.proc, prefixed('> ', request.head));
  if (request.body.length > 0) yield* printError(s.proc, `} [${request.body.length} bytes data]\n`);
}

const prefixed = (prefix: string, bytes: Uint8Array): string =>
  utf8Decode(bytes).replace(/[^\n]*\n/g, (line) => prefix + line);

/** What comes from the server, with the time that is left for it. */
class Reader {
  bytes: Uint8Array = NO_BYTES;
  #received = 0;

  constructor(
    readonly s: Session,
    readonly connected: Connected,
  ) {}

  /** More bytes; empty at the end. */
  *more(expected: number | undefined): Blocking<Result<Uint8Array, CurlError>> {
    const { proc, options, startUs } = this.s;
    const tp = this.connected.opened.sock;
    const limit =
      options.maxTimeMs === undefined
        ? undefined
        : startUs + options.maxTimeMs * 1000 - proc.host.nowUs;
    const got: Uint8Array | Errno = yield* block(
      proc,
      tp.sk.readable,
      () => tcpRecv(tp, 16_384),
      limit,
    );
    if (got === 'EAGAIN') {
      const ms = Math.round((proc.host.nowUs - startUs) / 1000);
      const of = expected === undefined ? '' : ` out of ${expected}`;
      const text = `Operation timed out after ${ms} milliseconds with ${this.#received}${of} bytes received`;
      return err(curlError(OPERATION_TIMEDOUT, text));
    }
    if (typeof got === 'string') {
      return err(curlError(RECV_ERROR, `Recv failure: ${strerror(got)}`));
    }
    this.bytes = concat([this.bytes, got]);
    return ok(got);
  }

  /** The head was taken: from now on only body bytes count. */
  take(length: number): void {
    this.bytes = this.bytes.subarray(length);
    this.#received = this.bytes.length;
  }

  count(): void {
    this.#received = this.bytes.length;
  }
}

function* readAnswer(
  reader: Reader,
  url: Url,
  request: Request,
): Blocking<Result<Transfer, CurlError>> {
  const { s, connected } = reader;
  for (;;) {
    const parsed = parseResponseHead(reader.bytes);
    if (!parsed.ok) {
      if (parsed.error.kind !== 'truncated') {
        return err(curlError(WEIRD_SERVER_REPLY, 'Received HTTP/0.9 when not allowed'));
      }
      const got = yield* reader.more(undefined);
      if (!got.ok) return got;
      if (got.value.length > 0) continue;
      return err(curlError(GOT_NOTHING, 'Empty reply from server'));
    }
    const { head, length } = parsed.value;
    const headBytes = reader.bytes.slice(0, length);
    if (s.options.verbose) yield* printError(s.proc, prefixed('< ', headBytes));
    reader.take(length);
    if (head.status >= 100 && head.status < 200) continue;
    const firstByteUs = s.proc.host.nowUs - s.startUs;
    const framing = responseFraming(head, request.method);
    if (!framing.ok) return err(curlError(WEIRD_SERVER_REPLY, 'Invalid Content-Length: value'));
    const { body, error } = yield* readBody(reader, framing.value);
    if (s.options.verbose && body.length > 0) {
      yield* printError(s.proc, `{ [${body.length} bytes data]\n`);
    }
    const { method } = request;
    return ok({ url, connected, method, head, headBytes, firstByteUs, body, error });
  }
}

interface Body {
  readonly body: Uint8Array;
  readonly error?: CurlError;
}

function* readBody(reader: Reader, framing: BodyFraming): Blocking<Body> {
  for (;;) {
    reader.count();
    if (framing.kind === 'length' && reader.bytes.length >= framing.bytes) {
      return { body: reader.bytes.slice(0, framing.bytes) };
    }
    if (framing.kind === 'chunked') {
      const chunks = parseChunks(reader.bytes);
      if (!chunks.ok)
        return {
          body: NO_BYTES,
          error: curlError(RECV_ERROR, 'chunk hex-length char not a hex digit'),
        };
      if (chunks.value.done) return { body: concat(chunks.value.data) };
    }
    if (reader.bytes.length > MAX_BODY) {
      return { body: NO_BYTES, error: curlError(27, 'Out of memory') };
    }
    const expected = framing.kind === 'length' ? framing.bytes : undefined;
    const got = yield* reader.more(expected);
    if (!got.ok) return { body: reader.bytes, error: got.error };
    if (got.value.length > 0) continue;
    if (framing.kind === 'close') return { body: reader.bytes };
    const left = framing.kind === 'length' ? framing.bytes - reader.bytes.length : undefined;
    const text =
      left === undefined
        ? 'transfer closed with outstanding read data remaining'
        : `transfer closed with ${left} bytes remaining to read`;
    return { body: reader.bytes, error: curlError(PARTIAL_FILE, text) };
  }
}
