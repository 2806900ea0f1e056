import { err, ok, type Result } from '../../base/result';
import { parseMac } from '../../wire/mac';
import {
  type ContainerConfig,
  type EndpointSettings,
  type HostConfig,
  newEndpointSettings,
  type RestartPolicy,
} from '../daemon/container';
import type { ContainerCreate } from '../daemon/create';
import { isUserDefined } from '../libnetwork/network';
import type { Flags } from './flags';
import { parseExpose, parsePortSpecs } from './port-spec';

/** parse() of the client, command/container/opts.go: what the engine is asked to make. */
export function containerCreate(
  flags: Flags,
  environment: ReadonlyMap<string, string>,
): Result<ContainerCreate, string> {
  const [image = '', ...command] = flags.args;
  const mac = flags.value('mac-address').trim();
  if (mac !== '' && parseMac(mac) === undefined) return err(`${mac} is not a valid mac address`);
  const ports = parsePortSpecs(flags.list('publish'));
  if (!ports.ok) return ports;
  const exposed = parseExpose(flags.list('expose'));
  if (!exposed.ok) return exposed;
  const restart = parseRestart(flags.value('restart', 'no'));
  if (!restart.ok) return restart;
  if (flags.on('rm') && restart.value.name !== 'no' && restart.value.name !== '') {
    return err('Conflicting options: --restart and --rm');
  }
  const networks = parseNetworks(flags);
  if (!networks.ok) return networks;
  const config = configOf(flags, {
    image,
    command,
    environment,
    mac,
    exposed: [...exposed.value, ...ports.value.exposed],
  });
  const hostConfig: HostConfig = {
    networkMode: networks.value.mode,
    portBindings: ports.value.bindings,
    publishAllPorts: flags.on('publish-all'),
    restartPolicy: restart.value,
    autoRemove: flags.on('rm'),
    capAdd: given(flags.list('cap-add')),
    capDrop: given(flags.list('cap-drop')),
    dns: flags.list('dns').map((one) => one.trim()),
    dnsOptions: [...flags.list('dns-opt'), ...flags.list('dns-option')],
    dnsSearch: flags.list('dns-search'),
    extraHosts: given(flags.list('add-host')),
    privileged: flags.on('privileged'),
    sysctls: flags.has('sysctl') ? pairs(flags.list('sysctl')) : undefined,
  };
  return ok({ name: flags.value('name'), config, hostConfig, endpoints: networks.value.endpoints });
}

const given = (list: readonly string[]): readonly string[] | undefined =>
  list.length > 0 ? list : undefined;

const pairs = (list: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    list.map((one) => {
      const at = one.indexOf('=');
      return at < 0 ? [one, ''] : [one.slice(0, at), one.slice(at + 1)];
    }),
  );

/** `-e NAME` takes the client's own value, or nothing. */
export function environmentOf(
  list: readonly string[],
  own: ReadonlyMap<string, string>,
): readonly string[] {
  return list.flatMap((one) => {
    if (one.includes('=')) return [one];
    const value = own.get(one);
    return value === undefined ? [] : [`${one}=${value}`];
  });
}

function configOf(
  flags: Flags,
  parts: {
    readonly image: string;
    readonly command: readonly string[];
    readonly environment: ReadonlyMap<string, string>;
    readonly mac: string;
    readonly exposed: readonly string[];
  },
): ContainerConfig {
  const detached = flags.on('detach');
  const interactive = flags.on('interactive');
  const entrypoint = flags.has('entrypoint') ? flags.value('entrypoint') : undefined;
  return {
    hostname: flags.value('hostname'),
    domainname: flags.value('domainname'),
    attachStdin: interactive && !detached,
    attachStdout: !detached,
    attachStderr: !detached,
    tty: flags.on('tty'),
    openStdin: interactive,
    env: given(environmentOf(flags.list('env'), parts.environment)),
    cmd: given(parts.command),
    image: parts.image,
    workingDir: flags.value('workdir'),
    entrypoint: entrypoint === undefined ? undefined : entrypoint === '' ? [] : [entrypoint],
    labels: pairs(flags.list('label')),
    exposedPorts: [...new Set(parts.exposed)],
    macAddress: parts.mac,
    stopSignal: flags.value('stop-signal'),
  };
}

/** opts.ParseRestartPolicy(). */
export function parseRestart(policy: string): Result<RestartPolicy, string> {
  if (policy === '') return ok({ name: '', maximumRetryCount: 0 });
  const [name = '', count, more] = policy.split(':');
  if (more !== undefined) return err('invalid restart policy format: more than one colon');
  if (count !== undefined && !/^[+-]?\d+$/.test(count)) {
    return err('maximum retry count must be an integer');
  }
  return ok({ name, maximumRetryCount: Number(count ?? 0) });
}

interface Networks {
  readonly mode: string;
  readonly endpoints: ReadonlyMap<string, EndpointSettings>;
}

/** parseNetworkOpts(). */
function parseNetworks(flags: Flags): Result<Networks, string> {
  const names = [...flags.list('network'), ...flags.list('net')];
  const aliases = [...flags.list('network-alias'), ...flags.list('net-alias')];
  const endpoints = new Map<string, EndpointSettings>();
  const [mode = 'default'] = names;
  if (names.length === 0) return ok({ mode, endpoints });
  const kinds = new Set(names.map(isUserDefined));
  if (aliases.length > 0 && !isUserDefined(mode)) {
    return err('network-scoped aliases are only supported for user-defined networks');
  }
  for (const [i, name] of names.entries()) {
    if (endpoints.has(name)) return err(`network "${name}" is specified multiple times`);
    const settings = i === 0 ? firstEndpoint(flags, aliases) : newEndpointSettings();
    if (names.length > 1 || settings) endpoints.set(name, settings ?? newEndpointSettings());
  }
  if (kinds.size > 1) {
    return err(
      'conflicting options: cannot attach both user-defined and non-user-defined network-modes',
    );
  }
  return ok({ mode, endpoints });
}

/** What --ip, --network-alias and --link-local-ip say of the first network; undefined if nothing. */
function firstEndpoint(flags: Flags, aliases: readonly string[]): EndpointSettings | undefined {
  const ipv4 = flags.value('ip');
  const ipv6 = flags.value('ip6');
  const linkLocal = flags.list('link-local-ip');
  const hasIpam = ipv4 !== '' || ipv6 !== '' || linkLocal.length > 0;
  if (!hasIpam && aliases.length === 0) return undefined;
  return newEndpointSettings({
    ipam: hasIpam ? { ipv4, ipv6, linkLocal } : undefined,
    aliases: aliases.length > 0 ? [...aliases] : undefined,
  });
}
