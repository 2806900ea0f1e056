import { headerOf } from '../../wire/http';
import { formatIp } from '../../wire/ip';
import type { CurlError } from './connection';
import type { Transfer } from './transfer';
import { formatUrl, resolveUrl, type Url } from './url';

/** What -w can tell of. */
export interface Outcome {
  readonly url: string;
  readonly parsed: Url | undefined;
  readonly transfer: Transfer | undefined;
  readonly error: CurlError | undefined;
  readonly redirects: number;
  readonly connects: number;
  readonly totalUs: number;
}

const seconds = (us: number): string => (us / 1_000_000).toFixed(6);

type Variable = (o: Outcome) => string;

/** struct writeoutvar, src/tool_writeout.c. */
const VARIABLES: Readonly<Record<string, Variable>> = {
  content_type: (o) =>
    o.transfer ? (headerOf(o.transfer.head.headers, 'content-type') ?? '') : '',
  errormsg: (o) => o.error?.text ?? '',
  exitcode: (o) => String(o.error?.code ?? 0),
  http_code: (o) => String(o.transfer?.head.status ?? 0).padStart(3, '0'),
  http_version: (o) => (o.transfer ? o.transfer.head.version.replace('HTTP/', '') : '0'),
  local_ip: (o) => address(o.transfer?.connected.opened.sock.sk.local),
  local_port: (o) => String(o.transfer?.connected.opened.sock.sk.localPort ?? 0),
  method: (o) => o.transfer?.method ?? 'GET',
  num_connects: (o) => String(o.connects),
  num_headers: (o) => String(o.transfer?.head.headers.length ?? 0),
  num_redirects: (o) => String(o.redirects),
  redirect_url: (o) => redirectUrl(o),
  remote_ip: (o) => address(o.transfer?.connected.address),
  remote_port: (o) => String(o.transfer?.url.port ?? 0),
  response_code: (o) => String(o.transfer?.head.status ?? 0).padStart(3, '0'),
  scheme: (o) => (o.parsed?.scheme ?? '').toUpperCase(),
  size_download: (o) => String(o.transfer?.body.length ?? 0),
  size_header: (o) => String(o.transfer?.headBytes.length ?? 0),
  speed_download: (o) =>
    String(Math.trunc(((o.transfer?.body.length ?? 0) * 1_000_000) / Math.max(1, o.totalUs))),
  time_appconnect: () => seconds(0),
  time_connect: (o) => seconds(o.transfer?.connected.connectUs ?? 0),
  time_namelookup: (o) => seconds(o.transfer?.connected.nameLookupUs ?? 0),
  time_pretransfer: (o) => seconds(o.transfer?.connected.connectUs ?? 0),
  time_redirect: () => seconds(0),
  time_starttransfer: (o) => seconds(o.transfer?.firstByteUs ?? 0),
  time_total: (o) => seconds(o.totalUs),
  url: (o) => o.url,
  url_effective: (o) => (o.parsed ? formatUrl(o.parsed) : o.url),
};

const address = (ip: number | bigint | undefined): string => (ip === undefined ? '' : formatIp(ip));

function redirectUrl({ transfer }: Outcome): string {
  const location = transfer ? headerOf(transfer.head.headers, 'location') : undefined;
  if (!transfer || location === undefined) return '';
  const next = resolveUrl(transfer.url, location);
  return next ? formatUrl(next) : '';
}

/** ourWriteOut(). */
export function writeOutText(format: string, outcome: Outcome): string {
  return format.replace(/%\{([^}]*)\}|%%|\\(.)/g, (all, name?: string, escaped?: string) => {
    if (name !== undefined) {
      const variable = VARIABLES[name];
      return variable ? variable(outcome) : `curl: unknown --write-out variable: '${name}'\n`;
    }
    if (escaped === undefined) return '%';
    return { n: '\n', r: '\r', t: '\t' }[escaped] ?? all;
  });
}
