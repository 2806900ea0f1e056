import type { Blocking } from '../../linux/wait-queue';
import {
  DHCPACK,
  DHCPDECLINE,
  DHCPDISCOVER,
  DHCPINFORM,
  DHCPNAK,
  DHCPOFFER,
  DHCPRELEASE,
  DHCPREQUEST,
  type DhcpMessage,
  dhcpMessageType,
  dhcpOption,
  dhcpOptionText,
  dhcpOptionWords,
  OPTION_CLIENT_ID,
  OPTION_HOST_NAME,
  OPTION_REQUESTED_IP,
  OPTION_SERVER_ID,
} from '../../wire/dhcp';
import type { Ipv4 } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import { formatMac } from '../../wire/mac';
import type { DhcpConfig, DhcpHost, DhcpRange } from './dhcp-config';
import { buildNak, buildReply, hasTags, leaseTimeFor, type Subnet } from './dhcp-reply';
import type { Lease, Leases } from './lease';
import type { Log } from './log';

/** A range that fits the interface a message came by: struct dhcp_context on its `current` list. */
export interface Context extends Subnet {
  readonly range: DhcpRange;
}

/** One message, and where it came from. */
export interface Arrival {
  readonly message: DhcpMessage;
  readonly device: string;
  readonly contexts: readonly Context[];
  /** Sent to the server alone. */
  readonly unicast: boolean;
}

export interface DhcpEnvironment {
  readonly config: DhcpConfig;
  readonly leases: Leases;
  readonly log: Log;
  readonly dnsPort: number;
  random16(): number;
  /** do_icmp_ping(): whether nobody has the address yet. */
  isFree(address: Ipv4): Blocking<boolean>;
}

interface Client extends Arrival {
  readonly lease: Lease | undefined;
  readonly host: DhcpHost | undefined;
  readonly clientId: string | undefined;
  readonly hostName: string | undefined;
  readonly tags: readonly string[];
}

/** dhcp_reply(), rfc2131.c of dnsmasq. */
export class Dhcp {
  /** addr_epoch of each range: moves on where an address was refused. */
  readonly #epochs = new Map<DhcpRange, number>();

  constructor(readonly env: DhcpEnvironment) {}

  *reply(arrival: Arrival): Blocking<DhcpMessage | undefined> {
    const { message, contexts, device } = arrival;
    const type = dhcpMessageType(message);
    if (message.op !== 1 || type === undefined) return undefined;
    const { config, log } = this.env;
    if (contexts.length === 0) {
      log.dhcp(`no address range available for DHCP request via ${device}`);
      return undefined;
    }
    const client = this.#clientOf(arrival);
    if (config.logOptions) this.#logClient(client);
    if (type === DHCPDISCOVER) return yield* this.#discover(client);
    if (type === DHCPREQUEST) return this.#request(client);
    if (type === DHCPRELEASE) this.#release(client);
    else if (type === DHCPDECLINE) this.#decline(client);
    else if (type === DHCPINFORM) return this.#inform(client);
    return undefined;
  }

