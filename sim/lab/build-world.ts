import { err, ok, type Result } from '../base/result';
import { installDocker, startDockerd } from '../docker/world/install';
import { newNic, plugCable } from '../linux/device/cable';
import type { NetDevice } from '../linux/device/net-device';
import { installFilesystem, placeText } from '../linux/filesystem';
import type { Limits } from '../linux/limits';
import { changeLink, newLink } from '../linux/rtnetlink/link';
import { World } from '../linux/world';
import { parseMac } from '../wire/mac';
import { advance, type Driven } from './drive';
import { runProgram } from './place';
import { machinePrograms } from './programs';
import type { HostSpec, WorldSpec } from './world-schema';

/** How long a fresh room is left alone, so that links are up and addresses are no longer tentative. */
const SETTLE_US = 3_000_000;

export interface BuiltWorld {
  readonly world: World;
  /** Names of the hosts that are switches of the room. */
  readonly switches: ReadonlySet<string>;
  /** Hosts with a prompt, in order. */
  readonly open: readonly string[];
}

/** A world as its description says; an error names the part that is wrong. */
export function* buildWorld(
  spec: WorldSpec,
  seed: string,
  limits?: Partial<Limits>,
): Driven<Result<BuiltWorld, string>> {
  const world = new World({ seed, limits });
  for (const hostSpec of spec.hosts) addHost(world, spec, hostSpec);
  for (const room of spec.switches) addSwitch(world, room.name, room.ports.length);
  const wired = wire(world, spec);
  if (!wired.ok) return wired;
  for (const hostSpec of spec.hosts) {
    const configured = yield* configure(world, hostSpec);
    if (!configured.ok) return configured;
  }
  yield* advance(world, world.nowUs + SETTLE_US);
  return ok({
    world,
    switches: new Set(spec.switches.map((one) => one.name)),
    open: spec.hosts.filter((one) => !one.closed).map((one) => one.name),
  });
}

function addHost(world: World, spec: WorldSpec, hostSpec: HostSpec): void {
  const host = world.addHost(hostSpec.name);
  installFilesystem(host, machinePrograms);
  if (hostSpec.docker) installDocker(host);
  const hosts = spec.hosts.flatMap((one) =>
    one.interfaces
      .flatMap((port) => port.addresses.slice(0, 1))
      .slice(0, 1)
      .map((cidr) => `${cidr.split('/')[0]}\t${one.name}\n`),
  );
  placeText(host, '/etc/hosts', `127.0.0.1\tlocalhost\n${hosts.join('')}`);
  for (const port of hostSpec.interfaces) {
    newNic(host.netns, { name: port.name, mac: port.mac ? parseMac(port.mac) : undefined });
  }
  if (spec.ipv6) return;
  for (const scope of ['all', 'default']) {
    host.netns.sysctl.get(`net/ipv6/conf/${scope}/disable_ipv6`)?.write('1');
  }
}

/** A switch is a machine without a prompt whose ports are all in one bridge. */
function addSwitch(world: World, name: string, ports: number): void {
  const host = world.addHost(name);
  const { netns } = host;
  netns.sysctl.get('net/ipv6/conf/all/disable_ipv6')?.write('1');
  netns.sysctl.get('net/ipv6/conf/default/disable_ipv6')?.write('1');
  const bridge = newLink(netns, { name: 'switch' }, { kind: 'bridge', options: {} });
  if (!bridge.ok) return;
  changeLink(netns, bridge.value, { up: true });
  for (let i = 1; i <= ports; i++) {
    const port = newNic(netns, { name: `port${i}` });
    changeLink(netns, port, { master: bridge.value.ifindex, up: true });
  }
}

function wire(world: World, spec: WorldSpec): Result<undefined, string> {
  const taken = new Set<string>();
  const plug = (a: string, b: string, delayUs?: number): Result<undefined, string> => {
    const left = deviceAt(world, a);
    const right = deviceAt(world, b);
    if (!left) return err(`no interface ${a}`);
    if (!right) return err(`no interface ${b}`);
    for (const port of [a, b]) {
      if (taken.has(port)) return err(`${port} has two cables`);
      taken.add(port);
    }
    plugCable(left, right, delayUs);
    return ok(undefined);
  };
  for (const cable of spec.cables) {
    const done = plug(cable.between[0], cable.between[1], cable.delayUs);
    if (!done.ok) return done;
  }
  for (const room of spec.switches) {
    for (const [i, port] of room.ports.entries()) {
      const done = plug(port, `${room.name}:port${i + 1}`);
      if (!done.ok) return done;
    }
  }
  return ok(undefined);
}

function deviceAt(world: World, port: string): NetDevice | undefined {
  const [hostName = '', device = ''] = port.split(':');
  return world.hosts.get(hostName)?.netns.deviceByName(device);
}

/** What an administrator would type on the new machine. */
function commandsOf(spec: HostSpec): readonly string[] {
  return [
    'ip link set lo up',
    ...Object.entries(spec.sysctl).map(([name, value]) => `sysctl -q -w ${name}=${value}`),
    ...spec.interfaces.flatMap((port) => [
      ...(port.mtu ? [`ip link set ${port.name} mtu ${port.mtu}`] : []),
      ...port.addresses.map((cidr) => `ip addr add ${cidr} dev ${port.name}`),
      ...(port.up ? [`ip link set ${port.name} up`] : []),
    ]),
    ...spec.routes.map((route) => `ip route add ${route}`),
  ];
}

function* configure(world: World, spec: HostSpec): Driven<Result<undefined, string>> {
  const host = world.hosts.get(spec.name);
  if (!host) return err(`no host ${spec.name}`);
  for (const command of commandsOf(spec)) {
    const argv = command.split(' ');
    const ran = yield* runProgram(world, { host, netns: host.netns }, argv);
    if (ran.code !== 0) return err(`${spec.name}: ${command}: ${ran.stderr.trim()}`);
  }
  if (spec.docker) startDockerd(host, { name: 'docker', netns: host.netns, hostname: host.name });
  return ok(undefined);
}
