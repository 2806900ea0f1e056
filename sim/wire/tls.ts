import { ByteReader, ByteWriter, utf8Decode, utf8Encode } from '../base/bytes';
import { ok, type Result } from '../base/result';
import { type DecodeError, malformed, truncated } from './decode-error';

/**
 * The ClientHello of TLS, RFC 8446 §4.1.2, as far as an ingress looks at it: server name (RFC 6066
 * §3) and application protocols (RFC 7301). No other record is read, nothing is encrypted.
 */
export interface ClientHello {
  readonly random: Uint8Array;
  readonly serverName?: string | undefined;
  readonly alpn: readonly string[];
}

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const EXTENSION_SERVER_NAME = 0;
const EXTENSION_ALPN = 16;
const RANDOM_LENGTH = 32;
/** TLS_AES_128_GCM_SHA256. */
const CIPHER_SUITE = 0x1301;

/** One record with the hello in it. `random` has 32 bytes. */
export function encodeClientHello(hello: ClientHello): Uint8Array {
  const body = new ByteWriter();
  body.u16(0x0303).bytes(hello.random.subarray(0, RANDOM_LENGTH)).u8(0);
  body.u16(2).u16(CIPHER_SUITE).u8(1).u8(0);
  const extensions = new ByteWriter();
  if (hello.serverName !== undefined) {
    const name = utf8Encode(hello.serverName);
    extensions
      .u16(EXTENSION_SERVER_NAME)
      .u16(name.length + 5)
      .u16(name.length + 3);
    extensions.u8(0).u16(name.length).bytes(name);
  }
  if (hello.alpn.length > 0) {
    const list = new ByteWriter();
    for (const protocol of hello.alpn) list.u8(protocol.length).bytes(utf8Encode(protocol));
    extensions
      .u16(EXTENSION_ALPN)
      .u16(list.length + 2)
      .u16(list.length)
      .bytes(list.view());
  }
  body.u16(extensions.length).bytes(extensions.view());
  const w = new ByteWriter();
  w.u8(HANDSHAKE)
    .u16(0x0301)
    .u16(body.length + 4);
  return w.u8(CLIENT_HELLO).u8(0).u16(body.length).bytes(body.view()).finish();
}

/** `truncated` means: wait for more. A hello over several records is not read. */
export function parseClientHello(bytes: Uint8Array): Result<ClientHello, DecodeError> {
  const record = new ByteReader(bytes);
  const type = record.u8();
  if (record.short) return truncated('tls');
  if (type !== HANDSHAKE) return malformed('tls', 'not a handshake');
  record.u16();
  const r = new ByteReader(record.take(record.u16()));
  if (record.short) return truncated('tls');
  if (r.u8() !== CLIENT_HELLO) return malformed('tls', 'not a ClientHello');
  r.u8();
  const body = new ByteReader(r.take(r.u16()));
  body.u16();
  const random = body.take(RANDOM_LENGTH).slice();
  body.take(body.u8());
  body.take(body.u16());
  body.take(body.u8());
  if (r.short || body.short) return malformed('tls', 'ClientHello');
  if (body.left === 0) return ok({ random, alpn: [] });
  const extensions = new ByteReader(body.take(body.u16()));
  let hello: ClientHello = { random, alpn: [] };
  while (extensions.left > 0) {
    const code = extensions.u16();
    const data = new ByteReader(extensions.take(extensions.u16()));
    if (extensions.short) return malformed('tls', 'extension');
    hello = { ...hello, ...readExtension(code, data) };
  }
  return body.short ? malformed('tls', 'extensions') : ok(hello);
}

function readExtension(code: number, data: ByteReader): Partial<ClientHello> {
  if (code === EXTENSION_SERVER_NAME) {
    data.u16();
    const type = data.u8();
    const name = data.take(data.u16());
    return type === 0 && !data.short ? { serverName: utf8Decode(name) } : {};
  }
  if (code !== EXTENSION_ALPN) return {};
  const list = new ByteReader(data.take(data.u16()));
  const alpn: string[] = [];
  while (list.left > 0) alpn.push(utf8Decode(list.take(list.u8())));
  return { alpn };
}
