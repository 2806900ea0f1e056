import { concat, NO_BYTES, utf8Decode } from '../base/bytes';
import { findInPath, spawnProgram } from '../linux/exec';
import { mkdir } from '../linux/files';
import { installFilesystem, placeText } from '../linux/filesystem';
import type { Host } from '../linux/host';
import type { Netns } from '../linux/netns';
import { type FileOps, OpenFile } from '../linux/open-file';
import { exitCode } from '../linux/process';
import { World } from '../linux/world';
import { allPrograms } from './all-programs';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** What a recorder waits between two commands. */
const SETTLE_US = 60_000;
const LIMIT_US = 60_000_000;

/**
 * One command of a transcript and everything it printed, its status in the end when it is not 0.
 */
export interface Entry {
  readonly command: string;
  readonly answer: string;
}

/**
 * Splits a golden transcript: `lab$ COMMAND` lines, each with its answer. Lines before the first
 * are its head.
 */
export function parseTranscript(text: string): readonly Entry[] {
  const entries: { command: string; answer: string }[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    const command = /^lab\$ (.*)\n$/.exec(line)?.[1];
    const last = entries.at(-1);
    if (command !== undefined) entries.push({ command, answer: '' });
    else if (last) last.answer += line;
  }
  return entries;
}

/**
 * A machine at whose prompt simple commands are typed: words and quotes, no shell syntax. IPv6 is
 * off.
 */
export class Session {
  readonly #world = new World({ seed: 'session' });
  readonly #host: Host;
  readonly #quiet = new Set<Netns>();

  constructor() {
    this.#host = this.#world.addHost('lab');
    installFilesystem(this.#host, allPrograms);
    mkdir(this.#host.init, '/run/netns');
    this.#ipv6Off();
  }

  /** Standard output, then standard error, then `[status]`. */
  type(command: string): string {
    const argv = (command.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) =>
      word.replace(/^(['"])(.*)\1$/, '$2'),
    );
    const found = findInPath(this.#host.init, argv[0] ?? '', PATH);
    if (typeof found === 'string') return `${argv[0]}: command not found\n[127]\n`;
    const [out, error] = [collector(), collector()];
    const proc = spawnProgram(this.#host.init, {
      path: found.path,
      argv,
      env: new Map([['PATH', PATH]]),
      fds: new Map([
        [0, nothing()],
        [1, out.file],
        [2, error.file],
      ]),
      pgid: 'own',
    });
    if (typeof proc === 'string') throw new Error(`${command}: ${proc}`);
    this.#world.runWhile(() => proc.alive, this.#world.nowUs + LIMIT_US);
    if (!proc.status) throw new Error(`${command} did not end`);
    this.#ipv6Off();
    this.#world.runUntil(this.#world.nowUs + SETTLE_US);
    const code = exitCode(proc.status);
    return `${out.text()}${error.text()}${code === 0 ? '' : `[${code}]\n`}`;
  }

  /** Puts a file there. */
  file(path: string, text: string): void {
    placeText(this.#host, path, text);
  }

  #ipv6Off(): void {
    for (const net of this.#host.netnses) {
      if (this.#quiet.has(net)) continue;
      this.#quiet.add(net);
      for (const which of ['all', 'default']) {
        net.sysctl.get(`net/ipv6/conf/${which}/disable_ipv6`)?.write('1');
      }
    }
  }
}

function collector(): { readonly file: OpenFile; readonly text: () => string } {
  const parts: Uint8Array[] = [];
  const ops: FileOps = {
    kind: 'pipe',
    read: () => 'EBADF',
    write: (_file, bytes) => parts.push(bytes.slice()) && bytes.length,
    poll: () => ({ in: false, out: true }),
  };
  const file = new OpenFile(ops, { read: false, write: true }, 'out').get();
  return { file, text: () => utf8Decode(concat(parts)) };
}

function nothing(): OpenFile {
  const ops: FileOps = {
    kind: 'pipe',
    read: () => NO_BYTES,
    write: () => 'EBADF',
    poll: () => ({ in: true, out: false }),
  };
  return new OpenFile(ops, { read: true, write: false }, 'in').get();
}
