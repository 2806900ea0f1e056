import { describe, expect, test } from 'vitest';
import { cFormat } from './c-format';
import { Printer } from './print';

test.each([
  ['%s@%s', ['a', 'b'], 'a@b'],
  ['%-5s|', ['ab'], 'ab   |'],
  ['%5d|', [42], '   42|'],
  ['%*d|', [6, 42], '    42|'],
  ['%02x', [5], '05'],
  ['%#llx', [255], '0xff'],
  ['%#llx', [0], '0'],
  ['%.2f', [1.5], '1.50'],
  ['100%%', [], '100%'],
  ['%.3s', ['abcdef'], 'abc'],
] as const)('cFormat %s', (format, values, want) => {
  expect(cFormat(format, ...values)).toBe(want);
});

function printed(
  style: { json: boolean; pretty: boolean; oneline: boolean },
  use: (p: Printer) => void,
): string {
  let text = '';
  use(
    new Printer(style, (part) => {
      text += part;
    }),
  );
  return text;
}

const sample = (p: Printer): void => {
  p.newJson();
  p.openObject();
  p.any('ifindex', '%d: ', 1);
  p.any('name', '%s ', 'a "b"\\c');
  p.openArray(p.json ? 'flags' : undefined, '<');
  p.any(undefined, '%s,', 'UP');
  p.any(undefined, '%s', 'LOWER_UP');
  p.closeArray('> ');
  p.openArray(p.json ? 'none' : undefined);
  p.closeArray();
  p.onOff('hairpin', 'hairpin %s ', true);
  p.nil('not', 'not ');
  p.hex0x('mark', 'mark %#llx', 16);
  p.nl();
  p.closeObject();
  p.openObject();
  p.closeObject();
  p.deleteJson();
};

describe('one call prints text or JSON', () => {
  test('text', () => {
    const style = { json: false, pretty: false, oneline: false };
    expect(printed(style, sample)).toBe('1: a "b"\\c <UP,LOWER_UP> hairpin on not mark 0x10\n');
  });

  test('oneline ends with a backslash', () => {
    const style = { json: false, pretty: false, oneline: true };
    expect(printed(style, sample)).toMatch(/mark 0x10\\$/);
  });

  test('JSON is what JSON.parse reads', () => {
    const text = printed({ json: true, pretty: false, oneline: false }, sample);
    expect(text.endsWith(',{}]\n')).toBe(true);
    expect(JSON.parse(text)).toEqual([
      {
        ifindex: 1,
        name: 'a "b"\\c',
        flags: ['UP', 'LOWER_UP'],
        none: [],
        hairpin: true,
        not: null,
        mark: '0x10',
      },
      {},
    ]);
  });

  test('pretty JSON indents by four and keeps short arrays in a line', () => {
    const text = printed({ json: true, pretty: true, oneline: false }, (p) => {
      p.newJson();
      p.openObject();
      p.any('a', '', 1);
      p.openArray('b');
      p.any(undefined, '', 'x');
      p.any(undefined, '', 'y');
      p.closeArray();
      p.closeObject();
      p.deleteJson();
    });
    expect(text).toBe('[ {\n        "a": 1,\n        "b": [ "x","y" ]\n    } ]\n');
  });
});
