import { concat, utf8Decode, utf8Encode } from '../../base/bytes';
import { strerror } from '../../linux/errno';
import { readTextAt, unlink } from '../../linux/files';
import { lookupPath } from '../../linux/path';
import type { Proc } from '../../linux/process';
import type { Opened } from '../../linux/socket/socket-file';
import { openUnix, type UnixSock, unixAccept, unixBind, unixListen } from '../../linux/socket/unix';
import type { WaitQueue } from '../../linux/wait-queue';
import { runCommand } from './cli';
import type { Daemon } from './daemon';
import { type Parsed, parseConfig, parseProblem } from './parse-config';

/** One birdc that is connected. */
export interface Client {
  readonly opened: Opened<UnixSock>;
  restricted: boolean;
  input: string;
}

const BACKLOG = 8;
const MAX_CLIENTS = 64;
const MAX_LINE = 4096;

/** cli_init_unix(), sysdep/unix/main.c: the control socket and who speaks over it. */
export class ControlSocket {
  readonly #clients = new Set<Client>();
  #listener: Opened<UnixSock> | undefined;

  constructor(
    readonly proc: Proc,
    readonly path: string,
    readonly configFile: string,
  ) {}

  /** The error in words; a file that was there is replaced. */
  listen(): string | undefined {
    unlink(this.proc, this.path);
    const opened = openUnix(this.proc);
    const bound = unixBind(this.proc, opened.sock, this.path);
    if (!bound.ok) return `Cannot create control socket ${this.path}: ${strerror(bound.error)}`;
    unixListen(opened.sock, BACKLOG);
    const inode = lookupPath(this.proc, this.path);
    if (typeof inode !== 'string') inode.mode = 0o660;
    this.#listener = opened;
    return undefined;
  }

  close(): void {
    unlink(this.proc, this.path);
  }

  queues(): readonly WaitQueue[] {
    const sockets = [...this.#clients].map((client) => client.opened.sock.readable);
    return this.#listener ? [this.#listener.sock.readable, ...sockets] : sockets;
  }

  /** True where something was to do. */
  poll(daemon: Daemon): boolean {
    let busy = false;
    while (this.#listener && this.#listener.sock.acceptQueue.length > 0) {
      const got = unixAccept(this.proc, this.#listener.sock).next();
      if (!got.done || !got.value.ok) break;
      const client: Client = { opened: got.value.value, restricted: false, input: '' };
      if (this.#clients.size < MAX_CLIENTS) {
        this.#clients.add(client);
        write(client, ['0001 BIRD 2.0.12 ready.']);
      } else this.proc.close(client.opened.fd);
      busy = true;
    }
    for (const client of [...this.#clients]) busy = this.#serve(daemon, client) || busy;
    return busy;
  }

  #serve(daemon: Daemon, client: Client): boolean {
    const { file, fd } = client.opened;
    const parts: Uint8Array[] = [];
    for (;;) {
      const got = file.ops.read(file, 4096);
      if (got === 'EAGAIN') break;
      if (typeof got === 'string' || got.length === 0) {
        this.#clients.delete(client);
        this.proc.close(fd);
        return true;
      }
      parts.push(got);
    }
    if (parts.length === 0) return false;
    const lines = (client.input + utf8Decode(concat(parts))).split('\n');
    client.input = (lines.pop() ?? '').slice(0, MAX_LINE);
    for (const line of lines) write(client, runCommand(daemon, client, line));
    return true;
  }

  read(path = this.configFile): Parsed | { readonly kind: 'unreadable'; readonly text: string } {
    const text = readTextAt(this.proc, path);
    if (typeof text === 'string') return { kind: 'unreadable', text: strerror(text) };
    return parseConfig(path, text.text, (name) => {
      const full = name.startsWith('/') ? name : `${path.replace(/[^/]*$/, '')}${name}`;
      const got = readTextAt(this.proc, full);
      return typeof got === 'string' ? { error: strerror(got) } : got;
    });
  }

  /** SIGHUP: async_config(). */
  reloadFile(daemon: Daemon): void {
    daemon.log('info', 'Reconfiguration requested by SIGHUP');
    const parsed = this.read();
    if (parsed.kind === 'config') daemon.reconfigure(parsed.config);
    else daemon.log('error', parseProblem(parsed, this.configFile));
  }
}

function write({ opened }: Client, lines: readonly string[]): void {
  if (lines.length === 0) return;
  opened.file.ops.write(opened.file, utf8Encode(`${lines.join('\n')}\n`));
}
