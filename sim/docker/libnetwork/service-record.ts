import type { Ip } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import type { Endpoint } from './endpoint';
import type { Network } from './network';
import { endpointOrder, type Sandbox } from './sandbox';

/** A name that some network knows: svcRecords of libnetwork. */
export interface ServiceRecord {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly ipv4: Ip | undefined;
  readonly ipv6: Ip | undefined;
}

/** Names of a network that live on other machines; only overlays have them. */
export type RemoteRecords = (network: Network) => readonly ServiceRecord[];

const recordOf = (endpoint: Endpoint): ServiceRecord => endpoint;

function recordsOf(network: Network, remote: RemoteRecords): readonly ServiceRecord[] {
  const own = [...network.endpoints.values()].filter((one) => one.sandbox !== undefined);
  return [...own.map(recordOf), ...remote(network)];
}

/** getSvcRecords(): every name of a network but those of one endpoint's own container. */
export function recordedNames(
  network: Network,
  remote: RemoteRecords,
  except: string,
): ReadonlySet<string> {
  const names = recordsOf(network, remote).flatMap((one) => [one.name, ...one.aliases]);
  return new Set(names.filter((name) => name !== except));
}

/** Networks whose names a sandbox sees, in the order that they are asked. */
const networksOf = (sandbox: Sandbox): readonly Network[] =>
  [...sandbox.endpoints]
    .sort(endpointOrder)
    .map((one) => one.network)
    .filter((network) => network.name !== 'bridge');

export interface Resolved {
  readonly addresses: readonly Ip[];
  /** The name exists, though not in this family. */
  readonly otherFamily: boolean;
}

/** ResolveName(), sandbox.go: `name`, or `name.network`. */
export function resolveName(
  sandbox: Sandbox,
  name: string,
  family: 4 | 6,
  remote: RemoteRecords,
): Resolved {
  const dot = name.lastIndexOf('.');
  const tries: readonly (readonly [name: string, network: string])[] =
    dot < 0
      ? [[name, '']]
      : [
          [name, ''],
          [name.slice(0, dot), name.slice(dot + 1)],
        ];
  let otherFamily = false;
  for (const [wanted, networkName] of tries) {
    for (const network of networksOf(sandbox)) {
      if (networkName !== '' && network.name !== networkName) continue;
      const found = recordsOf(network, remote).filter(
        (one) => sameName(one.name, wanted) || one.aliases.some((alias) => sameName(alias, wanted)),
      );
      const addresses = found.flatMap((one) => (family === 4 ? one.ipv4 : one.ipv6) ?? []);
      if (addresses.length > 0) return { addresses, otherFamily: false };
      otherFamily ||= found.length > 0;
    }
  }
  return { addresses: [], otherFamily };
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** ResolveIP(): the name behind an address, with its network. */
export function resolveAddress(
  sandbox: Sandbox,
  address: string,
  remote: RemoteRecords,
): string | undefined {
  for (const network of networksOf(sandbox)) {
    for (const one of recordsOf(network, remote)) {
      const own = [one.ipv4, one.ipv6].some((ip) => ip !== undefined && formatIp(ip) === address);
      if (own) return `${one.name}.${network.name}`;
    }
  }
  return undefined;
}
