import type { NetDevice } from '../../linux/device/net-device';
import type { Ipv4, Ipv6, Mac } from '../../wire/frame';
import type { Network } from './network';
import type { PublishedPort } from './port-mapper';
import type { Sandbox } from './sandbox';

/** libnetwork's endpoint: one container on one network. */
export interface Endpoint {
  readonly id: string;
  /** The container's name when it was made. */
  name: string;
  readonly network: Network;
  readonly mac: Mac;
  readonly ipv4: Ipv4 | undefined;
  readonly ipv6: Ipv6 | undefined;
  aliases: readonly string[];
  /** A sandbox of the engine's own: `ingress-sbox`, `lb-NAME`. */
  readonly owner?: string | undefined;
  sandbox: Sandbox | undefined;
  /** The end of the veth pair in the host's namespace. */
  hostDevice: NetDevice | undefined;
  /** Ports that this endpoint has programmed. */
  published: PublishedPort[];
}
