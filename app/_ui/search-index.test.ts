import { expect, test } from 'vitest';
import { makeSearch, termsOf } from './search-index';

const search = makeSearch([
  { href: '/a', title: '브리지 직접 만들기', note: '네임스페이스', words: 'bridge' },
  { href: '/b', title: 'A bridge by hand', note: 'Namespaces', words: 'Ports and learning' },
  { href: '/c', title: 'veth', note: 'Namespaces', words: 'A cable' },
]);

test('Korean words are cut into pairs', () => {
  expect(termsOf('브리지 veth')).toEqual(['브리', '리지', 'veth']);
});

test.each([
  { query: '', hits: ['/a', '/b', '/c'] },
  { query: '리지', hits: ['/a'] },
  { query: 'bri hand', hits: ['/b'] },
  { query: 'brigde', hits: [] },
  { query: 'cable', hits: ['/c'] },
  { query: '없는말', hits: [] },
])('"$query" finds $hits', ({ query, hits }) => expect(search(query)).toEqual(hits));
