import { expect, test } from 'vitest';
import { Machine } from '../../test/machine';
import { Session } from '../../test/session';
import { formatMac } from '../../wire/mac';
import { ping } from '../iputils/ping';
import { bridge } from './bridge/bridge';
import { ip } from './ip/ip';

test('a table may be called by its name in /etc/iproute2/rt_tables', () => {
  const lab = new Session();
  lab.file('/etc/iproute2/rt_tables', '100\tcustom\n');
  lab.type('ip link set lo up');
  expect(lab.type('ip rule add from 10.9.0.0/16 lookup custom')).toBe('');
  expect(lab.type('ip rule')).toContain('from 10.9.0.0/16 lookup custom\n');
});

test('-batch runs line by line and stops at the first failure without -force', () => {
  const lab = new Session();
  const lines = 'link add br0 type bridge\n# a comment\n\nlink add br0 type bridge\naddr show lo\n';
  lab.file('/tmp/b', lines);
  expect(lab.type('ip -batch /tmp/b')).toBe(
    'RTNETLINK answers: File exists\nCommand failed /tmp/b:4\n[1]\n',
  );
  expect(lab.type('ip -force -batch /tmp/b')).toContain('1: lo: <LOOPBACK>');
});

test('/etc/netns/NAME is bound over /etc for what runs there', () => {
  const lab = new Session();
  lab.type('ip netns add red');
  lab.type('ip link set lo up');
  lab.file('/etc/iproute2/rt_tables', '');
  lab.file('/etc/netns/red/iproute2/rt_tables', '77\tonly-in-red\n');
  expect(lab.type('ip route show table only-in-red')).toContain('is wrong: table id value');
  expect(lab.type('ip netns exec red ip route show table only-in-red')).toBe(
    'Error: ipv4: FIB table does not exist.\nDump terminated\n[2]\n',
  );
});

test('what is absent says so', () => {
  const lab = new Session();
  expect(lab.type('ip xfrm state')).toBe('hopwise: ip: xfrm is not simulated\n[2]\n');
  expect(lab.type('ip link add bond0 type bond')).toBe(
    'hopwise: ip link: type bond is not simulated\n[2]\n',
  );
});

test('ip monitor prints what happens until it is killed', () => {
  const machine = new Machine();
  machine.netns('a');
  const monitor = machine.start('a', ip, 'ip monitor link address route');
  const labelled = machine.start('a', ip, 'ip monitor label address');
  machine.run(1);
  machine.exec('a', ip, 'ip link add eth0 address 02:00:00:00:00:01 type dummy');
  machine.exec('a', ip, 'ip addr add 10.0.0.1/24 dev eth0');
  machine.exec('a', ip, 'ip link set eth0 up');
  machine.exec('a', ip, 'ip addr del 10.0.0.1/24 dev eth0');
  machine.run(1);
  machine.kill(monitor, 'INT');
  expect(monitor.stdout()).toContain('2: eth0    inet 10.0.0.1/24 scope global eth0\n');
  expect(monitor.stdout()).toContain(
    '10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.1 \n',
  );
  expect(monitor.stdout()).toContain('Deleted 2: eth0    inet 10.0.0.1/24 scope global eth0\n');
  expect(labelled.stdout()).toMatch(/^\[ADDR\]2: eth0 /);
});

test('bridge monitor tells of learned addresses', () => {
  const machine = new Machine();
  machine.cable(['sw', 'p1', '0.0.0.0/32'], ['a', 'eth0', '10.0.0.1/24']);
  machine.exec('sw', ip, 'ip link add br0 type bridge');
  const monitor = machine.start('sw', bridge, 'bridge monitor fdb');
  machine.exec('sw', ip, 'ip link set br0 up');
  machine.exec('sw', ip, 'ip link set p1 master br0');
  machine.run(1);
  machine.exec('a', ping, 'ping -c 1 -W 1 10.0.0.2');
  machine.kill(monitor, 'INT');
  const mac = formatMac(machine.dev('a', 'eth0').mac);
  expect(monitor.stdout()).toContain(`${mac} dev p1 master br0 \n`);
});
