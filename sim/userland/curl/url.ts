/** A URL as curl takes it apart: lib/urlapi.c. */
export interface Url {
  readonly scheme: string;
  readonly user: string | undefined;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  readonly portGiven: boolean;
  /** Path and query, as they go into the request line. */
  readonly target: string;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  ftp: 21,
  http: 80,
  https: 443,
  telnet: 23,
};

/** Without a scheme it is http. undefined: malformed. */
export function parseUrl(text: string): Url | undefined {
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)([^#]*)/i.exec(text);
  if (!match) return undefined;
  const scheme = (match[1] ?? 'http').toLowerCase();
  const authority = match[2] ?? '';
  const at = authority.lastIndexOf('@');
  const user = at < 0 ? undefined : authority.slice(0, at);
  const hostPort = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d*))?$/.exec(authority.slice(at + 1));
  if (!hostPort) return undefined;
  const host = hostPort[1] ?? hostPort[2] ?? '';
  if (host === '' || /[\s<>"\\^`{}|]/.test(host)) return undefined;
  const portText = hostPort[3] ?? '';
  const port = portText === '' ? (DEFAULT_PORTS[scheme] ?? 0) : Number(portText);
  if (port > 65_535) return undefined;
  const rest = match[3] ?? '';
  const target = rest === '' ? '/' : rest.startsWith('?') ? `/${rest}` : rest;
  return { scheme, user, host, port, portGiven: portText !== '', target: removeDots(target) };
}

/** dedotdotify(), RFC 3986 §5.2.4. */
function removeDots(target: string): string {
  const [path = '', ...query] = target.split('?');
  const out: string[] = [];
  const parts = path.split('/').slice(1);
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    if (part === '..') out.pop();
    else if (part !== '.') out.push(part);
    if (last && (part === '.' || part === '..')) out.push('');
  }
  const search = query.length > 0 ? `?${query.join('?')}` : '';
  return `/${out.join('/')}${search}`;
}

/** The Host field: the port only if it is not the scheme's own. */
export function hostField(url: Url): string {
  const host = url.host.includes(':') ? `[${url.host}]` : url.host;
  return url.port === DEFAULT_PORTS[url.scheme] ? host : `${host}:${url.port}`;
}

export const formatUrl = (url: Url): string => `${url.scheme}://${hostField(url)}${url.target}`;

/** A Location against the URL that gave it: concat_url(). */
export function resolveUrl(base: Url, location: string): Url | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) return parseUrl(location);
  if (location.startsWith('//')) return parseUrl(`${base.scheme}:${location}`);
  const root = `${base.scheme}://${hostField(base)}`;
  if (location.startsWith('/')) return parseUrl(root + location);
  const path = base.target.replace(/\?.*$/, '');
  if (location.startsWith('?')) return parseUrl(root + path + location);
  return parseUrl(root + path.replace(/[^/]*$/, '') + location);
}
