import type { Host } from '../../linux/host';
import type { Proc } from '../../linux/process';
import { WaitQueue } from '../../linux/wait-queue';
import type { Sandbox } from '../libnetwork/sandbox';
import { Console } from './console';
import type { Image } from './image';
import type { ContainerFiles } from './rootfs';
import { ContainerStreams, type StdinPipe } from './stream';

/** container.Config of the API. */
export interface ContainerConfig {
  readonly hostname: string;
  readonly domainname: string;
  readonly attachStdin: boolean;
  readonly attachStdout: boolean;
  readonly attachStderr: boolean;
  readonly tty: boolean;
  readonly openStdin: boolean;
  readonly env: readonly string[] | undefined;
  readonly cmd: readonly string[] | undefined;
  readonly image: string;
  readonly workingDir: string;
  readonly entrypoint: readonly string[] | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly exposedPorts: readonly string[];
  readonly macAddress: string;
  readonly stopSignal: string;
}

export interface PortBinding {
  readonly hostIp: string;
  readonly hostPort: string;
}

export type PortMap = ReadonlyMap<string, readonly PortBinding[]>;

export interface RestartPolicy {
  readonly name: string;
  readonly maximumRetryCount: number;
}

/** container.HostConfig of the API, as far as it has an effect here. */
export interface HostConfig {
  readonly networkMode: string;
  readonly portBindings: PortMap;
  readonly publishAllPorts: boolean;
  readonly restartPolicy: RestartPolicy;
  readonly autoRemove: boolean;
  readonly capAdd: readonly string[] | undefined;
  readonly capDrop: readonly string[] | undefined;
  readonly dns: readonly string[];
  readonly dnsOptions: readonly string[];
  readonly dnsSearch: readonly string[];
  readonly extraHosts: readonly string[] | undefined;
  readonly privileged: boolean;
  readonly sysctls: ReadonlyMap<string, string> | undefined;
}

/** network.EndpointIPAMConfig. */
export interface EndpointIpamConfig {
  readonly ipv4: string;
  readonly ipv6: string;
  readonly linkLocal: readonly string[];
}

/** network.EndpointSettings: what a container asked of a network, and what it got. */
export interface EndpointSettings {
  ipam: EndpointIpamConfig | undefined;
  aliases: string[] | undefined;
  networkId: string;
  endpointId: string;
  gateway: string;
  ipAddress: string;
  ipPrefixLen: number;
  ipv6Gateway: string;
  globalIpv6Address: string;
  globalIpv6PrefixLen: number;
  macAddress: string;
  /** `{}` in JSON once a client sent it, else null. */
  hasDriverOpts: boolean;
}

export const newEndpointSettings = (given: Partial<EndpointSettings> = {}): EndpointSettings => ({
  ipam: undefined,
  aliases: undefined,
  networkId: '',
  endpointId: '',
  gateway: '',
  ipAddress: '',
  ipPrefixLen: 0,
  ipv6Gateway: '',
  globalIpv6Address: '',
  globalIpv6PrefixLen: 0,
  macAddress: '',
  hasDriverOpts: false,
  ...given,
});

/** updateNetworkConfig(): a container is also known by its short id and its host name. */
export function fullAliases(container: Container, given: readonly string[]): string[] {
  const aliases = [...given];
  for (const name of [container.id.slice(0, 12), container.config.hostname]) {
    if (!aliases.includes(name)) aliases.push(name);
  }
  return aliases;
}

/** What stays of a request when the endpoint is gone: cleanOperationalData(). */
export function cleanOperationalData(settings: EndpointSettings): void {
  settings.endpointId = '';
  settings.gateway = '';
  settings.ipAddress = '';
  settings.ipPrefixLen = 0;
  settings.ipv6Gateway = '';
  settings.globalIpv6Address = '';
  settings.globalIpv6PrefixLen = 0;
  settings.macAddress = '';
}

/** container.State. */
export interface ContainerState {
  status: 'created' | 'running' | 'paused' | 'restarting' | 'exited';
  pid: number;
  exitCode: number;
  error: string;
  startedUs: number | undefined;
  finishedUs: number | undefined;
}

/** container.Container of moby. */
export class Container {
  readonly state: ContainerState = {
    status: 'created',
    pid: 0,
    exitCode: 0,
    error: '',
    startedUs: undefined,
    finishedUs: undefined,
  };
  readonly networks = new Map<string, EndpointSettings>();
  restartPolicy: RestartPolicy;
  restartCount = 0;
  /** The restart manager's last wait. */
  backoffUs = 0;
  /** Stopped by a person: `unless-stopped` and `always` leave it alone. */
  manuallyStopped = false;
  removed = false;
  sandbox: Sandbox | undefined;
  /** Sandbox id of the last run, kept in `inspect` after it. */
  sandboxId = '';
  sandboxKey = '';
  /** NetworkSettings.Ports of the running container; an exposed port without binding is undefined. */
  ports = new Map<string, readonly PortBinding[] | undefined>();
  files: ContainerFiles | undefined;
  shim: Proc | undefined;
  init: Proc | undefined;
  /** The engine's end of the input pipe, with `-i`. */
  stdin: StdinPipe | undefined;
  /** The terminal of the first process, with `-t`. */
  console: Console | undefined;
  readonly streams = new ContainerStreams();
  readonly log: LogLine[] = [];
  readonly execs = new Set<string>();
  /** Terminals of its processes, by the number in /dev/pts. */
  readonly terminals = new Set<number>();
  /** Woken whenever the state changes. */
  readonly changed = new WaitQueue();
  readonly logged = new WaitQueue();

  constructor(
    readonly id: string,
    public name: string,
    readonly image: Image,
    readonly config: ContainerConfig,
    readonly hostConfig: HostConfig,
    readonly createdUs: number,
    /** Order of creation. */
    readonly serial: number,
  ) {
    this.restartPolicy = hostConfig.restartPolicy;
  }

  /** A terminal with the lowest number that is free in the container's devpts. */
  newConsole(host: Host): Console {
    let index = 0;
    while (this.terminals.has(index)) index++;
    this.terminals.add(index);
    return new Console(host, index, () => this.terminals.delete(index));
  }

  get running(): boolean {
    return this.state.status === 'running' || this.state.status === 'paused';
  }

  /** Path and Args: entrypoint and command together. */
  get command(): readonly string[] {
    const entrypoint = this.config.entrypoint ?? [];
    return [...entrypoint, ...(this.config.cmd ?? [])];
  }
}

/** One line of the json-file log. */
export interface LogLine {
  readonly stream: 1 | 2;
  readonly bytes: Uint8Array;
  readonly atUs: number;
}
