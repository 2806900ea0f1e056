import { ok } from '../../base/result';
import { mkdir } from '../../linux/files';
import { PidNamespace } from '../../linux/pid-namespace';
import type { Proc } from '../../linux/process';
import type { Blocking } from '../../linux/wait-queue';
import { writeSysctl } from '../libnetwork/bridge';
import { connectToNetwork, releaseEndpoints } from '../libnetwork/connect';
import { buildHosts } from '../libnetwork/hosts-file';
import { isPredefined } from '../libnetwork/network';
import { fillPorts } from '../libnetwork/publish';
import { setupDns } from '../libnetwork/resolver-start';
import { destroySandbox, newSandbox, Sandbox } from '../libnetwork/sandbox';
import { attachToSwarmNetwork, releaseSwarmNetworks } from '../swarm/attach';
import { type ApiResult, conflict, invalidParameter, systemError } from './api-error';
import type { Container } from './container';
import type { Engine } from './engine';
import { randomId } from './identifier';
import {
  appendLog,
  closeChildEnds,
  closeEngineEnds,
  copyOutput,
  makeStdio,
  type Stdio,
  startShim,
} from './monitor';
import { containerMounts, newContainerFiles, setText } from './rootfs';
import { containerCapabilities, runc } from './runc';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** What containerd and runc take to start a container. */
const START_US = 150_000;

/** ContainerStart(). */
export function* startContainer(
  engine: Engine,
  container: Container,
): Blocking<ApiResult<undefined>> {
  if (container.state.status === 'paused') {
    return conflict('cannot start a paused container, try unpause instead');
  }
  if (container.running) return ok(undefined);
  container.manuallyStopped = false;
  container.restartCount = 0;
  return yield* runContainer(engine, container);
}

/** containerStart(): network, files, process; what was taken is given back when something fails. */
export function* runContainer(
  engine: Engine,
  container: Container,
): Blocking<ApiResult<undefined>> {
  container.files ??= newContainerFiles(engine.proc.host);
  const networked = yield* initializeNetworking(engine, container);
  if (!networked.ok) {
    yield* releaseNetwork(engine, container);
    container.state.error = networked.error.message;
    container.state.exitCode = 128;
    return networked;
  }
  yield { kind: 'wait', on: [], timeoutUs: START_US };
  const started = yield* startProcess(engine, container);
  if (!started.ok) {
    yield* releaseNetwork(engine, container);
    if (container.hostConfig.autoRemove) engine.containers.delete(container.id);
  }
  return started;
}

/** initializeNetworking(): the sandbox, and an endpoint on each network. */
function* initializeNetworking(
  engine: Engine,
  container: Container,
): Blocking<ApiResult<undefined>> {
  const mode = container.hostConfig.networkMode;
  const { files } = container;
  if (!files) return systemError('no files');
  if (mode.startsWith('container:')) return joinContainer(engine, container, mode.slice(10));
  const id = randomId(engine.proc.host);
  const directory = `${engine.options.execRoot}/netns`;
  container.sandbox =
    mode === 'host'
      ? new Sandbox(id, `${directory}/default`, engine.net, false)
      : newSandbox(engine.proc, { id, directory, name: container.name });
  container.sandboxId = id;
  container.sandboxKey = container.sandbox.key;
  setText(files.network.hostname, `${container.config.hostname}\n`);
  setText(files.network.hosts, buildHosts(engine, container));
  setText(files.network.resolvConf, setupDns(engine, container));
  const names = [...container.networks.keys()].sort(
    (a, b) => Number(b === 'bridge') - Number(a === 'bridge'),
  );
  for (const name of names) {
    const joined = yield* joinNetwork(engine, container, name);
    if (!joined.ok) return joined;
  }
  return ok(undefined);
}

function* joinNetwork(
  engine: Engine,
  container: Container,
  name: string,
): Blocking<ApiResult<undefined>> {
  const settings = container.networks.get(name);
  if (!settings) return ok(undefined);
  const attached = yield* attachToSwarmNetwork(engine, container, name, settings);
  if (!attached.ok || attached.value === 'attached') return attached.ok ? ok(undefined) : attached;
  const network = engine.network(settings.networkId === '' ? name : settings.networkId);
  if (!network.ok) return network;
  const wantsIp = settings.ipam && (settings.ipam.ipv4 !== '' || settings.ipam.ipv6 !== '');
  if (wantsIp && isPredefined(network.value.name)) {
    return invalidParameter('user specified IP address is supported on user defined networks only');
  }
  if (wantsIp && network.value.ownSubnet) {
    return invalidParameter(
      'user specified IP address is supported only when connecting to networks with user configured subnets',
    );
  }
  return yield* connectToNetwork(engine, container, network.value, settings);
}

/** `--network container:NAME`: the sandbox and files of another. */
function joinContainer(engine: Engine, container: Container, ref: string): ApiResult<undefined> {
  const other = engine.container(ref);
  if (!other.ok) return other;
  const { sandbox, files } = other.value;
  if (!other.value.running || !sandbox || !files) {
    return conflict(`cannot join network of a non running container: ${other.value.id}`);
  }
  container.sandbox = sandbox;
  if (container.files) container.files = { root: container.files.root, network: files.network };
  return ok(undefined);
}

/** The network part of a stop: endpoints leave, the namespace goes. */
export function* releaseNetwork(engine: Engine, container: Container): Blocking<void> {
  const { sandbox } = container;
  container.ports = new Map();
  if (!sandbox || container.hostConfig.networkMode.startsWith('container:')) {
    container.sandbox = undefined;
    return;
  }
  sandbox.resolver?.stop();
  yield* releaseSwarmNetworks(engine, container);
  yield* releaseEndpoints(engine, container);
  destroySandbox(engine.proc, sandbox);
  container.sandbox = undefined;
}

