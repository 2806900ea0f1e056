import { describe, expect, test } from 'vitest';
import { keysOf } from './keys';
import { type EditorContext, LineEditor } from './line-editor';

const context = (history: readonly string[] = [], columns = 40): EditorContext => ({
  history,
  columns,
  prompt: '# ',
  complete: (before) =>
    before.endsWith('ip ne')
      ? { start: 3, candidates: ['neigh', 'netns'], suffix: ' ' }
      : before.endsWith('/et')
        ? { start: before.length - 3, candidates: ['/etc/'], suffix: '' }
        : undefined,
});

/** Types keys and gives what came of them and the text left. */
function type(
  data: string,
  ctx = context(),
): { readonly out: readonly unknown[]; readonly text: string } {
  const editor = new LineEditor();
  const out = keysOf(data).flatMap((key) => editor.key(key, ctx));
  return { out, text: editor.text };
}

describe('keys', () => {
  test.each([
    ['echo hi\r', 'echo hi'],
    ['ech\x01\x05o\r', 'echo'],
    ['b c\x01a \r', 'a b c'],
    ['abc\x1b[D\x1b[DX\r', 'aXbc'],
    ['abc\x7f\x7fd\r', 'ad'],
    ['ip link show\x17set\r', 'ip link set'],
    ['one two\x01\x0b\x19\x19\r', 'one twoone two'],
    ['abc\x14\r', 'acb'],
    ['한글\x7f자\r', '한자'],
    ['one two\x1bb\x1bd2\r', 'one 2'],
    ['ping /et\t\r', 'ping /etc/'],
    ['\x1b[99~ok\r', 'ok'],
  ])('%j', (data, want) => {
    expect(type(data).out).toEqual([{ kind: 'line', text: want }]);
  });

  test('up and down recall, the draft comes back', () => {
    const history = context(['first', 'second']);
    expect(type('dra\x1b[A\x1b[A\r', history).out).toEqual([{ kind: 'line', text: 'first' }]);
    expect(type('dra\x1b[A\x1b[B', history).text).toBe('dra');
  });

  test('Ctrl-R finds the newest match, again the one before', () => {
    const history = context(['ip addr', 'ping a', 'ip link', 'ls']);
    expect(type('\x12ip\r', history).out).toEqual([{ kind: 'line', text: 'ip link' }]);
    expect(type('\x12ip\x12\r', history).out).toEqual([{ kind: 'line', text: 'ip addr' }]);
    expect(type('\x12zzz\x07', history).text).toBe('');
  });

  test('Ctrl-C, Ctrl-D and pasted lines leave the editor', () => {
    expect(type('half\x03').out).toEqual([{ kind: 'signal', key: '^C' }]);
    expect(type('\x04').out).toEqual([{ kind: 'eof' }]);
    expect(type('ab\x01\x04\r').out).toEqual([{ kind: 'line', text: 'b' }]);
    expect(type('\x1b[200~a\nb\nc\x1b[201~').out).toEqual([
      { kind: 'line', text: 'a' },
      { kind: 'line', text: 'b' },
    ]);
  });
});

test('a second Tab lists what there is', () => {
  const editor = new LineEditor();
  for (const key of keysOf('ip ne\t\t')) editor.key(key, context());
  expect(editor.takeOutput()).toContain('neigh  netns');
});

test('a long line is redrawn over its rows', () => {
  const editor = new LineEditor();
  for (const key of keysOf(`${'x'.repeat(45)}\x01`)) editor.key(key, context());
  expect(editor.takeOutput()).toMatch(/x{45}\x1b\[1A\x1b\[3G$/);
});
