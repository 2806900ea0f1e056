import { expect, test } from 'vitest';
import { csv } from './csv';

test.each([
  ['plain text', 'red', 'red'],
  ['a comma', 'a,b', '"a,b"'],
  ['quotes', 'say "hi"', '"say ""hi"""'],
  ['a line break', 'a\nb', '"a\nb"'],
  ['a formula', '=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ['a formula behind a blank', ' =1+1', "' =1+1"],
  ['plus', '+1', "'+1"],
  ['minus', '-1+2', "'-1+2"],
  ['at', '@SUM(A1)', "'@SUM(A1)"],
  ['a tab', '\t=1', "'\t=1"],
  ['Korean', '홍길동', '홍길동'],
] as const)('%s', (_name, cell, want) => expect(csv([[cell]])).toBe(`\uFEFF${want}\r\n`));

test('numbers stay numbers, nothing stays empty', () => {
  expect(csv([[-1.5, null, 3]])).toBe('\uFEFF-1.5,,3\r\n');
});
