import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const DIR = join(import.meta.dirname, 'messages');
const files = ['.json', ...readdirSync(join(DIR, 'en')).map((name) => `/${name}`)];

const read = (file: string): unknown => JSON.parse(readFileSync(join(DIR, file), 'utf8'));

/** Every message with its path. */
function leaves(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

/** `{name}` and `{count, plural, …}` alike: the names that a message is given. */
const namesIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)(?=[,}])/g)].map((match) => match[1] ?? ''))]
    .filter((name) => !/^(one|other)$/.test(name))
    .sort();

test.each(files)('%s says the same in both languages', (file) => {
  const english = leaves(read(`en${file}`));
  const korean = new Map(leaves(read(`ko${file}`)));
  expect([...korean.keys()].sort()).toEqual(english.map(([path]) => path).sort());
  for (const [path, text] of english) {
    expect(namesIn(korean.get(path) ?? ''), path).toEqual(namesIn(text));
  }
});

test.each(files)('%s: no exclamation marks', (file) => {
  for (const locale of ['en', 'ko']) {
    const loud = leaves(read(`${locale}${file}`)).filter(([, text]) => text.includes('!'));
    expect(loud).toEqual([]);
  }
});
