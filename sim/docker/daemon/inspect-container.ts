import {
  type GoStruct,
  type GoValue,
  goMap,
  NIL_MAP,
  NIL_POINTER,
  NIL_SLICE,
  struct,
} from '../template/value';
import type { Container, EndpointSettings, PortBinding, PortMap } from './container';
import type { Engine } from './engine';
import { rfc3339 } from './time';

const strings = (list: readonly string[] | undefined): GoValue => list ?? NIL_SLICE;

const stringMap = (map: ReadonlyMap<string, string>): GoValue => goMap(map);

/** types.ContainerJSON: what `docker inspect` shows, in the order of the struct's members. */
export function inspectContainer(engine: Engine, container: Container, size: boolean): GoStruct {
  const base = `${engine.options.dataRoot}/containers/${container.id}`;
  const [path = '', ...args] = container.command;
  return struct('types.ContainerJSON', {
    'ID:Id': container.id,
    Created: rfc3339(container.createdUs),
    Path: path,
    Args: args,
    State: stateValue(container),
    Image: `sha256:${container.image.id}`,
    ResolvConfPath: container.state.startedUs === undefined ? '' : `${base}/resolv.conf`,
    HostnamePath: container.state.startedUs === undefined ? '' : `${base}/hostname`,
    HostsPath: container.state.startedUs === undefined ? '' : `${base}/hosts`,
    LogPath: container.state.startedUs === undefined ? '' : `${base}/${container.id}-json.log`,
    Name: `/${container.name}`,
    RestartCount: container.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: container.execs.size > 0 ? [...container.execs] : NIL_SLICE,
    HostConfig: hostConfigValue(container),
    ...(size ? { SizeRw: 0, SizeRootFs: container.image.sizeBytes } : {}),
    GraphDriver: graphDriver(engine, container),
    Mounts: [],
    Config: configValue(container),
    NetworkSettings: networkSettings(container),
  });
}

const EPOCH = '0001-01-01T00:00:00Z';

function stateValue(container: Container): GoStruct {
  const { state } = container;
  return struct(
    'types.ContainerState',
    {
      Status: state.status,
      Running: container.running || state.status === 'restarting',
      Paused: state.status === 'paused',
      Restarting: state.status === 'restarting',
      OOMKilled: false,
      Dead: false,
      Pid: state.pid,
      ExitCode: state.exitCode,
      Error: state.error,
      StartedAt: state.startedUs === undefined ? EPOCH : rfc3339(state.startedUs),
      FinishedAt: state.finishedUs === undefined ? EPOCH : rfc3339(state.finishedUs),
      'Health?': NIL_POINTER,
    },
    true,
  );
}

const binding = ({ hostIp, hostPort }: PortBinding): GoStruct =>
  struct('nat.PortBinding', { 'HostIP:HostIp': hostIp, HostPort: hostPort });

const portMap = (
  ports: PortMap | ReadonlyMap<string, readonly PortBinding[] | undefined>,
): GoValue =>
  goMap([...ports].map(([name, list]) => [name, list ? list.map(binding) : NIL_SLICE] as const));

const MASKED = [
  '/proc/asound',
  '/proc/acpi',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
];
const READONLY = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

function hostConfigValue(container: Container): GoStruct {
  const { hostConfig, restartPolicy } = container;
  const { privileged } = hostConfig;
  return struct(
    'container.HostConfig',
    {
      Binds: NIL_SLICE,
      ContainerIDFile: '',
      LogConfig: struct('container.LogConfig', { Type: 'json-file', Config: goMap([]) }),
      NetworkMode: hostConfig.networkMode,
      PortBindings: portMap(hostConfig.portBindings),
      RestartPolicy: struct('container.RestartPolicy', {
        Name: restartPolicy.name,
        MaximumRetryCount: restartPolicy.maximumRetryCount,
      }),
      AutoRemove: hostConfig.autoRemove,
      VolumeDriver: '',
      VolumesFrom: NIL_SLICE,
      CapAdd: strings(hostConfig.capAdd),
      CapDrop: strings(hostConfig.capDrop),
      CgroupnsMode: 'host',
      'DNS:Dns': hostConfig.dns,
      'DNSOptions:DnsOptions': hostConfig.dnsOptions,
      'DNSSearch:DnsSearch': hostConfig.dnsSearch,
      ExtraHosts: strings(hostConfig.extraHosts),
      GroupAdd: NIL_SLICE,
      IpcMode: 'private',
      Cgroup: '',
      Links: NIL_SLICE,
      OomScoreAdj: 0,
      PidMode: '',
      Privileged: privileged,
      PublishAllPorts: hostConfig.publishAllPorts,
      ReadonlyRootfs: false,
      SecurityOpt: privileged ? ['label=disable'] : NIL_SLICE,
      'StorageOpt?': NIL_MAP,
      'Tmpfs?': NIL_MAP,
      UTSMode: '',
      UsernsMode: '',
      ShmSize: 67_108_864,
      'Sysctls?': hostConfig.sysctls ? stringMap(hostConfig.sysctls) : NIL_MAP,
      Runtime: 'runc',
      ConsoleSize: [0, 0],
      Isolation: '',
      ...resources(),
      MaskedPaths: privileged ? NIL_SLICE : MASKED,
      ReadonlyPaths: privileged ? NIL_SLICE : READONLY,
    },
    true,
  );
}

