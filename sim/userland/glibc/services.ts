import { serviceByName } from '../../wire/services';

/** getservbyname(3) for one protocol. */
export function servicePort(name: string, protocol: 'tcp' | 'udp'): number | undefined {
  const found = serviceByName(name);
  return found?.protocols.includes(protocol) ? found.port : undefined;
}
