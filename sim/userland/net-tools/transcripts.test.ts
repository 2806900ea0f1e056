import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseTranscript, Session } from '../../test/session';

const folder = new URL('./transcripts/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));

test.each(names)('%s is what the real tools answered', (name) => {
  const session = new Session();
  const entries = parseTranscript(readFileSync(new URL(name, folder), 'utf8'));
  expect(entries.length).toBeGreaterThan(0);
  const played = entries.map(({ command }) => ({ command, answer: session.type(command) }));
  expect(played).toEqual(entries);
});
