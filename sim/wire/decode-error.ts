/**
 * Why bytes are not the packet that they should be. `at` is an offset into the bytes handed to the
 * decoder.
 */
export type DecodeError =
  | { readonly kind: 'truncated'; readonly protocol: Protocol }
  | { readonly kind: 'malformed'; readonly protocol: Protocol; readonly what: string }
  | {
      readonly kind: 'checksum';
      readonly protocol: Protocol;
      readonly found: number;
      readonly expected: number;
    };

export type Protocol =
  | 'ethernet'
  | 'arp'
  | 'ipv4'
  | 'ipv6'
  | 'icmp'
  | 'icmpv6'
  | 'udp'
  | 'tcp'
  | 'vxlan'
  | 'dns'
  | 'http'
  | 'pcap'
  | 'bgp'
  | 'dhcp'
  | 'tls'
  | 'stp';

export const truncated = (
  protocol: Protocol,
): { readonly ok: false; readonly error: DecodeError } => ({
  ok: false,
  error: { kind: 'truncated', protocol },
});

export const malformed = (
  protocol: Protocol,
  what: string,
): { readonly ok: false; readonly error: DecodeError } => ({
  ok: false,
  error: { kind: 'malformed', protocol, what },
});

export const badChecksum = (
  protocol: Protocol,
  found: number,
  expected: number,
): { readonly ok: false; readonly error: DecodeError } => ({
  ok: false,
  error: { kind: 'checksum', protocol, found, expected },
});
