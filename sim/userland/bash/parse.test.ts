import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CommandStream } from './parse';

/** What a shell's grammar is made of, put together by chance. */
const PIECES = [
  'a', ' ', '\n', ';', ';;', '&', '&&', '|', '||', '(', ')', '((', '))', '{ ', ' }', '[[ ', ' ]]', '<', '>', '>>',
  '<<E\n', 'E\n', '<<<', '<(', '$(', '$((', '`', '"', "'", '\\', '#', '!', '$', '${', '}', '${x:-', '${x//', '*', '?',
  '[', ']', '=', 'x=', 'x=(', 'if ', 'then ', 'else ', 'fi', 'for ', 'in ', 'do ', 'done', 'while ', 'case ', 'esac',
  'function ', 'f() ', '~', '{a,b}', '{1..3}', "$'", '\u00e9', '\u0000', '2>&1', '-', '--',
] as const; // biome-ignore format: a table
const shell = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join('')),
  fc.string({ maxLength: 60 }),
);

test('any text is commands or a problem with its line, and reading it ends', () => {
  fc.assert(
    fc.property(shell, (text) => {
      const stream = new CommandStream(text);
      for (let read = 0; read <= text.length + 1; read++) {
        const parsed = stream.next();
        if (parsed.kind === 'end') return;
        if (parsed.kind === 'failed') expect(parsed.problem.line).toBeGreaterThan(0);
      }
      expect.fail('the stream did not end');
    }),
    { numRuns: 2000 },
  );
});
