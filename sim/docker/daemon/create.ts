import { err, ok } from '../../base/result';
import { CAPABILITIES } from '../../linux/capability';
import { parseSignal } from '../../linux/signal';
import { parseIpv4 } from '../../wire/ip';
import { isPredefined, isUserDefined } from '../libnetwork/network';
import { type ApiResult, conflict, invalidParameter, notFound, systemError } from './api-error';
import {
  Container,
  type ContainerConfig,
  type EndpointSettings,
  fullAliases,
  type HostConfig,
  newEndpointSettings,
} from './container';
import { type Engine, MAX_CONTAINERS } from './engine';
import { randomId, shortId } from './identifier';
import { generateName } from './name-generator';

/** types.ContainerCreateConfig of the API. */
export interface ContainerCreate {
  readonly name: string;
  readonly config: ContainerConfig;
  readonly hostConfig: HostConfig;
  readonly endpoints: ReadonlyMap<string, EndpointSettings>;
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** ContainerCreate() of the daemon. */
export function createContainer(engine: Engine, request: ContainerCreate): ApiResult<Container> {
  const { config, hostConfig } = request;
  const wrong = verifySettings(config, hostConfig) ?? addressError(request.endpoints);
  if (wrong) return wrong;
  const image = engine.image(config.image);
  if (!image) return notFound(`No such image: ${imageName(config.image)}`);
  if (engine.containers.size >= MAX_CONTAINERS) {
    return systemError('hopwise: one engine keeps no more containers');
  }
  const id = randomId(engine.proc.host);
  const name = reserveName(engine, request.name);
  if (!name.ok) return name;
  const command = [...(config.entrypoint ?? image.entrypoint ?? []), ...(config.cmd ?? image.cmd)];
  if (command.length === 0) return invalidParameter('No command specified');
  const full: ContainerConfig = {
    ...config,
    hostname: hostnameOf(engine, config, hostConfig, id),
    entrypoint: config.entrypoint ?? image.entrypoint,
    cmd: config.cmd ?? (config.entrypoint ? undefined : image.cmd),
    env: config.env ?? (image.env.length > 0 ? image.env : undefined),
    workingDir: config.workingDir === '' ? image.workingDir : config.workingDir,
    exposedPorts: [...new Set([...image.exposedPorts, ...config.exposedPorts])].sort(),
  };
  const made = new Container(
    id,
    name.value,
    image,
    full,
    joinedContainer(engine, hostConfig),
    engine.nowUs,
    engine.nextSerial(),
  );
  setNetworks(engine, made, request.endpoints);
  engine.containers.set(id, made);
  return ok(made);
}

/** verifyPlatformContainerSettings(): what a new container is warned of. */
export function createWarnings(engine: Engine, hostConfig: HostConfig): readonly string[] {
  const forwarding = engine.net.sysctl.get('net/ipv4/ip_forward')?.read() === '1';
  if (forwarding || hostConfig.networkMode === 'host') return [];
  return ['IPv4 forwarding is disabled. Networking will not work.'];
}

/** `--network container:NAME` keeps the id of the container that has the name now: parseNetMode() of the daemon. */
function joinedContainer(engine: Engine, hostConfig: HostConfig): HostConfig {
  const mode = hostConfig.networkMode;
  if (!mode.startsWith('container:')) return hostConfig;
  const other = engine.container(mode.slice('container:'.length));
  return other.ok ? { ...hostConfig, networkMode: `container:${other.value.id}` } : hostConfig;
}

const imageName = (ref: string): string => (/:[^/]*$/.test(ref) ? ref : `${ref}:latest`);

/** verifyContainerSettings() and runconfig's validateNetMode(). */
function verifySettings(
  config: ContainerConfig,
  hostConfig: HostConfig,
): ReturnType<typeof invalidParameter> | undefined {
  const { name, maximumRetryCount } = hostConfig.restartPolicy;
  if (!['', 'no', 'always', 'unless-stopped', 'on-failure'].includes(name)) {
    return invalidParameter(`invalid restart policy '${name}'`);
  }
  if (name !== 'on-failure' && maximumRetryCount !== 0) {
    return invalidParameter(`maximum retry count cannot be used with restart policy '${name}'`);
  }
  for (const [field, list] of [
    ['CapAdd', hostConfig.capAdd],
    ['CapDrop', hostConfig.capDrop],
  ] as const) {
    for (const one of list ?? []) {
      const capability = one.toUpperCase().replace(/^CAP_/, '');
      if (capability === 'ALL' || CAPABILITIES.some((known) => known === capability)) continue;
      return invalidParameter(`invalid ${field}: unknown capability: "CAP_${capability}"`);
    }
  }
  if (config.stopSignal !== '' && parseSignal(config.stopSignal) === undefined) {
    return invalidParameter(`Invalid signal: ${config.stopSignal}`);
  }
  const text = netModeConflict(config, hostConfig);
  if (text !== undefined) return invalidParameter(`conflicting options: ${text}`);
  if (config.workingDir !== '' && !config.workingDir.startsWith('/')) {
    return invalidParameter(
      `the working directory '${config.workingDir}' is invalid, it needs to be an absolute path`,
    );
  }
  return undefined;
}

/** validateNetMode(), runconfig/config_unix.go and hostconfig.go. */
function netModeConflict(config: ContainerConfig, hostConfig: HostConfig): string | undefined {
  const mode = hostConfig.networkMode;
  if (!mode.startsWith('container:')) return undefined;
  if (config.hostname !== '') return 'hostname and the network mode';
  if (hostConfig.dns.length > 0) return 'dns and the network mode';
  if ((hostConfig.extraHosts?.length ?? 0) > 0)
    return 'custom host-to-IP mapping and the network mode';
  if (config.macAddress !== '') return 'mac-address and the network mode';
  if (hostConfig.portBindings.size > 0 || hostConfig.publishAllPorts) {
    return 'port publishing and the container type network mode';
  }
  if (config.exposedPorts.length > 0) return 'port exposing and the container type network mode';
  return undefined;
}

function hostnameOf(
  engine: Engine,
  config: ContainerConfig,
  hostConfig: HostConfig,
  id: string,
): string {
  if (config.hostname !== '') return config.hostname;
  if (hostConfig.networkMode === 'host') return engine.proc.uts.hostname;
  if (hostConfig.networkMode.startsWith('container:')) return '';
  return shortId(id);
}

/** generateIDAndName(), reserveName(). */
function reserveName(engine: Engine, wanted: string): ApiResult<string> {
  const taken = (name: string) => [...engine.containers.values()].find((one) => one.name === name);
  if (wanted === '') return ok(generateName(engine.proc.host, (name) => taken(name) !== undefined));
  const name = wanted.replace(/^\//, '');
  if (!NAME.test(name)) {
    return invalidParameter(
      `Invalid container name (${wanted}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
    );
  }
  const other = taken(name);
  if (!other) return ok(name);
  return conflict(
    `Conflict. The container name "/${name}" is already in use by container "${other.id}". You have to remove (or rename) that container to be able to reuse that name.`,
  );
}

/** ContainerRename(). */
export function renameContainer(
  engine: Engine,
  container: Container,
  name: string,
): ApiResult<undefined> {
  if (name === '') return invalidParameter('Neither old nor new names may be empty');
  if (name === container.name) {
    return invalidParameter('Renaming a container with the same name as its current name');
  }
  const reserved = reserveName(engine, `/${name.replace(/^\//, '')}`);
  if (!reserved.ok) {
    const { status, message } = reserved.error;
    return err({ status, message: `Error when allocating new name: ${message}` });
  }
  container.name = reserved.value;
  for (const endpoint of container.sandbox?.endpoints ?? []) endpoint.name = reserved.value;
  return ok(undefined);
}

/** EndpointSettings' validation of IPAMConfig. */
function addressError(
  given: ReadonlyMap<string, EndpointSettings>,
): ReturnType<typeof invalidParameter> | undefined {
  for (const { ipam } of given.values()) {
    if (ipam && ipam.ipv4 !== '' && parseIpv4(ipam.ipv4) === undefined) {
      return invalidParameter(`invalid IPv4 address: ${ipam.ipv4}`);
    }
  }
  return undefined;
}

/** updateContainerNetworkSettings(): which networks the container will join when it starts. */
function setNetworks(
  engine: Engine,
  container: Container,
  given: ReadonlyMap<string, EndpointSettings>,
): void {
  const mode = container.hostConfig.networkMode;
  if (mode.startsWith('container:')) return;
  const wanted = mode === 'default' || mode === '' ? 'bridge' : mode;
  const found = isUserDefined(wanted) ? engine.network(wanted) : undefined;
  const name = found?.ok ? found.value.name : wanted;
  for (const [key, settings] of given) container.networks.set(key === mode ? name : key, settings);
  if (container.networks.size === 0) container.networks.set(name, newEndpointSettings());
  for (const [key, settings] of container.networks) {
    if (isPredefined(key)) continue;
    settings.aliases = fullAliases(container, settings.aliases ?? []);
  }
}
