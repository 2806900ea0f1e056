import { expect, test } from 'vitest';
import { formatIp } from '../../wire/ip';
import { type AddressFamily, parseAddress, parsePrefix } from './inet-prefix';
import { parseLladdr } from './lladdr';
import { parseInteger, parseUnsigned } from './number';
import { RtNames } from './rt-names';

const shown = (text: string, family: AddressFamily = 0): string | undefined => {
  const prefix = parsePrefix(text, family);
  if (!prefix) return undefined;
  const ip = prefix.address === undefined ? 'none' : formatIp(prefix.address);
  return `${ip}/${prefix.bits} family ${prefix.family}`;
};

test.each([
  ['10.0.0.1', 0, '10.0.0.1/32 family 4'],
  ['10.8', 0, '10.8.0.0/32 family 4'],
  ['10.1/16', 0, '10.1.0.0/16 family 4'],
  ['0x0a.010.1.1', 0, '10.8.1.1/32 family 4'],
  ['10.0.0.0/255.255.255.0', 0, '10.0.0.0/24 family 4'],
  ['10.0.0.0/255.0.255.0', 0, undefined],
  ['10.0.0.0/33', 0, undefined],
  ['300.1.1.1', 0, undefined],
  ['fd00::/64', 0, 'fd00::/64 family 6'],
  ['fd00::1', 4, undefined],
  ['10.0.0.1', 6, undefined],
  ['default', 0, 'none/0 family 0'],
  ['default', 4, '0.0.0.0/0 family 4'],
  ['any', 6, 'none/0 family 6'],
  ['default/8', 0, undefined],
  ['banana', 0, undefined],
] as const)('prefix %s of family %s', (text, family, want) => {
  expect(shown(text, family)).toBe(want);
});

test('an address has no length', () => {
  expect(parseAddress('10.0.0.1/8', 0)).toBeUndefined();
});

test.each([
  ['10', 10],
  ['0x1f', 31],
  ['017', 15],
  ['08', undefined],
  ['-1', undefined],
  ['4294967295', 4_294_967_295],
  ['4294967296', undefined],
  ['1a', undefined],
  ['', undefined],
])('strtoul of "%s"', (text, want) => {
  expect(parseUnsigned(text)).toBe(want);
});

test('a signed number may be negative', () => {
  expect(parseInteger('-5')).toBe(-5);
});

test.each([
  ['02:00:00:00:00:01', [2, 0, 0, 0, 0, 1]],
  ['2:0:0:0:0:a', [2, 0, 0, 0, 0, 10]],
  ['1:2', [1, 2]],
  ['10.0.0.1', [10, 0, 0, 1]],
])('link-layer address %s', (text, want) => {
  expect(parseLladdr(text)).toEqual({ ok: true, value: want });
});

test.each([
  ['zz:00', 'zz'],
  ['02:100', '100'],
  ['300.1.1.1', '300.1.1.1'],
])('of %s the part %s is invalid', (text, part) => {
  expect(parseLladdr(text)).toEqual({ ok: false, error: part });
});

test('names come from /etc/iproute2, too', () => {
  const names = new RtNames(false, (table) =>
    table === 'rt_tables' ? '# comment\n100 custom\n0x20\thexed # more\n' : undefined,
  );
  expect(names.number('rt_tables', 'custom')).toBe(100);
  expect(names.name('rt_tables', 32)).toBe('hexed');
  expect(names.name('rt_tables', 254)).toBe('main');
  expect(names.number('rt_tables', '1000', 0xffff_ffff)).toBe(1000);
  expect(names.number('rt_protos', '256')).toBeUndefined();
  expect(names.name('rt_protos', 77)).toBe('77');
  expect(new RtNames(true, () => undefined).name('rt_tables', 254)).toBe('254');
});
