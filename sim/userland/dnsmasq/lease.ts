import type { Errno } from '../../linux/errno';
import { readTextAt, writeFileAt } from '../../linux/files';
import type { Proc } from '../../linux/process';
import type { Ipv4, Mac } from '../../wire/frame';
import { formatIp, parseIpv4 } from '../../wire/ip';
import { formatMac, parseMac } from '../../wire/mac';
import { INFINITE } from './dhcp-config';

/** struct dhcp_lease. */
export interface Lease {
  readonly address: Ipv4;
  mac: Mac;
  /** Hex digits; undefined where the client names none. */
  clientId: string | undefined;
  name: string | undefined;
  /** Seconds since the epoch; 0 = never. */
  expires: number;
}

/** lease.c: who has which address, kept in a file. */
export class Leases {
  #leases: readonly Lease[] = [];

  constructor(
    readonly proc: Proc,
    readonly path: string,
  ) {}

  get all(): readonly Lease[] {
    return this.#leases;
  }

  get nowSeconds(): number {
    return Math.floor(this.proc.host.clockUs / 1_000_000);
  }

  /** lease_init(): the file is made where it is not yet. */
  read(): Errno | undefined {
    const text = readTextAt(this.proc, this.path);
    if (typeof text === 'string') {
      return text === 'ENOENT' ? writeFileAt(this.proc, this.path, '', 0o644) : text;
    }
    for (const line of text.text.split('\n')) {
      const [expires = '', mac = '', address = '', name = '*', clientId = '*'] = line.split(' ');
      const parsed = { mac: parseMac(mac), address: parseIpv4(address) };
      if (parsed.mac === undefined || parsed.address === undefined) continue;
      const lease = {
        address: parsed.address,
        mac: parsed.mac,
        clientId: clientId === '*' ? undefined : clientId.replaceAll(':', ''),
        name: name === '*' ? undefined : name,
        expires: Number(expires) || 0,
      };
      this.#leases = [...this.#leases, lease];
    }
    return undefined;
  }

  byAddress(address: Ipv4): Lease | undefined {
    return this.#leases.find((one) => one.address === address);
  }

  /** lease_find_by_client(): by its identifier, else by its address where one side has no identifier. */
  byClient(mac: Mac, clientId: string | undefined): Lease | undefined {
    const named = clientId !== undefined && this.#leases.find((one) => one.clientId === clientId);
    if (named) return named;
    return this.#leases.find(
      (one) => one.mac === mac && (one.clientId === undefined || clientId === undefined),
    );
  }

  /** lease4_allocate(). */
  add(address: Ipv4): Lease {
    const lease: Lease = { address, mac: 0, clientId: undefined, name: undefined, expires: 1 };
    this.#leases = [lease, ...this.#leases];
    return lease;
  }

  /** lease_prune() of one. */
  remove(lease: Lease): void {
    this.#leases = this.#leases.filter((one) => one !== lease);
    this.write();
  }

  setExpires(lease: Lease, seconds: number): void {
    lease.expires = seconds === INFINITE ? 0 : this.nowSeconds + seconds;
  }

  /** A name belongs to the lease that had it last. */
  setName(lease: Lease, name: string): void {
    for (const other of this.#leases) {
      if (other !== lease && other.name === name) other.name = undefined;
    }
    lease.name = name;
  }

  /** lease_prune() of those whose time is over. */
  prune(): void {
    const now = this.nowSeconds;
    const left = this.#leases.filter((one) => one.expires === 0 || one.expires > now);
    if (left.length === this.#leases.length) return;
    this.#leases = left;
    this.write();
  }

  /** When the next one ends, in µs from now. */
  get nextEndUs(): number | undefined {
    const ends = this.#leases.map((one) => one.expires).filter((one) => one !== 0);
    if (ends.length === 0) return undefined;
    return Math.max(0, Math.min(...ends) * 1_000_000 - this.proc.host.clockUs);
  }

  /** lease_update_file(). */
  write(): void {
    const lines = this.#leases.map((one) => {
      const id = one.clientId?.replace(/..(?=.)/g, '$&:') ?? '*';
      const words = [one.expires, formatMac(one.mac), formatIp(one.address), one.name ?? '*', id];
      return `${words.join(' ')}\n`;
    });
    writeFileAt(this.proc, this.path, lines.join(''), 0o644);
  }
}
