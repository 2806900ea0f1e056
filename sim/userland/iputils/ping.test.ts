import { describe, expect, test } from 'vitest';
import { Machine, masked } from '../../test/machine';
import { arping } from './arping';
import { ping } from './ping';

/** Two namespaces on one veth pair, as most recordings begin. */
function pair(): Machine {
  const m = new Machine();
  m.cable(['a', 'eth0', '10.0.0.1/24'], ['b', 'eth0', '10.0.0.2/24']);
  m.up('a', 'lo');
  m.up('b', 'lo');
  return m;
}

describe('ping', () => {
  test('a host that answers', () => {
    const ran = pair().exec('a', ping, 'ping -c 2 -i 0.2 -W 1 10.0.0.2');
    expect(masked(ran.stdout)).toBe(
      'PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.\n' +
        '64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=<t> ms\n' +
        '64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=<t> ms\n\n' +
        '--- 10.0.0.2 ping statistics ---\n' +
        '2 packets transmitted, 2 received, 0% packet loss, time <t>ms\nrtt <t>\n',
    );
    expect(ran.code).toBe(0);
  });

  test.each([
    [
      'no ARP answer',
      'ping -c 1 -W 4 10.0.0.77',
      1,
      'From 10.0.0.1 icmp_seq=1 Destination Host Unreachable\n',
      '1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms',
    ],
    [
      'silence',
      'ping -c 1 -W 1 10.0.0.77',
      1,
      '',
      '1 packets transmitted, 0 received, 100% packet loss, time 0ms',
    ],
    [
      'largest with DF',
      'ping -c 1 -W 1 -s 1472 -M do 10.0.0.2',
      0,
      '1480 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=<t> ms\n',
      '1 packets transmitted, 1 received, 0% packet loss, time <t>ms',
    ],
    [
      'fragments',
      'ping -c 1 -W 1 -s 8000 10.0.0.2',
      0,
      '8008 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=<t> ms\n',
      '1 packets transmitted, 1 received, 0% packet loss, time <t>ms',
    ],
  ])('%s', (_name, args, code, line, totals) => {
    const ran = pair().exec('a', ping, args);
    expect(ran.code).toBe(code);
    const body = masked(ran.stdout).split('\n').slice(1).join('\n');
    expect(body).toContain(`${line}\n--- `);
    expect(body).toContain(masked(totals));
    expect(ran.stderr).toBe('');
  });

  test.each([
    ['ping -c 1 -W 1 192.168.9.9', 'ping: connect: Network is unreachable\n', 2],
    ['ping -c 1 -I eth5 10.0.0.2', 'ping: SO_BINDTODEVICE eth5: No such device\n', 2],
    ['ping -c 1 -I 10.9.9.9 10.0.0.2', 'ping: bind: Cannot assign requested address\n', 2],
    [
      'ping -c 1 10.0.0.255',
      'ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules\n',
      2,
    ],
    [
      'ping -c 0 10.0.0.2',
      "ping: invalid argument: '0': out of range: 1 <= value <= 9223372036854775807\n",
      1,
    ],
    ['ping -6 -c 1 10.0.0.2', 'ping: 10.0.0.2: Address family for hostname not supported\n', 2],
    ['ping -R 10.0.0.2', 'hopwise: ping: -R is not simulated\n', 2],
    ['ping', 'ping: usage error: Destination address required\n', 1],
  ])('%s', (args, stderr, code) => {
    const ran = pair().exec('a', ping, args);
    expect([ran.stderr, ran.stdout, ran.code]).toEqual([stderr, '', code]);
  });

  test('a packet longer than the MTU with DF is a local error', () => {
    const ran = pair().exec('a', ping, 'ping -c 1 -W 1 -s 1473 -M do 10.0.0.2');
    expect(ran.stderr).toBe('ping: local error: message too long, mtu=1500\n');
    expect(ran.stdout).toContain('1 packets transmitted, 0 received, +1 errors, 100% packet loss');
    expect(ran.code).toBe(1);
  });

  test('a line a second, and the totals at SIGINT', () => {
    const m = pair();
    const running = m.start('a', ping, 'ping 10.0.0.2');
    m.run(2.5);
    expect(running.stdout().split('\n').length).toBe(5);
    m.kill(running, 'INT');
    expect(running.stdout()).toContain(
      '3 packets transmitted, 3 received, 0% packet loss, time 2000ms',
    );
    expect(running.proc.status).toEqual({ kind: 'exited', code: 0 });
  });

  test.each(['-A', '-f'])('%s goes as fast as the answers come', (flag) => {
    const ran = pair().exec('a', ping, `ping -q ${flag} -c 50 10.0.0.2`);
    expect(ran.stdout).toContain('50 packets transmitted, 50 received, 0% packet loss');
    expect(ran.tookUs).toBeLessThan(100_000);
  });

  test('names of /etc/hosts', () => {
    const ran = pair().exec('a', ping, 'ping -c 1 -W 1 localhost');
    expect(masked(ran.stdout)).toContain(
      'PING localhost (127.0.0.1) 56(84) bytes of data.\n64 bytes from localhost (127.0.0.1): icmp_seq=1 ttl=64 time=<t> ms\n',
    );
  });

  test('over IPv6', () => {
    const m = new Machine();
    m.cable(['a', 'eth0', 'fd00::1/64'], ['b', 'eth0', 'fd00::2/64']);
    m.run(3);
    const ran = m.exec('a', ping, 'ping -c 1 -W 1 fd00::2');
    expect(masked(ran.stdout)).toBe(
      'PING fd00::2(fd00::2) 56 data bytes\n64 bytes from fd00::2: icmp_seq=1 ttl=64 time=<t> ms\n\n' +
        '--- fd00::2 ping statistics ---\n1 packets transmitted, 1 received, 0% packet loss, time <t>ms\nrtt <t>\n',
    );
  });
});

