import { readTextAt } from '../../linux/files';
import type { Proc } from '../../linux/process';
import { daemonError } from './client';
import { atLeast, type Command, exactly } from './command';
import { bool } from './flags';

/** What the engine says when it looks for a registry: nothing outside of the course's machines is there. */
export function pullError(proc: Proc): string {
  const text = readTextAt(proc, '/etc/resolv.conf');
  const server = typeof text === 'string' ? undefined : /^nameserver\s+(\S+)/m.exec(text.text)?.[1];
  const tail =
    server === undefined
      ? 'lookup registry-1.docker.io on [::1]:53: dial udp [::1]:53: connect: cannot assign requested address'
      : `lookup registry-1.docker.io on ${server}:53: no such host`;
  return `Get "https://registry-1.docker.io/v2/": dial tcp: ${tail}`;
}

export const pullCommand: Command = {
  usage: 'pull [OPTIONS] NAME[:TAG|@DIGEST]',
  short: 'Pull an image or a repository from a registry',
  args: exactly(1),
  flags: [bool('all-tags', 'a'), bool('quiet', 'q')],
  *run(client, flags) {
    const [name = ''] = flags.args;
    if (!flags.on('quiet') && !/:[^/]*$/.test(name))
      yield* client.out('Using default tag: latest\n');
    const engine = yield* client.connect();
    if (!engine) return 1;
    yield* client.error(`${daemonError({ status: 500, message: pullError(engine.proc) })}\n`);
    return 1;
  },
};

export const pushCommand: Command = {
  usage: 'push [OPTIONS] NAME[:TAG]',
  short: 'Push an image or a repository to a registry',
  args: atLeast(1),
  flags: [],
  *run(client) {
    yield* client.error('hopwise: docker: push is not simulated\n');
    return 2;
  },
};
