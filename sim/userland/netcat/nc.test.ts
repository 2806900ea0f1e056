import { describe, expect, test } from 'vitest';
import { Machine } from '../../test/machine';
import { curl } from '../curl/curl';
import { ss } from '../iproute2/ss/ss';
import { serve } from '../serve/serve';
import { nc } from './nc';

function pair(): Machine {
  const m = new Machine();
  m.cable(['c', 'eth0', '10.0.0.1/24'], ['s', 'eth0', '10.0.0.2/24']);
  m.up('c', 'lo');
  m.up('s', 'lo');
  return m;
}

const HEAD = 'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n';

describe('serve and curl', () => {
  test('an answer, and who lingers in TIME-WAIT', () => {
    const m = pair();
    m.start('s', serve, 'serve 80 hello');
    m.run(0.3);
    const ran = m.exec('c', curl, 'curl -sS -m 1 --local-port 5555 http://10.0.0.2/');
    expect([ran.stdout, ran.stderr, ran.code]).toEqual(['hello from 10.0.0.1\n', '', 0]);
    m.run(0.15);
    expect(m.exec('s', ss, 'ss -tan').stdout).toBe(
      `${HEAD}LISTEN 0      128          0.0.0.0:80        0.0.0.0:*          \n`,
    );
    expect(m.exec('c', ss, 'ss -tan').stdout).toBe(
      'State     Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n' +
        'TIME-WAIT 0      0           10.0.0.1:5555     10.0.0.2:80         \n',
    );
    m.run(61);
    expect(m.exec('c', ss, 'ss -H -tan').stdout).toBe('');
  });

  test('a closed port, no route, silence, a dead neighbour', () => {
    const m = pair();
    const error = (args: string) => {
      const ran = m.exec('c', curl, args);
      return [ran.stderr.replace(/after \d+ m/, 'after <t> m'), ran.code];
    };
    const refused =
      "curl: (7) Failed to connect to 10.0.0.2 port 80 after <t> ms: Couldn't connect to server\n";
    expect(error('curl -sS http://10.0.0.2/')).toEqual([refused, 7]);
    expect(error('curl -sS -m 1 http://192.168.1.1/')).toEqual([
      "curl: (7) Failed to connect to 192.168.1.1 port 80 after <t> ms: Couldn't connect to server\n",
      7,
    ]);
    expect(error('curl -sS -m 1 http://10.0.0.77/')).toEqual([
      'curl: (28) Connection timed out after <t> milliseconds\n',
      28,
    ]);
    const dead = m.exec('c', curl, 'curl -sS -m 6 http://10.0.0.78/');
    expect(dead.stderr).toMatch(
      /^curl: \(7\) Failed to connect to 10.0.0.78 port 80 after 30\d\d ms:/,
    );
    expect(error('curl -sS http://nosuch/')).toEqual([
      'curl: (6) Could not resolve host: nosuch\n',
      6,
    ]);
  });

  test('-w and -I and -v', () => {
    const m = pair();
    m.start('s', serve, 'serve 80 hello');
    const wrote = m.exec(
      'c',
      curl,
      "curl -s -o /dev/null -w '%{http_code} %{size_download}\\n' 10.0.0.2",
    );
    expect(wrote.stdout.endsWith('200 20\n')).toBe(true);
    const head = m.exec('c', curl, 'curl -sI 10.0.0.2');
    expect(head.stdout).toBe(
      'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 20\r\nConnection: close\r\n\r\n',
    );
    const verbose = m.exec('c', curl, 'curl -sv 10.0.0.2');
    expect(verbose.stderr).toContain(
      '*   Trying 10.0.0.2:80...\n* Connected to 10.0.0.2 (10.0.0.2) port 80 (#0)\n> GET / HTTP/1.1\r\n> Host: 10.0.0.2\r\n',
    );
  });

  test('an empty reply', () => {
    const m = pair();
    m.start('s', nc, 'nc -l -q 0 -w 1 80');
    m.run(0.1);
    const got = m.exec('c', curl, 'curl -sS http://10.0.0.2/');
    expect([got.stderr, got.code]).toEqual(['curl: (52) Empty reply from server\n', 52]);
  });
});

