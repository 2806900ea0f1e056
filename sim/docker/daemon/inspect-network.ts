import { formatIp } from '../../wire/ip';
import { formatMac } from '../../wire/mac';
import type { Endpoint } from '../libnetwork/endpoint';
import type { IpamConfig, Network } from '../libnetwork/network';
import { peersOf } from '../swarm/records';
import { type GoStruct, type GoValue, goMap, NIL_MAP, NIL_SLICE, struct } from '../template/value';
import type { Container } from './container';
import type { Engine } from './engine';
import { rfc3339 } from './time';

const ipamConfig = (config: IpamConfig): GoStruct =>
  struct('network.IPAMConfig', {
    'Subnet?': config.subnet,
    'IPRange?': config.ipRange,
    'Gateway?': config.gateway,
    'AuxAddress:AuxiliaryAddresses?': config.auxAddresses ? goMap(config.auxAddresses) : NIL_MAP,
  });

/** The container that an endpoint belongs to. */
function ownerOf(engine: Engine, endpoint: Endpoint): Container | undefined {
  for (const one of engine.containers.values()) {
    if (
      one.sandbox &&
      one.sandbox === endpoint.sandbox &&
      !one.hostConfig.networkMode.startsWith('container:')
    ) {
      const settings = one.networks.get(endpoint.network.name);
      if (settings?.endpointId === endpoint.id) return one;
    }
  }
  return undefined;
}

const cidr = (ip: number | bigint | undefined, prefixLen: number | undefined): string =>
  ip === undefined ? '' : `${formatIp(ip)}/${prefixLen ?? 0}`;

function endpointResource(endpoint: Endpoint): GoStruct {
  const { network } = endpoint;
  return struct('types.EndpointResource', {
    Name: endpoint.name,
    EndpointID: endpoint.id,
    MacAddress: endpoint.ipv4 === undefined ? '' : formatMac(endpoint.mac),
    IPv4Address: cidr(endpoint.ipv4, network.v4?.pool.subnet.prefixLen),
    IPv6Address: cidr(endpoint.ipv6, network.v6?.pool.subnet.prefixLen),
  });
}

/** types.NetworkResource: what `docker network inspect` shows. */
export function inspectNetwork(engine: Engine, network: Network): GoStruct {
  const members = [...network.endpoints.values()].map((endpoint) => {
    const owner = ownerOf(engine, endpoint);
    const key = owner?.id ?? endpoint.owner ?? `ep-${endpoint.id}`;
    return [key, endpointResource(endpoint)] as const;
  });
  const peers: readonly GoValue[] = peersOf(engine, network).map(({ name, address }) =>
    struct('network.PeerInfo', { Name: name, IP: address }),
  );
  /** What only the swarm's store knows of is shown as the managers tell it. */
  const absent = network.driver === 'overlay' && !engine.swarm?.overlays.has(network.id);
  return struct('types.NetworkResource', {
    Name: network.name,
    'ID:Id': network.id,
    Created: rfc3339(network.createdUs),
    Scope: network.scope,
    Driver: network.driver,
    EnableIPv6: network.ipv6,
    IPAM: struct('network.IPAM', {
      Driver: 'default',
      Options: network.ipamOptions === 'null' ? NIL_MAP : goMap([]),
      Config:
        network.driver === 'host' || network.driver === 'null' ? [] : network.ipam.map(ipamConfig),
    }),
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: network.ingress,
    ConfigFrom: struct('network.ConfigReference', { Network: '' }),
    ConfigOnly: false,
    Containers: absent ? NIL_MAP : goMap(members),
    Options: goMap(network.options),
    Labels: absent && network.labels.size === 0 ? NIL_MAP : goMap(network.labels),
    'Peers?': peers.length > 0 ? peers : NIL_SLICE,
  });
}
