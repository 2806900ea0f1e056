import type { Proc } from '../../linux/process';
import type { Opened } from '../../linux/socket/socket-file';
import { tcpShutdown } from '../../linux/socket/tcp';
import type { TcpSock } from '../../linux/socket/tcp-sock';
import type { Blocking } from '../../linux/wait-queue';
import type { NcOptions } from './options';
import { readWrite } from './read-write';

/** A connection from its beginning to its end; -z only wants to know that it came about. */
export function* talkTcp(proc: Proc, options: NcOptions, opened: Opened<TcpSock>): Blocking<void> {
  if (!options.scan) {
    const shutdownWrite = () => void tcpShutdown(opened.sock, 'WR');
    yield* readWrite(proc, { fd: opened.fd, file: opened.file, shutdownWrite }, options);
  }
  proc.close(opened.fd);
}