describe('the ports of a machine', () => {
  test('who listens where', () => {
    const m = pair();
    m.start('s', serve, 'serve 80 all');
    m.start('s', serve, 'serve -b 127.0.0.1 8080 lo');
    m.start('s', serve, 'serve -u 53 dns');
    m.start('s', nc, 'nc -lk -p 9000');
    m.run(0.3);
    const lines = (args: string) => m.exec('s', ss, args).stdout.split('\n').sort().join('\n');
    expect(lines('ss -ltun')).toContain(
      'udp   UNCONN 0      0            0.0.0.0:53        0.0.0.0:*',
    );
    expect(lines('ss -lt')).toContain('LISTEN 0      128          0.0.0.0:http          0.0.0.0:*');
    expect(
      m.exec('s', ss, "ss -H -ltn 'sport = :8080 or sport = :9000'").stdout.split('\n').length,
    ).toBe(3);
    const again = m.exec('s', serve, 'serve 80 again');
    expect([again.stderr, again.code]).toEqual([
      'serve: bind port 80: Address already in use\n',
      1,
    ]);
    expect(m.exec('s', serve, 'serve -b 10.9.9.9 81 x').stderr).toBe(
      'serve: bind port 81: Cannot assign requested address\n',
    );
    expect(m.exec('s', nc, 'nc -l -p 80').stderr).toBe('nc: Address already in use\n');
  });
});

describe('nc', () => {
  test('a line each way, then the end', () => {
    const m = pair();
    const server = m.start('s', nc, 'nc -l 9000', 'from the server\n');
    m.run(0.1);
    const client = m.exec('c', nc, 'nc -N 10.0.0.2 9000', 'from the client\n');
    expect(server.stdout()).toBe('from the client\n');
    expect(client.stdout).toBe('from the server\n');
  });

  test.each([
    [
      'nc -z -v -w 1 10.0.0.2 80',
      'nc: connect to 10.0.0.2 port 80 (tcp) failed: Connection refused\n',
      1,
    ],
    [
      'nc -z -v -w 1 10.0.0.99 80',
      'nc: connect to 10.0.0.99 port 80 (tcp) timed out: Operation now in progress\n',
      1,
    ],
    ['nc -z -v -w 1 10.0.0.2 5000', 'Connection to 10.0.0.2 5000 port [tcp/*] succeeded!\n', 0],
    ['nc -z -u -v -w 1 10.0.0.2 5000', 'Connection to 10.0.0.2 5000 port [udp/*] succeeded!\n', 0],
    ['nc -z -u -v -w 1 10.0.0.2 5001', '', 1],
    ['nc 10.0.0.2', 'nc: missing port number\n', 1],
  ])('%s', (args, stderr, code) => {
    const m = pair();
    m.start('s', serve, 'serve -u 5000 pong');
    m.start('s', serve, 'serve 5000 pong');
    m.run(0.2);
    const ran = m.exec('c', nc, args);
    expect([ran.stderr, ran.code]).toEqual([stderr, code]);
  });

  test('UDP, answered and refused', () => {
    const m = pair();
    m.start('s', serve, 'serve -u 5000 pong');
    m.run(0.2);
    const ran = m.exec('c', nc, 'nc -u -w 1 10.0.0.2 5000', 'x\n');
    expect([ran.stdout, ran.code]).toEqual(['pong from 10.0.0.1\n', 0]);
    const refused = m.exec('c', nc, 'nc -u -w 1 10.0.0.2 5001', 'x\n');
    expect([refused.stdout, refused.code, refused.tookUs < 900_000]).toEqual(['', 0, true]);
  });

  test('a megabyte arrives whole', () => {
    const m = pair();
    const text = 'x'.repeat(1_000_000);
    const server = m.start('s', nc, 'nc -l 9000');
    m.run(0.1);
    m.exec('c', nc, 'nc -N 10.0.0.2 9000', text);
    m.run(1);
    expect(server.stdout().length).toBe(1_000_000);
  });
});

test('over IPv6, to a dual-stack server', () => {
  const m = new Machine();
  m.cable(['c', 'eth0', 'fd00::1/64'], ['s', 'eth0', 'fd00::2/64']);
  m.addr('c', 'eth0', '10.0.0.1/24');
  m.addr('s', 'eth0', '10.0.0.2/24');
  m.run(3);
  m.start('s', serve, 'serve -6 80 both');
  m.run(0.1);
  expect(m.exec('c', curl, 'curl -sS http://[fd00::2]/').stdout).toBe('both from fd00::1\n');
  expect(m.exec('c', curl, 'curl -sS http://10.0.0.2/').stdout).toBe('both from 10.0.0.1\n');
  expect(m.exec('s', ss, 'ss -H -ltn').stdout.replace(/ +/g, ' ')).toBe('LISTEN 0 128 *:80 *:*\n');
  const refused = m.exec('c', nc, 'nc -z -v -w 1 fd00::2 81');
  expect(refused.stderr).toBe('nc: connect to fd00::2 port 81 (tcp) failed: Connection refused\n');
  const udp = m.exec('c', nc, 'nc -z -u -v -w 1 fd00::2 81');
  expect([udp.stderr, udp.code]).toEqual(['', 1]);
});
