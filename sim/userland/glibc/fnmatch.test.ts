import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileGlob, globMatch } from './fnmatch';

describe('fnmatch', () => {
  test.each([
    ['*', 'eth0', true],
    ['eth?', 'eth0', true],
    ['eth[0-3]', 'eth4', false],
    ['eth[!0-3]', 'eth4', true],
    ['d0:*', 'd0:1', true],
    ['a.b', 'axb', false],
    ['net/*/forwarding', 'net/ipv4/conf/all/forwarding', true],
  ])('%s against %s', (glob, name, matches) => {
    expect(globMatch(glob, name)).toBe(matches);
  });

  test('any text makes a pattern, also a range that runs backwards', () => {
    expect(globMatch('eth[z-a]', 'ethb')).toBe(false);
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (glob, name) => {
        expect(typeof compileGlob(glob)(name)).toBe('boolean');
      }),
      { numRuns: 200 },
    );
  });

  test('many stars do not multiply', () => {
    expect(globMatch(`${'*a'.repeat(60)}b`, 'a'.repeat(500))).toBe(false);
  });
});
