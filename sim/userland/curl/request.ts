import { utf8Decode, utf8Encode } from '../../base/bytes';
import { readFileAt } from '../../linux/files';
import type { Proc } from '../../linux/process';
import { encodeRequestHead, type HttpHeaders } from '../../wire/http';
import type { CurlOptions } from './options';
import { hostField, type Url } from './url';

export interface Request {
  readonly method: string;
  readonly head: Uint8Array;
  readonly body: Uint8Array;
}

/** The bodies of -d: `&` between them; `@file` is read, without line ends unless --data-binary. */
export function bodyOf(proc: Proc, options: CurlOptions): Uint8Array | { readonly file: string } {
  const parts: string[] = [];
  for (const item of options.data) {
    const kind = item[0];
    const text = item.slice(1);
    if (kind === '=' || !text.startsWith('@')) {
      parts.push(text);
      continue;
    }
    const file = readFileAt(proc, text.slice(1));
    if (typeof file === 'string') return { file: text.slice(1) };
    const content = utf8Decode(file);
    parts.push(kind === '-' ? content.replace(/[\r\n]/g, '') : content);
  }
  return utf8Encode(parts.join(options.json ? '' : '&'));
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 §4. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const chars = Math.min(3, bytes.length - i) + 1;
    for (let k = 0; k < 4; k++) text += k < chars ? BASE64[(word >> (18 - 6 * k)) & 63] : '=';
  }
  return text;
}

/** Curl_http(): the fields in curl's order; -H replaces, adds, or (`Name:`) removes. */
export function buildRequest(url: Url, options: CurlOptions, body: Uint8Array): Request {
  const posts = options.data.length > 0 && !options.get;
  const method = options.method ?? (options.head ? 'HEAD' : posts ? 'POST' : 'GET');
  const query = options.get && body.length > 0 ? utf8Decode(body) : '';
  const joint = url.target.includes('?') ? '&' : '?';
  const target = query === '' ? url.target : url.target + joint + query;
  const user = options.user ?? url.user;
  const fields: [string, string][] = [['Host', hostField(url)]];
  if (user !== undefined) fields.push(['Authorization', `Basic ${base64(utf8Encode(user))}`]);
  if (options.userAgent !== '') fields.push(['User-Agent', options.userAgent]);
  fields.push(['Accept', options.json ? 'application/json' : '*/*']);
  if (options.referer !== undefined) fields.push(['Referer', options.referer]);
  if (options.cookie !== undefined) fields.push(['Cookie', options.cookie]);
  if (posts) {
    const type = options.json ? 'application/json' : 'application/x-www-form-urlencoded';
    fields.push(['Content-Length', String(body.length)], ['Content-Type', type]);
  }
  const version = options.http10 ? 'HTTP/1.0' : 'HTTP/1.1';
  const headers = withCustom(fields, options.headers);
  return {
    method,
    head: encodeRequestHead({ method, target, version, headers }),
    body: posts ? body : new Uint8Array(0),
  };
}

function withCustom(fields: readonly [string, string][], custom: readonly string[]): HttpHeaders {
  const parsed = custom.map((line) => {
    const at = line.search(/[:;]/);
    const name = at < 0 ? line : line.slice(0, at);
    const value = at < 0 ? '' : line.slice(at + 1).trim();
    return { name, value, keepEmpty: line[at] === ';' };
  });
  const taken = new Set(parsed.map((h) => h.name.toLowerCase()));
  const host = parsed.find((h) => h.name.toLowerCase() === 'host' && h.value !== '');
  const own = fields.filter(([name]) => !taken.has(name.toLowerCase()));
  const extra = parsed.filter((h) => h !== host && (h.value !== '' || h.keepEmpty));
  const first: HttpHeaders = host ? [['Host', host.value]] : [];
  return [...first, ...own, ...extra.map((h): [string, string] => [h.name, h.value])];
}
