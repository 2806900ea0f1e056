import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CT_STATES, parseStates } from './ct-state';
import { classToDscp } from './dscp-class';
import { byteRate, bytesToCost, parseBurst, parseHashRate } from './hashlimit-rate';
import { natRangeText, parseNatPorts, parseNatTo } from './nat-range';
import { rateUnit, rateWords } from './rate';
import { saveString } from './save-string';

describe('addresses and ports of NAT', () => {
  test.each([
    { text: '10.0.0.1', family: 4, want: '10.0.0.1' },
    { text: '10.0.0.1-10.0.0.5:80-90', family: 4, want: '10.0.0.1-10.0.0.5:80-90' },
    { text: ':8080', family: 4, want: ':8080' },
    { text: '10.0.0.1:80-90/100', family: 4, want: '10.0.0.1:80-90/100' },
    { text: '10.0.0.1:http', family: 4, want: '10.0.0.1:80' },
    { text: '[fd00::1]:80', family: 6, want: '[fd00::1]:80' },
    { text: 'fd00::1-fd00::9', family: 6, want: 'fd00::1-fd00::9' },
  ] as const)('$text', ({ text, family, want }) => {
    const range = parseNatTo(text, true, family);
    expect(range.ok && natRangeText(range.value, family)).toBe(want);
  });

  test.each([
    { text: 'foo', want: 'Bad IP address "foo"' },
    { text: '10.0.0.1:90-80', want: "Port range `80' funky" },
    { text: '10.0.0.1:70000', want: "Port `70000' not valid" },
    { text: '[10.0.0.1]:80', want: 'Invalid address format' },
  ])('$text: $want', ({ text, want }) => {
    const range = parseNatTo(text, true, 4);
    expect(range.ok ? '' : range.error.text).toBe(want);
  });

  test('ports need a protocol that has them', () => {
    const range = parseNatPorts('80', false);
    expect(range.ok ? '' : range.error.text).toBe(
      'Need TCP, UDP, SCTP or DCCP with port specification',
    );
  });
});

test.each([
  { text: '5/sec', want: '5/sec' },
  { text: '5', want: '5/sec' },
  { text: '60/m', want: '1/sec' },
  { text: '1000/hour', want: '1000/hour' },
  { text: '24/d', want: '1/hour' },
])('$text is listed as $want', ({ text, want }) => {
  const seconds = rateUnit(text) ?? 0;
  const period = Math.floor((10_000 * seconds) / Number.parseInt(text, 10));
  expect(rateWords(period, 10_000, 'short')).toBe(want);
});

test('a rate in bytes comes back in its unit', () => {
  const rate = parseHashRate('512kb/s');
  expect(rate?.ok && byteRate(rate.value.avg)).toEqual({ count: 512, unit: 'k' });
  expect(bytesToCost(0)).toBe(0xffff_ffff);
});

test.each([
  { text: 'abc', want: ' abc' },
  { text: '', want: ' ""' },
  { text: 'a "b" \\', want: ' "a \\"b\\" \\\\"' },
])('the text $text is saved as$want', ({ text, want }) => {
  expect(saveString(text)).toBe(want);
});

test('any text gives a value or an error with a text', () => {
  fc.assert(
    fc.property(fc.string(), fc.boolean(), (text, portok) => {
      const results = [
        parseNatTo(text, portok, 4),
        parseNatTo(text, portok, 6),
        parseNatPorts(text, portok),
        parseBurst(text),
        classToDscp(text),
        parseStates(text, CT_STATES, 'ctstate'),
      ];
      for (const result of results) {
        expect(result.ok || result.error.text.length > 0).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
