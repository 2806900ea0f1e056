import { expect, test } from 'vitest';
import { Machine, masked } from '../../test/machine';
import { serve } from '../serve/serve';
import { traceroute } from './traceroute';

/** a -- r -- b, as in the recording traceroute-03-default-form. */
function path(): Machine {
  const m = new Machine();
  m.cable(['a', 'eth0', '10.1.0.2/24'], ['r', 'left', '10.1.0.1/24']);
  m.cable(['r', 'right', '10.3.0.1/24'], ['b', 'eth0', '10.3.0.2/24']);
  m.sysctl('r', 'net/ipv4/ip_forward', '1');
  m.sysctl('r', 'net/ipv4/icmp_ratelimit', '0');
  m.sysctl('b', 'net/ipv4/icmp_ratelimit', '0');
  return m;
}

const HEAD = 'traceroute to 10.3.0.2 (10.3.0.2), 30 hops max, 60 byte packets';

test('no route', () => {
  const ran = path().exec('a', traceroute, 'traceroute -n 10.3.0.2');
  expect([ran.stdout, ran.stderr, ran.code]).toEqual([
    HEAD,
    '\nconnect: Network is unreachable\n',
    1,
  ]);
});

test.each([
  [
    'traceroute -n 10.3.0.2',
    ' 1  10.1.0.1  <t> ms  <t> ms  <t> ms\n 2  10.3.0.2  <t> ms  <t> ms  <t> ms\n',
  ],
  ['traceroute -n -q 2 10.3.0.2', ' 1  10.1.0.1  <t> ms  <t> ms\n 2  10.3.0.2  <t> ms  <t> ms\n'],
  ['traceroute -n -f 2 -q 1 10.3.0.2', ' 2  10.3.0.2  <t> ms\n'],
  ['traceroute -n -q 1 -N 1 -w 1 10.3.0.2', ' 1  10.1.0.1  <t> ms\n 2  10.3.0.2  <t> ms\n'],
  ['traceroute -n -I -q 1 10.3.0.2', ' 1  10.1.0.1  <t> ms\n 2  10.3.0.2  <t> ms\n'],
  ['traceroute -n -T -q 1 10.3.0.2', ' 1  10.1.0.1  <t> ms\n 2  10.3.0.2  <t> ms\n'],
  ['traceroute -n -T -p 81 -q 1 10.3.0.2', ' 1  10.1.0.1  <t> ms\n 2  10.3.0.2  <t> ms\n'],
])('%s', (args, hops) => {
  const m = path();
  m.route('a', 'default', '10.1.0.1');
  m.route('b', 'default', '10.3.0.1');
  m.start('b', serve, 'serve 80 hello');
  m.run(0.1);
  const ran = m.exec('a', traceroute, args);
  expect([masked(ran.stdout), ran.code]).toEqual([`${HEAD}\n${hops}`, 0]);
});

test('a name that nobody knows', () => {
  const ran = path().exec('a', traceroute, 'traceroute nosuchhost');
  expect([ran.stderr, ran.code]).toEqual([
    'nosuchhost: Temporary failure in name resolution\n' +
      'Cannot handle "host" cmdline arg `nosuchhost\' on position 1 (argc 1)\n',
    2,
  ]);
});

test('a destination that the router does not know', () => {
  const m = path();
  m.route('a', 'default', '10.1.0.1');
  const ran = m.exec('a', traceroute, 'traceroute -n -q 1 -N 1 -w 1 10.99.0.1');
  expect(masked(ran.stdout)).toContain('10.1.0.1  <t> ms !N\n');
});
