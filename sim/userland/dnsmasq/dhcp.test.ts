import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIp } from '../../wire/ip';
import { applyDhcp, newDhcpConfig } from './dhcp-config';
import { optionText, parseOptionValue, prettyTime } from './dhcp-option';

const said = (name: string, value: string): string => {
  const done = applyDhcp(newDhcpConfig(), name, value);
  return done === undefined ? 'unknown' : done.ok ? 'ok' : done.error;
};

test.each([
  ['dhcp-range', '10.0.0.50,10.0.0.60', 'ok'],
  ['dhcp-range', '10.0.0.60,10.0.0.50,255.255.255.0,12h', 'ok'],
  ['dhcp-range', 'lan,10.0.0.0,static', 'ok'],
  ['dhcp-range', '10.0.0.50', 'bad dhcp-range'],
  ['dhcp-range', 'x,y', 'bad dhcp-range'],
  ['dhcp-range', '10.0.0.1,10.0.0.9,5x', 'bad dhcp-range'],
  ['dhcp-range', '10.0.0.1,10.0.1.2,255.255.255.0', 'inconsistent DHCP range'],
  ['dhcp-option', 'option:router,10.0.0.1', 'ok'],
  ['dhcp-option', 'bogus,1', 'ok'],
  ['dhcp-option', 'option:bogus,1', 'bad dhcp-option'],
  ['dhcp-option', '3,x', 'bad IP address'],
  ['dhcp-option', '3,1.2.3', 'bad IPv4 address'],
  ['dhcp-host', '02:00:00:00:00:11,10.9.0.77,pod1,2h', 'ok'],
  ['dhcp-host', '02:zz,10.0.0.1', 'bad hex constant'],
  ['tftp-root', '/x', 'unknown'],
])('%s=%s: %s', (name, value, want) => expect(said(name, value)).toBe(want));

test('a range is turned round, and a short lease is two minutes', () => {
  const config = newDhcpConfig();
  applyDhcp(config, 'dhcp-range', '10.0.0.60,10.0.0.50,5');
  const [range] = config.ranges;
  expect(range && [formatIp(range.start), formatIp(range.end), range.leaseSeconds]).toEqual([
    '10.0.0.50',
    '10.0.0.60',
    120,
  ]);
});

describe('options as log-dhcp tells them', () => {
  test.each([
    [3, '10.9.0.254', '10.9.0.254'],
    [6, '10.9.0.53,1.1.1.1', '10.9.0.53, 1.1.1.1'],
    [15, 'lab.test', 'lab.test'],
    [26, '1400', '1400'],
    [58, '2h', '2h'],
    [121, '10.20.0.0/16,10.9.0.253', '10:0a:14:0a:09:00:fd'],
  ])('%i=%s', (code, value, want) => {
    const data = parseOptionValue(code, value);
    expect(data.ok && optionText(code, data.value)).toBe(want);
  });

  test('times', () => {
    expect([6300, 7200, 90_061, 0xffff_ffff].map(prettyTime)).toEqual([
      '1h45m',
      '2h',
      '1d1h1m1s',
      'infinite',
    ]);
  });
});

test('any text is an option or an error', () => {
  const names = fc.constantFrom('dhcp-range', 'dhcp-host', 'dhcp-option', 'dhcp-leasefile');
  fc.assert(
    fc.property(names, fc.string(), (name, value) => {
      expect(typeof said(name, value)).toBe('string');
    }),
    { numRuns: 300 },
  );
});
