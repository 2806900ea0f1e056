import { expect, test } from 'vitest';
import { regcomp } from './regex';
import type { Syntax } from './regex-parse';

const find = (syntax: Syntax, pattern: string, text: string, from = 0): string => {
  const made = regcomp(pattern, { syntax });
  if (!made.ok) return `error: ${made.error}`;
  const found = made.value.exec(text, from);
  return found ? found.groups.map((g) => g ?? '-').join('|') : 'none';
};

// Expectations: GNU grep 3.8 -o, sed 4.9.
test.each<[Syntax, string, string, string]>([
  ['basic', 'a\\{2\\}b', 'aab', 'aab'],
  ['basic', 'a+b', 'a+b', 'a+b'],
  ['basic', '*s', '*s', '*s'],
  ['basic', '\\(ab\\)\\1', 'abab', 'abab|ab'],
  ['basic', 'cat\\|dog', 'dog', 'dog'],
  ['basic', '\\(^a\\)', 'ba', 'none'],
  ['basic', 'a^b$c', 'a^b$c', 'a^b$c'],
  ['basic', '\\bfoo\\b', 'tag foo', 'foo'],
  ['basic', '\\<fo', 'afo fo', 'fo'],
  ['basic', 'a\\{1', 'a', 'error: Unmatched \\{'],
  ['basic', '\\(a', 'a', 'error: Unmatched ( or \\('],
  ['basic', '[a', 'a', 'error: Unmatched [, [^, [:, [., or [='],
  ['basic', 'a\\', 'a', 'error: Trailing backslash'],
  ['basic', 'a\\)', 'a', 'error: Unmatched ) or \\)'],
  ['extended', 'a|ab', 'ab', 'ab'],
  ['extended', '([0-9]{1,3}\\.){3}[0-9]{1,3}', 'x 10.0.0.1 y', '10.0.0.1|0.'],
  ['extended', '[[:upper:]]+', 'abCD', 'CD'],
  ['extended', '[]a-]+', 'x]-a', ']-a'],
  ['extended', '[\\d]', 'a\\', '\\'],
  ['extended', 'a)', 'a)', 'error: Unmatched ) or \\)'],
  ['extended', '^a{,2}$', 'aa', 'aa'],
  ['extended', '(a*)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '|'],
  ['perl', '\\d{3}', 'a 123', '123'],
  ['perl', 'ba\\K.', 'bar', 'r'],
  ['perl', '(?<=a)b(?!c)', 'abc ab', 'b'],
  ['perl', 'a.*?b', 'aabab', 'aab'],
  ['awk', '\\.[0-9]', 'a.5', '.5'],
  ['awk', '[\\/a]+', 'x/a', '/a'],
])('%s %s on %s', (syntax, pattern, text, want) => {
  expect(find(syntax, pattern, text)).toBe(want);
});

test('what stands before the start is seen', () => {
  expect(find('basic', '^b', 'ab', 1)).toBe('none');
  expect(find('basic', '\\bb', 'ab', 1)).toBe('none');
});
