import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DhcpMessage, DhcpOption } from '../../wire/dhcp';
import { formatCidr, formatIp } from '../../wire/ip';
import { formatGoDuration, parseGoDuration } from '../pkg/duration';
import { clientIdOf, prepareOptions, readDhcpConf, routesOf } from './options';

const ack = (...options: readonly DhcpOption[]): DhcpMessage => ({
  op: 2,
  xid: 1,
  secs: 0,
  broadcast: false,
  ciaddr: 0,
  yiaddr: 0x0a09004d,
  siaddr: 0,
  giaddr: 0,
  chaddr: 2,
  options,
});
const shown = (...options: readonly DhcpOption[]): readonly string[] =>
  routesOf(ack(...options)).map(({ dst, gw }) => `${formatCidr(dst)} via ${formatIp(gw ?? 0)}`);
const router = { code: 3, data: Uint8Array.of(10, 9, 0, 254) };

describe('routes of an acknowledgement', () => {
  test('the router, after static routes', () => {
    const fixed = { code: 33, data: Uint8Array.of(10, 0, 0, 0, 10, 9, 0, 8) };
    expect(shown(fixed, router)).toEqual(['10.0.0.0/8 via 10.9.0.8', '0.0.0.0/0 via 10.9.0.254']);
  });

  test('classless routes alone, where there are any', () => {
    const classless = { code: 121, data: Uint8Array.of(16, 10, 20, 10, 9, 0, 253, 0, 10, 9, 0, 1) };
    expect(shown(classless, router)).toEqual([
      '10.20.0.0/16 via 10.9.0.253',
      '0.0.0.0/0 via 10.9.0.1',
    ]);
  });

  test('any bytes are routes or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (data) => {
        expect(shown({ code: 121, data }, router).length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});

test.each([
  ['{"ipam":{"provide":[{"option":"bogus","value":"x"}]}}', 'invalid syntax'],
  ['{"ipam":{"request":[{"option":"300"}]}}', 'value out of range'],
])('%s: %s', (text, want) => {
  const conf = readDhcpConf(text);
  const options = conf.ok ? prepareOptions('', conf.value) : conf;
  expect(options.ok ? '' : options.error).toContain(want);
});

test('a client identifier fits its option', () => {
  expect(clientIdOf('c1', 'lan', 'eth0')).toBe('c1/lan/eth0');
  expect(clientIdOf('x'.repeat(300), 'lan', 'eth0')).toHaveLength(254);
});

test('durations as Go writes and reads them', () => {
  expect([500_000, 1_000_000, 62_000_000, 3_600_000_000].map(formatGoDuration)).toEqual([
    '500ms',
    '1s',
    '1m2s',
    '1h0m0s',
  ]);
  expect(['1m2s', '1.5s', '500ms', 'x', '1', ''].map(parseGoDuration)).toEqual([
    62_000_000,
    1_500_000,
    500_000,
    undefined,
    undefined,
    undefined,
  ]);
});
