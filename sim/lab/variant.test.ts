import { describe, expect, test } from 'vitest';
import { fill, fillDeep } from './variant';

describe('fill', () => {
  const variant = { subnet: '10.244.1.0/24', fault: 'mtu', six: 'fd00:1::/64' };
  test.each([
    ['the address ${subnet.host(2)}', 'the address 10.244.1.2'],
    ['ip addr add ${subnet.cidr(1)} dev br0', 'ip addr add 10.244.1.1/24 dev br0'],
    ['${subnet} ${subnet.network} ${subnet.prefixLen}', '10.244.1.0/24 10.244.1.0 24'],
    ['${subnet.broadcast}', '10.244.1.255'],
    ['${six.host(10)}', 'fd00:1::a'],
    ['${fault}', 'mtu'],
    // the shell's own expansions stay
    ['for i in ${list[@]}; do echo ${i} ${HOME} $1; done', undefined],
  ])('%s', (text, want) => {
    expect(fill(text, variant)).toEqual({ ok: true, value: want ?? text });
  });

  test.each(['${fault.host(1)}', '${subnet.gateway}', '${constructor.host(1)}'])('%s', (text) => {
    const filled = fill(text, variant);
    if (text.startsWith('${constructor')) expect(filled).toEqual({ ok: true, value: text });
    else expect(filled.ok).toBe(false);
  });

  test('a value with quotes stays inside its string', () => {
    const filled = fillDeep({ a: ['${x}'] }, { x: 'say "hi"\n' });
    expect(filled).toEqual({ ok: true, value: { a: ['say "hi"\n'] } });
  });
});
