import { err, OK, type Result } from '../../base/result';
import type { Errno } from '../errno';
import { addressType } from '../ip/output';
import { sysctlNumber, sysctlNumbers } from './inet';
import { type BindTable, DEFAULT_PORT_RANGE } from './port';
import { isAny, type Sock, type SockAddr, speaksTo, unmapped } from './sock';

/** inet_bind(), inet6_bind(): address and port; port 0 draws one. */
export function inetBind(sk: Sock, table: BindTable, to: SockAddr): Result<undefined, Errno> {
  const addr = unmapped(to.addr);
  if (sk.boundPort || sk.closed) return err('EINVAL');
  if (!isAny(to.addr) && !speaksTo(sk, addr)) return err('EAFNOSUPPORT');
  const checked = checkAddress(sk, { ...to, addr });
  if (!checked.ok) return checked;
  const local = isAny(addr) ? undefined : addr;
  const port = to.port === 0 ? findPort(sk, table, local) : to.port;
  if (port === undefined || table.conflict(sk, local, port)) return err('EADDRINUSE');
  sk.local = local;
  sk.boundAddr = local !== undefined;
  sk.boundPort = to.port !== 0;
  table.add(sk, port);
  return OK;
}

/** inet_bind's inet_addr_valid_or_nonlocal(). */
export function checkAddress(sk: Sock, to: SockAddr): Result<undefined, Errno> {
  if (isAny(to.addr) || sk.freebind) return OK;
  const nonlocal = typeof to.addr === 'number' ? 'net/ipv4' : 'net/ipv6';
  if (sysctlNumber(sk.net, `${nonlocal}/ip_nonlocal_bind`, 0) !== 0) return OK;
  const scope = sk.boundIfindex || to.scopeId || 0;
  const dev = scope === 0 ? undefined : sk.net.deviceByIndex(scope);
  const type = addressType(sk.net, to.addr, typeof to.addr === 'bigint' ? dev : undefined);
  if (type === 'local') return OK;
  if (type === 'unicast' || sk.type === 'stream') return err('EADDRNOTAVAIL');
  return OK;
}

/** The ephemeral ports of the namespace: net.ipv4.ip_local_port_range. */
export function portRange(sk: Sock): readonly [low: number, high: number] {
  const path = 'net/ipv4/ip_local_port_range';
  const [low, high] = sysctlNumbers(sk.net, path, DEFAULT_PORT_RANGE);
  return [low ?? DEFAULT_PORT_RANGE[0], high ?? DEFAULT_PORT_RANGE[1]];
}

function findPort(sk: Sock, table: BindTable, local: Sock['local']): number | undefined {
  const range = portRange(sk);
  const random = sk.net.kernel.random.stream('port');
  const start = random.below(range[1] - range[0] + 1) | 1;
  return table.findOpen(range, start, (port) => !table.conflict(sk, local, port));
}

/** inet_autobind(): a socket that sends before it was bound. */
export function autobind(sk: Sock, table: BindTable): Result<undefined, Errno> {
  if (sk.localPort !== 0) return OK;
  const port = findPort(sk, table, sk.local);
  if (port === undefined) return err('EAGAIN');
  table.add(sk, port);
  return OK;
}
