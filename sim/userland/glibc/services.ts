/** Data table: names of Debian 12's /etc/services (netbase) that the tools here meet. */
const ENTRIES: readonly (readonly [name: string, port: number, protocols: string])[] = [
  ['echo', 7, 'tcp udp'],
  ['discard', 9, 'tcp udp'],
  ['daytime', 13, 'tcp udp'],
  ['chargen', 19, 'tcp udp'],
  ['ftp-data', 20, 'tcp'],
  ['ftp', 21, 'tcp'],
  ['ssh', 22, 'tcp'],
  ['telnet', 23, 'tcp'],
  ['smtp', 25, 'tcp'],
  ['time', 37, 'tcp udp'],
  ['whois', 43, 'tcp'],
  ['tacacs', 49, 'tcp udp'],
  ['domain', 53, 'tcp udp'],
  ['bootps', 67, 'udp'],
  ['bootpc', 68, 'udp'],
  ['tftp', 69, 'udp'],
  ['gopher', 70, 'tcp'],
  ['finger', 79, 'tcp'],
  ['http', 80, 'tcp'],
  ['kerberos', 88, 'tcp udp'],
  ['pop3', 110, 'tcp'],
  ['sunrpc', 111, 'tcp udp'],
  ['auth', 113, 'tcp'],
  ['nntp', 119, 'tcp'],
  ['ntp', 123, 'udp'],
  ['imap2', 143, 'tcp'],
  ['snmp', 161, 'tcp udp'],
  ['snmp-trap', 162, 'tcp udp'],
  ['bgp', 179, 'tcp'],
  ['ldap', 389, 'tcp udp'],
  ['https', 443, 'tcp udp'],
  ['microsoft-ds', 445, 'tcp udp'],
  ['isakmp', 500, 'udp'],
  ['syslog', 514, 'udp'],
  ['printer', 515, 'tcp'],
  ['submission', 587, 'tcp'],
  ['ldaps', 636, 'tcp udp'],
  ['domain-s', 853, 'tcp udp'],
  ['rsync', 873, 'tcp'],
  ['imaps', 993, 'tcp'],
  ['pop3s', 995, 'tcp'],
  ['socks', 1080, 'tcp'],
  ['openvpn', 1194, 'tcp udp'],
  ['ms-sql-s', 1433, 'tcp'],
  ['radius', 1812, 'tcp udp'],
  ['nfs', 2049, 'tcp udp'],
  ['mysql', 3306, 'tcp'],
  ['ms-wbt-server', 3389, 'tcp'],
  ['sip', 5060, 'tcp udp'],
  ['xmpp-client', 5222, 'tcp'],
  ['mdns', 5353, 'udp'],
  ['postgresql', 5432, 'tcp'],
  ['amqp', 5672, 'tcp'],
  ['x11', 6000, 'tcp'],
  ['x11-1', 6001, 'tcp'],
  ['x11-2', 6002, 'tcp'],
  ['redis', 6379, 'tcp'],
  ['http-alt', 8080, 'tcp udp'],
  ['bacula-dir', 9101, 'tcp'],
  ['bacula-fd', 9102, 'tcp'],
  ['bacula-sd', 9103, 'tcp'],
  ['zabbix-agent', 10050, 'tcp'],
  ['zabbix-trapper', 10051, 'tcp'],
];

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['www', 'http'],
  ['mail', 'smtp'],
  ['imap', 'imap2'],
]);

/** getservbyport(3). */
export const serviceName = (port: number, protocol: 'tcp' | 'udp'): string | undefined =>
  ENTRIES.find((e) => e[1] === port && e[2].split(' ').includes(protocol))?.[0];

/** getservbyname(3). */
export function servicePort(name: string, protocol: 'tcp' | 'udp'): number | undefined {
  const wanted = ALIASES.get(name) ?? name;
  return ENTRIES.find((e) => e[0] === wanted && e[2].split(' ').includes(protocol))?.[1];
}
