import { expect, test } from 'vitest';
import { nextPath } from './next-path';

test.each([
  ['/ko/grades', '/ko/grades'],
  ['/en/lab/x?a=1#s', '/en/lab/x?a=1#s'],
  ['//evil.example', '/en'],
  ['/\\evil.example', '/en'],
  ['/a\\..', '/en'],
  ['https://evil.example', '/en'],
  ['javascript:alert(1)', '/en'],
  ['/a b', '/en'],
  ['', '/en'],
  [undefined, '/en'],
  [['/a', '/b'], '/en'],
])('%s -> %s', (asked, want) => expect(nextPath(asked, '/en')).toBe(want));
