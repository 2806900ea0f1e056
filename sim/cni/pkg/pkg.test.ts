import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shellWords } from '../portmap/shell-words';
import { chainName } from './chain-name';
import { parseGoMac } from './mac';
import { sha512 } from './sha512';

test('sha512 agrees with another implementation', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      const bytes = new TextEncoder().encode(text);
      fc.pre(new TextDecoder().decode(bytes) === text);
      expect(sha512(text)).toBe(createHash('sha512').update(bytes).digest('hex'));
    }),
    { numRuns: 50 },
  );
});

test.each([
  ['', 'CNI-1d96a4c7e0d1b705cc10f1f7'],
  ['DN-', 'CNI-DN-1d96a4c7e0d1b705cc10f'],
])('the chain of podnet and c1 with prefix %j', (prefix, want) => {
  expect(chainName('podnet', 'c1', prefix)).toBe(want);
});

describe('shellWords', () => {
  test('reads a rule as iptables -S writes it', () => {
    const line = '-A X -m comment --comment "dnat name: \\"n\\" id: \\"c\\"" -j Y';
    const comment = 'dnat name: "n" id: "c"';
    expect(shellWords(line)).toEqual(['-A', 'X', '-m', 'comment', '--comment', comment, '-j', 'Y']);
  });

  test('gives words back that were quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        const line = words.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(' ');
        expect(shellWords(line)).toEqual(words);
      }),
      { numRuns: 100 },
    );
  });
});

test.each([
  ['02:00:00:00:00:0a', 0x02000000000a],
  ['02-00-00-00-00-0A', 0x02000000000a],
  ['0200.0000.000a', 0x02000000000a],
])('net.ParseMAC takes %s', (text, value) => {
  expect(parseGoMac(text)).toEqual({ ok: true, value });
});

test('net.ParseMAC refuses one digit', () => {
  expect(parseGoMac('2:0:0:0:0:a').ok).toBe(false);
});
