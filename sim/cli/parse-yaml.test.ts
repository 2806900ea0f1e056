import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labSchema } from '../lab/lab-schema';
import { worldSchema } from '../lab/world-schema';
import { parseYaml } from './lab-folder';

const PIECES = [
  'a', ': ', '\n', '  ', '- ', '[', ']', '{', '}', ', ', '&x ', '*x', '*y', '<<: ', '!!', '!t ', '|\n', '>-\n', '"',
  "'", '#', '---\n', '...\n', '? ', '%', '@', '\t', '0x1', '1e3', 'null', 'hosts: ', 'title: ', 'checks: ', '\u0000',
] as const; // biome-ignore format: a table
const yaml = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc.string({ maxLength: 80 }),
);

test('any text is a value or problems that say where', () => {
  fc.assert(
    fc.property(yaml, fc.boolean(), (text, world) => {
      const parsed = parseYaml<unknown>('lab.yaml', text, world ? worldSchema : labSchema);
      if (!parsed.ok) for (const problem of parsed.error) expect(problem.line).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  { name: 'an alias without its anchor', text: 'a: *nothing\n' },
  {
    name: 'aliases of aliases',
    text: Array.from({ length: 12 }, (_, i) => {
      const of =
        i === 0
          ? 'x'
          : Array(9)
              .fill(`*a${i - 1}`)
              .join(', ');
      return `k${i}: &a${i} [${of}]\n`;
    }).join(''),
  },
])('$name is a problem', ({ text }) => {
  expect(parseYaml('lab.yaml', text, labSchema).ok).toBe(false);
});
