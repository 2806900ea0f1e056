import { expect, test } from 'vitest';
import { Session } from '../../test/session';

test('nsenter goes where a file or a process is', () => {
  const lab = new Session();
  lab.type('ip netns add red');
  lab.type('ip -n red link add d0 address 02:00:00:00:00:01 type dummy');
  const link = 'd0               DOWN           02:00:00:00:00:01 <BROADCAST,NOARP> \n';
  expect(lab.type('nsenter --net=/run/netns/red ip -br link show d0')).toBe(link);
  expect(lab.type('nsenter -n/run/netns/red ip -br link show d0')).toBe(link);
  expect(lab.type('nsenter -t 1 -n ip -br link')).not.toContain('d0');
  expect(lab.type('nsenter -t 99999 -n ip link')).toBe(
    'nsenter: cannot open /proc/99999/ns/net: No such file or directory\n[1]\n',
  );
  expect(lab.type('nsenter -n ip link')).toBe(
    'nsenter: neither filename nor target pid supplied for ns/net\n[1]\n',
  );
  expect(lab.type('nsenter --net=/run/netns/red nosuch')).toBe(
    'nsenter: failed to execute nosuch: No such file or directory\n[127]\n',
  );
});

test('unshare -n starts in an empty namespace', () => {
  const lab = new Session();
  lab.type('ip link add d0 type dummy');
  expect(lab.type('unshare -n ip -br link')).toBe(
    'lo               DOWN           00:00:00:00:00:00 <LOOPBACK> \n',
  );
  expect(lab.type('unshare -p true')).toBe('hopwise: unshare: -p is not simulated\n[2]\n');
});

test('lsns -t net counts the processes of each network namespace', () => {
  const lab = new Session();
  lab.type('ip netns add red');
  const text = lab.type('ip netns exec red lsns -t net');
  expect(text).toMatch(/^ +NS TYPE NPROCS PID USER +NETNSID NSFS +COMMAND\n/);
  expect(text).toContain('/run/netns/red');
  expect(text.trimEnd().split('\n')).toHaveLength(3);
});
