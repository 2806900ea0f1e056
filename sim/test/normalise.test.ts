import { expect, test } from 'vitest';
import { isExact, normalise } from './normalise';

const one = (cmd: string, stdout: string) => ({
  counters: 'zero',
  commands: [{ cmd, stdout, stderr: '', code: 0 }],
});

test.each([
  ['ping a', 'time=0.05 ms', 'time=<t> ms'],
  [
    'ip link',
    '2: eth0@if7: <UP>\n    link/ether a6:37:53:67:a4:31',
    '<if1>: eth0@if<if2>: <UP>\n    link/ether <mac1>',
  ],
  ['ip link set x address a6:37:53:67:a4:31', 'a6:37:53:67:a4:31', 'a6:37:53:67:a4:31'],
  ['ss', 'Head\nb 10.0.0.1:80\na 10.0.0.1:40000', 'Head\na 10.0.0.1:<port1>\nb 10.0.0.1:80'],
  ['ip a', 'inet6 fe80::a437:53ff:fe67:a431/64', 'inet6 <ll:mac1>/64'],
])('%s: %j', (cmd, text, want) => {
  expect(normalise(one(cmd, text))[0]?.stdout.trimEnd()).toBe(want);
});

test('other text is not exact, other names are', () => {
  const [a] = normalise(one('ip l', '2: a: <UP> de:ad:00:00:00:01'));
  const [b] = normalise(one('ip l', '9: a: <UP> 02:11:22:33:44:55'));
  const [c] = normalise(one('ip l', '9: a: <DOWN> 02:11:22:33:44:55'));
  if (!a) throw new Error('nothing was normalised');
  expect(isExact(a, b)).toBe(true);
  expect(isExact(a, c)).toBe(false);
});
