import { utf8Decode, utf8Encode } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { type DecodeError, malformed, truncated } from './decode-error';

/** HTTP/1.x messages, RFC 9112, as much as curl, the servers in containers and an ingress need. */
export type HttpHeaders = readonly (readonly [name: string, value: string])[];

export interface HttpRequestHead {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly headers: HttpHeaders;
}

export interface HttpResponseHead {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: HttpHeaders;
}

/** A parsed head and the number of bytes it took; what follows is the body. */
export interface ParsedHead<T> {
  readonly head: T;
  readonly length: number;
}

/** What a server refuses with 431: bytes of start line and fields together. */
export const MAX_HEAD_BYTES = 65_536;

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

export function encodeRequestHead(head: HttpRequestHead): Uint8Array {
  return encodeHead(`${head.method} ${head.target} ${head.version}`, head.headers);
}

export function encodeResponseHead(head: HttpResponseHead): Uint8Array {
  return encodeHead(`${head.version} ${head.status} ${head.reason}`, head.headers);
}

function encodeHead(startLine: string, headers: HttpHeaders): Uint8Array {
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return utf8Encode(`${startLine}\r\n${fields}\r\n`);
}

/** `truncated` means: wait for more bytes. */
export function parseRequestHead(
  bytes: Uint8Array,
): Result<ParsedHead<HttpRequestHead>, DecodeError> {
  const parts = splitHead(bytes);
  if (!parts.ok) return parts;
  const { startLine, headers, length } = parts.value;
  const match = /^(\S+) (\S+) (HTTP\/\d\.\d)$/.exec(startLine);
  const [, method = '', target = '', version = ''] = match ?? [];
  if (!match || !TOKEN.test(method)) return malformed('http', 'request line');
  return ok({ head: { method, target, version, headers }, length });
}

export function parseResponseHead(
  bytes: Uint8Array,
): Result<ParsedHead<HttpResponseHead>, DecodeError> {
  const parts = splitHead(bytes);
  if (!parts.ok) return parts;
  const { startLine, headers, length } = parts.value;
  const match = /^(HTTP\/\d\.\d) (\d{3})(?: (.*))?$/.exec(startLine);
  if (!match) return malformed('http', 'status line');
  const [, version = '', status = '', reason = ''] = match;
  return ok({ head: { version, status: Number(status), reason, headers }, length });
}

interface HeadParts {
  readonly startLine: string;
  readonly headers: HttpHeaders;
  readonly length: number;
}

function splitHead(bytes: Uint8Array): Result<HeadParts, DecodeError> {
  const length = headLength(bytes);
  if (length === undefined) {
    return bytes.length > MAX_HEAD_BYTES ? malformed('http', 'head too large') : truncated('http');
  }
  const text = utf8Decode(bytes.subarray(0, length));
  const [startLine = '', ...lines] = text.split(/\r?\n/).slice(0, -2);
  const headers: [string, string][] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    if (!TOKEN.test(name)) return malformed('http', 'field name');
    headers.push([name, line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')]);
  }
  return ok({ startLine, headers, length });
}

/** Bytes up to and with the empty line; bare LF is accepted (RFC 9112 §2.2). */
function headLength(bytes: Uint8Array): number | undefined {
  const end = Math.min(bytes.length, MAX_HEAD_BYTES);
  for (let i = 0; i < end; i++) {
    if (bytes[i] !== 0x0a) continue;
    if (bytes[i + 1] === 0x0a) return i + 2;
    if (bytes[i + 1] === 0x0d && bytes[i + 2] === 0x0a) return i + 3;
  }
  return undefined;
}

/** The first field of that name, in any case. */
export function headerOf(headers: HttpHeaders, name: string): string | undefined {
  const folded = name.toLowerCase();
  return headers.find(([n]) => n.toLowerCase() === folded)?.[1];
}

/** RFC 9112 §6.3: how the end of the body is found. */
export type BodyFraming =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

export function requestFraming(headers: HttpHeaders): Result<BodyFraming, DecodeError> {
  return framing(headers, { kind: 'length', bytes: 0 });
}

/** `method` is the request's: HEAD and the statuses without content have no body. */
export function responseFraming(
  head: HttpResponseHead,
  method: string,
): Result<BodyFraming, DecodeError> {
  const { status } = head;
  if (method === 'HEAD' || status === 204 || status === 304 || (status >= 100 && status < 200)) {
    return ok({ kind: 'length', bytes: 0 });
  }
  return framing(head.headers, { kind: 'close' });
}

function framing(headers: HttpHeaders, fallback: BodyFraming): Result<BodyFraming, DecodeError> {
  const coding = headerOf(headers, 'transfer-encoding');
  if (coding !== undefined && /(^|,)\s*chunked$/i.test(coding)) return ok({ kind: 'chunked' });
  const length = headerOf(headers, 'content-length');
  if (length === undefined) return ok(fallback);
  if (!/^\d{1,15}$/.test(length)) return malformed('http', 'content length');
  return ok({ kind: 'length', bytes: Number(length) });
}

/** RFC 9112 §7.1: one chunk; an empty one ends the body. */
export function encodeChunk(data: Uint8Array): Uint8Array {
  const head = utf8Encode(`${data.length.toString(16)}\r\n`);
  const chunk = new Uint8Array(head.length + data.length + 2);
  chunk.set(head);
  chunk.set(data, head.length);
  chunk.set([0x0d, 0x0a], head.length + data.length);
  return chunk;
}

/** The body so far, how many bytes it took, and whether it is complete (trailers are skipped). */
export interface ChunkedBody {
  readonly data: readonly Uint8Array[];
  readonly length: number;
  readonly done: boolean;
}

export function parseChunks(bytes: Uint8Array): Result<ChunkedBody, DecodeError> {
  const data: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const newline = bytes.indexOf(0x0a, at);
    if (newline < 0) return ok({ data, length: at, done: false });
    const line = utf8Decode(bytes.subarray(at, newline)).replace(/;.*|\r/g, '');
    if (!/^[0-9a-f]{1,7}\s*$/i.test(line)) return malformed('http', 'chunk size');
    const size = Number.parseInt(line, 16);
    const start = newline + 1;
    if (size === 0) {
      const end = trailerEnd(bytes, start);
      return ok({ data, length: end ?? at, done: end !== undefined });
    }
    if (start + size + 2 > bytes.length) return ok({ data, length: at, done: false });
    data.push(bytes.slice(start, start + size));
    at = start + size + (bytes[start + size] === 0x0d ? 2 : 1);
  }
}

function trailerEnd(bytes: Uint8Array, start: number): number | undefined {
  let at = start;
  for (;;) {
    const newline = bytes.indexOf(0x0a, at);
    if (newline < 0) return undefined;
    const empty = newline === at || (newline === at + 1 && bytes[at] === 0x0d);
    if (empty) return newline + 1;
    at = newline + 1;
  }
}