describe('arping', () => {
  test.each([
    ['arping -c 1 -I eth0 10.0.0.2', 0, 'Received 1 response(s)\n'],
    ['arping -c 1 -w 1 -I eth0 10.0.0.9', 1, 'Received 0 response(s)\n'],
    ['arping -D -c 1 -w 1 -I eth0 10.0.0.2', 1, 'Received 1 response(s)\n'],
    ['arping -D -c 1 -w 1 -I eth0 10.0.0.9', 0, 'Received 0 response(s)\n'],
    ['arping -U -c 1 -w 1 -I eth0 10.0.0.1', 0, 'Received 0 response(s)\n'],
  ])('%s', (args, code, end) => {
    const ran = pair().exec('a', arping, args);
    expect(ran.code).toBe(code);
    expect(ran.stdout.endsWith(`Sent 1 probes (1 broadcast(s))\n${end}`)).toBe(true);
  });

  test('whom it finds', () => {
    const m = pair();
    const ran = m.exec('a', arping, 'arping -f -c 3 -I eth0 10.0.0.2');
    expect(ran.stdout).toMatch(
      /^ARPING 10\.0\.0\.2 from 10\.0\.0\.1 eth0\nUnicast reply from 10\.0\.0\.2 \[[0-9A-F:]{17}\] {2}0\.\d{3}ms\n/,
    );
  });

  test.each([
    ['arping -c 1 -I eth7 10.0.0.2', '', 'arping: Device eth7 not available.\n'],
    ['arping -c 1 -I lo 10.0.0.2', 'Interface "lo" is not ARPable\n', ''],
    [
      'arping -c 1 -s 10.0.0.55 -I eth0 10.0.0.2',
      '',
      'arping: bind: Cannot assign requested address\n',
    ],
  ])('%s', (args, stdout, stderr) => {
    const ran = pair().exec('a', arping, args);
    expect([ran.stdout, ran.stderr, ran.code]).toEqual([stdout, stderr, 2]);
  });
});
