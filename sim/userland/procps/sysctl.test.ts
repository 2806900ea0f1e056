import { expect, test } from 'vitest';
import { Session } from '../../test/session';
import { pathOfKey } from './sysctl';

test.each([
  ['net.ipv4.ip_forward', 'net/ipv4/ip_forward'],
  ['net/ipv4/ip_forward', 'net/ipv4/ip_forward'],
  ['net.ipv4.conf.eth0/10.forwarding', 'net/ipv4/conf/eth0.10/forwarding'],
  ['net/ipv4/conf/eth0.10/forwarding', 'net/ipv4/conf/eth0.10/forwarding'],
])('%s is /proc/sys/%s', (key, path) => {
  expect(pathOfKey(key)).toBe(path);
});

test('reads, writes and complains as procps does', () => {
  const lab = new Session();
  expect(lab.type('sysctl net.ipv4.ip_forward')).toBe('net.ipv4.ip_forward = 0\n');
  expect(lab.type('sysctl -w net.ipv4.ip_forward=1')).toBe('net.ipv4.ip_forward = 1\n');
  expect(lab.type('sysctl -n net.ipv4.ip_forward')).toBe('1\n');
  expect(lab.type('sysctl -qw net/ipv4/ip_forward=0')).toBe('');
  expect(lab.type('sysctl net.ipv4.no_such_key')).toBe(
    'sysctl: cannot stat /proc/sys/net/ipv4/no_such_key: No such file or directory\n[1]\n',
  );
  expect(lab.type('sysctl -e net.ipv4.no_such_key')).toBe('');
  expect(lab.type('sysctl -w net.ipv4.ip_forward')).toBe(
    'sysctl: "net.ipv4.ip_forward" must be of the form name=value\n[1]\n',
  );
  expect(lab.type('sysctl')).toMatch(/^sysctl: no variables specified\n/);
});

test('patterns, directories and files of settings', () => {
  const lab = new Session();
  const all = lab.type('sysctl -a');
  expect(all).toContain('net.ipv4.conf.lo.forwarding = 0\n');
  expect(lab.type("sysctl -a -r 'conf.lo.forwarding$'")).toContain(
    'net.ipv4.conf.lo.forwarding = 0\n',
  );
  expect(lab.type('sysctl net.ipv4.conf.lo')).toContain('net.ipv4.conf.lo.rp_filter = 0\n');
  lab.file('/tmp/conf', '# comment\nnet.ipv4.ip_forward = 1\n-net.none = 3\nnonsense\n');
  expect(lab.type('sysctl -p /tmp/conf')).toBe(
    'net.ipv4.ip_forward = 1\n' +
      'sysctl: cannot stat /proc/sys/net/none: No such file or directory\n' +
      'sysctl: /tmp/conf(4): invalid syntax, continuing...\n',
  );
  expect(lab.type('sysctl -p')).toContain('cannot open "/etc/sysctl.conf"');
});
