import { describe, expect, test } from 'vitest';
import { utf8Encode } from '../../base/bytes';
import type { Program } from '../../linux/inode';
import { write } from '../../linux/process-io';
import { accept, block, openTcp } from '../../linux/socket/socket';
import { tcpBind, tcpListen, tcpRecv } from '../../linux/socket/tcp';
import { Machine } from '../../test/machine';
import { curl } from './curl';
import { formatUrl, parseUrl, resolveUrl } from './url';

/** A server that sends what its arguments say, whatever it is asked. */
const canned = (...answers: readonly string[]): Program =>
  function* (proc) {
    const { sock } = openTcp(proc, 4);
    tcpBind(sock, { addr: 0, port: 80 });
    tcpListen(sock, 8);
    for (const answer of answers) {
      const got = yield* accept(proc, sock);
      if (!got.ok) return 1;
      const tp = got.value.sock;
      yield* block(proc, tp.sk.readable, () => tcpRecv(tp, 65_536));
      yield* write(proc, got.value.fd, utf8Encode(answer));
      proc.close(got.value.fd);
    }
    return 0;
  };

function ask(args: string, ...answers: readonly string[]) {
  const m = new Machine();
  m.cable(['c', 'eth0', '10.0.0.1/24'], ['s', 'eth0', '10.0.0.2/24']);
  m.start('s', canned(...answers), 'server');
  m.run(0.1);
  return m.exec('c', curl, args);
}

const OK_HEAD = 'HTTP/1.1 200 OK\r\n';

describe('answers', () => {
  test.each([
    ['a length', `${OK_HEAD}Content-Length: 2\r\n\r\nhi`, 'hi', '', 0],
    ['until the end', `${OK_HEAD}\r\nhi`, 'hi', '', 0],
    [
      'chunks',
      `${OK_HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n`,
      'hi!',
      '',
      0,
    ],
    [
      'too short',
      `${OK_HEAD}Content-Length: 9\r\n\r\nhi`,
      'hi',
      'curl: (18) transfer closed with 7 bytes remaining to read\n',
      18,
    ],
    ['nothing', '', '', 'curl: (52) Empty reply from server\n', 52],
    ['no HTTP', 'SSH-2.0-x\r\n\r\n', '', 'curl: (8) Received HTTP/0.9 when not allowed\n', 8],
  ])('%s', (_name, answer, stdout, stderr, code) => {
    const ran = ask('curl -sS http://10.0.0.2/', answer);
    expect([ran.stdout, ran.stderr, ran.code]).toEqual([stdout, stderr, code]);
  });

  test('-f, -L, -w', () => {
    const gone = 'HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno\n';
    const failed = ask('curl -sSf http://10.0.0.2/', gone);
    expect([failed.stdout, failed.stderr, failed.code]).toEqual([
      '',
      'curl: (22) The requested URL returned error: 404\n',
      22,
    ]);
    const moved = 'HTTP/1.1 301 Moved\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n';
    const followed = ask(
      "curl -sL -w '%{http_code} %{num_redirects} %{url_effective}\\n' http://10.0.0.2/",
      moved,
      `${OK_HEAD}Content-Length: 3\r\n\r\nhi\n`,
    );
    expect(followed.stdout).toBe('hi\n200 1 http://10.0.0.2/there\n');
  });
});

describe('the command line', () => {
  test.each([
    ['curl', "curl: try 'curl --help' or 'curl --manual' for more information\n", 2],
    [
      'curl --nosuch http://x/',
      "curl: option --nosuch: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
      2,
    ],
    ['curl -sS foo://x/', 'curl: (1) Protocol "foo" not supported or disabled in libcurl\n', 1],
    ['curl -sS https://10.0.0.2/', 'hopwise: curl: TLS is not simulated\n', 2],
  ])('%s', (args, stderr, code) => {
    const ran = ask(args);
    expect([ran.stderr, ran.code]).toEqual([stderr, code]);
  });

  test('what is sent', () => {
    const ran = ask(
      "curl -sv -u me:secret -d a=1 -d b=2 -H 'X-Y: z' -H 'Accept:' 'http://10.0.0.2/p?q=1'",
      `${OK_HEAD}Content-Length: 0\r\n\r\n`,
    );
    expect(ran.stderr).toContain(
      '> POST /p?q=1 HTTP/1.1\r\n> Host: 10.0.0.2\r\n> Authorization: Basic bWU6c2VjcmV0\r\n' +
        '> User-Agent: curl/7.88.1\r\n> Content-Length: 7\r\n' +
        '> Content-Type: application/x-www-form-urlencoded\r\n> X-Y: z\r\n> \r\n',
    );
  });
});

describe('URLs', () => {
  test.each([
    ['10.0.0.2', 'http://10.0.0.2/'],
    ['10.0.0.2:8080/a/../b?c', 'http://10.0.0.2:8080/b?c'],
    ['http://[fd00::1]:80', 'http://[fd00::1]/'],
    ['http://u:p@h/x', 'http://h/x'],
    ['h?x=1', 'http://h/?x=1'],
  ])('%s', (text, shown) => {
    const url = parseUrl(text);
    expect(url && formatUrl(url)).toBe(shown);
  });

  test.each([
    ['/b', 'http://h/b'],
    ['c', 'http://h/a/c'],
    ['?q', 'http://h/a/b?q'],
    ['http://i/', 'http://i/'],
  ])('Location %s', (location, shown) => {
    const base = parseUrl('http://h/a/b');
    const url = base && resolveUrl(base, location);
    expect(url && formatUrl(url)).toBe(shown);
  });
});