  #clientOf(arrival: Arrival): Client {
    const { message } = arrival;
    const { config, leases } = this.env;
    const data = dhcpOption(message, OPTION_CLIENT_ID);
    const clientId = data && Array.from(data, (one) => one.toString(16).padStart(2, '0')).join('');
    const host =
      config.hosts.find((one) => clientId !== undefined && one.clientId === clientId) ??
      config.hosts.find((one) => one.macs.includes(message.chaddr));
    const given = dhcpOptionText(message, OPTION_HOST_NAME)?.replace(/\0+$/, '');
    const legal = given !== undefined && /^[\w-]+(\.[\w-]+)*$/.test(given);
    const hostName = host?.name ?? (legal ? given.replace(/\..*$/, '') : undefined);
    const tags = [...(host?.sets ?? []), ...(host ? ['known'] : []), arrival.device];
    const lease = leases.byClient(message.chaddr, clientId);
    return { ...arrival, lease, host, clientId, hostName, tags };
  }

  #logClient({ contexts, message }: Client): void {
    const { log } = this.env;
    for (const { range } of contexts) {
      const what = range.isStatic ? 'available DHCP subnet' : 'available DHCP range';
      const end = range.isStatic
        ? `/${formatIp(contexts[0]?.netmask ?? 0)}`
        : ` -- ${formatIp(range.end)}`;
      log.dhcp(`${message.xid} ${what}: ${formatIp(range.start)}${end}`);
    }
    const name = dhcpOptionText(message, OPTION_HOST_NAME);
    if (name !== undefined) log.dhcp(`${message.xid} client provides name: ${name}`);
  }

  *#discover(client: Client): Blocking<DhcpMessage | undefined> {
    const [asked] = dhcpOptionWords(client.message, OPTION_REQUESTED_IP);
    if (client.host?.ignore) {
      this.#logPacket('DHCPDISCOVER', undefined, client, 'ignored');
      return undefined;
    }
    const yiaddr = yield* this.#choose(client, asked);
    this.#logPacket(
      'DHCPDISCOVER',
      asked,
      client,
      yiaddr === undefined ? 'no address available' : '',
    );
    const context = yiaddr === undefined ? undefined : narrow(client, yiaddr);
    if (yiaddr === undefined || !context) return undefined;
    const tags = this.#tagsOf(client, context);
    this.#logPacket('DHCPOFFER', yiaddr, client);
    return this.#answer({ ...client, tags }, DHCPOFFER, yiaddr, context);
  }

  /** The configured address, the one it has, the one it asks for, or a new one. */
  *#choose(client: Client, asked: Ipv4 | undefined): Blocking<Ipv4 | undefined> {
    const { lease } = client;
    const configured = this.#configuredAddress(client);
    if (configured !== undefined) return configured;
    if (lease && available(client, lease.address) && !this.#isReserved(lease.address)) {
      return lease.address;
    }
    if (asked !== undefined && available(client, asked) && this.#isUnused(asked)) {
      if (yield* this.env.isFree(asked)) return asked;
    }
    return yield* this.#allocate(client);
  }

  #configuredAddress({ host, lease, contexts }: Client): Ipv4 | undefined {
    const { leases, log } = this.env;
    if (host?.address === undefined) return undefined;
    const what = `not using configured address ${formatIp(host.address)} because`;
    const other = leases.byAddress(host.address);
    if (other && other !== lease && !host.macs.includes(other.mac)) {
      log.dhcp(`${what} it is leased to ${formatMac(other.mac)}`);
      return undefined;
    }
    if (!contexts.some((one) => one.local === host.address)) return host.address;
    log.dhcp(`${what} it is in use by the server or relay`);
    return undefined;
  }

  #isReserved(address: Ipv4): boolean {
    return this.env.config.hosts.some((one) => one.address === address);
  }

  #isUnused(address: Ipv4): boolean {
    return !this.env.leases.byAddress(address) && !this.#isReserved(address);
  }

  /** address_allocate(), dhcp.c: begins where the client's own address points to. */
  *#allocate(client: Client): Blocking<Ipv4 | undefined> {
    const seed = sdbm(client.message.chaddr);
    for (const { range } of client.contexts) {
      if (range.isStatic || !hasTags(range.needs, client.tags)) continue;
      const size = range.end - range.start + 1;
      const first = this.env.config.sequential
        ? this.#highest(range)
        : range.start + ((seed + (this.#epochs.get(range) ?? 0)) % size);
      for (let i = 0; i < size; i++) {
        const address = range.start + ((first - range.start + i) % size);
        const own = client.contexts.some((one) => one.local === address);
        if (own || !this.#isUnused(address) || isOddEnd(address)) continue;
        if (yield* this.env.isFree(address)) return address;
        this.#epochs.set(range, (this.#epochs.get(range) ?? 0) + 1);
      }
    }
    return undefined;
  }

  /** lease_find_max_addr(). */
  #highest({ start, end }: DhcpRange): Ipv4 {
    const inRange = this.env.leases.all
      .map((one) => one.address)
      .filter((one) => one >= start && one <= end);
    return Math.max(start, ...inRange);
  }

  #request(client: Client): DhcpMessage | undefined {
    if (client.host?.ignore) return undefined;
    const { message } = client;
    const [asked] = dhcpOptionWords(message, OPTION_REQUESTED_IP);
    const [server] = dhcpOptionWords(message, OPTION_SERVER_ID);
    const wanted = asked ?? message.ciaddr;
    const { verdict, why, selecting } = this.#mayAsk(client, asked, server);
    if (verdict === 'silent') return undefined;
    let { lease } = client;
    if (selecting && lease && lease.address !== wanted) {
      this.env.leases.remove(lease);
      lease = undefined;
    }
    this.#logPacket('DHCPREQUEST', wanted, client);
    const context = narrow(client, wanted);
    const refused = why ?? this.#refusal({ ...client, lease }, wanted, selecting);
    if (refused !== undefined || !context) {
      const text = refused ?? 'wrong network';
      this.#logPacket('DHCPNAK', wanted, client, text);
      return buildNak(message, DHCPNAK, client.contexts[0]?.local ?? 0, text);
    }
    return this.#grant({ ...client, lease }, context, wanted, asked === undefined);
  }

  /** SELECTING, INIT-REBOOT, RENEWING or REBINDING: RFC 2131 §4.3.2. */
  #mayAsk(client: Client, asked: Ipv4 | undefined, server: Ipv4 | undefined) {
    const { authoritative } = this.env.config;
    const { lease, message, contexts, unicast } = client;
    const answer = (why?: string) => ({ verdict: 'go' as const, why, selecting: false });
    const silent = { verdict: 'silent' as const, why: undefined, selecting: false };
    if (asked !== undefined && server !== undefined) {
      const mine = contexts.some((one) => one.local === server);
      if (!mine && !authoritative) return silent;
      return { ...answer(mine ? undefined : 'wrong server-ID'), selecting: true };
    }
    if (asked !== undefined) {
      if (!lease && !authoritative) return silent;
      return answer(lease && lease.address !== asked ? 'wrong address' : undefined);
    }
    const known = lease ? lease.address === message.ciaddr : authoritative;
    if (known) return answer();
    return unicast ? answer('lease not found') : silent;
  }

  #refusal(client: Client, wanted: Ipv4, selecting: boolean): string | undefined {
    const { leases, config } = this.env;
    const { host, lease } = client;
    if (!narrow(client, wanted)) return 'wrong network';
    if (!available(client, wanted) && host?.address !== wanted) return 'address not available';
    const own = host?.address;
    if (!selecting && own !== undefined && own !== wanted) {
      const holder = leases.byAddress(own);
      if (!holder || holder === lease) return 'static lease available';
    }
    const reserved = config.hosts.find((one) => one.address === wanted);
    if (reserved && reserved !== host) return 'address reserved';
    const other = lease ? undefined : leases.byAddress(wanted);
    if (other && !host?.macs.includes(other.mac)) return 'address in use';
    return !lease && leases.all.length >= config.maxLeases ? 'no leases left' : undefined;
  }

  #grant(client: Client, context: Context, wanted: Ipv4, renewing: boolean): DhcpMessage {
    const { leases } = this.env;
    const { message, clientId, hostName } = client;
    const lease = client.lease ?? leases.byAddress(wanted) ?? leases.add(wanted);
    const tags = this.#tagsOf(client, context);
    lease.mac = message.chaddr;
    lease.clientId = clientId;
    if (hostName !== undefined) leases.setName(lease, hostName);
    leases.setExpires(lease, this.#leaseSeconds(client, context));
    leases.write();
    this.#logPacket('DHCPACK', wanted, client, hostName ?? '');
    const fuzz = renewing ? this.env.random16() : 0;
    return this.#answer({ ...client, tags }, DHCPACK, wanted, context, fuzz);
  }

  #leaseSeconds({ message, host }: Client, { range }: Context): number {
    return leaseTimeFor(message, host?.leaseSeconds ?? range.leaseSeconds);
  }

  #answer(client: Client, type: number, yiaddr: Ipv4, context: Context, fuzz = 0): DhcpMessage {
    const reply = {
      request: client.message,
      type,
      subnet: context,
      serverId: context.local,
      leaseSeconds: this.#leaseSeconds(client, context),
      hostName: client.hostName,
      tags: client.tags,
      fuzz,
      dnsPort: this.env.dnsPort,
    };
    return { ...buildReply(this.env.config, reply, this.env.log), yiaddr };
  }

  #release(client: Client): void {
    const { message, lease } = client;
    const context = narrow(client, message.ciaddr);
    if (context?.local !== dhcpOptionWords(message, OPTION_SERVER_ID)[0] || !context) return;
    const known = lease?.address === message.ciaddr;
    if (lease && known) this.env.leases.remove(lease);
    this.#logPacket('DHCPRELEASE', message.ciaddr, client, known ? '' : 'unknown lease');
  }

  #decline(client: Client): void {
    const { message, lease, contexts } = client;
    const [address] = dhcpOptionWords(message, OPTION_REQUESTED_IP);
    const [server] = dhcpOptionWords(message, OPTION_SERVER_ID);
    if (address === undefined || !contexts.some((one) => one.local === server)) return;
    this.#logPacket('DHCPDECLINE', address, client);
    if (lease?.address === address) this.env.leases.remove(lease);
    for (const { range } of contexts) {
      this.#epochs.set(range, (this.#epochs.get(range) ?? 0) + 1);
    }
  }

  #inform(client: Client): DhcpMessage | undefined {
    const { message, contexts, host } = client;
    this.#logPacket('DHCPINFORM', message.ciaddr, client, host?.ignore ? 'ignored' : '');
    if (host?.ignore || message.ciaddr === 0) return undefined;
    const context = narrow(client, message.ciaddr);
    const tags = this.#tagsOf(client, context);
    const hostName = client.hostName ?? this.env.leases.byAddress(message.ciaddr)?.name;
    this.#logPacket('DHCPACK', message.ciaddr, client, hostName ?? '');
    const serverId = context?.local ?? contexts[0]?.local ?? 0;
    const { config, dnsPort, log } = this.env;
    const about = { request: message, type: DHCPACK, subnet: context, serverId, hostName, tags };
    return buildReply(config, { ...about, leaseSeconds: undefined, fuzz: 0, dnsPort }, log);
  }

  #tagsOf({ tags, message }: Client, context: Context | undefined): readonly string[] {
    const sets = context?.range.sets;
    const all = sets === undefined ? tags : [sets, ...tags];
    if (this.env.config.logOptions) this.env.log.dhcp(`${message.xid} tags: ${all.join(', ')}`);
    return all;
  }

  /** log_packet(). */
  #logPacket(type: string, address: Ipv4 | undefined, client: Client, text = ''): void {
    const { config, log } = this.env;
    if (config.quiet && !config.logOptions) return;
    const { message, device } = client;
    const where = address === undefined ? '' : `${formatIp(address)} `;
    const xid = config.logOptions ? `${message.xid} ` : '';
    log.dhcp(`${xid}${type}(${device}) ${where}${formatMac(message.chaddr)} ${text}`);
  }
}

