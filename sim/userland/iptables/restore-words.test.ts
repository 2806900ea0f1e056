import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitCounters, splitParameters } from './restore-words';
import { strtoul } from './strtoul';

test.each([
  { text: '-A INPUT  -j\tDROP', want: ['-A', 'INPUT', '-j', 'DROP'] },
  { text: '--comment "a \\"b\\" c"', want: ['--comment', 'a "b" c'] },
  { text: '--comment ""', want: ['--comment', ''] },
  { text: 'a"b c"d', want: ['ab c', 'd'] },
  { text: '"open', want: ['open'] },
])('$text', ({ text, want }) => {
  expect(splitParameters(text)).toEqual({ ok: true, value: want });
});

test('any line is words or an error', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const words = splitParameters(text);
      expect(words.ok ? words.value.every((word) => typeof word === 'string') : true).toBe(true);
      const counted = splitCounters(text, 1);
      expect(counted.ok || counted.error.text.startsWith('Bad line 1')).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test.each([
  { text: '80', want: 80 },
  { text: '0x50', want: 80 },
  { text: '0120', want: 80 },
  { text: ' 80', want: 80 },
  { text: '80 ', want: undefined },
  { text: '-1', want: undefined },
  { text: '', want: undefined },
  { text: '65536', want: undefined },
])('xtables_strtoul of "$text"', ({ text, want }) => {
  expect(strtoul(text, 0, 65_535)).toBe(want);
});
