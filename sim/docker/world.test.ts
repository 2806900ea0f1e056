import { describe, expect, test } from 'vitest';
import { drive } from '../cli/drive';
import { buildWorld } from '../lab/build-world';
import type { Driven } from '../lab/drive';
import { runProgram } from '../lab/place';
import { worldSchema } from '../lab/world-schema';

const ROOM = worldSchema.parse({
  hosts: [
    {
      name: 'node01',
      docker: true,
      interfaces: [{ name: 'eth0', addresses: ['192.168.0.11/24'] }],
    },
    { name: 'node02', interfaces: [{ name: 'eth0', addresses: ['192.168.0.12/24'] }] },
  ],
  cables: [{ between: ['node01:eth0', 'node02:eth0'] }],
  ipv6: false,
});

/** Runs commands of a shell, `HOST: command`, and gives what each wrote to both outputs. */
function* session(commands: readonly string[]): Driven<readonly string[]> {
  const built = yield* buildWorld(ROOM, 'docker');
  if (!built.ok) throw new Error(built.error);
  const { world } = built.value;
  const said: string[] = [];
  for (const command of commands) {
    const [name = '', text = ''] = command.split(/: (.*)/s);
    const host = world.hosts.get(name);
    if (!host) throw new Error(`no host ${name}`);
    const place = { host, netns: host.netns };
    const ran = yield* runProgram(world, place, ['bash', '-c', text]);
    said.push(ran.stdout + ran.stderr);
  }
  return said;
}

describe('a machine with docker: true', () => {
  test('publishes a port to its neighbour', async () => {
    const said = await drive(
      session([
        'node01: docker run -d --name web --hostname web -p 8080:80 web | wc -c',
        'node02: curl -s -m 2 http://192.168.0.11:8080/',
        "node01: docker ps --format '{{.Names}} {{.Ports}}'",
      ]),
    );
    expect(said).toEqual([
      '65\n',
      'hello from web from 192.168.0.12\n',
      'web 0.0.0.0:8080->80/tcp\n',
    ]);
  });

  test('gives names to containers on a network of their own', async () => {
    const said = await drive(
      session([
        'node01: docker network create app | wc -c',
        'node01: docker run -d --name db --network app net | wc -c',
        'node01: docker run --rm --network app net dig +short db',
        'node01: docker exec db ip link set eth0 down; echo $?',
      ]),
    );
    expect(said).toEqual([
      '65\n',
      '65\n',
      '172.18.0.2\n',
      '2\nRTNETLINK answers: Operation not permitted\n',
    ]);
  });

  test('a machine without the daemon says so', async () => {
    const said = await drive(session(['node01: docker -H unix:///run/none.sock ps']));
    expect(said).toEqual([
      'Cannot connect to the Docker daemon at unix:///run/none.sock. Is the docker daemon running?\n',
    ]);
  });
});
