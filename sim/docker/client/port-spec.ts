import { err, ok, type Result } from '../../base/result';
import { parseIp } from '../../wire/ip';
import type { PortBinding } from '../daemon/container';

export interface PortSpecs {
  readonly exposed: readonly string[];
  readonly bindings: ReadonlyMap<string, readonly PortBinding[]>;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** nat.ParsePortRange(). */
export function parseRange(text: string): Range | undefined {
  const [first = '', last = first, more] = text.split('-');
  if (more !== undefined || !/^\d+$/.test(first) || !/^\d+$/.test(last)) return undefined;
  const range = { first: Number(first), last: Number(last) };
  return range.last > 65_535 || range.first > range.last ? undefined : range;
}

/** splitParts(): `ip:host:container`, with an IPv6 address in brackets. */
function splitParts(spec: string): {
  readonly ip: string;
  readonly host: string;
  readonly container: string;
} {
  const parts = spec.split(':');
  const container = parts.at(-1) ?? '';
  if (parts.length === 1) return { ip: '', host: '', container };
  const host = parts.at(-2) ?? '';
  return { ip: parts.slice(0, -2).join(':'), host, container };
}

const PROTOCOLS = new Set(['tcp', 'udp', 'sctp']);

/** ParsePortSpecs(), go-connections/nat. */
export function parsePortSpecs(specs: readonly string[]): Result<PortSpecs, string> {
  const exposed: string[] = [];
  const bindings = new Map<string, PortBinding[]>();
  for (const spec of specs) {
    const parsed = parsePortSpec(spec);
    if (!parsed.ok) return parsed;
    for (const { port, binding } of parsed.value) {
      if (!exposed.includes(port)) exposed.push(port);
      bindings.set(port, [...(bindings.get(port) ?? []), binding]);
    }
  }
  return ok({ exposed, bindings });
}

interface Mapping {
  readonly port: string;
  readonly binding: PortBinding;
}

function parsePortSpec(raw: string): Result<readonly Mapping[], string> {
  const slash = raw.lastIndexOf('/');
  const proto = slash < 0 ? 'tcp' : raw.slice(slash + 1).toLowerCase();
  const parts = splitParts(slash < 0 ? raw : raw.slice(0, slash));
  const ip = parts.ip.replace(/^\[(.*)\]$/, '$1');
  if (ip === parts.ip && ip.includes(':')) {
    return err(`Invalid ip address ${parts.ip}: address ${parts.ip}:: too many colons in address`);
  }
  if (ip !== '' && parseIp(ip) === undefined) return err(`Invalid ip address: ${ip}`);
  if (parts.container === '') return err(`No port specified: ${raw}<empty>`);
  const container = parseRange(parts.container);
  if (!container) return err(`Invalid containerPort: ${parts.container}`);
  const host = parts.host === '' ? undefined : parseRange(parts.host);
  if (parts.host !== '' && !host) return err(`Invalid hostPort: ${parts.host}`);
  const span = container.last - container.first;
  if (host && host.last - host.first !== span && span !== 0) {
    return err(
      `Invalid ranges specified for container and host Ports: ${parts.container} and ${parts.host}`,
    );
  }
  if (!PROTOCOLS.has(proto)) return err(`Invalid proto: ${proto}`);
  const mappings: Mapping[] = [];
  for (let i = 0; i <= span; i++) {
    let hostPort = host ? String(host.first + i) : '';
    if (host && span === 0 && host.first !== host.last) hostPort = `${host.first}-${host.last}`;
    mappings.push({ port: `${container.first + i}/${proto}`, binding: { hostIp: ip, hostPort } });
  }
  return ok(mappings);
}

/** `--expose 80`, `--expose 8000-8010/udp`. */
export function parseExpose(specs: readonly string[]): Result<readonly string[], string> {
  const ports: string[] = [];
  for (const spec of specs) {
    if (spec.includes(':')) return err(`invalid port format for --expose: ${spec}`);
    const [range = '', proto = 'tcp'] = spec.split('/');
    const parsed = parseRange(range);
    if (!parsed) {
      const bad = range.split('-')[0] ?? '';
      const why = /^\d+$/.test(bad) ? 'value out of range' : 'invalid syntax';
      return err(
        `invalid range format for --expose: ${spec}, error: strconv.ParseUint: parsing ${JSON.stringify(bad)}: ${why}`,
      );
    }
    for (let port = parsed.first; port <= parsed.last; port++) ports.push(`${port}/${proto}`);
  }
  return ok(ports);
}
