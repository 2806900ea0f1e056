import { describe, expect, test } from 'vitest';
import { installFilesystem } from '../linux/filesystem';
import { World } from '../linux/world';
import { debianPrograms } from '../userland/debian';
import { programs as iptables } from '../userland/iptables/programs';
import { TerminalSession } from '../userland/terminal/session';
import { withoutEscapes } from '../userland/terminal/width';
import { dockerPrograms } from './programs';
import { startDockerd } from './world/install';

/** A terminal on a machine with an engine; `type` gives what came on the screen, without control sequences. */
function terminal(): (keys: string, seconds?: number) => string {
  const world = new World({ seed: 'docker-terminal' });
  const host = world.addHost('node01');
  installFilesystem(host, [...debianPrograms, ...iptables, ...dockerPrograms]);
  startDockerd(host, { name: 'docker', netns: host.netns, hostname: 'node01' });
  const session = new TerminalSession(host, 0);
  const type = (keys: string, seconds = 1.5): string => {
    for (const input of session.key(keys)) session.apply(input);
    world.runUntil(world.nowUs + seconds * 1_000_000);
    for (const input of session.keysAhead()) session.apply(input);
    world.runUntil(world.nowUs + 1000);
    return withoutEscapes(session.takeOutput()).replace(/\r/g, '');
  };
  type('', 3);
  return type;
}

/** What follows the echoed line. */
const answer = (screen: string): string => screen.slice(screen.indexOf('\n') + 1);

const PROMPT = 'root@node01:~# ';

describe('a container at a terminal', () => {
  test('docker run -it gives a shell of its own, with its terminal, signals and status', () => {
    const type = terminal();
    expect(answer(type('docker run -it --name x1 --hostname box net sh\r'))).toBe('# ');
    expect(answer(type('hostname\r'))).toBe('box\n# ');
    expect(answer(type('tty\r'))).toBe('/dev/pts/0\n# ');
    expect(answer(type('sleep 9\r'))).toBe('');
    expect(type('\x03')).toBe('^C\n# ');
    expect(answer(type('echo $?\r'))).toBe('130\n# ');
    expect(answer(type('exit 5\r'))).toBe(PROMPT);
    expect(answer(type('echo $?\r'))).toBe(`5\n${PROMPT}`);
    expect(answer(type('docker logs x1\r')).split('\n').slice(0, 2)).toEqual(['# hostname', 'box']);
  });

  test('docker exec -it ends with ^D, and ^C reaches what runs in the container', () => {
    const type = terminal();
    type('docker run -d --name c1 net\r');
    expect(answer(type('docker exec -it c1 sh\r'))).toBe('# ');
    expect(answer(type('nosuch\r'))).toBe('sh: nosuch: not found\n# ');
    expect(type('\x04')).toBe(`\n${PROMPT}`);
    expect(answer(type('docker exec -it c1 cat\r'))).toBe('');
    expect(answer(type('abc\r'))).toBe('abc\n');
    expect(type('\x03')).toBe(`^C${PROMPT}`);
    expect(answer(type('echo $?\r'))).toBe(`130\n${PROMPT}`);
  });

  test('Ctrl-P Ctrl-Q leaves a container to itself, docker attach comes back', () => {
    const type = terminal();
    type('docker run -it --name x2 net sh\r');
    type('\x10');
    expect(type('\x11')).toMatch(/root@node01:~# $/);
    expect(answer(type("docker ps --format '{{.Names}} {{.State}}'\r"))).toBe(
      `x2 running\n${PROMPT}`,
    );
    expect(answer(type('docker attach x2\r'))).toBe('');
    expect(type('\r')).toMatch(/\n# $/);
    expect(answer(type('echo two\r'))).toBe('two\n# ');
    expect(answer(type('exit\r'))).toBe(PROMPT);
  });

  test('a first process without a handler is safe from ^C', () => {
    const type = terminal();
    type('docker run -it --name x4 net\r');
    expect(type('\x03')).toBe('^C');
    type('\x10');
    expect(type('\x11')).toContain(PROMPT);
  });
});
