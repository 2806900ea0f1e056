import { readTextAt } from '../../linux/files';
import type { Proc } from '../../linux/process';
import type { Ip } from '../../wire/frame';
import { parseIp } from '../../wire/ip';

/** A line of /etc/hosts, hosts(5). */
export interface HostsEntry {
  readonly addr: Ip;
  readonly names: readonly string[];
}

const MAX_LINES = 10_000;

export function parseHosts(text: string): readonly HostsEntry[] {
  const entries: HostsEntry[] = [];
  for (const line of text.split('\n', MAX_LINES)) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const addr = parseIp(address);
    if (addr !== undefined && names.length > 0) entries.push({ addr, names });
  }
  return entries;
}

export function readHosts(proc: Proc): readonly HostsEntry[] {
  const file = readTextAt(proc, '/etc/hosts');
  return typeof file === 'string' ? [] : parseHosts(file.text);
}

/** _nss_files_gethostbyname2_r(). */
export const hostsByName = (proc: Proc, name: string): readonly HostsEntry[] => {
  const wanted = name.toLowerCase();
  return readHosts(proc).filter((e) => e.names.some((n) => n.toLowerCase() === wanted));
};

/** _nss_files_gethostbyaddr_r(). */
export const hostsByAddr = (proc: Proc, addr: Ip): HostsEntry | undefined =>
  readHosts(proc).find((e) => e.addr === addr);
