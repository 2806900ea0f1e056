import { err, ok, type Result } from '../../base/result';
import type { Errno } from '../../linux/errno';
import type { Proc } from '../../linux/process';
import type { RawSock } from '../../linux/socket/raw';
import { isAny } from '../../linux/socket/sock';
import { openUdp } from '../../linux/socket/socket';
import type { Ip } from '../../wire/frame';
import { isLinkLocal6, isMulticast } from '../../wire/ip';
import type { PingOptions } from './ping-options';

/** A host that is to be pinged, as the command line named it. */
export interface Target {
  readonly addr: Ip;
  readonly scopeId: number | undefined;
  readonly hostname: string;
}

/** What the setup found out, or the message it ends with. */
export interface Prepared {
  readonly dst: Ip;
  readonly source: Ip;
  /** Said on standard error before the first line. */
  readonly warnings: readonly string[];
}

export interface PingFailure {
  readonly message: string;
  readonly errno?: Errno | undefined;
}

/** The port that the probing connect() uses. */
const PROBE_PORT = 1025;

/** ping4_run(), ping6_run(): source address, device and socket options. */
export function preparePing(
  proc: Proc,
  raw: RawSock,
  target: Target,
  options: PingOptions,
): Result<Prepared, PingFailure> {
  const family = typeof target.addr === 'number' ? 4 : 6;
  const device = options.device === undefined ? undefined : proc.netns.deviceByName(options.device);
  if (options.device !== undefined && !device) {
    return err({ message: `SO_BINDTODEVICE ${options.device}`, errno: 'ENODEV' });
  }
  if (device) raw.sk.boundIfindex = device.ifindex;
  const given = options.sourceAddr;
  if (given !== undefined && (typeof given === 'number' ? 4 : 6) !== family) {
    return err({ message: 'bind', errno: 'EINVAL' });
  }
  const found = given === undefined ? probeSource(proc, raw, target, options) : ok(chosen(given));
  if (!found.ok) return found;
  const { source, warnings } = found.value;
  const refused = ttlRefused(target.addr, options.ttl);
  if (refused) return err(refused);
  applyOptions(raw, target.addr, options);
  if (given !== undefined) {
    const bound = raw.bind({ addr: given, port: 0 });
    if (!bound.ok) return err({ message: 'bind', errno: bound.error });
  }
  return ok({ dst: isAny(target.addr) ? source : target.addr, source, warnings });
}

interface Source {
  readonly source: Ip;
  readonly warnings: readonly string[];
}

const chosen = (source: Ip): Source => ({ source, warnings: [] });

/** A connected UDP socket knows which source address the kernel would take. */
function probeSource(
  proc: Proc,
  raw: RawSock,
  target: Target,
  options: PingOptions,
): Result<Source, PingFailure> {
  const { addr } = target;
  const family = typeof addr === 'number' ? 4 : 6;
  // ping6 leaves sin6_family unset for link-local destinations: its connect() then only dissolves
  // an association.
  if (typeof addr === 'bigint' && isLinkLocal6(addr)) return ok(chosen(0n));
  const { fd, sock } = openUdp(proc, family);
  sock.sk.boundIfindex = raw.sk.boundIfindex;
  const to = { addr, port: PROBE_PORT, scopeId: target.scopeId };
  const warnings: string[] = [];
  let connected = sock.connect(to);
  if (family === 4 && !connected.ok && connected.error === 'EACCES') {
    if (!options.broadcast) {
      proc.close(fd);
      const hint = 'Then -b. If not, check your local firewall rules';
      return err({ message: `Do you want to ping broadcast? ${hint}` });
    }
    warnings.push('WARNING: pinging broadcast address\n');
    sock.sk.broadcast = true;
    connected = sock.connect(to);
  }
  const source = sock.sk.local ?? 0;
  proc.close(fd);
  if (!connected.ok) return err({ message: 'connect', errno: connected.error });
  if (options.device !== undefined && !holds(proc, options.device, source)) {
    const warning = 'Warning: source address might be selected on device other than';
    warnings.push(`${proc.argv[0] ?? 'ping'}: ${warning}: ${options.device}\n`);
  }
  return ok({ source, warnings });
}

/** getifaddrs(3): whether the device has the address. */
function holds(proc: Proc, name: string, addr: Ip): boolean {
  const dev = proc.netns.deviceByName(name);
  if (!dev) return false;
  return typeof addr === 'number'
    ? dev.inDev.addresses.some((a) => a.local === addr)
    : dev.in6Dev.addresses.some((a) => a.address === addr);
}

/** setsockopt(IP_TTL) of do_ip_setsockopt(): 1 to 255. */
function ttlRefused(dst: Ip, ttl: number | undefined): PingFailure | undefined {
  if (typeof dst !== 'number' || ttl !== 0) return undefined;
  return { message: 'cannot set unicast time-to-live', errno: 'EINVAL' };
}

function applyOptions(raw: RawSock, dst: Ip, options: PingOptions): void {
  const { sk } = raw;
  const group = options.broadcast || isMulticast(dst);
  if (options.pmtudisc ?? group) sk.pmtuDiscover = options.pmtudisc ?? 'do';
  sk.recvErr = true;
  raw.icmpFilter = typeof dst === 'number' ? passes4 : passes6;
  sk.tos = options.tos;
  sk.mark = options.mark;
  sk.broadcast = options.broadcast;
  sk.multicastLoop = !options.noLoop;
  if (options.ttl !== undefined) {
    sk.ttl = options.ttl;
    sk.multicastTtl = options.ttl;
  }
}

/** ICMP_FILTER and ICMP6_FILTER as ping sets them: replies and errors. */
const passes4 = (type: number): boolean => [0, 3, 4, 5, 11, 12].includes(type);
const passes6 = (type: number): boolean => [1, 2, 3, 4, 129].includes(type);