/** address_available(): in a range that is given out, and not the server's own. */
const available = ({ contexts, tags }: Client, address: Ipv4): boolean =>
  !contexts.some((one) => one.local === address) &&
  contexts.some(
    ({ range }) =>
      !range.isStatic &&
      address >= range.start &&
      address <= range.end &&
      hasTags(range.needs, tags),
  );

/** narrow_context(): the range an address is from, or one of its network. */
function narrow({ contexts }: Client, address: Ipv4): Context | undefined {
  const within = contexts.find(
    ({ range }) => !range.isStatic && address >= range.start && address <= range.end,
  );
  const same = (one: Context): boolean => ((address ^ one.range.start) & one.netmask) === 0;
  return within ?? contexts.find((one) => same(one) && one.range.isStatic) ?? contexts.find(same);
}

/** Windows takes .0 and .255 of a class C address for what they look like. */
const isOddEnd = (address: Ipv4): boolean =>
  address >>> 29 === 6 && ((address & 0xff) === 0 || (address & 0xff) === 0xff);

/** The SDBM hash of a hardware address; 0 is kept for something else. */
function sdbm(mac: number): number {
  let hash = 0;
  for (let i = 5; i >= 0; i--) {
    const byte = Math.floor(mac / 256 ** i) & 0xff;
    hash = (byte + (hash << 6) + (hash << 16) - hash) >>> 0;
  }
  return hash === 0 ? 1 : hash;
}
