import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unmarshal } from './fields';
import { marshal, marshalRaw } from './marshal';
import { parseJson } from './scan';

describe('parseJson', () => {
  test.each([
    ['', 'unexpected end of JSON input'],
    ['{bad', "invalid character 'b' looking for beginning of object key string"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1 2]', "invalid character '2' after array element"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['nul', 'unexpected end of JSON input'],
    ['trux', "invalid character 'x' in literal true (expecting 'e')"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['"a\nb"', "invalid character '\\n' in string literal"],
    ['"\\q"', "invalid character 'q' in string escape code"],
  ])('%j as encoding/json says it', (text, error) => {
    expect(parseJson(text)).toEqual({ ok: false, error });
  });

  test('takes any JSON, and writes it again with sorted keys', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const parsed = parseJson(text);
        expect(parsed.ok).toBe(true);
        if (parsed.ok) expect(JSON.parse(marshalRaw(parsed.value))).toEqual(JSON.parse(text));
      }),
      { numRuns: 200 },
    );
  });

  test('answers any text with a value or an error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseJson(text);
        if (!parsed.ok) expect(parsed.error).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  test('ends before the stack does', () => {
    expect(parseJson('['.repeat(100_000))).toEqual({ ok: false, error: 'exceeded max depth' });
  });
});

describe('unmarshal', () => {
  const mtu = (text: string) => unmarshal(text, 'main.NetConf', (f) => f.int('mtu'));

  test('finds fields without regard to case', () => {
    expect(mtu('{"MTU": 1400}')).toEqual({ ok: true, value: 1400 });
  });

  test('names the field and its type', () => {
    const error = 'json: cannot unmarshal string into Go struct field NetConf.mtu of type int';
    expect(mtu('{"mtu": "a"}')).toEqual({ ok: false, error });
  });
});

test('marshal escapes what HTML would read', () => {
  expect(marshal({ a: '<&>' })).toBe('{"a":"\\u003c\\u0026\\u003e"}');
});