/** The environment of the first process: createSpec(), with HOME as runc adds it. */
export function containerEnv(
  container: Container,
  extra: readonly string[] = [],
): ReadonlyMap<string, string> {
  const env = new Map([
    ['PATH', PATH],
    ['HOSTNAME', container.config.hostname],
  ]);
  if (container.config.tty) env.set('TERM', 'xterm');
  for (const one of [...(container.config.env ?? []), ...extra]) {
    const at = one.indexOf('=');
    if (at > 0) env.set(one.slice(0, at), one.slice(at + 1));
  }
  if (!env.has('HOME')) env.set('HOME', '/root');
  return env;
}

/** What the engine sets in every container's own namespace, so that ports below 1024 and ping need no capability. */
const DEFAULT_SYSCTLS: readonly (readonly [path: string, value: string])[] = [
  ['net/ipv4/ip_unprivileged_port_start', '0'],
  ['net/ipv4/ping_group_range', '0 2147483647'],
];

function applySysctls(container: Container): string | undefined {
  const { sandbox, hostConfig } = container;
  const shared = hostConfig.networkMode.startsWith('container:');
  if (sandbox?.own && !shared) {
    for (const [path, value] of DEFAULT_SYSCTLS) writeSysctl(sandbox.net, path, value);
  }
  for (const [name, value] of hostConfig.sysctls ?? []) {
    if (!sandbox?.own) return `sysctl "${name}" not allowed in host network namespace`;
    const path = name.replaceAll('.', '/');
    if (!path.startsWith('net/')) return `sysctl "${name}" is not in a separate kernel namespace`;
    if (!writeSysctl(sandbox.net, path, value)) {
      return `open /proc/sys/${path}: no such file or directory`;
    }
  }
  return undefined;
}

const SHIM_FAILED = 'failed to create shim task: OCI runtime create failed: runc create failed: ';

function* startProcess(engine: Engine, container: Container): Blocking<ApiResult<undefined>> {
  const { sandbox, files, state } = container;
  if (!sandbox || !files) return systemError('no sandbox present');
  const wrong = applySysctls(container);
  if (wrong !== undefined) {
    const where = wrong.startsWith('open ')
      ? 'unable to start container process: error during container init: '
      : '';
    return systemError(`${SHIM_FAILED}${where}${wrong}: unknown`);
  }
  const shim = startShim(engine, container.id, (proc, code) => {
    if (proc === container.init) engine.containerExited?.(container, code);
    else execExited(proc, code);
  });
  if (!shim) return systemError('fork/exec: resource temporarily unavailable');
  const { tty, openStdin: stdin } = container.config;
  const console = tty ? container.newConsole(engine.proc.host) : undefined;
  const stdio = makeStdio(engine.proc, { stdin, console });
  const started = yield* runc(
    shim,
    {
      argv: container.command,
      env: containerEnv(container),
      cwd: container.config.workingDir || '/',
      makeCwd: true,
      console,
      spawn: {
        fds: stdio.fds,
        netns: sandbox.net,
        mounts: containerMounts(engine.proc.host, files, {
          net: sandbox.net,
          privileged: container.hostConfig.privileged,
        }),
        uts: { hostname: container.config.hostname || sandboxHostname(engine, container) },
        pidns: new PidNamespace(engine.proc.host.kernel.nextInode()),
        capabilities: containerCapabilities(container.hostConfig),
      },
    },
    (proc, path) => void makePath(proc, path),
  );
  closeChildEnds(stdio);
  if (!started.proc) {
    shim.kill('KILL');
    closeEngineEnds(stdio);
    const text = `${SHIM_FAILED}unable to start container process: ${started.error}: unknown`;
    state.exitCode = /not found|no such file/.test(text) ? 127 : 126;
    state.error = text;
    return invalidParameter(text);
  }
  began(engine, container, { shim, init: started.proc, stdio });
  return ok(undefined);
}

function began(
  engine: Engine,
  container: Container,
  run: { readonly shim: Proc; readonly init: Proc; readonly stdio: Stdio },
): void {
  const { state } = container;
  container.shim = run.shim;
  container.init = run.init;
  container.stdin = run.stdio.stdin;
  container.console = run.stdio.console;
  state.status = 'running';
  state.pid = run.init.pid;
  state.exitCode = 0;
  state.error = '';
  state.startedUs = engine.nowUs;
  const { streams } = container;
  const log = (line: Parameters<typeof appendLog>[1]): void => appendLog(container, line);
  copyOutput(engine, run.stdio, { streams, log });
  const gateway = container.sandbox?.gatewayEndpoint();
  if (container.sandbox?.own && !container.hostConfig.networkMode.startsWith('container:')) {
    fillPorts(container, gateway);
  }
  container.changed.wake();
}

/** The name of the machine whose network a container shares. */
function sandboxHostname(engine: Engine, container: Container): string {
  const mode = container.hostConfig.networkMode;
  const other = mode.startsWith('container:') ? engine.container(mode.slice(10)) : undefined;
  return other?.ok ? other.value.config.hostname : engine.proc.uts.hostname;
}

function makePath(proc: Proc, path: string): void {
  const parts = path.split('/').filter((part) => part !== '');
  for (let i = 1; i <= parts.length; i++) mkdir(proc, `/${parts.slice(0, i).join('/')}`, 0o755);
}

type ExecDone = (code: number) => void;
const execs = new WeakMap<Proc, ExecDone>();

/** Who wants to know when an exec'd process ends. */
export const onExecExit = (proc: Proc, done: ExecDone): void => void execs.set(proc, done);

const execExited = (proc: Proc, code: number): void => execs.get(proc)?.(code);
