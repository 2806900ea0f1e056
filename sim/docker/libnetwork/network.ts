import type { Ip } from '../../wire/frame';
import type { Cidr } from '../../wire/ip';
import type { Endpoint } from './endpoint';
import type { AddressPool } from './ipam';

/** One entry of IPAM.Config, as the client gave it or the engine chose it. */
export interface IpamConfig {
  readonly subnet: string;
  readonly ipRange: string;
  readonly gateway: string;
  readonly auxAddresses: ReadonlyMap<string, string> | undefined;
}

/** A pool of a network with its gateway. */
export interface NetworkPool {
  readonly pool: AddressPool;
  readonly gateway: Ip;
}

export type DriverName = 'bridge' | 'host' | 'null' | 'overlay';

/** libnetwork's network. */
export interface Network {
  readonly id: string;
  readonly name: string;
  readonly driver: DriverName;
  readonly scope: 'local' | 'swarm';
  readonly createdUs: number;
  readonly ipv6: boolean;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  readonly ipamOptions: 'null' | 'empty';
  readonly ipam: readonly IpamConfig[];
  /** The engine chose the subnet, not a person. */
  readonly ownSubnet: boolean;
  readonly options: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
  /** docker0, br-…, docker_gwbridge. */
  readonly bridge: string;
  readonly v4: NetworkPool | undefined;
  readonly v6: NetworkPool | undefined;
  readonly endpoints: Map<string, Endpoint>;
}

/** Networks that every engine has and that nobody may create or remove: runconfig.IsPreDefinedNetwork(). */
export const isPredefined = (name: string): boolean =>
  name === 'bridge' || name === 'host' || name === 'none' || name === 'default';

/** NetworkMode.IsUserDefined(). */
export const isUserDefined = (mode: string): boolean =>
  !isPredefined(mode) && mode !== '' && !mode.startsWith('container:');

export const OPTION_BRIDGE_NAME = 'com.docker.network.bridge.name';
export const OPTION_ICC = 'com.docker.network.bridge.enable_icc';
export const OPTION_MASQUERADE = 'com.docker.network.bridge.enable_ip_masquerade';
export const OPTION_HOST_BINDING = 'com.docker.network.bridge.host_binding_ipv4';
export const OPTION_MTU = 'com.docker.network.driver.mtu';

/** A boolean driver option, true unless it says otherwise. */
export const optionOn = (network: Network, option: string): boolean =>
  !['false', '0', 'f', 'F', 'FALSE', 'False'].includes(network.options.get(option) ?? 'true');

export const networkMtu = (network: Network): number => {
  const mtu = Number(network.options.get(OPTION_MTU) ?? 1500);
  return Number.isInteger(mtu) && mtu > 0 ? mtu : 1500;
};

export const subnetOf = (network: Network): Cidr | undefined => network.v4?.pool.subnet;
