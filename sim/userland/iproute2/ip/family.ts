import type { AddressFamily } from '../inet-prefix';

/** read_family(), lib/utils.c; undefined is AF_UNSPEC. */
export function readFamily(name: string): AddressFamily | undefined {
  switch (name) {
    case 'inet':
      return 4;
    case 'inet6':
      return 6;
    case 'link':
    case 'bridge':
    case 'mpls':
      return name;
    default:
      return undefined;
  }
}
