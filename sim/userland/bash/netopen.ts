import { err } from '../../base/result';
import type { Errno } from '../../linux/errno';
import { strerror } from '../../linux/errno';
import type { OpenFile } from '../../linux/open-file';
import { printError } from '../../linux/process-io';
import { connect, openTcp, openUdp } from '../../linux/socket/socket';
import type { Blocking } from '../../linux/wait-queue';
import { familyOf } from '../../wire/ip';
import { gaiStrerror, getaddrinfo } from '../glibc/getaddrinfo';
import { servicePort } from '../glibc/services';
import type { Shell } from './shell';

/** `/dev/tcp/HOST/PORT` and `/dev/udp/HOST/PORT` of redirections. */
export const isNetworkPath = (path: string): boolean =>
  /^\/dev\/(tcp|udp)\/[^/]+\/[^/]+$/.test(path);

/** netopen() of lib/sh/netopen.c: a connected socket. */
export function* netOpen(sh: Shell, path: string): Blocking<OpenFile | Errno> {
  const [, , kind = '', host = '', service = ''] = path.split('/');
  const protocol = kind === 'udp' ? 'udp' : 'tcp';
  const port = /^\d+$/.test(service) ? Number(service) : servicePort(service, protocol);
  if (port === undefined || port > 65_535) {
    yield* sh.error(`${service}: Servname not supported for ai_socktype`);
    return 'EINVAL';
  }
  const found = yield* getaddrinfo(sh.proc, host);
  if (typeof found === 'string') {
    yield* sh.error(`${host}: ${gaiStrerror(found)}`);
    return 'EINVAL';
  }
  let error: Errno = 'EINVAL';
  for (const addr of found.addresses) {
    const to = { addr, port };
    const opened = protocol === 'tcp' ? openTcp(sh.proc, familyOf(addr)) : undefined;
    const datagram = opened ? undefined : openUdp(sh.proc, familyOf(addr));
    const socket = opened ?? datagram;
    if (!socket) continue;
    const file = socket.file.get();
    sh.proc.close(socket.fd);
    const done = opened
      ? yield* connect(sh.proc, opened.sock, to)
      : (datagram?.sock.connect(to) ?? err('EINVAL'));
    if (done.ok) return file;
    file.put();
    error = done.error;
  }
  const name = sh.prefix.replace(/(?:line )?\d+: $/, '');
  yield* printError(sh.proc, `${name}connect: ${strerror(error)}\n`);
  return error;
}
