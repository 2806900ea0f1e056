import { err, ok, type Result } from '../../base/result';
import { contains, parseCidr, parseIp } from '../../wire/ip';
import { createNetwork, type NetworkCreate } from '../libnetwork/create';
import type { IpamConfig } from '../libnetwork/network';
import { createSwarmNetwork } from '../swarm/networks';
import { daemonError } from './client';
import { type Command, exactly } from './command';
import { bool, type Flags, list, text } from './flags';

const pairs = (words: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    words.map((one) => {
      const at = one.indexOf('=');
      return at < 0 ? [one, ''] : [one.slice(0, at), one.slice(at + 1)];
    }),
  );

const fits = (subnet: string, address: string): boolean => {
  const prefix = parseCidr(subnet);
  const ip = parseIp(address.split('/')[0] ?? '');
  return (
    prefix !== undefined &&
    ip !== undefined &&
    typeof ip === typeof prefix.address &&
    contains(prefix, ip)
  );
};

/** consolidateIpam(), command/network/create.go: each range and gateway goes to the subnet that holds it. */
function ipamOf(flags: Flags): Result<readonly IpamConfig[], string> {
  const subnets = flags.list('subnet').flatMap((one) => one.split(','));
  const ranges = flags.list('ip-range').flatMap((one) => one.split(','));
  const gateways = flags.list('gateway').flatMap((one) => one.split(','));
  const auxiliary = pairs(flags.list('aux-address'));
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    return err('every ip-range or gateway must have a corresponding subnet');
  }
  const configs = subnets.map((subnet) => ({
    subnet,
    ipRange: '',
    gateway: '',
    aux: new Map<string, string>(),
  }));
  for (const range of ranges) {
    const found = configs.find((one) => fits(one.subnet, range));
    if (!found) return err(`no matching subnet for range ${range}`);
    if (found.ipRange !== '')
      return err(
        `cannot configure multiple ranges (${range}, ${found.ipRange}) on the same subnet (${found.subnet})`,
      );
    found.ipRange = range;
  }
  for (const gateway of gateways) {
    const found = configs.find((one) => fits(one.subnet, gateway));
    if (!found) return err(`no matching subnet for gateway ${gateway}`);
    if (found.gateway !== '')
      return err(
        `cannot configure multiple gateways (${gateway}, ${found.gateway}) for the same subnet (${found.subnet})`,
      );
    found.gateway = gateway;
  }
  for (const [name, address] of auxiliary) {
    const found = configs.find((one) => fits(one.subnet, address));
    if (!found) return err(`no matching subnet for aux-address ${address}`);
    found.aux.set(name, address);
  }
  return ok(
    configs.map(({ subnet, ipRange, gateway, aux }) => ({
      subnet,
      ipRange,
      gateway,
      auxAddresses: aux.size > 0 ? aux : undefined,
    })),
  );
}

function requestOf(flags: Flags): Result<NetworkCreate, string> {
  const ipam = ipamOf(flags);
  if (!ipam.ok) return ipam;
  return ok({
    name: flags.args[0] ?? '',
    driver: flags.value('driver', 'bridge'),
    ipv6: flags.on('ipv6'),
    internal: flags.on('internal'),
    attachable: flags.on('attachable'),
    ingress: flags.on('ingress'),
    ipam: ipam.value,
    options: pairs(flags.list('opt')),
    labels: pairs(flags.list('label')),
  });
}

export const networkCreateCommand: Command = {
  usage: 'network create [OPTIONS] NETWORK',
  short: 'Create a network',
  args: exactly(1),
  flags: [
    bool('attachable'),
    list('aux-address'),
    bool('config-only'),
    text('config-from'),
    text('driver', 'd'),
    list('gateway'),
    bool('ingress'),
    bool('internal'),
    list('ip-range'),
    text('ipam-driver'),
    list('ipam-opt'),
    bool('ipv6'),
    list('label'),
    list('opt', 'o'),
    text('scope'),
    list('subnet'),
  ],
  *run(client, flags) {
    for (const absent of ['config-only', 'config-from', 'ipam-driver', 'ipam-opt', 'scope']) {
      if (!flags.has(absent)) continue;
      yield* client.error(`hopwise: docker: network create --${absent} is not simulated\n`);
      return 2;
    }
    const request = requestOf(flags);
    if (!request.ok) {
      yield* client.error(`${request.error}\n`);
      return 1;
    }
    const { value } = request;
    const made = yield* client.call((engine) =>
      value.driver === 'overlay' ? createSwarmNetwork(engine, value) : createNetwork(engine, value),
    );
    if (!made) return 1;
    yield* made.ok
      ? client.out(`${made.value.id}\n`)
      : client.error(`${daemonError(made.error)}\n`);
    return made.ok ? 0 : 1;
  },
};
