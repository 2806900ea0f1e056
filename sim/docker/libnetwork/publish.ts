import { OK, type Result } from '../../base/result';
import type { Blocking } from '../../linux/wait-queue';
import { formatIp } from '../../wire/ip';
import type { Container, PortBinding } from '../daemon/container';
import type { Engine } from '../daemon/engine';
import type { Endpoint } from './endpoint';
import { OPTION_HOST_BINDING } from './network';
import type { PortRequest } from './port-mapper';

interface Wanted {
  readonly port: number;
  readonly proto: string;
  readonly binding: PortBinding | undefined;
}

/** `80/tcp` in its parts. */
export function splitPort(text: string): { readonly port: number; readonly proto: string } {
  const [port = '0', proto = 'tcp'] = text.split('/');
  return { port: Number(port), proto };
}

/** nat.SortPortMap(): larger bindings first, then larger ports, then tcp. */
function sortedPorts(container: Container): readonly Wanted[] {
  const { portBindings } = container.hostConfig;
  const names = [...new Set([...container.config.exposedPorts, ...portBindings.keys()])];
  const all = names.flatMap((name): readonly Wanted[] => {
    const bindings = portBindings.get(name) ?? [];
    const { port, proto } = splitPort(name);
    if (bindings.length === 0) return [{ port, proto, binding: undefined }];
    return bindings.map((binding) => ({ port, proto, binding }));
  });
  const hostPort = (one: Wanted): number => Number.parseInt(one.binding?.hostPort ?? '0', 10) || 0;
  return [...all].sort(
    (a, b) => hostPort(b) - hostPort(a) || b.port - a.port || (a.proto === 'tcp' ? -1 : 1),
  );
}

const hasIpv6 = (engine: Engine): boolean =>
  engine.net.sysctl.get('net/ipv6/conf/all/disable_ipv6')?.read() !== '1';

/** A binding without an address is for every address, of both families where the machine has both. */
function hostAddresses(
  engine: Engine,
  endpoint: Endpoint,
  binding: PortBinding | undefined,
): readonly string[] {
  const given = binding?.hostIp ?? '';
  if (given !== '') return [given];
  const any = endpoint.network.options.get(OPTION_HOST_BINDING) ?? '0.0.0.0';
  return hasIpv6(engine) && any === '0.0.0.0' ? [any, '::'] : [any];
}

function requestsOf(
  engine: Engine,
  container: Container,
  endpoint: Endpoint,
): readonly PortRequest[] {
  if (endpoint.network.internal || endpoint.ipv4 === undefined) return [];
  const containerIp = formatIp(endpoint.ipv4);
  const containerIpv6 = endpoint.ipv6 === undefined ? undefined : formatIp(endpoint.ipv6);
  return sortedPorts(container).flatMap(({ port, proto, binding }) => {
    if (!binding && !container.hostConfig.publishAllPorts) return [];
    const [first = '0', last] = (binding?.hostPort ?? '').split('-');
    const hostPort = Number(first) || 0;
    return hostAddresses(engine, endpoint, binding).map((hostIp) => ({
      proto,
      containerIp: hostIp.includes(':') ? (containerIpv6 ?? containerIp) : containerIp,
      containerPort: port,
      hostIp,
      hostPort,
      hostPortEnd: Number(last ?? hostPort),
      bridge: endpoint.network.bridge,
    }));
  });
}

/** ProgramExternalConnectivity() of drivers/bridge. */
export function* publishPorts(
  engine: Engine,
  container: Container,
  endpoint: Endpoint,
): Blocking<Result<undefined, string>> {
  if (endpoint.network.internal) return OK;
  let previous: { readonly request: PortRequest; readonly hostPort: number } | undefined;
  for (const request of requestsOf(engine, container, endpoint)) {
    const same =
      request.hostIp === '::' && previous?.request.containerPort === request.containerPort;
    const hostPort = same && request.hostPort === 0 ? (previous?.hostPort ?? 0) : request.hostPort;
    const hostPortEnd = hostPort === request.hostPort ? request.hostPortEnd : hostPort;
    const done = yield* engine.ports.publish({ ...request, hostPort, hostPortEnd });
    if (!done.ok) {
      yield* unpublishPorts(engine, endpoint);
      return done;
    }
    endpoint.published.push(done.value);
    previous = { request, hostPort: done.value.hostPort };
  }
  fillPorts(container, endpoint);
  return OK;
}

/** RevokeExternalConnectivity(). */
export function* unpublishPorts(engine: Engine, endpoint: Endpoint): Blocking<void> {
  const published = endpoint.published;
  endpoint.published = [];
  for (const port of published) yield* engine.ports.unpublish(port);
}

/** getPortMapInfo(): what `docker port` and `inspect` show. */
export function fillPorts(container: Container, endpoint: Endpoint | undefined): void {
  const ports = new Map<string, PortBinding[] | undefined>();
  if (endpoint) {
    for (const name of container.config.exposedPorts) ports.set(name, undefined);
    for (const one of endpoint.published) {
      const name = `${one.containerPort}/${one.proto}`;
      const binding = { hostIp: one.hostIp, hostPort: String(one.hostPort) };
      ports.set(name, [...(ports.get(name) ?? []), binding]);
    }
  }
  container.ports = ports;
}
