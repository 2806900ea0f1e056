import { describe, expect, test } from 'vitest';
import { utf8Decode, utf8Encode } from '../../base/bytes';
import { Machine } from '../../test/machine';
import { unlink } from '../files';
import type { Proc } from '../process';
import { read, write } from '../process-io';
import type { Blocking } from '../wait-queue';
import { openUnix, unixAccept, unixBind, unixConnect, unixListen, unixSockets } from './unix';

const PATH = '/tmp/echo.sock';

/** Answers every connection with what it said, upper case. */
function* server(proc: Proc, clients: number): Blocking<void> {
  const listener = openUnix(proc);
  unixBind(proc, listener.sock, PATH);
  unixListen(listener.sock, 5);
  for (let i = 0; i < clients; i++) {
    const got = yield* unixAccept(proc, listener.sock);
    if (!got.ok) return;
    const said = yield* read(proc, got.value.fd);
    if (typeof said === 'string') return;
    yield* write(proc, got.value.fd, utf8Encode(utf8Decode(said).toUpperCase()));
    proc.close(got.value.fd);
  }
}

/** Runs bodies as processes of one machine, the first in a network namespace of its own; what they noted. */
function run(...bodies: readonly ((proc: Proc, note: (text: string) => void) => Blocking<void>)[]) {
  const m = new Machine();
  const notes: string[] = [];
  bodies.forEach((body, i) => {
    m.host.spawn(m.host.init, {
      argv: ['test'],
      netns: i === 0 ? m.netns('other') : m.host.netns,
      main: function* (proc) {
        yield* body(proc, (text) => notes.push(text));
        return 0;
      },
    });
  });
  m.run(1);
  return { m, notes };
}

describe('AF_UNIX streams', () => {
  test('carry bytes both ways and end, across network namespaces', () => {
    const { m, notes } = run(
      (proc) => server(proc, 1),
      function* (proc, note) {
        const client = openUnix(proc);
        const connected = yield* unixConnect(proc, client.sock, PATH);
        note(connected.ok ? 'connected' : connected.error);
        yield* write(proc, client.fd, utf8Encode('hello'));
        for (let i = 0; i < 2; i++) {
          const got = yield* read(proc, client.fd);
          note(typeof got === 'string' ? got : utf8Decode(got));
        }
        yield* write(proc, client.fd, utf8Encode('more'));
        note('not reached: SIGPIPE');
      },
    );
    expect(notes).toEqual(['connected', 'HELLO', '']);
    expect(unixSockets(m.host.netns)).toEqual([]);
  });

  test.each([
    ['/tmp/nobody.sock', 'ENOENT'],
    ['/etc/hosts', 'ECONNREFUSED'],
    [`/tmp/${'x'.repeat(120)}`, 'EINVAL'],
    ['/etc/hosts/deeper', 'ENOTDIR'],
  ])('connect to %s gives %s', (path, errno) => {
    const { notes } = run(function* (proc, note) {
      const got = yield* unixConnect(proc, openUnix(proc).sock, path);
      note(got.ok ? 'connected' : got.error);
    });
    expect(notes).toEqual([errno]);
  });

  test('the file outlives its socket: refused, and the address in use until it is removed', () => {
    const { notes } = run(function* (proc, note) {
      const bind = (): void => {
        const { fd, sock } = openUnix(proc);
        const got = unixBind(proc, sock, PATH);
        note(got.ok ? 'bound' : got.error);
        proc.close(fd);
      };
      bind();
      const got = yield* unixConnect(proc, openUnix(proc).sock, PATH);
      note(got.ok ? 'connected' : got.error);
      bind();
      unlink(proc, PATH);
      bind();
    });
    expect(notes).toEqual(['bound', 'ECONNREFUSED', 'EADDRINUSE', 'bound']);
  });

  test('a listener that closes resets who was not yet accepted', () => {
    const { notes } = run(function* (proc, note) {
      const listener = openUnix(proc);
      unixBind(proc, listener.sock, PATH);
      unixListen(listener.sock, 0);
      const first = openUnix(proc);
      yield* unixConnect(proc, first.sock, PATH);
      const late = yield* unixConnect(proc, openUnix(proc).sock, PATH, 1000);
      note(late.ok ? 'connected' : late.error);
      proc.close(listener.fd);
      const got = yield* read(proc, first.fd);
      note(typeof got === 'string' ? got : 'data');
    });
    expect(notes).toEqual(['EAGAIN', 'ECONNRESET']);
  });
});