const resources = () => ({
  'CPUShares:CpuShares': 0,
  Memory: 0,
  'NanoCPUs:NanoCpus': 0,
  CgroupParent: '',
  BlkioWeight: 0,
  BlkioWeightDevice: [],
  BlkioDeviceReadBps: NIL_SLICE,
  BlkioDeviceWriteBps: NIL_SLICE,
  BlkioDeviceReadIOps: NIL_SLICE,
  BlkioDeviceWriteIOps: NIL_SLICE,
  'CPUPeriod:CpuPeriod': 0,
  'CPUQuota:CpuQuota': 0,
  'CPURealtimePeriod:CpuRealtimePeriod': 0,
  'CPURealtimeRuntime:CpuRealtimeRuntime': 0,
  CpusetCpus: '',
  CpusetMems: '',
  Devices: [],
  DeviceCgroupRules: NIL_SLICE,
  DeviceRequests: NIL_SLICE,
  KernelMemory: 0,
  KernelMemoryTCP: 0,
  MemoryReservation: 0,
  MemorySwap: 0,
  MemorySwappiness: NIL_POINTER,
  OomKillDisable: false,
  PidsLimit: NIL_POINTER,
  Ulimits: NIL_SLICE,
  'CPUCount:CpuCount': 0,
  'CPUPercent:CpuPercent': 0,
  IOMaximumIOps: 0,
  IOMaximumBandwidth: 0,
});

/** The overlay of a container has an id of its own, and the image's layer another. */
function graphDriver(engine: Engine, container: Container): GoStruct {
  const root = `${engine.options.dataRoot}/overlay2`;
  const own = reversed(container.id);
  const layer = reversed(container.image.id);
  return struct('types.GraphDriverData', {
    Data: goMap([
      ['LowerDir', `${root}/${own}-init/diff:${root}/${layer}/diff`],
      ['MergedDir', `${root}/${own}/merged`],
      ['UpperDir', `${root}/${own}/diff`],
      ['WorkDir', `${root}/${own}/work`],
    ]),
    Name: 'overlay2',
  });
}

const reversed = (id: string): string => [...id].reverse().join('');

function configValue({ config }: Container): GoStruct {
  const exposed = config.exposedPorts.map((port) => [port, struct('struct {}', {})] as const);
  return struct(
    'container.Config',
    {
      Hostname: config.hostname,
      Domainname: config.domainname,
      User: '',
      AttachStdin: config.attachStdin,
      AttachStdout: config.attachStdout,
      AttachStderr: config.attachStderr,
      'ExposedPorts?': exposed.length > 0 ? goMap(exposed) : NIL_MAP,
      Tty: config.tty,
      OpenStdin: config.openStdin,
      StdinOnce: config.openStdin && config.attachStdin,
      Env: strings(config.env),
      Cmd: strings(config.cmd),
      'Healthcheck?': NIL_POINTER,
      'ArgsEscaped?': false,
      Image: config.image,
      Volumes: NIL_MAP,
      WorkingDir: config.workingDir,
      Entrypoint: strings(config.entrypoint),
      'NetworkDisabled?': false,
      'MacAddress?': config.macAddress,
      OnBuild: NIL_SLICE,
      Labels: stringMap(config.labels),
      'StopSignal?': config.stopSignal,
    },
    true,
  );
}

/** network.EndpointSettings. */
function endpointValue(settings: EndpointSettings): GoStruct {
  const { ipam } = settings;
  const linkLocal = ipam?.linkLocal ?? [];
  return struct(
    'network.EndpointSettings',
    {
      IPAMConfig: ipam
        ? struct('network.EndpointIPAMConfig', {
            'IPv4Address?': ipam.ipv4,
            'IPv6Address?': ipam.ipv6,
            'LinkLocalIPs?': linkLocal.length > 0 ? linkLocal : NIL_SLICE,
          })
        : NIL_POINTER,
      Links: NIL_SLICE,
      Aliases: strings(settings.aliases),
      NetworkID: settings.networkId,
      EndpointID: settings.endpointId,
      Gateway: settings.gateway,
      IPAddress: settings.ipAddress,
      IPPrefixLen: settings.ipPrefixLen,
      IPv6Gateway: settings.ipv6Gateway,
      GlobalIPv6Address: settings.globalIpv6Address,
      GlobalIPv6PrefixLen: settings.globalIpv6PrefixLen,
      MacAddress: settings.macAddress,
      DriverOpts: settings.hasDriverOpts ? goMap([]) : NIL_MAP,
    },
    true,
  );
}

/** types.NetworkSettings: the members of the default bridge stand at the top too. */
function networkSettings(container: Container): GoStruct {
  const bridge = container.networks.get('bridge');
  const networks = [...container.networks].map(
    ([name, one]) => [name, endpointValue(one)] as const,
  );
  return struct(
    'types.NetworkSettings',
    {
      Bridge: '',
      SandboxID: container.sandboxId,
      HairpinMode: false,
      LinkLocalIPv6Address: '',
      LinkLocalIPv6PrefixLen: 0,
      Ports: portMap(container.ports),
      SandboxKey: container.sandboxKey,
      SecondaryIPAddresses: NIL_SLICE,
      SecondaryIPv6Addresses: NIL_SLICE,
      EndpointID: bridge?.endpointId ?? '',
      Gateway: bridge?.gateway ?? '',
      GlobalIPv6Address: bridge?.globalIpv6Address ?? '',
      GlobalIPv6PrefixLen: bridge?.globalIpv6PrefixLen ?? 0,
      IPAddress: bridge?.ipAddress ?? '',
      IPPrefixLen: bridge?.ipPrefixLen ?? 0,
      IPv6Gateway: bridge?.ipv6Gateway ?? '',
      MacAddress: bridge?.macAddress ?? '',
      Networks: goMap(networks),
    },
    true,
  );
}
