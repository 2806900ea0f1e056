import { expect, test } from 'vitest';
import { Session } from '../../test/session';

test('ethtool -S of a veth names the index of its peer', () => {
  const lab = new Session();
  lab.type('ip netns add red');
  lab.type('ip link add v0 type veth peer name eth0 netns red index 7');
  expect(lab.type('ethtool -S v0')).toMatch(/^NIC statistics:\n {5}peer_ifindex: 7\n/);
  expect(lab.type('ethtool -S lo')).toBe('no stats available\n[94]\n');
  expect(lab.type('ethtool -i v0')).toMatch(/^driver: veth\nversion: 1.0\n/);
  expect(lab.type('ethtool -k v0')).toContain('tx-checksumming: on\n');
  expect(lab.type('ethtool lo')).toBe('Settings for lo:\n\tLink detected: no\n');
  expect(lab.type('ethtool nosuch')).toContain('No data available\n');
  expect(lab.type('ethtool -K v0 tx off')).toBe('hopwise: ethtool: -K is not simulated\n[2]\n');
});
